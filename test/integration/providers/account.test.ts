import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUndiciHttp } from '../../../main/network/index.ts';
import type { HttpPort } from '../../../main/network/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import {
  personaAccountDocument,
  personaAccountRedacted,
  personaDocument,
  personaEvents,
  personaInquiry,
  personaKept,
  personaLostAnswers,
  personaRedacted,
  personaRepeat,
  personaSimulated,
  personaTransaction,
  personaTransactionAgain,
  personaUpdated,
  recordsFollowed,
} from '../../support/contract-cases/persona.ts';
import {
  personrApplicant,
  personrAsks,
  personrCompany,
  personrCreated,
  personrKept,
  personrLostCompany,
  personrLostCreate,
  personrLostUpload,
} from '../../support/contract-cases/personr.ts';
import { sumsubApplicant, sumsubLostAnswers } from '../../support/contract-cases/sumsub.ts';
import { flowBy } from '../../support/persona-inquiry.ts';
import { providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import { FRONT_AND_BACK, licence, type Road } from '../../support/provider-run.ts';
import { sample } from '../../support/samples.ts';
import {
  personaAccount,
  personrAccount,
  redactAtPersona,
  sumsubAccount,
  wanted,
} from '../../support/sandbox-accounts.ts';

/**
 * The cases of the three `contract-*.test.ts` that hold anywhere, at a real sandbox account; docs/practice.md says which variables
 * name one. Left to practice: what a marker, a switch or a fault brings about. What the account decides about a specimen is its own
 * affair: here it must only be something that the app understands. Every record has a reference of its own, and what Persona made
 * of one is redacted at the end; documents by themselves, and records at Personr and Sumsub, stay, for no call removes them.
 */

/** A follow may ask twenty times. */
const PATIENCE_MS = 400_000;
const LONGEST_WAIT_MS = 15_000;

let http: HttpPort & { close(): Promise<void> };
beforeEach(async () => {
  http = await openUndiciHttp();
});
afterEach(async () => {
  await http.close();
});

const passed = (ms: number): Promise<void> => pause(Math.min(ms, LONGEST_WAIT_MS));

/** A specimen, each time with an end of its own: the same bytes twice may be refused. */
async function page(name: string, mediaType = 'image/jpeg'): Promise<TestPage> {
  return { mediaType, bytes: Buffer.concat([await sample(name), Buffer.from(randomUUID())]) };
}

async function licencePages(): Promise<Record<string, TestPage>> {
  return {
    front: await page('clara-driving-licence-front.jpg'),
    back: await page('clara-driving-licence-back.jpg'),
    front2: await page('clara-driving-licence-front.jpg'),
  };
}

const UNDERSTOOD: readonly unknown[] = ['accepted', 'retake', 'rejected'];
const stateOf = ({ progress }: Road): unknown => progress.at(-1)?.state;

/** What a test made at Persona, to be redacted after it. */
const made: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const redact of made.splice(0)) await redact();
});

async function openPersona(skip: (reason: string) => never, submissionId = randomUUID()): Promise<TestContext> {
  const account = personaAccount(process.env, skip);
  // That of an account of this submission alone as well.
  const reference = `satchel-${submissionId}`;
  made.push(() => redactAtPersona(account, reference));
  return providerContext({
    http,
    baseUrl: account.baseUrl,
    environment: 'sandbox',
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey: account.apiKey },
    subject: {
      givenName: 'Specimen',
      familyName: 'Satchel',
      birthDate: '1990-01-01',
      country: 'AUS',
      reference,
    },
    pages: await licencePages(),
  });
}

/** What a template does after the documents is the organisation's own: processed is far enough. */
function inquiryFlow(skip: (reason: string) => never): Flow {
  const templateId = wanted('SATCHEL_CONTRACT_PERSONA_TEMPLATE', process.env, skip);
  return flowBy({ by: 'inquiry', templateId, acceptedWhen: 'processed' });
}

describe('Persona: a sandbox account', () => {
  it('create → submit → a decision, and its files', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const context = await openPersona(skip);
    const road = await personaDocument(context, passed);
    expect(UNDERSTOOD).toContain(stateOf(road));
    expect(await personaKept(context, road)).toHaveLength(2);
  });

  it('a create repeated with the same key is one document', async ({ skip }) => {
    await expect(personaRepeat(await openPersona(skip), randomUUID())).resolves.toBeUndefined();
  });

  it(
    'a document gets another page before its submit, or another one is made',
    { timeout: PATIENCE_MS },
    async ({ skip }) => {
      await expect(personaUpdated(await openPersona(skip), passed)).resolves.toMatch(/^persona\.document\.update: /);
    },
  );

  it('an account and an inquiry are found after a lost answer', async ({ skip }) => {
    const context = await openPersona(skip);
    const { done } = await personaLostAnswers(context, inquiryFlow(skip));
    await expect(personaRedacted(context, { done })).resolves.toHaveLength(1);
  });

  it(
    'account → inquiry → document → a decision; listed in events, given out, and redacted',
    { timeout: PATIENCE_MS },
    async ({ skip }) => {
      const context = await openPersona(skip);
      const road = await personaInquiry(context, inquiryFlow(skip), [licence(FRONT_AND_BACK, 'id')], passed);
      expect(UNDERSTOOD).toContain(stateOf(road));
      expect(await personaKept(context, road)).toHaveLength(2);
      const events = await personaEvents(context, recordsFollowed(road));
      await personaRedacted(context, road);
      if (events.kind !== 'answered') skip(`the key may not list events: ${events.kind}`);
    },
  );

  it('a transaction is found after a lost answer, followed, captured again, and both are redacted', async ({
    skip,
  }) => {
    const context = await openPersona(skip);
    const transactionTypeId = wanted('SATCHEL_CONTRACT_PERSONA_TRANSACTION_TYPE', process.env, skip);
    const flow = flowBy({ by: 'transaction', transactionTypeId });
    const road = await personaTransactionAgain(context, flow, await personaTransaction(context, flow));
    await expect(personaRedacted(context, road)).resolves.toHaveLength(2);
  });

  it('a document of the customer’s account, which a later visit finds', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const context = await openPersona(skip);
    const road = await personaAccountDocument(context, flowBy({ by: 'documents', account: 'customer' }), passed);
    expect(UNDERSTOOD).toContain(stateOf(road));
  });

  it('an account of the submission alone is redacted with its inquiry, and no other one', async ({ skip }) => {
    const submissionId = randomUUID();
    const context = await openPersona(skip, submissionId);
    await expect(personaAccountRedacted(context, inquiryFlow(skip), submissionId)).resolves.toBeUndefined();
  });

  it('every simulate action of the connection test', async ({ skip }) => {
    const context = await openPersona(skip);
    const templateId = wanted('SATCHEL_CONTRACT_PERSONA_TEMPLATE', process.env, skip);
    const verificationTemplateId = process.env['SATCHEL_CONTRACT_PERSONA_VERIFICATION_TEMPLATE'] ?? '';
    const steps = await personaSimulated(context, flowBy({ by: 'inquiry', templateId, verificationTemplateId }));
    expect(steps).toHaveLength(verificationTemplateId === '' ? 8 : 9);
  });
});

async function openPersonr(skip: (reason: string) => never): Promise<{ context: TestContext; flow: Flow }> {
  const { baseUrl, flowName, ...credential } = personrAccount(process.env, skip);
  const context = providerContext({
    http,
    baseUrl,
    environment: 'sandbox',
    credential,
    subject: {
      email: 'specimen@example.invalid',
      phone: '+61400000000',
      country: 'AUS',
      companyName: 'Satchel Specimen Ltd',
      registrationNumber: `satchel-${randomUUID()}`,
    },
    pages: { ...(await licencePages()), extract: await page('amelie-utility-bill.pdf', 'application/pdf') },
  });
  return { context, flow: { id: 'identity', name: flowName, requiredFields: [], requirements: [] } };
}

describe('Personr: a sandbox account', () => {
  it('applicant → uploads → start → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const { context, flow } = await openPersonr(skip);
    const road = await personrApplicant(context, { flow }, passed);
    expect(UNDERSTOOD).toContain(stateOf(road));
    const { plain, withInformation } = await personrKept(context, road);
    expect([plain.length, withInformation.length]).toEqual([2, 2]);
  });

  it('how a record stands, the address for the customer’s phone, and no documents before a check', async ({ skip }) => {
    const { context, flow } = await openPersonr(skip);
    await expect(personrAsks(context, { flow })).resolves.toBeUndefined();
  });

  it('a lost applicant is told by our own reference', async ({ skip }) => {
    const { context, flow } = await openPersonr(skip);
    await expect(personrLostCreate(context, { flow })).resolves.toBeUndefined();
  });

  it('a company with an owner → a page → start → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const { context, flow } = await openPersonr(skip);
    const name = wanted('SATCHEL_CONTRACT_PERSONR_ENTITY_FLOW', process.env, skip);
    const company: Flow = { ...flow, name, subjectKind: 'entity' };
    await personrLostCompany(context, company);
    const owner = await personrCreated(context, { flow });
    expect(UNDERSTOOD).toContain(stateOf(await personrCompany(context, company, owner, passed)));
  });

  it('a lost upload is found, or not, by counting', async ({ skip }) => {
    const { context, flow } = await openPersonr(skip);
    await expect(personrLostUpload(context, { flow })).resolves.toBeUndefined();
  });
});

async function openSumsub(skip: (reason: string) => never): Promise<{ context: TestContext; flow: Flow }> {
  const { baseUrl, levelName, ...credential } = sumsubAccount(process.env, skip);
  const open = providerContext({ http, baseUrl, environment: 'sandbox', credential, pages: await licencePages() });
  // Every call is signed with the time.
  const context = { ...open, clock: { now: () => Date.now(), monotonic: () => performance.now() } };
  return { context, flow: { id: 'identity', name: levelName, requiredFields: [], requirements: [] } };
}

describe('Sumsub: a sandbox account', () => {
  it('applicant → uploads → start → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const { context, flow } = await openSumsub(skip);
    expect(UNDERSTOOD).toContain(stateOf(await sumsubApplicant(context, { flow }, passed)));
  });

  it('an applicant and an upload are found after a lost answer, or not', async ({ skip }) => {
    const { context, flow } = await openSumsub(skip);
    await expect(sumsubLostAnswers(context, { flow })).resolves.toBeUndefined();
  });
});
