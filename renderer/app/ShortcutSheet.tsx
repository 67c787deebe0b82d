import { useState } from 'react';
import { currentShortcutGroups, Dialog, Kbd } from '../components/index.ts';
import { useText } from '../i18n/index.ts';
import styles from './Palette.module.css';

/** Every key of the screen that is open, and of the frame. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [groups] = useState(() => currentShortcutGroups().toReversed());
  return (
    <Dialog title={t('shortcuts.title')} isOpen onClose={onClose} size="m">
      {groups.map((group) => (
        <section key={group.title} className={styles['keyGroup']}>
          <h3 className={styles['keyTitle']}>{t(group.title)}</h3>
          <dl className={styles['keyList']}>
            {group.shortcuts.map((shortcut) => (
              <div key={shortcut.keys} className={styles['keyRow']}>
                <dt>{t(shortcut.label)}</dt>
                <dd className={styles['keyCaps']}>
                  <span className="visually-hidden">{[shortcut.keys, ...(shortcut.alsoKeys ?? [])].join(', ')}</span>
                  {[shortcut.keys, ...(shortcut.alsoKeys ?? [])].map((keys) => (
                    <Kbd key={keys} keys={keys} />
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
