import { useState } from 'react';
import { MaxAgeDays, USUAL_MAX_AGE_DAYS, maxAgeOf } from '../../../shared/domain/index.ts';
import type { Requirement } from '../../../shared/domain/index.ts';
import { CheckboxField, TextField, typedNumber } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { mayAge, withMaxAge } from './flowEdits.ts';
import styles from './Settings.module.css';

const MOST_DAYS = MaxAgeDays.maxValue ?? Number.MAX_SAFE_INTEGER;

/** How old the documents of a requirement may be, where any of them says no last day itself. */
export function MaxAgeFields({
  requirement,
  onChange,
  error,
}: {
  requirement: Requirement;
  onChange: (requirement: Requirement) => void;
  error: string | undefined;
}) {
  const t = useText();
  /** What is typed while it is no number of days. */
  const [wrong, setWrong] = useState('');
  if (!mayAge(requirement)) return null;
  const days = requirement.accepts
    .map(({ documentType }) => maxAgeOf(requirement, documentType))
    .find((age) => age !== null);
  const type = (text: string): void => {
    const number = typedNumber(text, MOST_DAYS);
    setWrong(text);
    onChange(withMaxAge(requirement, number ?? Number.NaN));
  };
  return (
    <div className={styles['maxAge']}>
      <CheckboxField
        label={t('settings.flow.maxAge')}
        isOn={days !== undefined}
        onChange={(isOn) => onChange(withMaxAge(requirement, isOn ? USUAL_MAX_AGE_DAYS : 0))}
      />
      {days === undefined ? null : (
        <TextField
          label={t('settings.flow.maxAge.days')}
          value={Number.isNaN(days) ? wrong : String(days)}
          onChange={type}
          error={error}
        />
      )}
    </div>
  );
}
