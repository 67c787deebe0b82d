import { Subject } from '../../shared/domain/index.ts';
import type { DocumentReading, Flow, ProviderId } from '../../shared/domain/index.ts';
import { preflight } from '../../shared/rules/index.ts';
import type { PreflightInput, RulePage } from '../../shared/rules/index.ts';
import { flowOf } from './flow-of.ts';
import { rulePage } from './rule-pages.ts';

/** The moment of every look. */
export const NOW = Date.UTC(2026, 10, 22);

export const personaFlow = flowOf('persona');
export const personrFlow = flowOf('personr');

/** Of the customer that every input is about. */
export const SUBJECT = Subject.parse({
  givenName: 'Erika',
  familyName: 'Mustermann',
  country: 'DEU',
  email: 'erika@example.invalid',
  phone: '+491510000000',
  reference: 'B-1',
});

export const PASSPORT = 'identity/passport/single';
export const BILL = 'address/utility_bill/single';
export const SELFIE = 'selfie/selfie/single';
/** Of which nothing is to be said. */
export const NEW_BILL = {
  requirementId: 'address',
  documentType: 'utility_bill',
  country: '',
  issuedOn: '2026-11-20',
} as const;

/** A customer at Persona of whom preflight has nothing to say, but for `changes`. */
export const persona = (changes: Partial<PreflightInput> = {}): PreflightInput => ({
  provider: 'persona',
  flow: personaFlow,
  documents: [NEW_BILL],
  pages: [rulePage(PASSPORT), rulePage(BILL)],
  subject: SUBJECT,
  unconfirmed: {},
  decided: new Set(),
  retakeSlots: [],
  now: NOW,
  ...changes,
});
/** Identity documents go as photos of government ids. */
export const photos = (changes: Partial<PreflightInput> = {}): PreflightInput =>
  persona({ flow: { ...personaFlow, route: { by: 'inquiry', templateId: 'itmpl_Practice' } }, ...changes });
/** The same at Personr. */
export const personr = (changes: Partial<PreflightInput> = {}): PreflightInput => ({
  ...persona({ pages: [rulePage(PASSPORT), rulePage(SELFIE)] }),
  provider: 'personr',
  flow: personrFlow,
  ...changes,
});
/** Personr's practice flow, which calls each of its documents so. */
export const named = (providerType: string) => ({
  ...personrFlow,
  requirements: personrFlow.requirements.map((requirement) => ({
    ...requirement,
    accepts: requirement.accepts.map((accepted) => ({ ...accepted, providerType })),
  })),
});
/** Sumsub's practice flow has the same slots. */
export const sumsub = (changes: Partial<PreflightInput> = {}): PreflightInput => ({
  ...personr(),
  provider: 'sumsub',
  ...changes,
});
/** Rule and severity of each finding, in their order. */
export const found = (input: PreflightInput) => preflight(input).map(({ rule, severity }) => [rule, severity]);

/** What inspection found on a page. */
export const fact = (rule: string) => ({ facts: [{ rule, severity: 'info' as const, params: {} }] });

/** What the zone of SUBJECT's document says, but for `changes`. */
function reading(changes: Record<string, string> = {}): DocumentReading {
  const values = { givenName: 'Erika', familyName: 'Mustermann', country: 'DEU', ...changes };
  const quality = { confidence: 0.9, isChecked: false, mayGoOn: false };
  return {
    source: 'mrz',
    fields: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value, ...quality }])),
  };
}

/** A page whose zone was read. */
export const read = (slot: string, changes: Record<string, string> = {}) =>
  rulePage(slot, { readings: [reading(changes)] });

/** `rule, severity` of what is found on one page of a customer of whom nothing else is known, where its place is wanted. */
export function onPage(
  page: RulePage,
  provider: ProviderId = 'personr',
  severities: NonNullable<Flow['severities']> = {},
): string[] {
  const flow = { ...flowOf(provider), severities };
  return preflight(persona({ provider, flow, documents: [], pages: [page], subject: Subject.parse({}), now: 0 }))
    .filter(({ pageId, rule }) => pageId !== null && rule !== 'page.inTray')
    .map(({ rule, severity }) => `${rule}, ${severity}`);
}
