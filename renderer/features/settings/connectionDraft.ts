import { ConnectionInput } from '../../../shared/domain/index.ts';
import type { Flow, PersonaSettings, ProviderId } from '../../../shared/domain/index.ts';
import type { TextKey } from '../../i18n/index.ts';
import { BASE_URLS } from './templates.ts';

/** The wizard's form: every input of both providers, flat; only those of the chosen provider are sent. */
export interface ConnectionDraft {
  provider: ProviderId;
  name: string;
  /** Practice connections are made by Satchel itself, never by hand. */
  environment: 'sandbox' | 'production';
  baseUrl: string;
  version: PersonaSettings['version'];
  keyInflection: PersonaSettings['keyInflection'];
  apiKey: string;
  email: string;
  password: string;
  flows: Flow[];
}

/** A new draft for a provider, with the documented defaults and nothing secret. */
export function emptyDraft(provider: ProviderId): ConnectionDraft {
  return {
    provider,
    name: '',
    environment: 'sandbox',
    baseUrl: BASE_URLS[provider][0] ?? '',
    version: '2025-12-08',
    keyInflection: 'kebab',
    apiKey: '',
    email: '',
    password: '',
    flows: [],
  };
}

export type ProblemKey = Extract<TextKey, `settings.problem.${string}`>;

/** One thing to put right. `path` is the draft's input (`flows.0.requirements.1.label`); `key` names the fix in words. */
export interface DraftProblem {
  path: string;
  key: ProblemKey;
}

export type DraftCheck = { ok: true; connection: ConnectionInput } | { ok: false; problems: DraftProblem[] };

/** Checks a draft with the schema that main uses, and says which input is at fault and what to do. */
export function checkDraft(draft: ConnectionDraft): DraftCheck {
  const { provider, name, environment, baseUrl, flows } = draft;
  const common = { name, environment, baseUrl: baseUrl.trim(), flows };
  const parsed = ConnectionInput.safeParse(
    provider === 'persona'
      ? {
          provider,
          ...common,
          settings: { version: draft.version, keyInflection: draft.keyInflection },
          credential: { apiKey: draft.apiKey },
        }
      : { provider, ...common, settings: {}, credential: { email: draft.email, password: draft.password } },
  );
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue.path.map(String)))),
    ...doubles(flows),
  ];
  // One sentence per input: the first problem is the one to fix first.
  const first = new Map<string, DraftProblem>();
  for (const problem of problems) if (!first.has(problem.path)) first.set(problem.path, problem);
  if (parsed.success && first.size === 0) return { ok: true, connection: parsed.data };
  return { ok: false, problems: [...first.values()] };
}

function problemOf(schemaPath: readonly string[]): DraftProblem {
  const [head, second] = schemaPath;
  const path = head === 'credential' || head === 'settings' ? (second ?? head) : schemaPath.join('.');
  return { path, key: KEY_BY_INPUT[path.split('.').at(-1) ?? ''] ?? flowProblemKey(path) };
}

const KEY_BY_INPUT: Readonly<Record<string, ProblemKey>> = {
  baseUrl: 'settings.problem.baseUrl',
  apiKey: 'settings.problem.apiKey',
  email: 'settings.problem.email',
  password: 'settings.problem.password',
  version: 'settings.problem.version',
  flows: 'settings.problem.flows',
  requirements: 'settings.problem.requirements',
  accepts: 'settings.problem.accepts',
  label: 'settings.problem.label',
  providerType: 'settings.problem.providerType',
  sides: 'settings.problem.sides',
};

function flowProblemKey(path: string): ProblemKey {
  if (path === 'name') return 'settings.problem.name';
  return path.endsWith('.name') ? 'settings.problem.flowName' : 'settings.problem.other';
}

/** Two flows of one name, or one document accepted twice by a requirement: pages could not be told apart. */
function doubles(flows: readonly Flow[]): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const names = new Set<string>();
  flows.forEach((flow, flowIndex) => {
    const name = flow.name.trim().toLowerCase();
    if (name !== '' && names.has(name)) {
      problems.push({ path: `flows.${flowIndex}.name`, key: 'settings.problem.flowNameTwice' });
    }
    names.add(name);
    flow.requirements.forEach((requirement, requirementIndex) => {
      const types = new Set<string>();
      requirement.accepts.forEach((accepted, acceptedIndex) => {
        if (types.has(accepted.documentType)) {
          problems.push({
            path: `flows.${flowIndex}.requirements.${requirementIndex}.accepts.${acceptedIndex}.documentType`,
            key: 'settings.problem.documentTwice',
          });
        }
        types.add(accepted.documentType);
      });
    });
  });
  return problems;
}

export const WIZARD_STEPS = ['provider', 'address', 'credential', 'flows', 'summary'] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/** The step on which a person puts this input right. */
export function stepOf(path: string): WizardStep {
  if (path.startsWith('flows')) return 'flows';
  if (['apiKey', 'email', 'password'].includes(path)) return 'credential';
  return path === 'provider' ? 'provider' : 'address';
}

/**
 * Whether a Persona key says by its own prefix that it belongs to the other environment. Keys begin with
 * `persona_sandbox_` or `persona_production_`; anything else is not judged.
 */
export function isKeyOfOtherEnvironment(apiKey: string, environment: ConnectionDraft['environment']): boolean {
  const named = /^persona_(sandbox|production)_/.exec(apiKey.trim())?.[1];
  return named !== undefined && named !== environment;
}
