import { Label, ProgressBar } from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import styles from './Progress.module.css';

/** How far something is, always with a number. Without `total` it only says that work goes on. */
export function Progress({
  label,
  done,
  total,
  valueText,
  isCompact = false,
}: {
  label: string;
  done: number;
  total: number | null;
  /** Instead of "3 of 8". */
  valueText?: string;
  isCompact?: boolean;
}) {
  const t = useText();
  const value = valueText ?? (total === null ? '' : t('progress.value', { done, total }));
  return (
    <ProgressBar
      className={isCompact ? (styles['compact'] ?? '') : (styles['progress'] ?? '')}
      value={total === null || total === 0 ? 0 : (done / total) * 100}
      isIndeterminate={total === null}
      valueLabel={value}
    >
      {({ percentage }) => (
        <>
          <Label className={styles['label'] ?? ''}>{label}</Label>
          <div className={styles['track']}>
            {/* The width is set through the style object (CSSOM), which the content policy allows. */}
            <div className={styles['fill']} style={{ width: `${percentage ?? 40}%` }} />
          </div>
          <span className={styles['value']}>{value}</span>
        </>
      )}
    </ProgressBar>
  );
}
