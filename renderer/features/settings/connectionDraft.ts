import type { z } from 'zod';
import { ConnectionEdit, ConnectionInput, newSettings, PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { ConnectionView, Flow, ProviderDescriptor, ProviderId } from '../../../shared/domain/index.ts';
import { credentialProblem, emptyCredential } from './credential.ts';
import type { CredentialValues } from './credential.ts';
import type { DraftProblem, ProblemKey } from './problems.ts';

/** The wizard's form. Settings and credential have the names of the chosen provider's fields. */
export interface ConnectionDraft {
  provider: ProviderId;
  name: string;
  /** Practice connections are made by Satchel itself, never by hand. */
  environment: 'sandbox' | 'production';
  baseUrl: string;
  settings: Readonly<Record<string, string>>;
  credential: CredentialValues;
  flows: Flow[];
}

/** A new draft for a provider, with what a new connection begins with and nothing secret. */
export function emptyDraft(provider: ProviderId): ConnectionDraft {
  const { baseUrls }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  return {
    provider,
    name: '',
    environment: 'sandbox',
    baseUrl: baseUrls[0],
    settings: newSettings(provider),
    credential: emptyCredential(provider),
    flows: [],
  };
}

/** What may be changed of a connection that is there. */
export type ChangedDraft = Omit<ConnectionDraft, 'environment' | 'credential'>;

/** The connection as it is, to be changed. */
export function draftOf({ provider, name, baseUrl, settings, flows }: ConnectionView): ChangedDraft {
  return { provider, name, baseUrl, settings, flows };
}

export type DraftCheck<Connection> = { ok: true; connection: Connection } | { ok: false; problems: DraftProblem[] };

/** Checks a draft with the schema that main uses, and says which input is at fault and what to do. */
export function checkDraft(draft: ConnectionDraft): DraftCheck<ConnectionInput> {
  return checkWith(ConnectionInput, draft);
}

/** The same of a connection that is changed. */
export function checkChange(draft: ChangedDraft): DraftCheck<ConnectionEdit> {
  return checkWith(ConnectionEdit, draft);
}

function checkWith<Connection>(schema: z.ZodType<Connection>, draft: ChangedDraft): DraftCheck<Connection> {
  const parsed = schema.safeParse({ ...draft, baseUrl: draft.baseUrl.trim() });
  const problems = [
    ...(parsed.success
      ? []
      : parsed.error.issues.map(({ path, code }) => problemOf(draft.provider, path.map(String), code))),
    ...doubleNames(draft.flows),
  ];
  // One sentence per input: the first problem is the one to fix first.
  const first = new Map<string, DraftProblem>();
  for (const problem of problems) if (!first.has(problem.path)) first.set(problem.path, problem);
  if (parsed.success && first.size === 0) return { ok: true, connection: parsed.data };
  return { ok: false, problems: [...first.values()] };
}

/** `code`: `custom` when the input is filled, but not as this provider writes it. */
function problemOf(provider: ProviderId, schemaPath: readonly string[], code: string): DraftProblem {
  const [head, field = ''] = schemaPath;
  const path = schemaPath.join('.');
  if (head === 'credential') return { path, key: credentialProblem(provider, field) ?? 'settings.problem.other' };
  if (head === 'settings') return { path, key: settingProblem(provider, field) };
  if (schemaPath.includes('route')) return { path, key: routeProblem(provider, schemaPath.at(-1) ?? '') };
  const { providerTypeForm } = PROVIDER_DESCRIPTORS[provider];
  const formKey = code === 'custom' && schemaPath.at(-1) === 'providerType' ? providerTypeForm?.problemKey : undefined;
  if (formKey !== undefined) return { path, key: formKey };
  if (code === 'custom' && schemaPath.at(-1) === 'documentType') return { path, key: 'settings.problem.documentTwice' };
  return { path, key: KEY_BY_INPUT[schemaPath.at(-1) ?? ''] ?? flowProblemKey(path) };
}

function settingProblem(provider: ProviderId, key: string): ProblemKey {
  const { settingFields } = PROVIDER_DESCRIPTORS[provider];
  return settingFields.find((field) => field.key === key)?.problemKey ?? 'settings.problem.other';
}

function routeProblem(provider: ProviderId, key: string): ProblemKey {
  const { routes } = PROVIDER_DESCRIPTORS[provider];
  const fields = routes?.ways.flatMap((way) => [...way.fields]) ?? [];
  return fields.find((field) => field.key === key)?.problemKey ?? 'settings.problem.other';
}

const KEY_BY_INPUT: Readonly<Record<string, ProblemKey>> = {
  baseUrl: 'settings.problem.baseUrl',
  flows: 'settings.problem.flows',
  requirements: 'settings.problem.requirements',
  accepts: 'settings.problem.accepts',
  label: 'settings.problem.label',
  providerType: 'settings.problem.providerType',
  sides: 'settings.problem.sides',
  maxAgeDays: 'settings.problem.maxAgeDays',
};

function flowProblemKey(path: string): ProblemKey {
  if (path === 'name') return 'settings.problem.name';
  return path.endsWith('.name') ? 'settings.problem.flowName' : 'settings.problem.other';
}

/** Two flows of one name: at the counter they could not be told apart. What else stands there twice, main's schema says. */
function doubleNames(flows: readonly Flow[]): DraftProblem[] {
  const names = flows.map((flow) => flow.name.trim().toLowerCase());
  return names.flatMap((name, index) =>
    name !== '' && names.indexOf(name) < index
      ? [{ path: `flows.${index}.name`, key: 'settings.problem.flowNameTwice' as const }]
      : [],
  );
}

export const WIZARD_STEPS = ['provider', 'address', 'credential', 'flows', 'summary'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/** The step on which a person puts this input right. */
export function stepOf(path: string): WizardStep {
  if (path.startsWith('flows')) return 'flows';
  if (path.startsWith('credential')) return 'credential';
  return path === 'provider' ? 'provider' : 'address';
}
