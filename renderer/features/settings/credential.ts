import { PersonaCredential, PersonrCredential } from '../../../shared/domain/index.ts';
import type { ProviderId } from '../../../shared/domain/index.ts';
import type { DraftProblem, ProblemKey } from './connectionDraft.ts';

/** What is typed for a credential; only the inputs of its provider are used. */
export interface CredentialValues {
  apiKey: string;
  email: string;
  password: string;
}

export const EMPTY_CREDENTIAL: CredentialValues = { apiKey: '', email: '', password: '' };

const PROBLEMS: Readonly<Record<string, ProblemKey>> = {
  apiKey: 'settings.problem.apiKey',
  email: 'settings.problem.email',
  password: 'settings.problem.password',
};

/** A credential as main takes it, checked with main's schema; otherwise which inputs are at fault. */
export function checkCredential(
  provider: ProviderId,
  values: CredentialValues,
): { ok: true; credential: Record<string, string> } | { ok: false; problems: DraftProblem[] } {
  const parsed =
    provider === 'persona'
      ? PersonaCredential.safeParse({ apiKey: values.apiKey })
      : PersonrCredential.safeParse({ email: values.email, password: values.password });
  if (parsed.success) return { ok: true, credential: { ...parsed.data } };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const path = String(issue.path[0] ?? '');
      return { path, key: PROBLEMS[path] ?? 'settings.problem.other' };
    }),
  };
}
