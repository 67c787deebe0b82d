import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type { ProviderId } from '../../../shared/domain/index.ts';
import { TextField } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import type { CredentialValues } from './credential.ts';
import type { ProblemKey } from './problems.ts';

/** How each kind of input behaves. A browser must not offer to fill in or to keep a secret. */
const INPUTS = {
  secret: { type: 'password', autoComplete: 'new-password' },
  email: { type: 'email' },
  text: { type: 'text', autoComplete: 'off' },
} as const;

/** The write-only inputs of a credential. They start empty always: what is stored never comes back to the window. */
export function CredentialFields({
  provider,
  values,
  onChange,
  problemOf,
}: {
  provider: ProviderId;
  values: CredentialValues;
  onChange: (values: CredentialValues) => void;
  /** The problem of an input by its path, `credential.<field>`. */
  problemOf: (path: string) => ProblemKey | undefined;
}) {
  const t = useText();
  return PROVIDER_DESCRIPTORS[provider].credentialFields.map(({ key, kind, labelKey, hintKey }) => {
    const problem = problemOf(`credential.${key}`);
    return (
      <TextField
        key={key}
        {...INPUTS[kind]}
        label={t(labelKey)}
        hint={hintKey === null ? undefined : t(hintKey)}
        value={values[key] ?? ''}
        onChange={(value) => onChange({ ...values, [key]: value })}
        error={problem === undefined ? undefined : t(problem)}
        isRequired
      />
    );
  });
}
