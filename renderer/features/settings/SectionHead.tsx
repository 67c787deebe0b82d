import type { ReactNode } from 'react';
import styles from './Settings.module.css';

/** Heading of a section with one line about it. */
export function SectionHead({ title, intro, actions }: { title: string; intro?: string; actions?: ReactNode }) {
  return (
    <header className={styles['sectionHead']}>
      <div>
        <h2 className={styles['sectionTitle']}>{title}</h2>
        {intro === undefined ? null : <p className={styles['intro']}>{intro}</p>}
      </div>
      {actions}
    </header>
  );
}
