import type { ProviderId } from '../../../shared/domain/index.ts';
import { TextField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import type { ProblemKey } from './connectionDraft.ts';
import type { CredentialValues } from './credential.ts';

/** The write-only inputs of a credential. They start empty always: what is stored never comes back to the window. */
export function CredentialFields({
  provider,
  values,
  onChange,
  problemOf,
}: {
  provider: ProviderId;
  values: CredentialValues;
  onChange: (change: Partial<CredentialValues>) => void;
  problemOf: (input: keyof CredentialValues) => ProblemKey | undefined;
}) {
  const t = useText();
  const error = (input: keyof CredentialValues): string | undefined => {
    const key = problemOf(input);
    return key === undefined ? undefined : t(key);
  };
  if (provider === 'persona') {
    return (
      <TextField
        label={t('settings.credential.apiKey')}
        hint={t('settings.credential.apiKey.hint')}
        type="password"
        autoComplete="new-password"
        value={values.apiKey}
        onChange={(apiKey) => onChange({ apiKey })}
        error={error('apiKey')}
        isRequired
      />
    );
  }
  return (
    <>
      <TextField
        label={t('settings.credential.email')}
        hint={t('settings.credential.email.hint')}
        type="email"
        value={values.email}
        onChange={(email) => onChange({ email })}
        error={error('email')}
        isRequired
      />
      <TextField
        label={t('settings.credential.password')}
        type="password"
        autoComplete="new-password"
        value={values.password}
        onChange={(password) => onChange({ password })}
        error={error('password')}
        isRequired
      />
    </>
  );
}
