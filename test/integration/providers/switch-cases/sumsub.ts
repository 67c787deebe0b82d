import { DEFAULT_CREDENTIALS } from '../../../../main/practice/index.ts';
import { PROVIDERS, type FinishedOperation, type OperationToPerform } from '../../../../main/providers/index.ts';
import type { DatedPractice } from '../../../support/dated-practice.ts';
import { operation, providerContext, type TestContext } from '../../../support/provider-context.ts';
import { jpeg } from '../../../support/provider-run.ts';
import { brief, type CasesOf } from '../../../support/switch-cases.ts';

const { sumsub } = PROVIDERS;

const open = (practice: DatedPractice): TestContext =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.sumsubBaseUrl,
    credential: DEFAULT_CREDENTIALS.sumsubTokens[0],
    pages: {
      front: jpeg('accept', 'f'),
      back: jpeg('accept', 'b'),
      refused: jpeg('upload-error=dataNotReadable', 'x'),
    },
  });

const createOf = (levelName: string): OperationToPerform => operation('sumsub.applicant.create', { levelName });

async function applicant(context: TestContext): Promise<FinishedOperation> {
  const create = createOf('Identity');
  const outcome = await sumsub.perform(create, context);
  if (outcome.kind !== 'done') throw new Error(brief(outcome));
  return { kind: create.kind, payload: create.payload, result: outcome.result };
}

const uploadOf = (needed: FinishedOperation, pageId: string): OperationToPerform =>
  operation(
    'sumsub.document.upload',
    {
      applicantId: null,
      pageId,
      documentId: 'd1',
      requirementId: 'identity',
      idDocType: 'DRIVERS',
      idDocSubType: pageId === 'back' ? 'BACK_SIDE' : 'FRONT_SIDE',
      country: 'AUS',
      wasTaken: false,
    },
    { needed: [needed], idempotencyKey: `key-of-${pageId}` },
  );

/** Both sides are there; then the check is started, and asked about at once. */
async function checked(practice: DatedPractice): Promise<string> {
  const context = open(practice);
  const needed = await applicant(context);
  for (const pageId of ['front', 'back']) await sumsub.perform(uploadOf(needed, pageId), context);
  const check = { applicantId: null, check: 1, previousReview: null };
  const started = await sumsub.perform(operation('sumsub.check.start', check, { needed: [needed] }), context);
  const follow = operation('sumsub.check.follow', { ...check, documents: [] }, { needed: [needed] });
  return `${brief(started)}; ${brief(await sumsub.perform(follow, context))}`;
}
const DECIDED = 'done: sumsub.started; done: sumsub.decision.approved (accepted)';
const UNDER_WAY = 'done: sumsub.started; again: sumsub.inReview';

export const SUMSUB_CASES: CasesOf<'sumsub'> = {
  'sumsub.imageFileNames': {
    expected: {
      present: 'happened: sumsub.uploadFound',
      // Then the very same bytes go again, which Sumsub tells from another page.
      absent: 'did_not_happen: sumsub.uploadNotNamed',
    },
    perform: async (practice) => {
      const context = open(practice);
      const upload = uploadOf(await applicant(context), 'front');
      await sumsub.perform(upload, context);
      return brief(await sumsub.lookUp(upload, context));
    },
  },
  'sumsub.duplicateOfInactive': {
    file: 'test/integration/providers/contract-sumsub.test.ts',
    test: 'a refused back puts the front out of use; the same front again: %s',
  },
  'sumsub.noticeElements': {
    expected: {
      object: 'attention rescan: sumsub.image.dataNotReadable',
      tag: 'attention rescan: sumsub.image.dataNotReadable',
    },
    perform: async (practice) => {
      const context = open(practice);
      return brief(await sumsub.perform(uploadOf(await applicant(context), 'refused'), context));
    },
  },
  'sumsub.unknownLevel': {
    expected: { '404': 'attention call_it: sumsub.levelUnknown', '400': 'attention call_it: sumsub.levelUnknown' },
    perform: async (practice) => brief(await sumsub.perform(createOf('Nobody knows it'), open(practice))),
  },
  'sumsub.startsByItself': {
    expected: {
      no: UNDER_WAY,
      yes: 'done: sumsub.startFound; again: sumsub.inReview',
    },
    // A check that is decided at once would be over before the start that it conflicts with.
    with: { 'sumsub.stageMinMs': 5000 },
    perform: checked,
  },
  'sumsub.requestLifetimeSeconds': {
    expected: { '60': 'pause call_it: sumsub.clockWrong', '3600': 'done: sumsub.created' },
    perform: async (practice) => {
      const context = open(practice);
      // The clock of this PC is slow.
      practice.passed(120_000);
      return brief(await sumsub.perform(createOf('Identity'), context));
    },
  },
  'sumsub.rateLimitPerMinute': {
    expected: { '0': 'done: sumsub.created', '1': 'rate_limited: sumsub.rateLimited' },
    perform: async (practice) => {
      const context = open(practice);
      await sumsub.test(context);
      return brief(await sumsub.perform(createOf('Identity'), context));
    },
  },
  'sumsub.stageMinMs': {
    expected: { '0': DECIDED, '5000': UNDER_WAY },
    perform: checked,
  },
  'sumsub.stageMaxMs': { expected: { '0': DECIDED, '86400000': UNDER_WAY }, perform: checked },
};
