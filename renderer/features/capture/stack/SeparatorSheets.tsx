import { Printer } from 'lucide-react';
import { useState } from 'react';
import { MOST_SEPARATORS } from '../../../../shared/domain/index.ts';
import { Button, showToast, TextField, typedNumber } from '../../../components/index.ts';
import { i18n, useText } from '../../../i18n/index.ts';
import { useAction } from '../../../ipc/index.ts';
import styles from './Stack.module.css';

/** Saves separator sheets as a PDF where the person says; the system prints it. */
export function SeparatorSheets() {
  const t = useText();
  const [typed, setTyped] = useState('10');
  const save = useAction('separators.save');
  const count = typedNumber(typed, MOST_SEPARATORS);
  const run = () => {
    if (count === null) return;
    const language = i18n.language === 'de' ? 'de' : 'en';
    save.mutate(
      { count, language },
      { onSuccess: ({ isSaved }) => isSaved && showToast({ tone: 'success', text: t('separators.saved') }) },
    );
  };
  return (
    <div className={styles['separators']}>
      <TextField
        className={styles['number']}
        label={t('separators.count')}
        hint={t('separators.hint')}
        value={typed}
        error={count === null ? t('stack.notANumber', { most: MOST_SEPARATORS }) : undefined}
        onChange={setTyped}
      />
      <Button icon={Printer} onPress={run} isDisabled={count === null || save.isPending}>
        {t('separators.save')}
      </Button>
    </div>
  );
}
