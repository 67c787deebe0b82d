import { PERSONA_VERSIONS } from '../../shared/domain/index.ts';

/**
 * Everything that the providers' public material leaves open is a switch here, so that a client can be tried against
 * each possible answer. Every default is an assumption of this project, not a fact about a provider, and is called so in
 * docs/practice.md. Numbers are in the unit that their name ends with; 0 in a limit means "no limit".
 */
interface SwitchBase {
  /** What is not known, in one sentence. */
  readonly question: string;
  /** Always true: nothing here is confirmed by a provider. */
  readonly assumed: true;
}

export interface ChoiceSwitch extends SwitchBase {
  readonly kind: 'choice';
  readonly values: readonly string[];
  readonly default: string;
}

export interface NumberSwitch extends SwitchBase {
  readonly kind: 'number';
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

export type Switch = ChoiceSwitch | NumberSwitch;

function choice<const Values extends readonly [string, ...string[]]>(
  question: string,
  values: Values,
  assumedValue: NoInfer<Values[number]>,
): { kind: 'choice'; values: Values; default: Values[number]; question: string; assumed: true } {
  return { kind: 'choice', values, default: assumedValue, question, assumed: true };
}

function count(question: string, assumedValue: number, maximum: number, minimum = 0): NumberSwitch {
  return { kind: 'number', minimum, maximum, default: assumedValue, question, assumed: true };
}

const MAX_MS = 86_400_000;
const MAX_BYTES = 1_073_741_824;

export const PRACTICE_SWITCHES = {
  'persona.documentWrites': choice(
    'Create, update and submit of documents are deprecated since 2026-04-13; whether they still answer, and with what once they are withdrawn.',
    ['work', '403', '404', '410'],
    'work',
  ),
  'persona.submitWithoutFiles': choice('Status when a document without files is submitted.', ['422', '409'], '422'),
  'persona.submitTwice': choice(
    'Status when a document that is no longer initiated is submitted.',
    ['409', '422'],
    '409',
  ),
  'persona.updateAfterSubmit': choice(
    'Status when a document that is no longer initiated is changed.',
    ['409', '422'],
    '409',
  ),
  'persona.updateFiles': choice(
    'Whether the files of an update replace the earlier ones or join them.',
    ['replace', 'append'],
    'replace',
  ),
  'persona.idempotencyMismatch': choice(
    'Status when an idempotency key comes again with other parameters.',
    ['409', '400', '422'],
    '409',
  ),
  'persona.idempotencyConcurrent': choice(
    'Answer to a second request with a key whose first request is still being worked on.',
    ['409', 'wait'],
    '409',
  ),
  'persona.idempotencyReplayRequestId': choice('Request-Id of a replayed answer.', ['first', 'new', 'absent'], 'first'),
  'persona.idempotencyPatch': choice('Whether PATCH honours Idempotency-Key.', ['ignored', 'honoured'], 'ignored'),
  'persona.idempotencyKeepHours': count(
    'Hours until a saved answer is pruned (current documentation: at least 24; older: at least 1).',
    24,
    720,
    1,
  ),
  'persona.unknownAttributes': choice(
    'Whether an attribute that the request schema does not list is refused (400).',
    ['reject', 'ignore'],
    'reject',
  ),
  'persona.invalidVersion': choice('Answer to an unknown Persona-Version.', ['400', 'ignore'], '400'),
  'persona.keyVersion': choice(
    'Version of the practice API key, used when Persona-Version is absent.',
    PERSONA_VERSIONS,
    '2025-12-08',
  ),
  'persona.keyInflection': choice(
    'Casing set on the practice API key, used when Key-Inflection is absent.',
    ['kebab', 'camel', 'snake'],
    'kebab',
  ),
  'persona.fileMaxBytes': count('Largest file of a generic document, in bytes.', 0, MAX_BYTES),
  'persona.fileMaxCount': count('Most files of one generic document.', 0, 1000),
  'persona.fileTypes': choice(
    'Which media types count as "images or PDFs".',
    ['images_and_pdf', 'jpeg_png_pdf', 'any'],
    'images_and_pdf',
  ),
  'persona.fileDataUri': choice('Whether base64 with a data: prefix is accepted.', ['reject', 'accept'], 'reject'),
  'persona.fileTokenSeconds': count(
    'Seconds until the address of a file dies (6 hours unless the key says otherwise).',
    21_600,
    259_200,
  ),
  'persona.expiredFileToken': choice('Status for a file address that has died.', ['403', '401', '404'], '403'),
  'persona.rateLimitPerMinute': count(
    'Requests per minute in the sandbox (300 is documented for production).',
    300,
    1_000_000,
    1,
  ),
  'persona.pageSizeOutOfRange': choice('Answer to a page[size] outside 1 to 100.', ['400', 'clamp'], '400'),
  'persona.outcomeWithoutMarker': choice(
    'What becomes of a submitted generic document in the sandbox when nothing forces an outcome.',
    ['processed', 'errored'],
    'processed',
  ),
  'persona.accountNames': choice(
    'Whether an account holds names and address each as one field (`name.value.first.value`) or by names of their own (`name_first`): its type says.',
    ['nested', 'flat'],
    'nested',
  ),
  'persona.closedInquiry': choice(
    'Status when a document is created for an inquiry that is expired, completed or decided.',
    ['409', '422'],
    '409',
  ),
  'persona.inquiryWithoutMarker': choice(
    'What becomes of an inquiry once its documents are processed and nothing forces an outcome: what its template and workflows do is the organisation’s own.',
    ['approved', 'completed', 'needs_review', 'pending', 'failed'],
    'approved',
  ),
  'persona.inquiryExpiresHours': count(
    'Hours until a created or pending inquiry expires (24 is documented for pending ones; a template may say otherwise).',
    24,
    8760,
    1,
  ),
  'persona.events': choice(
    'Whether the practice API key may list events (permission event.read): what a new key may do is not documented; or the status with which that is refused.',
    ['offered', '401', '403', '404'],
    'offered',
  ),
  'persona.eventFilters': choice(
    'Whether events may be filtered by name and by object at the same time.',
    ['combined', 'single'],
    'combined',
  ),
  'persona.eventDelayMs': count('How long after a change its event is listed, in milliseconds.', 0, MAX_MS),
  'persona.processingMinMs': count('Shortest processing time, in milliseconds.', 3000, MAX_MS),
  'persona.processingMaxMs': count('Longest processing time, in milliseconds.', 6000, MAX_MS),

  'personr.uploadEncoding': choice(
    'Whether the upload takes JSON (every sample), multipart (the header table) or both.',
    ['both', 'json', 'multipart'],
    'both',
  ),
  'personr.errorHttpStatus': choice(
    'Whether the HTTP status repeats the statusCode of an error body, or is 200.',
    ['same', '200'],
    'same',
  ),
  'personr.unauthorizedBody': choice(
    'Body of a 401.',
    ['status_code_message', 'status_code_body', 'status_message', 'empty'],
    'status_code_message',
  ),
  'personr.unknownApplicantBody': choice(
    'Answer to an applicantId that does not exist.',
    ['not_run', 'status_code_message', 'not_found'],
    'not_run',
  ),
  'personr.unknownFlow': choice('Whether a flowName that matches no flow is refused.', ['reject', 'accept'], 'reject'),
  'personr.unknownWorkspace': choice(
    'Answer when the workspace to change to does not exist.',
    ['reject', 'ignore'],
    'reject',
  ),
  'personr.linkField': choice(
    'Name of the id field of the link endpoint: the table says applicantId, sample and connector send applicant.',
    ['applicant', 'applicantId', 'both'],
    'applicant',
  ),
  'personr.resultBeforeReviewed': choice(
    'Form of `result` before the review is finished.',
    ['absent', 'null', 'without_answer'],
    'absent',
  ),
  'personr.documentsListing': choice(
    'What `documents` of the status lists: each image, each type, or nothing before the review.',
    ['per_image', 'per_type', 'after_review'],
    'per_image',
  ),
  'personr.noticeElements': choice(
    'Type of the elements of errors[] and warnings[] in the reply to an upload.',
    ['tag', 'object'],
    'tag',
  ),
  'personr.refusedFile': choice(
    'Where a file is refused for what it is (corrupted, empty, too large, unsupported): errors[] of a 200, or an error with status 400.',
    ['errors_array', 'status_400'],
    'errors_array',
  ),
  'personr.duplicateUpload': choice(
    'Answer to bytes that this applicant already has.',
    ['conflict', 'errors_array', 'accepted'],
    'conflict',
  ),
  'personr.fileMaxBytes': count('Largest file, in bytes (64 MB at the engine behind it).', 67_108_864, MAX_BYTES),
  'personr.docTypes': choice(
    'Whether only the documented document types are known, or also those of the engine behind it.',
    ['documented', 'wider'],
    'documented',
  ),
  'personr.failedSide': choice(
    'Whether an image that is refused also disables the other side of its document.',
    ['this_image', 'both_sides'],
    'this_image',
  ),
  'personr.subTypeOfSelfie': choice('Answer when docSubType is sent with a SELFIE.', ['reject', 'ignore'], 'reject'),
  'personr.attemptsExhausted': choice(
    'Answer to a start after the fifth attempt or a final rejection.',
    ['reject', 'accept_without_effect'],
    'reject',
  ),
  'personr.uploadAfterFinal': choice(
    'Answer to an upload after a final rejection.',
    ['conflict', 'accept'],
    'conflict',
  ),
  'personr.reviewRejectType': choice(
    'Whether `result` says RETRY or FINAL, or the labels alone must tell (the list of final labels is not public).',
    ['present', 'absent'],
    'present',
  ),
  'personr.privateComment': choice(
    'Whether `result` carries the comments of the reviewer (clientComment may be shown to the customer, the moderation comment may not).',
    ['present', 'absent'],
    'present',
  ),
  'personr.onHold': choice(
    'Which status an applicant shows while the engine has it on hold.',
    ['Pending', 'On Hold', 'onHold'],
    'Pending',
  ),
  'personr.tokenWorkflows': choice(
    'Which of the two documented ways to a token exists.',
    ['both', 'basic', 'generate'],
    'both',
  ),
  'personr.tokenEncoding': choice(
    'Whether api-token-generate takes a form (documentation), JSON (connector) or both.',
    ['both', 'multipart', 'json'],
    'both',
  ),
  'personr.entityModule': choice(
    'Whether the account may make companies; Personr has to enable it, and what it answers before is not known.',
    ['on', 'off'],
    'on',
  ),
  'personr.entityDateOrder': choice(
    'Order of day and month in createdDate of an entity (12/09/2024).',
    ['day_first', 'month_first'],
    'day_first',
  ),
  'personr.ownerTwice': choice(
    'Answer when an owner is linked to a company that has them already.',
    ['listed_once', 'listed_twice', 'error'],
    'listed_once',
  ),
  'personr.downloadBeforeReviewed': choice(
    'Answer to a download before the check is finished.',
    ['not_run', 'empty'],
    'not_run',
  ),
  'personr.rateLimitPerMinute': count('Requests per minute.', 0, 1_000_000),
  'personr.stageMinMs': count('Shortest time in each of Pre-Checked and Pending, in milliseconds.', 2000, MAX_MS),
  'personr.stageMaxMs': count('Longest time in each of Pre-Checked and Pending, in milliseconds.', 4000, MAX_MS),
  'sumsub.imageFileNames': choice(
    'Whether the list of images names the file of each as it was uploaded (public code reads it there; the reference is silent).',
    ['present', 'absent'],
    'present',
  ),
  'sumsub.duplicateOfInactive': choice(
    'Answer to the same bytes again after their image was put out of use (of one in use it is 409, error 1000).',
    ['conflict', 'accepted'],
    'conflict',
  ),
  'sumsub.noticeElements': choice(
    'Whether errors[] and warnings[] of an upload hold tags or objects with a code.',
    ['object', 'tag'],
    'object',
  ),
  'sumsub.unknownLevel': choice('Status when the level’s name is not known.', ['404', '400'], '404'),
  'sumsub.startsByItself': choice(
    'Whether an applicant who was sent by API goes to verification as soon as all that the level wants is there.',
    ['no', 'yes'],
    'no',
  ),
  'sumsub.requestLifetimeSeconds': count(
    'How far the timestamp of a signature may lie from Sumsub’s clock, in seconds.',
    60,
    86_400,
    1,
  ),
  'sumsub.rateLimitPerMinute': count(
    'Requests per minute (the reference gives 50 writes and 300 reads in 5 seconds, not what counts as one).',
    0,
    1_000_000,
  ),
  'sumsub.stageMinMs': count('Shortest time in each of pending and queued, in milliseconds.', 2000, MAX_MS),
  'sumsub.stageMaxMs': count('Longest time in each of pending and queued, in milliseconds.', 4000, MAX_MS),
} as const satisfies Record<string, Switch>;

export type SwitchName = keyof typeof PRACTICE_SWITCHES;

/** The values of all switches, typed by each switch's own choices. */
export type SwitchValues = {
  [Name in SwitchName]: (typeof PRACTICE_SWITCHES)[Name] extends { kind: 'choice'; values: infer Values }
    ? Values extends readonly (infer Value)[]
      ? Value
      : never
    : number;
};

export function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(PRACTICE_SWITCHES, name);
}

export const SWITCH_NAMES: readonly SwitchName[] = Object.keys(PRACTICE_SWITCHES).filter(isSwitchName);

/** Why a value does not fit a switch, or null when it does. */
export function problemOf(name: string, value: unknown): string | null {
  if (!isSwitchName(name)) return `there is no switch ${name}`;
  const definition: Switch = PRACTICE_SWITCHES[name];
  if (definition.kind === 'choice') {
    return typeof value === 'string' && definition.values.includes(value)
      ? null
      : `${name} is one of ${definition.values.join(', ')}`;
  }
  return typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= definition.minimum &&
    value <= definition.maximum
    ? null
    : `${name} is a whole number from ${definition.minimum} to ${definition.maximum}`;
}

function hasEverySwitch(values: Readonly<Record<string, unknown>>): values is SwitchValues {
  return SWITCH_NAMES.every((name) => problemOf(name, values[name]) === null);
}

/** The defaults with the given values on top; a value that does not fit is an error. */
export function resolveSwitches(overrides: Readonly<Record<string, unknown>>): SwitchValues {
  for (const [name, value] of Object.entries(overrides)) {
    const problem = problemOf(name, value);
    if (problem !== null) throw new RangeError(problem);
  }
  const values = {
    ...Object.fromEntries(SWITCH_NAMES.map((name) => [name, PRACTICE_SWITCHES[name].default])),
    ...overrides,
  };
  if (!hasEverySwitch(values)) throw new RangeError('a switch has no value');
  return values;
}

/** The open questions about the providers, and which switch answers each; the rest is not touched by this server. */
export const OPEN_QUESTIONS: readonly (
  | { readonly question: string; readonly switches: readonly [SwitchName, ...SwitchName[]] }
  | { readonly question: string; readonly untouched: string }
)[] = [
  { question: 'Persona: submit without files', switches: ['persona.submitWithoutFiles'] },
  { question: 'Persona: submit twice', switches: ['persona.submitTwice'] },
  { question: 'Persona: update after submit', switches: ['persona.updateAfterSubmit'] },
  { question: 'Persona: idempotency mismatch status', switches: ['persona.idempotencyMismatch'] },
  { question: 'Persona: concurrent same key', switches: ['persona.idempotencyConcurrent'] },
  { question: 'Persona: replay Request-Id', switches: ['persona.idempotencyReplayRequestId'] },
  { question: 'Persona: PATCH idempotency', switches: ['persona.idempotencyPatch'] },
  { question: 'Persona: time a key is kept', switches: ['persona.idempotencyKeepHours'] },
  {
    question: 'Persona: generic file limits (bytes, count, media types, data: URI)',
    switches: ['persona.fileMaxBytes', 'persona.fileMaxCount', 'persona.fileTypes', 'persona.fileDataUri'],
  },
  { question: 'Persona: files append or replace', switches: ['persona.updateFiles'] },
  {
    question: 'Persona: expired file token status',
    switches: ['persona.expiredFileToken', 'persona.fileTokenSeconds'],
  },
  { question: 'Persona: invalid Persona-Version', switches: ['persona.invalidVersion'] },
  {
    question: 'Persona: version and casing set on the API key',
    switches: ['persona.keyVersion', 'persona.keyInflection'],
  },
  { question: 'Persona: unknown attributes', switches: ['persona.unknownAttributes'] },
  { question: 'Persona: page[size] out of range', switches: ['persona.pageSizeOutOfRange'] },
  { question: 'Persona: fields of an account type', switches: ['persona.accountNames'] },
  { question: 'Persona: document for a closed inquiry', switches: ['persona.closedInquiry'] },
  { question: 'Persona: what a template does with processed documents', switches: ['persona.inquiryWithoutMarker'] },
  { question: 'Persona: expiry of an inquiry that a template sets', switches: ['persona.inquiryExpiresHours'] },
  {
    question: 'Persona: events (permission, filters together, delay)',
    switches: ['persona.events', 'persona.eventFilters', 'persona.eventDelayMs'],
  },
  { question: 'Persona: sandbox rate limit', switches: ['persona.rateLimitPerMinute'] },
  {
    question: 'Persona: webhook retry schedule',
    untouched: 'practice sends no webhooks: nothing on a branch PC listens for them',
  },
  {
    question: 'Persona: sandbox processing outcome for generic documents',
    switches: ['persona.outcomeWithoutMarker', 'persona.processingMinMs', 'persona.processingMaxMs'],
  },
  { question: 'Persona: deprecated writes answering 403, 404 or 410 some day', switches: ['persona.documentWrites'] },
  { question: 'Personr: JSON or multipart upload', switches: ['personr.uploadEncoding'] },
  { question: 'Personr: HTTP status accompanying body statusCode', switches: ['personr.errorHttpStatus'] },
  { question: 'Personr: 401 body', switches: ['personr.unauthorizedBody'] },
  { question: 'Personr: unknown applicantId body', switches: ['personr.unknownApplicantBody'] },
  {
    question: 'Personr: status shape before Reviewed',
    switches: ['personr.resultBeforeReviewed', 'personr.documentsListing', 'personr.privateComment'],
  },
  {
    question: 'Personr: errors[] and warnings[] element type',
    switches: ['personr.noticeElements', 'personr.refusedFile'],
  },
  { question: 'Personr: size limit', switches: ['personr.fileMaxBytes'] },
  { question: 'Personr: further document types', switches: ['personr.docTypes', 'personr.subTypeOfSelfie'] },
  { question: 'Personr: one side refused', switches: ['personr.failedSide'] },
  { question: 'Personr: unknown flow name', switches: ['personr.unknownFlow'] },
  { question: 'Personr: identical bytes again', switches: ['personr.duplicateUpload'] },
  {
    question: 'Personr: attempts exhausted reply',
    switches: ['personr.attemptsExhausted', 'personr.uploadAfterFinal'],
  },
  { question: 'Personr: link expiry', untouched: 'the page behind a link of practice never expires' },
  { question: 'Personr: ways to a token', switches: ['personr.tokenWorkflows', 'personr.tokenEncoding'] },
  { question: 'Personr: name of the id in the link endpoint', switches: ['personr.linkField'] },
  { question: 'Personr: webhook header name, retries', untouched: 'practice sends no webhooks' },
  { question: 'Personr: rate limits', switches: ['personr.rateLimitPerMinute'] },
  { question: 'Personr: time of a review', switches: ['personr.stageMinMs', 'personr.stageMaxMs'] },
  { question: 'Personr: final-label list', switches: ['personr.reviewRejectType'] },
  { question: 'Personr: entity subtypes', untouched: 'docSubType of a company is free text, so practice takes any' },
  { question: 'Personr: entity module not enabled', switches: ['personr.entityModule'] },
  { question: 'Personr: order of an entity’s dates', switches: ['personr.entityDateOrder'] },
  { question: 'Personr: the same owner twice', switches: ['personr.ownerTwice'] },
  { question: 'Personr: download before the review', switches: ['personr.downloadBeforeReviewed'] },
  { question: 'Personr: onHold mapping', switches: ['personr.onHold'] },
  { question: 'Personr: workspace missing', switches: ['personr.unknownWorkspace'] },
  { question: 'Sumsub: file names in the list of images', switches: ['sumsub.imageFileNames'] },
  { question: 'Sumsub: same bytes after their image was put out of use', switches: ['sumsub.duplicateOfInactive'] },
  { question: 'Sumsub: errors[] and warnings[] element type', switches: ['sumsub.noticeElements'] },
  { question: 'Sumsub: unknown level', switches: ['sumsub.unknownLevel'] },
  { question: 'Sumsub: verification that starts by itself', switches: ['sumsub.startsByItself'] },
  { question: 'Sumsub: life of a signature', switches: ['sumsub.requestLifetimeSeconds'] },
  { question: 'Sumsub: rate limits', switches: ['sumsub.rateLimitPerMinute'] },
  { question: 'Sumsub: time of a review', switches: ['sumsub.stageMinMs', 'sumsub.stageMaxMs'] },
];
