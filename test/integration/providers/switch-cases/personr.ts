import { DEFAULT_CREDENTIALS } from '../../../../main/practice/index.ts';
import { PROVIDERS, type FinishedOperation, type Outcome } from '../../../../main/providers/index.ts';
import type { DatedPractice } from '../../../support/dated-practice.ts';
import { operation, providerContext, type TestContext, type TestPage } from '../../../support/provider-context.ts';
import { jpeg } from '../../../support/provider-run.ts';
import { brief, type CasesOf, type SwitchCase } from '../../../support/switch-cases.ts';

const { personr } = PROVIDERS;

const PAGES: Record<string, TestPage> = {
  front: jpeg('accept', 'f'),
  back: jpeg('accept', 'b'),
  selfie: jpeg('accept', 's'),
  refused: jpeg('upload-error=screenRecapture', 'x'),
  forged: jpeg('final=FORGERY', 'y'),
  grey: jpeg('reject=BLACK_AND_WHITE', 'g'),
  held: jpeg('hold', 'h'),
};

const open = (practice: DatedPractice, more: Partial<Parameters<typeof providerContext>[0]> = {}): TestContext =>
  providerContext({
    http: practice.http,
    baseUrl: practice.server.personrBaseUrl,
    credential: DEFAULT_CREDENTIALS.personrUsers[0],
    subject: {
      email: 'ana@example.invalid',
      phone: '+61400000000',
      country: 'AUS',
      companyName: 'Müller & Co',
      registrationNumber: '12 345',
    },
    pages: PAGES,
    ...more,
  });

const CREATE = operation('personr.applicant.create', { flowName: 'Identity' });
const ENTITY = operation('personr.entity.create', { flowName: 'Company' });

async function made(create: typeof CREATE, context: TestContext): Promise<FinishedOperation> {
  const outcome = await personr.perform(create, context);
  if (outcome.kind !== 'done') throw new Error(brief(outcome));
  return { kind: create.kind, payload: create.payload, result: outcome.result };
}

/** An applicant at the practice server, and what happens to it. */
class Person {
  readonly #context: TestContext;
  readonly #practice: DatedPractice;
  readonly created: FinishedOperation;
  checks = 0;

  constructor(practice: DatedPractice, context: TestContext, created: FinishedOperation) {
    this.#practice = practice;
    this.#context = context;
    this.created = created;
  }

  static async create(practice: DatedPractice): Promise<Person> {
    const context = open(practice);
    return new Person(practice, context, await made(CREATE, context));
  }

  upload(pageId: string, docSubType: string | null = 'FRONT_SIDE', docType = 'DRIVERS'): Promise<Outcome> {
    const names = { documentId: 'd1', requirementId: 'identity', country: 'AUS', acknowledgedBefore: 0 };
    const payload = { applicantId: null, pageId, docType, docSubType, ...names };
    return this.#perform('personr.document.upload', payload);
  }

  start(): Promise<Outcome> {
    this.checks += 1;
    return this.#perform('personr.check.start', this.#check());
  }

  /** At once, or after everything that the practice server waits for. */
  follow(waitMs = 0): Promise<Outcome> {
    this.#context.advance(waitMs);
    this.#practice.passed(waitMs);
    const document = { requirementId: 'identity', documentType: 'driving_licence', docType: 'DRIVERS' };
    const documents = [{ ...document, sides: ['front', 'back'] }];
    return this.#perform('personr.check.follow', { ...this.#check(), documents });
  }

  /** Both sides, a check, and its end. */
  async reviewed(front: string, back = 'back'): Promise<Outcome> {
    await this.upload(front);
    await this.upload(back, 'BACK_SIDE');
    await this.start();
    return this.follow(60_000);
  }

  #check(): object {
    return { applicantId: null, check: this.checks, previousReviewMs: null };
  }

  #perform(kind: string, payload: object): Promise<Outcome> {
    const needed = [{ kind: this.created.kind, payload: this.created.payload, result: this.created.result }];
    return personr.perform(operation(kind, payload, { needed }), this.#context);
  }
}

const ofPerson =
  (perform: (person: Person) => Promise<Outcome>) =>
  async (practice: DatedPractice): Promise<string> =>
    brief(await perform(await Person.create(practice)));
const created = async (practice: DatedPractice): Promise<string> =>
  brief(await personr.perform(CREATE, open(practice)));
const ofUnknown = async (practice: DatedPractice): Promise<string> => {
  const payload = { applicantId: '1x1', check: 1, previousReviewMs: null, documents: [] };
  return brief(await personr.perform(operation('personr.check.follow', payload), open(practice)));
};
const same = (values: readonly string[], expected: string): SwitchCase['expected'] =>
  Object.fromEntries(values.map((value) => [value, expected]));
const MISSING = 'attention call_it: personr.applicantMissing';
const AT_ONCE = { '0': 'done: personr.decision.approved (accepted)', '5000': 'again: personr.inReview' };

export const PERSONR_CASES: CasesOf<'personr'> = {
  'personr.uploadEncoding': {
    expected: {
      both: 'done: personr.uploaded',
      json: 'done: personr.uploaded',
      // JSON is what every sample has. Where that cannot be read, nothing was stored, and the page goes as a form.
      multipart: 'done: personr.uploaded',
    },
    perform: ofPerson((person) => person.upload('front')),
  },
  'personr.errorHttpStatus': { expected: same(['same', '200'], MISSING), perform: ofUnknown },
  'personr.unauthorizedBody': {
    expected: same(
      ['status_code_message', 'status_code_body', 'status_message', 'empty'],
      'pause sign_in: personr.signInRefused',
    ),
    perform: async (practice) => {
      const credential = { email: 'practice@satchel.invalid', password: 'another' };
      return brief(await personr.perform(CREATE, open(practice, { credential })));
    },
  },
  'personr.unknownApplicantBody': {
    expected: same(['not_run', 'status_code_message', 'not_found'], MISSING),
    perform: ofUnknown,
  },
  'personr.unknownFlow': {
    expected: { reject: 'attention call_it: personr.flowUnknown', accept: 'done: personr.created' },
    perform: async (practice) => {
      const create = operation('personr.applicant.create', { flowName: 'Nobody knows it' });
      return brief(await personr.perform(create, open(practice)));
    },
  },
  // Of a customer whose check is over. What is only given back was used before, and takes no page.
  'personr.sameCustomer': {
    expected: {
      another: 'done: personr.created',
      conflict: 'attention call_it: personr.alreadyThere',
      existing: 'attention call_it: personr.createdOther',
    },
    perform: async (practice) => {
      await (await Person.create(practice)).reviewed('front');
      return created(practice);
    },
  },
  'personr.unknownWorkspace': {
    expected: { reject: 'pause call_it: personr.workspaceUnknown', ignore: 'pause call_it: personr.workspaceOther' },
    perform: async (practice) =>
      brief(await personr.perform(CREATE, open(practice, { settings: { workspace: 'North' } }))),
  },
  'personr.linkField': {
    expected: same(['applicant', 'applicantId', 'both'], 'answer'),
    perform: async (practice) => {
      const person = await Person.create(practice);
      const asked = await personr.asks?.link([person.created], open(practice));
      return asked?.kind === 'refused' ? asked.message.code : String(asked?.kind);
    },
  },
  // Whoever comes too late can submit nothing; the retake is at the desk again when the customer is waited for no longer.
  'personr.linkHours': {
    expected: { '0': 'Submitted.', '1': 'This link has ended.' },
    perform: async (practice) => {
      const person = await Person.create(practice);
      const asked = await personr.asks?.link([person.created], open(practice));
      if (asked?.kind !== 'answer') throw new Error('no link');
      practice.passed(2 * 3_600_000);
      const page = await (await fetch(asked.url, { method: 'POST' })).text();
      return /<p>(Submitted\.|[^<]*)/.exec(page)?.[1] ?? page;
    },
  },
  'personr.resultBeforeReviewed': {
    with: { 'personr.stageMaxMs': 5000, 'personr.stageMinMs': 5000 },
    expected: same(['absent', 'null', 'without_answer'], 'again: personr.inReview'),
    perform: ofPerson(async (person) => {
      await person.upload('front');
      await person.start();
      return person.follow();
    }),
  },
  'personr.documentsListing': {
    file: 'test/integration/exactly-once/answers.test.ts',
    test: '$listing, $duplicates: every page is there once',
  },
  'personr.noticeElements': {
    expected: same(['tag', 'object'], 'attention rescan: personr.image.screenRecapture'),
    perform: ofPerson((person) => person.upload('refused')),
  },
  'personr.refusedFile': {
    with: { 'personr.fileMaxBytes': 10 },
    expected: same(['errors_array', 'status_400'], 'attention rescan: personr.fileTooLarge'),
    perform: ofPerson((person) => person.upload('front')),
  },
  'personr.duplicateUpload': {
    expected: {
      conflict: 'attention rescan: personr.duplicateImage',
      errors_array: 'attention rescan: personr.duplicateImage',
      accepted: 'done: personr.uploaded',
    },
    perform: ofPerson(async (person) => {
      await person.upload('front');
      return person.upload('front');
    }),
  },
  'personr.fileMaxBytes': {
    expected: { '0': 'done: personr.uploaded', '10': 'attention rescan: personr.fileTooLarge' },
    perform: ofPerson((person) => person.upload('front')),
  },
  'personr.docTypes': {
    expected: { documented: 'attention call_it: personr.docTypeRefused', wider: 'done: personr.uploaded' },
    perform: ofPerson((person) => person.upload('front', 'FRONT_SIDE', 'BANK_STATEMENT')),
  },
  'personr.failedSide': {
    expected: {
      this_image: 'done: personr.decision.approved (accepted)',
      both_sides: 'done: personr.decision.retake (retake)',
    },
    perform: ofPerson(async (person) => {
      await person.upload('front');
      await person.upload('refused', 'BACK_SIDE');
      await person.upload('back', 'BACK_SIDE');
      await person.start();
      return person.follow(60_000);
    }),
  },
  'personr.subTypeOfSelfie': {
    expected: same(['reject', 'ignore'], 'done: personr.uploaded'),
    perform: ofPerson((person) => person.upload('selfie', null, 'SELFIE')),
  },
  'personr.attemptsExhausted': {
    expected: { reject: 'attention call_it: personr.attemptsUsed', accept_without_effect: 'done: personr.started' },
    perform: ofPerson(async (person) => {
      await person.reviewed('forged');
      return person.start();
    }),
  },
  'personr.uploadAfterFinal': {
    expected: { conflict: 'attention call_it: personr.applicantEnded', accept: 'done: personr.uploaded' },
    perform: ofPerson(async (person) => {
      await person.reviewed('forged');
      return person.upload('front');
    }),
  },
  'personr.reviewRejectType': {
    expected: same(['present', 'absent'], 'done: personr.decision.retake (retake)'),
    perform: ofPerson((person) => person.reviewed('grey')),
  },
  'personr.privateComment': {
    expected: same(['present', 'absent'], 'done: personr.decision.finalPrivate (rejected); not told why'),
    perform: async (practice) => {
      const outcome = await (await Person.create(practice)).reviewed('forged');
      return `${brief(outcome)}; ${/private remark|FORGERY/.test(JSON.stringify(outcome)) ? 'told' : 'not told'} why`;
    },
  },
  'personr.onHold': {
    expected: {
      Pending: 'again: personr.inReview',
      'On Hold': 'again: personr.onHold',
      onHold: 'again: personr.onHold',
    },
    perform: ofPerson((person) => person.reviewed('held')),
  },
  'personr.tokenWorkflows': {
    expected: same(['both', 'basic', 'generate'], 'done: personr.created'),
    perform: created,
  },
  'personr.tokenEncoding': {
    with: { 'personr.tokenWorkflows': 'generate' },
    expected: same(['both', 'multipart', 'json'], 'done: personr.created'),
    perform: created,
  },
  'personr.entityModule': {
    expected: { on: 'done: personr.entityCreated', off: 'attention call_it: personr.entityNotRun' },
    perform: async (practice) => brief(await personr.perform(ENTITY, open(practice))),
  },
  'personr.entitySubTypes': {
    expected: { any: 'done: personr.uploaded', listed: 'attention call_it: personr.docTypeRefused' },
    perform: async (practice) => {
      const context = open(practice);
      const needed = [await made(ENTITY, context)];
      const names = { documentId: 'd1', requirementId: 'extract', pageId: 'front' };
      const payload = { applicantId: null, ...names, docSubType: 'Extract of the register' };
      return brief(await personr.perform(operation('personr.entity.upload', payload, { needed }), context));
    },
  },
  // Nothing of the app reads that date.
  'personr.entityDateOrder': {
    expected: same(['day_first', 'month_first'], 'again: personr.inReview'),
    perform: async (practice) => {
      const context = open(practice);
      const needed = [await made(ENTITY, context)];
      const payload = { applicantId: null, check: 1, previousReviewMs: null, documents: [] };
      return brief(await personr.perform(operation('personr.entity.follow', payload, { needed }), context));
    },
  },
  'personr.ownerTwice': {
    expected: same(['listed_once', 'listed_twice', 'error'], 'done: personr.ownerAdded'),
    perform: async (practice) => {
      const context = open(practice);
      const person = await made(CREATE, context);
      const needed = [await made(ENTITY, context)];
      const payload = { applicantId: null, ownerSubmissionId: 'owner', position: 'Director' };
      const owner = operation('personr.entity.owner', payload, { needed, finishedOf: () => [person] });
      await personr.perform(owner, context);
      return brief(await personr.perform(owner, context));
    },
  },
  'personr.downloadBeforeReviewed': {
    expected: same(['not_run', 'empty'], 'personr.keptTooEarly'),
    perform: async (practice) => {
      const person = await Person.create(practice);
      await person.upload('front');
      const asked = await personr.asks?.kept([person.created], open(practice));
      return asked?.kind === 'refused' ? asked.message.code : JSON.stringify(asked);
    },
  },
  'personr.rateLimitPerMinute': {
    expected: { '0': 'done: personr.created', '1': 'rate_limited: personr.rateLimited' },
    perform: created,
  },
  'personr.stageMinMs': { expected: AT_ONCE, perform: followedAtOnce },
  'personr.stageMaxMs': { expected: { '0': AT_ONCE[0], '86400000': AT_ONCE[5000] }, perform: followedAtOnce },
};

async function followedAtOnce(practice: DatedPractice): Promise<string> {
  const person = await Person.create(practice);
  await person.upload('front');
  await person.upload('back', 'BACK_SIDE');
  await person.start();
  return brief(await person.follow());
}
