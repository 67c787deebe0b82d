import { describe, expect, it } from 'vitest';
import { PROVIDERS, type OperationToPerform } from '../../../main/providers/index.ts';
import { operation, providerContext, type TestContext } from '../../support/provider-context.ts';
import type { Step } from '../../support/scripted-server.ts';
import { useWire } from '../../support/wire.ts';
import { brief } from './persona-bench.ts';

/** Answers that Persona's practice does not give to accounts, inquiries and transactions: saved failures, and what a key may not see. */

const { persona } = PROVIDERS;

const wire = useWire();

function context(): TestContext {
  return providerContext({
    http: wire.http,
    baseUrl: `${wire.server.url}/api/v1`,
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey: 'persona_sandbox_secret' },
    subject: { reference: 'C-1' },
    pages: { bill: { mediaType: 'image/jpeg', bytes: Buffer.from('bill') } },
  });
}

const answer = (body: unknown, status = 200) => ({ do: 'answer', status, body }) as const;
const page = (next: string | null, ...data: readonly object[]) => answer({ data, links: { prev: null, next } });
const NOTHING = page(null);
const FAILED = answer({ errors: [{ title: 'Internal server error' }] }, 500);
const TOO_LARGE = answer('<html>', 413);
const TAKEN = answer({ errors: [{ title: 'Record not unique' }] }, 409);

const ACCOUNT = operation('persona.account.create', { accountTypeId: null });
const INQUIRY = operation('persona.inquiry.create', { templateId: 'itmpl_1', accountId: 'act_1' });
const BILL = {
  documentId: 'd1',
  requirementId: 'address',
  field: 'bill',
  governmentId: null,
  pageIds: ['bill'],
  sides: ['single'],
};
const TRANSACTION = operation('persona.transaction.create', { transactionTypeId: 'txntp_1', documents: [BILL] });

describe('an answer that says too large', () => {
  it.each<[string, OperationToPerform, readonly Step[], object]>([
    ['an account', ACCOUNT, [NOTHING, TOO_LARGE], { cause: 'call_it', code: 'persona.refused' }],
    ['an inquiry', INQUIRY, [TOO_LARGE], { cause: 'call_it', code: 'persona.refused' }],
    ['a transaction', TRANSACTION, [TOO_LARGE], { cause: 'rescan', code: 'persona.requestTooLarge' }],
  ])('only what carries a page is scanned again when it is too large: %s', async (_name, call, script, expected) => {
    wire.server.script(...script);
    expect(brief(await persona.perform(call, context()))).toEqual({ kind: 'attention', ...expected });
  });
});

describe('trap 6: a 500 that comes again under the same key is saved there, so the next attempt has a fresh one', () => {
  it.each<[string, OperationToPerform, readonly Step[]]>([
    ['an account', ACCOUNT, [NOTHING, FAILED]],
    ['an inquiry', INQUIRY, [FAILED]],
    ['a transaction', TRANSACTION, [FAILED]],
  ])('%s', async (_name, call, script) => {
    wire.server.script(...script, ...script);
    expect(await persona.perform(call, context())).toMatchObject({ kind: 'unknown' });
    const again = { ...call, mayHaveArrived: true, lastStatus: 500 };
    expect(await persona.perform(again, context())).toMatchObject({ kind: 'retry', freshKey: true });
  });
});

describe('what a key may not see', () => {
  it('a transaction without tags may be ours, and a person is asked', async () => {
    wire.server.script(page(null, { type: 'transaction', id: 'txn_1', attributes: { status: 'created' } }));
    expect(await persona.lookUp(TRANSACTION, context())).toMatchObject({ kind: 'cannot_tell' });
  });

  it('an inquiry without a note as well', async () => {
    wire.server.script(page(null, { type: 'inquiry', id: 'inq_1', attributes: { status: 'created' } }));
    expect(await persona.lookUp(INQUIRY, context())).toMatchObject({ kind: 'cannot_tell' });
  });

  it('a list that was not looked through to its end proves nothing', async () => {
    const more = page('/api/v1/transactions?page%5Bafter%5D=txn_1', {
      type: 'transaction',
      id: 'txn_1',
      attributes: { tags: [] },
    });
    wire.server.script(more, more, more, more, more);
    expect(await persona.lookUp(TRANSACTION, context())).toMatchObject({ kind: 'cannot_tell' });
    expect(wire.server.seen).toHaveLength(5);
  });

  it('a reference that is taken by an account that is not shown is corrected, not tried for ever', async () => {
    wire.server.script(NOTHING, TAKEN, NOTHING);
    expect(await persona.perform(ACCOUNT, context())).toMatchObject({
      kind: 'attention',
      cause: 'correct_data',
      evidence: { message: { code: 'persona.accountTaken' } },
    });
  });
});

describe('an inquiry', () => {
  it.each([
    ['pending', false],
    ['completed', true],
    ['needs_review', true],
  ])('that is %s and has an errored document is over: %s', async (status, isOver) => {
    wire.server.script(
      answer({
        data: { type: 'inquiry', id: 'inq_1', attributes: { status } },
        included: [{ type: 'document/generic', id: 'doc_1', attributes: { status: 'errored' } }],
      }),
    );
    const watched = { providerDocumentId: 'doc_1', documentId: 'd1', requirementId: 'address', isGovernmentId: false };
    const follow = operation('persona.inquiry.follow', {
      inquiryId: 'inq_1',
      acceptedWhen: 'approved',
      earlier: [watched],
      governmentIds: [],
    });
    expect(await persona.perform(follow, context())).toMatchObject({
      kind: 'done',
      result: { isOver },
      progress: { state: 'retake', slots: [{ requirementId: 'address' }] },
    });
  });
});

describe('a refusal that mentions the template or the transaction type', () => {
  it.each([
    ['Template is archived', 'inquiry-template-id', INQUIRY, 'persona.templateRefused'],
    ['data.attributes.inquiry_template_id is not found', null, INQUIRY, 'persona.templateRefused'],
    ['Exactly one of template_id, inquiry_template_id must be filled', null, INQUIRY, 'persona.templateRefused'],
    ['Note is too long for this template', 'note', INQUIRY, 'persona.invalid'],
    ['data.attributes.tags is not allowed by the inquiry template', null, INQUIRY, 'persona.invalid'],
    ['data.attributes.transaction_type_id is not found', null, TRANSACTION, 'persona.transactionTypeRefused'],
    ['is archived', 'transaction-type-id', TRANSACTION, 'persona.transactionTypeRefused'],
    ['Unknown transaction type', null, TRANSACTION, 'persona.transactionTypeRefused'],
    ['is missing for this transaction type', 'fields/birthdate', TRANSACTION, 'persona.fieldRefused'],
    ['data.attributes.reference_id is not of this transaction type', null, TRANSACTION, 'persona.fieldRefused'],
    ['data.attributes.fields.birthdate is not of this transaction type', null, TRANSACTION, 'persona.fieldRefused'],
  ] as const)('is about it only when it names it: %s (%s)', async (details, attribute, call, code) => {
    const source = attribute === null ? {} : { source: { pointer: `/data/attributes/${attribute}` } };
    wire.server.script(answer({ errors: [{ title: 'Record invalid', details, ...source }] }, 422));
    const { evidence } = await persona.perform(call, context());
    expect(evidence.message.code).toBe(code);
  });
});
