import { DEFAULT_CREDENTIALS } from '../../../../main/practice/index.ts';
import { PROVIDERS, type OperationToPerform, type Outcome } from '../../../../main/providers/index.ts';
import { PERSONA_VERSIONS, type Flow } from '../../../../shared/domain/index.ts';
import type { DatedPractice } from '../../../support/dated-practice.ts';
import { flowBy, photo } from '../../../support/persona-inquiry.ts';
import { callAdmin, callApi } from '../../../support/practice-calls.ts';
import { operation, providerContext, type TestContext, type TestPage } from '../../../support/provider-context.ts';
import { FRONT_AND_BACK, licence, made, plan, run, type Done, type Road } from '../../../support/provider-run.ts';
import { at } from '../../practice/bench.ts';
import { brief, type CasesOf, type SwitchCase } from '../../../support/switch-cases.ts';

const { persona } = PROVIDERS;
const API_KEY = DEFAULT_CREDENTIALS.personaApiKeys[0] ?? '';

const PAGES = { front: photo('accept', 'f'), back: photo('accept', 'b'), plain: photo('nothing', 'p') };

const open = (practice: DatedPractice, pages: Record<string, TestPage> = PAGES): TestContext =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.personaBaseUrl,
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey: API_KEY },
    subject: { givenName: 'Ana', familyName: 'Müller', birthDate: '1990-02-03', country: 'AUS', reference: 'C-1' },
    pages,
  });

const createOf = (pageIds: string[], more: object = {}, rest: Parameters<typeof operation>[2] = {}) =>
  operation(
    'persona.document.create',
    {
      documentId: 'd1',
      requirementId: 'identity',
      kind: 'passport',
      pageIds,
      sides: pageIds.map(() => 'single'),
      ...more,
    },
    rest,
  );
const submitOf = (result: object): OperationToPerform =>
  operation(
    'persona.document.submit',
    { documentId: 'd1', requirementId: 'identity' },
    { needed: [{ kind: 'persona.document.create', payload: createOf(['front']).payload, result }] },
  );

async function done(outcome: Promise<Outcome>): Promise<Readonly<Record<string, unknown>>> {
  const given = await outcome;
  if (given.kind !== 'done') throw new Error(brief(given));
  return given.result;
}

/** What becomes of a document that has got a new page since it was created: its update, and the create behind it. */
async function updated(practice: DatedPractice, { isSubmitted }: { readonly isSubmitted: boolean }): Promise<string> {
  const context = open(practice);
  const there = await done(persona.perform(createOf(['front']), context));
  if (isSubmitted) await done(persona.perform({ ...submitOf(there), idempotencyKey: 'submit' }, context));
  const pages = createOf(['back', 'plain'], {}, { idempotencyKey: 'another' });
  const update = operation('persona.document.update', { ...Object(pages.payload), ...there });
  const outcome = await persona.perform(update, context);
  if (outcome.kind !== 'done') return brief(outcome);
  const needed = [{ kind: update.kind, payload: update.payload, result: outcome.result }];
  const create = await persona.perform({ ...pages, needed }, context);
  const isSame = create.kind === 'done' && create.result['providerDocumentId'] === there['providerDocumentId'];
  return `${brief(outcome)}; ${brief(create)}, ${isSame ? 'the same document' : 'another document'}`;
}

const ROUTES = {
  documents: flowBy({ by: 'documents' }),
  inquiry: flowBy({ by: 'inquiry', templateId: 'itmpl_Practice' }),
  transaction: flowBy({ by: 'transaction', transactionTypeId: 'txntp_Practice', declined: 'checks' }),
};

const road = (practice: DatedPractice, flow: Flow, pages?: Record<string, TestPage>): Promise<Road> =>
  run(persona, plan([licence(FRONT_AND_BACK, 'id')], { flow }), open(practice, pages), [], practice.passed);

/** Every way to a decision; nothing of what the switch is about is on it. */
async function everyRoad(practice: DatedPractice): Promise<string> {
  const ends: string[] = [];
  for (const flow of Object.values(ROUTES)) ends.push((await road(practice, flow)).kinds.at(-1)?.split(': ')[1] ?? '');
  return ends.join(', ');
}
const EVERY_ROAD = 'persona.processed, persona.inquiryApproved, persona.transactionApproved';
const same = (values: readonly string[], expected = EVERY_ROAD): SwitchCase['expected'] =>
  Object.fromEntries(values.map((value) => [value, expected]));

const createAndRepeat =
  (second: OperationToPerform, waitMs = 0) =>
  async (practice: DatedPractice): Promise<string> => {
    const context = open(practice);
    const first = await persona.perform(createOf(['front']), context);
    practice.passed(waitMs);
    const again = await persona.perform(second, context);
    const isOne =
      first.kind === 'done' &&
      again.kind === 'done' &&
      first.result['providerDocumentId'] === again.result['providerDocumentId'];
    const ids = [again.evidence.requestId, first.evidence.requestId];
    const request =
      ids[0] === null ? 'no request id' : ids[0] === ids[1] ? 'the first request id' : 'its own request id';
    return `${brief(again)}; ${isOne ? 'one document' : 'another one or none'}; ${request}`;
  };
const REPEATED = createOf(['front'], {}, { mayHaveArrived: true, attempt: 2 });
const HOUR_MS = 3_600_000;

const decided =
  (pages: Record<string, TestPage>, flow: Flow) =>
  async (practice: DatedPractice): Promise<string> => {
    const { kinds, progress } = await road(practice, flow, pages);
    return `${kinds.at(-1)?.split(': ')[1]} (${progress.at(-1)?.state})`;
  };
const AT_ONCE = { '0': 'done: persona.processed (accepted)', '5000': 'again: persona.inReview' };
const UNMARKED = { front: photo('nothing', 'f'), back: photo('nothing', 'b') };

export const PERSONA_CASES: CasesOf<'persona'> = {
  'persona.documentWrites': {
    expected: {
      work: 'done: persona.created',
      '403': 'pause call_it: persona.writeForbidden',
      '404': 'pause call_it: persona.withdrawn',
      '410': 'pause call_it: persona.withdrawn',
    },
    perform: async (practice) => brief(await persona.perform(createOf(['front']), open(practice))),
  },
  'persona.submitWithoutFiles': {
    expected: { '422': 'attention rescan: persona.fileRefused', '409': 'retry: persona.submitDidNotHappen' },
    perform: async (practice) => {
      // Satchel itself creates none without files.
      const made = await callApi(practice, 'POST', '/document/generics', { kind: 'passport' });
      const id = String(at(made, 'data', 'id'));
      return brief(await persona.perform(submitOf({ providerDocumentId: id }), open(practice)));
    },
  },
  'persona.submitTwice': {
    expected: { '409': 'done: persona.submitFound', '422': 'done: persona.submitFound' },
    perform: async (practice) => {
      const context = open(practice);
      const submit = submitOf(await done(persona.perform(createOf(['front'], {}, { idempotencyKey: 'k' }), context)));
      await persona.perform(submit, context);
      return brief(await persona.perform({ ...submit, idempotencyKey: 'another' }, context));
    },
  },
  'persona.updateAfterSubmit': {
    expected: same(['409', '422'], 'done: persona.documentNotTaken; done: persona.created, another document'),
    perform: (practice) => updated(practice, { isSubmitted: true }),
  },
  'persona.updateFiles': {
    expected: {
      replace: 'done: persona.documentUpdated; done: persona.updatedInstead, the same document',
      append: 'done: persona.documentNotExact; done: persona.created, another document',
    },
    perform: (practice) => updated(practice, { isSubmitted: false }),
  },
  'persona.idempotencyMismatch': {
    expected: same(
      ['409', '400', '422'],
      'attention call_it: persona.keyMisuse; another one or none; its own request id',
    ),
    perform: createAndRepeat(createOf(['back'])),
  },
  'persona.idempotencyConcurrent': {
    expected: {
      '409': 'done: persona.created; unknown: persona.keyInProgress',
      wait: 'done: persona.created; done: persona.createdOnce',
    },
    perform: async (practice) => {
      const context = open(practice);
      await callAdmin(practice, 'POST', '/faults', { faults: [{ action: { kind: 'delay', ms: 300 } }] });
      const first = persona.perform(createOf(['front']), context);
      await new Promise((resolve) => setTimeout(resolve, 100));
      const second = await persona.perform(REPEATED, context);
      return `${brief(await first)}; ${brief(second)}`;
    },
  },
  'persona.idempotencyReplayRequestId': {
    expected: {
      first: 'done: persona.createdOnce; one document; the first request id',
      new: 'done: persona.createdOnce; one document; its own request id',
      absent: 'done: persona.createdOnce; one document; no request id',
    },
    perform: createAndRepeat(REPEATED),
  },
  // No PATCH carries a key.
  'persona.idempotencyPatch': {
    expected: same(['ignored', 'honoured'], 'done: persona.accountUpdated'),
    perform: async (practice) => {
      const context = open(practice);
      const result = await done(persona.perform(operation('persona.account.create', { accountTypeId: null }), context));
      const account = { kind: 'persona.account.create', payload: {}, result };
      const accountId = result['accountId'];
      const update = operation('persona.account.update', { accountId }, { finished: () => [account] });
      const corrected = { ...context, subject: () => ({ ...context.subject(), familyName: 'Möller' }) };
      return brief(await persona.perform(update, corrected));
    },
  },
  // A key that lives shorter than the 24 hours of the documentation would make a second document; after those the outbox repeats none.
  'persona.idempotencyKeepHours': {
    expected: {
      '1': 'done: persona.createdOnce; another one or none; its own request id',
      '24': 'done: persona.createdOnce; one document; the first request id',
    },
    perform: createAndRepeat(REPEATED, 2 * HOUR_MS),
  },
  // Nothing that Persona does not know is sent.
  'persona.unknownAttributes': { expected: same(['reject', 'ignore']), perform: everyRoad },
  // Only known versions can be chosen, and the version and casing are named with every call.
  'persona.invalidVersion': { expected: same(['400', 'ignore']), perform: everyRoad },
  'persona.keyVersion': { expected: same(PERSONA_VERSIONS), perform: everyRoad },
  'persona.keyInflection': { expected: same(['kebab', 'camel', 'snake']), perform: everyRoad },
  'persona.fileMaxBytes': {
    expected: { '0': 'done: persona.created', '100': 'attention rescan: persona.fileTooLarge' },
    perform: async (practice) => brief(await persona.perform(createOf(['front']), open(practice))),
  },
  'persona.fileMaxCount': {
    expected: { '0': 'done: persona.created', '1': 'attention rescan: persona.tooManyFiles' },
    perform: async (practice) => brief(await persona.perform(createOf(['front', 'back']), open(practice))),
  },
  'persona.requestMaxBytes': {
    expected: { '0': 'done: persona.created', '5000': 'attention rescan: persona.requestTooLarge' },
    perform: async (practice) => brief(await persona.perform(createOf(['front']), open(practice))),
  },
  'persona.fileTypes': { expected: same(['images_and_pdf', 'jpeg_png_pdf', 'any']), perform: everyRoad },
  // Files go as plain base64.
  'persona.fileDataUri': { expected: same(['reject', 'accept']), perform: everyRoad },
  'persona.fileTokenSeconds': {
    expected: { '0': 'persona.fileNotGiven', '21600': 'answer' },
    perform: kept,
  },
  'persona.expiredFileToken': {
    with: { 'persona.fileTokenSeconds': 0 },
    expected: same(['403', '401', '404'], 'persona.fileNotGiven'),
    perform: kept,
  },
  'persona.rateLimitPerMinute': {
    expected: { '1': 'rate_limited: persona.rateLimited', '300': 'done: persona.created' },
    perform: async (practice) => {
      const context = open(practice);
      await persona.test(context);
      return brief(await persona.perform(createOf(['front']), context));
    },
  },
  // Lists are asked for in pages of 100, which are in range.
  'persona.pageSizeOutOfRange': { expected: same(['400', 'clamp']), perform: everyRoad },
  'persona.outcomeWithoutMarker': {
    expected: { processed: 'persona.processed (accepted)', errored: 'persona.errored (retake)' },
    perform: decided(UNMARKED, ROUTES.documents),
  },
  'persona.accountNames': {
    file: 'test/integration/providers/persona-inquiry.test.ts',
    test: "it.each(['nested', 'flat'])(",
  },
  'persona.accountDocuments': {
    file: 'test/integration/providers/persona-account-documents.test.ts',
    test: "{ 'persona.accountDocuments': 'listed' }",
  },
  'persona.closedInquiry': {
    expected: same(['409', '422'], 'attention call_it: persona.inquiryClosed'),
    perform: async (practice) => {
      const { done: earlier } = await road(practice, ROUTES.inquiry);
      const inquiry = earlier.find(({ kind }) => kind === 'persona.inquiry.create');
      const attach = createOf(
        ['front'],
        { attachment: { inquiryId: null, governmentId: null } },
        { needed: inquiry === undefined ? [] : [inquiry], idempotencyKey: 'late' },
      );
      return brief(await persona.perform(attach, open(practice)));
    },
  },
  'persona.inquiryWithoutMarker': {
    expected: {
      approved: 'persona.inquiryApproved (accepted)',
      completed: 'persona.inquiry.follow: again persona.inReview',
      needs_review: 'persona.inquiry.follow: again persona.inquiryNeedsReview',
      pending: 'persona.inquiry.follow: again persona.inReview',
      failed: 'persona.inquiryUnclear (retake)',
    },
    perform: async (practice) => {
      try {
        return await decided(UNMARKED, ROUTES.inquiry)(practice);
      } catch (error) {
        // The road ends while it is still waiting.
        return error instanceof Error ? error.message : '';
      }
    },
  },
  'persona.inquiryExpiresHours': {
    file: 'test/integration/providers/persona-inquiry.test.ts',
    test: 'an expired inquiry is opened again for the pages that come late',
  },
  'persona.submitInClosedInquiry': {
    file: 'test/integration/providers/persona-expired.test.ts',
    test: "it.each(['accepted', '409', '422'])(",
  },
  'persona.failedVerification': {
    file: 'test/integration/providers/persona-checks.test.ts',
    test: "'persona.failedVerification': 'requires_retry'",
  },
  'persona.redaction': {
    expected: {
      works: 'done: persona.redacted; done: persona.transactionApproved (accepted)',
      '403': 'attention call_it: persona.redactionRefused; done: persona.transactionApproved (accepted)',
      '410': 'attention call_it: persona.redactionRefused; done: persona.transactionApproved (accepted)',
    },
    perform: (practice) => redact(practice, 1),
  },
  'persona.idClasses': {
    expected: {
      any: 'done: persona.created; done: persona.transactionCreated',
      seen: 'attention call_it: persona.kindRefused; attention call_it: persona.kindRefused',
    },
    perform: async (practice) => {
      const context = open(practice);
      const card = { ...licence(FRONT_AND_BACK, 'id'), documentType: 'id_card' } as const;
      const [account, inquiry, attach] = persona.plan(plan([card], { flow: ROUTES.inquiry }));
      const [transaction] = persona.plan(plan([card], { flow: ROUTES.transaction }));
      if (account === undefined || inquiry === undefined || attach === undefined || transaction === undefined) {
        throw new Error('no plan');
      }
      const needed: Done[] = [];
      for (const { kind, payload } of [account, inquiry]) {
        const idempotencyKey = `key of ${kind}`;
        needed.push(await made(persona, operation(kind, payload, { needed: [...needed], idempotencyKey }), context));
      }
      const ends = [
        await persona.perform(operation(attach.kind, attach.payload, { needed, idempotencyKey: 'a' }), context),
        await persona.perform(operation(transaction.kind, transaction.payload, { idempotencyKey: 't' }), context),
      ];
      return ends.map((end) => brief(end)).join('; ');
    },
  },
  'persona.relatedObjects': {
    expected: {
      listed: 'persona.transactionFailed (retake)',
      absent: 'persona.inquiryDeclined (rejected)',
    },
    perform: decided(
      { front: photo('reject=id_glare_detection', 'f'), back: photo('accept', 'b') },
      ROUTES.transaction,
    ),
  },
  'persona.redactedTransaction': {
    expected: same(
      ['shown', 'hidden'],
      'done: persona.redacted, done: persona.redactedBefore; done: persona.transactionApproved (accepted)',
    ),
    perform: (practice) => redact(practice, 2),
  },
  'persona.events': {
    file: 'test/integration/providers/persona-changes.test.ts',
    test: "{ 'persona.events': '403' }",
  },
  'persona.eventFilters': {
    file: 'test/integration/providers/persona-changes.test.ts',
    test: "{ 'persona.eventFilters': 'single' }",
  },
  'persona.eventDelayMs': {
    file: 'test/integration/providers/persona-changes.test.ts',
    test: 'hears nothing of records that were not asked about, nor of what is not listed yet',
  },
  'persona.processingMinMs': { expected: AT_ONCE, perform: followedAtOnce },
  'persona.processingMaxMs': {
    // With the least at 0 it may be over at once with any value: of a day that is one time in 86 million.
    expected: { '0': AT_ONCE[0], '86400000': AT_ONCE[5000] },
    perform: followedAtOnce,
  },
};

/** The files of one document, whose bytes practice does not have. */
async function kept(practice: DatedPractice): Promise<string> {
  const context = open(practice);
  const result = await done(persona.perform(createOf(['front']), context));
  const asked = await persona.asks?.kept([{ kind: 'persona.document.create', payload: {}, result }], context);
  return asked?.kind === 'refused' ? asked.message.code : (asked?.kind ?? 'not offered');
}

/** A transaction that is redacted so many times, and then followed. */
async function redact(practice: DatedPractice, times: number): Promise<string> {
  const { done: earlier } = await road(practice, ROUTES.transaction);
  const context = open(practice);
  const wanted = { ...context, connection: { ...context.connection, redactsWhenPurged: true } };
  const [planned] = persona.planRedaction?.(earlier, {}) ?? [];
  if (planned === undefined) throw new Error('nothing to redact');
  const said: string[] = [];
  for (let time = 0; time < times; time += 1) {
    said.push(brief(await persona.perform(operation(planned.kind, planned.payload), wanted)));
  }
  const needed = earlier.filter(({ kind }) => kind === 'persona.transaction.create');
  const follow = operation('persona.transaction.follow', {}, { needed });
  return `${said.join(', ')}; ${brief(await persona.perform(follow, context))}`;
}

async function followedAtOnce(practice: DatedPractice): Promise<string> {
  const context = open(practice);
  const submitted = await done(
    persona.perform(
      submitOf(await done(persona.perform(createOf(['front'], {}, { idempotencyKey: 'k' }), context))),
      context,
    ),
  );
  const follow = { documentId: 'd1', requirementId: 'identity', submitted };
  return brief(await persona.perform(operation('persona.document.follow', follow), context));
}
