import { useText } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { keyCaps } from './keys.ts';
import { isMac } from './shortcuts.ts';
import styles from './Kbd.module.css';

/** The key caps of a shortcut, written as for `useShortcuts` (`Mod+Enter`). Decoration: hidden from screen readers. */
export function Kbd({ keys, tone = 'plain' }: { keys: string; tone?: 'plain' | 'inverse' }) {
  const t = useText();
  return (
    <span className={classes(styles['keys'], styles[tone])} aria-hidden>
      {keyCaps(keys, isMac, (key) => t(`cap.${key}`)).map((cap) => (
        <kbd key={cap} className={styles['cap']}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
