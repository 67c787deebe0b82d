import { useEffect, useEffectEvent, useState } from 'react';
import { DateField, dateInWords } from '../../components/index.ts';
import { currentLanguage, useText } from '../../i18n/index.ts';
import { SAVE_DELAY_MS } from './useSubjectForm.ts';
import styles from './Slots.module.css';

/**
 * The day on which a document was issued, for one that must not be too old. Saved by itself like the customer's fields. `stored`:
 * `YYYY-MM-DD`, or ''.
 */
export function IssuedOnField({
  stored,
  maxDays,
  isDisabled,
  onSave,
}: {
  stored: string;
  maxDays: number;
  isDisabled: boolean;
  /** `onRefused`: to be called where it could not be saved. */
  onSave: (issuedOn: string, onRefused: () => void) => void;
}) {
  const t = useText();
  const language = currentLanguage();
  /** What stands in the field and was not sent yet; null: nothing. */
  const [typed, setTyped] = useState<string | null>(null);
  const [sent, setSent] = useState<{ readonly day: string; readonly before: string } | null>(null);
  // What was sent stands there until main's answer is another one than before.
  const known = sent !== null && sent.before === stored ? sent.day : stored;
  const value = typed ?? known;
  const save = () => {
    if (typed === null) return;
    setTyped(null);
    if (typed === known) return;
    setSent({ day: typed, before: stored });
    onSave(typed, () => setSent(null));
  };
  const saveTyped = useEffectEvent(save);
  useEffect(() => {
    if (typed === null) return undefined;
    const timer = setTimeout(() => saveTyped(), SAVE_DELAY_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => () => saveTyped(), []);
  const words = dateInWords(value, language);
  return (
    <DateField
      className={styles['issuedOn']}
      label={t('capture.issuedOn')}
      hint={[words, t('capture.issuedOn.atMost', { count: maxDays })].filter((part) => part !== undefined).join(' · ')}
      value={value}
      isDisabled={isDisabled}
      onChange={setTyped}
      onBlur={save}
    />
  );
}
