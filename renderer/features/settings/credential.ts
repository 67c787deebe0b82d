import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { ProviderDescriptor, ProviderId } from '../../../shared/domain/index.ts';
import type { DraftProblem, ProblemKey } from './problems.ts';

/** What is typed for a credential, by the names of the provider's fields. */
export type CredentialValues = Readonly<Record<string, string>>;

/** Nothing typed yet; also what the window keeps once main has a credential. */
export function emptyCredential(provider: ProviderId): CredentialValues {
  return Object.fromEntries(PROVIDER_DESCRIPTORS[provider].credentialFields.map(({ key }) => [key, '']));
}

/** The sentence for an input of a credential that is at fault; null: the provider has no such input. */
export function credentialProblem(provider: ProviderId, key: string): ProblemKey | null {
  return PROVIDER_DESCRIPTORS[provider].credentialFields.find((field) => field.key === key)?.problemKey ?? null;
}

/** A credential as main takes it, checked with main's schema; otherwise which inputs are at fault. */
export function checkCredential(
  provider: ProviderId,
  values: CredentialValues,
): { ok: true; credential: Record<string, string> } | { ok: false; problems: DraftProblem[] } {
  const { credential }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  const parsed = credential.safeParse(values);
  if (parsed.success) return { ok: true, credential: { ...parsed.data } };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const key = String(issue.path[0] ?? '');
      return { path: `credential.${key}`, key: credentialProblem(provider, key) ?? 'settings.problem.other' };
    }),
  };
}

/** Whether a key says by its own prefix that it belongs to the other environment; anything else is not judged. */
export function isKeyOfOtherEnvironment(
  provider: ProviderId,
  values: CredentialValues,
  environment: 'sandbox' | 'production',
): boolean {
  const { keyPrefixes }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  if (keyPrefixes === null) return false;
  const other = keyPrefixes[environment === 'sandbox' ? 'production' : 'sandbox'];
  return (values[keyPrefixes.field] ?? '').trim().startsWith(other);
}
