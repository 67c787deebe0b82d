import { PERSONA_VERSIONS } from '../../shared/domain/index.ts';

/**
 * Everything that the providers' public material leaves open is a switch here, so that a client can be tried against
 * each possible answer. Every default is an assumption of this project, not a fact about a provider, and is called so in
 * docs/practice.md. Numbers are in the unit that their name ends with; 0 in a limit means "no limit". What each asks, and what its
 * values mean, is said in both languages beside the page (page/switch-words-en.ts and -de.ts).
 */
interface SwitchBase {
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
  values: Values,
  assumedValue: NoInfer<Values[number]>,
): { kind: 'choice'; values: Values; default: Values[number]; assumed: true } {
  return { kind: 'choice', values, default: assumedValue, assumed: true };
}

function count(assumedValue: number, maximum: number, minimum = 0): NumberSwitch {
  return { kind: 'number', minimum, maximum, default: assumedValue, assumed: true };
}

const MAX_MS = 86_400_000;
const MAX_BYTES = 1_073_741_824;

export const PRACTICE_SWITCHES = {
  'persona.documentWrites': choice(['work', '403', '404', '410'], 'work'),
  'persona.submitWithoutFiles': choice(['422', '409'], '422'),
  'persona.submitTwice': choice(['409', '422'], '409'),
  'persona.updateAfterSubmit': choice(['409', '422'], '409'),
  'persona.updateFiles': choice(['replace', 'append'], 'replace'),
  'persona.idempotencyMismatch': choice(['409', '400', '422'], '409'),
  'persona.idempotencyConcurrent': choice(['409', 'wait'], '409'),
  'persona.idempotencyReplayRequestId': choice(['first', 'new', 'absent'], 'first'),
  'persona.idempotencyPatch': choice(['ignored', 'honoured'], 'ignored'),
  'persona.idempotencyKeepHours': count(24, 720, 1),
  'persona.unknownAttributes': choice(['reject', 'ignore'], 'reject'),
  'persona.invalidVersion': choice(['400', 'ignore'], '400'),
  'persona.keyVersion': choice(PERSONA_VERSIONS, '2025-12-08'),
  'persona.keyInflection': choice(['kebab', 'camel', 'snake'], 'kebab'),
  'persona.fileMaxBytes': count(0, MAX_BYTES),
  'persona.fileMaxCount': count(0, 1000),
  'persona.fileTypes': choice(['images_and_pdf', 'jpeg_png_pdf', 'any'], 'images_and_pdf'),
  'persona.fileDataUri': choice(['reject', 'accept'], 'reject'),
  'persona.requestMaxBytes': count(0, MAX_BYTES),
  'persona.fileTokenSeconds': count(21_600, 259_200),
  'persona.expiredFileToken': choice(['403', '401', '404'], '403'),
  'persona.rateLimitPerMinute': count(300, 1_000_000, 1),
  'persona.pageSizeOutOfRange': choice(['400', 'clamp'], '400'),
  'persona.outcomeWithoutMarker': choice(['processed', 'errored'], 'processed'),
  'persona.accountNames': choice(['nested', 'flat'], 'nested'),
  'persona.accountDocuments': choice(['absent', 'listed'], 'absent'),
  'persona.closedInquiry': choice(['409', '422'], '409'),
  'persona.submitInClosedInquiry': choice(['accepted', '409', '422'], '409'),
  'persona.inquiryWithoutMarker': choice(['approved', 'completed', 'needs_review', 'pending', 'failed'], 'approved'),
  'persona.failedVerification': choice(['failed', 'requires_retry'], 'failed'),
  'persona.inquiryExpiresHours': count(24, 8760, 1),
  'persona.redaction': choice(['works', '403', '410'], 'works'),
  'persona.redactedTransaction': choice(['shown', 'hidden'], 'shown'),
  'persona.idClasses': choice(['any', 'seen'], 'any'),
  'persona.relatedObjects': choice(['listed', 'absent'], 'listed'),
  'persona.events': choice(['offered', '401', '403', '404'], 'offered'),
  'persona.eventFilters': choice(['combined', 'single'], 'combined'),
  'persona.eventDelayMs': count(0, MAX_MS),
  'persona.processingMinMs': count(3000, MAX_MS),
  'persona.processingMaxMs': count(6000, MAX_MS),

  'personr.uploadEncoding': choice(['both', 'json', 'multipart'], 'both'),
  'personr.errorHttpStatus': choice(['same', '200'], 'same'),
  'personr.unauthorizedBody': choice(
    ['status_code_message', 'status_code_body', 'status_message', 'empty'],
    'status_code_message',
  ),
  'personr.unknownApplicantBody': choice(['not_run', 'status_code_message', 'not_found'], 'not_run'),
  'personr.unknownFlow': choice(['reject', 'accept'], 'reject'),
  'personr.sameCustomer': choice(['another', 'conflict', 'existing'], 'another'),
  'personr.unknownWorkspace': choice(['reject', 'ignore'], 'reject'),
  'personr.linkField': choice(['applicant', 'applicantId', 'both'], 'applicant'),
  'personr.linkHours': count(0, 8760),
  'personr.resultBeforeReviewed': choice(['absent', 'null', 'without_answer'], 'absent'),
  'personr.documentsListing': choice(['per_image', 'per_type', 'after_review'], 'per_image'),
  'personr.noticeElements': choice(['tag', 'object'], 'tag'),
  'personr.refusedFile': choice(['errors_array', 'status_400'], 'errors_array'),
  'personr.duplicateUpload': choice(['conflict', 'errors_array', 'accepted'], 'conflict'),
  'personr.fileMaxBytes': count(67_108_864, MAX_BYTES),
  'personr.docTypes': choice(['documented', 'wider'], 'documented'),
  'personr.failedSide': choice(['this_image', 'both_sides'], 'this_image'),
  'personr.subTypeOfSelfie': choice(['reject', 'ignore'], 'reject'),
  'personr.attemptsExhausted': choice(['reject', 'accept_without_effect'], 'reject'),
  'personr.uploadAfterFinal': choice(['conflict', 'accept'], 'conflict'),
  'personr.reviewRejectType': choice(['present', 'absent'], 'present'),
  'personr.privateComment': choice(['present', 'absent'], 'present'),
  'personr.onHold': choice(['Pending', 'On Hold', 'onHold'], 'Pending'),
  'personr.tokenWorkflows': choice(['both', 'basic', 'generate'], 'both'),
  'personr.tokenEncoding': choice(['both', 'multipart', 'json'], 'both'),
  'personr.entityModule': choice(['on', 'off'], 'on'),
  'personr.entitySubTypes': choice(['any', 'listed'], 'any'),
  'personr.entityDateOrder': choice(['day_first', 'month_first'], 'day_first'),
  'personr.ownerTwice': choice(['listed_once', 'listed_twice', 'error'], 'listed_once'),
  'personr.downloadBeforeReviewed': choice(['not_run', 'empty'], 'not_run'),
  'personr.rateLimitPerMinute': count(0, 1_000_000),
  'personr.stageMinMs': count(2000, MAX_MS),
  'personr.stageMaxMs': count(4000, MAX_MS),
  'sumsub.imageFileNames': choice(['present', 'absent'], 'present'),
  'sumsub.duplicateOfInactive': choice(['conflict', 'accepted'], 'conflict'),
  'sumsub.noticeElements': choice(['object', 'tag'], 'object'),
  'sumsub.unknownLevel': choice(['404', '400'], '404'),
  'sumsub.startsByItself': choice(['no', 'yes'], 'no'),
  'sumsub.requestLifetimeSeconds': count(60, 86_400, 1),
  'sumsub.rateLimitPerMinute': count(0, 1_000_000),
  'sumsub.stageMinMs': count(2000, MAX_MS),
  'sumsub.stageMaxMs': count(4000, MAX_MS),
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
  { question: 'Persona: size of a whole request', switches: ['persona.requestMaxBytes'] },
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
  { question: 'Persona: whether an account shows its documents', switches: ['persona.accountDocuments'] },
  {
    question: 'Persona: document for a closed inquiry',
    switches: ['persona.closedInquiry', 'persona.submitInClosedInquiry'],
  },
  { question: 'Persona: what a template does with processed documents', switches: ['persona.inquiryWithoutMarker'] },
  { question: 'Persona: what a template does with a failed verification', switches: ['persona.failedVerification'] },
  { question: 'Persona: expiry of an inquiry that a template sets', switches: ['persona.inquiryExpiresHours'] },
  {
    question: 'Persona: whether a key may redact, and whether a redacted transaction says so',
    switches: ['persona.redaction', 'persona.redactedTransaction'],
  },
  { question: 'Persona: classes of government ids', switches: ['persona.idClasses'] },
  { question: 'Persona: what a transaction names as related', switches: ['persona.relatedObjects'] },
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
  { question: 'Personr: the same customer created again', switches: ['personr.sameCustomer'] },
  { question: 'Personr: identical bytes again', switches: ['personr.duplicateUpload'] },
  {
    question: 'Personr: attempts exhausted reply',
    switches: ['personr.attemptsExhausted', 'personr.uploadAfterFinal'],
  },
  { question: 'Personr: link expiry', switches: ['personr.linkHours'] },
  { question: 'Personr: ways to a token', switches: ['personr.tokenWorkflows', 'personr.tokenEncoding'] },
  { question: 'Personr: name of the id in the link endpoint', switches: ['personr.linkField'] },
  { question: 'Personr: webhook header name, retries', untouched: 'practice sends no webhooks' },
  { question: 'Personr: rate limits', switches: ['personr.rateLimitPerMinute'] },
  { question: 'Personr: time of a review', switches: ['personr.stageMinMs', 'personr.stageMaxMs'] },
  { question: 'Personr: final-label list', switches: ['personr.reviewRejectType'] },
  { question: 'Personr: entity subtypes', switches: ['personr.entitySubTypes'] },
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
