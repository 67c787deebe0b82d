import { useText } from '../i18n/index.ts';
import type { Tone } from './Badge.tsx';
import { classes } from './classes.ts';
import styles from './Ring.module.css';

const RADIUS = 15;
const LENGTH = 2 * Math.PI * RADIUS;

/** How many of the wanted slots are filled, as a ring with the numbers inside. */
export function Ring({ filled, total, tone, size = 38 }: { filled: number; total: number; tone: Tone; size?: number }) {
  const t = useText();
  const share = total === 0 ? 0 : Math.min(1, filled / total);
  return (
    <svg
      className={classes(styles['ring'], styles[tone])}
      width={size}
      height={size}
      viewBox="0 0 36 36"
      role="img"
      aria-label={t('ring.label', { filled, total })}
    >
      <circle className={styles['track']} cx="18" cy="18" r={RADIUS} />
      {share === 0 ? null : (
        <circle
          className={styles['arc']}
          cx="18"
          cy="18"
          r={RADIUS}
          strokeDasharray={`${LENGTH * share} ${LENGTH}`}
          transform="rotate(-90 18 18)"
        />
      )}
      <text className={styles['text']} x="18" y="18.5" textAnchor="middle" dominantBaseline="central">
        {filled}/{total}
      </text>
    </svg>
  );
}
