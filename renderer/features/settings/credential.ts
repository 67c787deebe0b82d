import { PersonaCredential, PersonrCredential } from '../../../shared/domain/index.ts';
import type { ProviderId } from '../../../shared/domain/index.ts';
import type { CredentialValues } from './CredentialFields.tsx';
import type { DraftProblem, ProblemKey } from './connectionDraft.ts';

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
