import { MOST_STACK_CUSTOMERS, MOST_PAGES_EACH } from '../../../../shared/domain/index.ts';
import { SelectField, TextField, typedNumber } from '../../../components/index.ts';
import { useText } from '../../../i18n/index.ts';
import type { StackDraft } from './settings.ts';
import styles from './Stack.module.css';

const WAYS = ['separator', 'count', 'identity'] as const;

/** Where a customer ends, and how many were counted. */
export function SettingsFields({
  draft,
  onChange,
  isCompact = false,
}: {
  draft: StackDraft;
  onChange: (draft: StackDraft) => void;
  /** In one line, without hints. */
  isCompact?: boolean;
}) {
  const t = useText();
  const wrong = (text: string, most: number, mayBeEmpty: boolean) =>
    typedNumber(text, most) !== null || (mayBeEmpty && text.trim() === '')
      ? undefined
      : t('stack.notANumber', { most });
  return (
    <div className={isCompact ? styles['settingsLine'] : styles['settings']}>
      <SelectField
        className={styles['way']}
        label={t('stack.splitBy')}
        {...(isCompact ? {} : { hint: t('stack.splitBy.hint') })}
        options={WAYS.map((way) => ({ id: way, label: t(`stack.splitBy.${way}`) }))}
        value={draft.splitBy}
        onChange={(splitBy) => onChange({ ...draft, splitBy })}
      />
      {draft.splitBy === 'count' ? (
        <TextField
          className={styles['number']}
          label={t('stack.pagesEach')}
          value={draft.pagesEach}
          error={wrong(draft.pagesEach, MOST_PAGES_EACH, false)}
          onChange={(pagesEach) => onChange({ ...draft, pagesEach })}
        />
      ) : null}
      <TextField
        className={styles['number']}
        label={t('stack.expected')}
        {...(isCompact ? {} : { hint: t('stack.expected.hint') })}
        value={draft.expectedCustomers}
        error={wrong(draft.expectedCustomers, MOST_STACK_CUSTOMERS, true)}
        onChange={(expectedCustomers) => onChange({ ...draft, expectedCustomers })}
      />
    </div>
  );
}
