import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import { classes } from './classes.ts';
import styles from './CopyText.module.css';

/** How long the tick stands in for the copy sign. */
const CONFIRMED_MS = 1_600;

/**
 * A name, number or id that one click copies. `shown` abbreviates what is long; the whole `text` is copied. `label`: instead of "Copy"
 * and what is shown, where that says so itself.
 */
export function CopyText({
  text,
  shown = text,
  label,
  isMono = false,
}: {
  text: string;
  shown?: string;
  label?: string;
  isMono?: boolean;
}) {
  const t = useText();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <AriaButton
      className={classes(styles['copy'], isMono && styles['mono'])}
      aria-label={label ?? t('copy.label', { text: shown })}
      onPress={() => {
        void navigator.clipboard.writeText(text).then(() => setIsCopied(true));
      }}
    >
      <span className={styles['text']}>{shown}</span>
      {isCopied ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} className={styles['icon']} />}
      <output className="visually-hidden">{isCopied ? t('action.copied') : ''}</output>
    </AriaButton>
  );
}
