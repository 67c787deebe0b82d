import type { ReactNode } from 'react';
import type { Finding, SubmissionDetail } from '../../../shared/domain/index.ts';
import { useText } from '../../i18n/index.ts';
import { FindingList, OtherPageCard } from './Findings.tsx';
import { SlotPanel } from './SlotPanel.tsx';
import { findingsAt, findingsWithoutPage } from './stations.ts';
import type { Station } from './stations.ts';
import { SubjectForm } from './SubjectForm.tsx';
import styles from './Capture.module.css';

/** The right column: the light, the slots, what was noticed, the customer's fields. */
export function CustomerPanel({
  detail,
  stations,
  selected,
  onSelect,
  revisions,
  onGoTo,
  light,
}: {
  detail: SubmissionDetail;
  stations: readonly Station[];
  selected: Station | null;
  onSelect: (station: Station) => void;
  revisions: Readonly<Record<string, number>>;
  onGoTo: (finding: Finding) => void;
  light: ReactNode;
}) {
  const t = useText();
  const page = selected?.page ?? null;
  const found = selected === null ? [] : findingsAt(detail.findings, selected);
  const elsewhere = findingsWithoutPage(detail.findings);
  return (
    <>
      {light}
      <div className={styles['rightScroll']}>
        <SlotPanel detail={detail} stations={stations} selected={selected} onSelect={onSelect} revisions={revisions} />
        {page === null ? null : (
          <section className={styles['block']} aria-labelledby="capture-findings">
            <h2 id="capture-findings" className={styles['blockTitle']}>
              {t('capture.findings')}
            </h2>
            {found.length > 0 ? (
              <FindingList findings={found} />
            ) : (
              <p className={styles['faint']}>
                {page.isInspected ? t('capture.findings.none') : t('capture.findings.checking')}
              </p>
            )}
            {page.duplicateOf === null ? null : <OtherPageCard about="capture.duplicate" other={page.duplicateOf} />}
            {page.alikeTo === null ? null : <OtherPageCard about="capture.alike" other={page.alikeTo} />}
          </section>
        )}
        <section className={styles['block']}>
          <SubjectForm key={detail.id} detail={detail} />
        </section>
        {elsewhere.length === 0 ? null : (
          <section className={styles['block']} aria-labelledby="capture-todo">
            <h2 id="capture-todo" className={styles['blockTitle']}>
              {t('capture.todo')}
            </h2>
            <FindingList findings={elsewhere} onGoTo={onGoTo} />
          </section>
        )}
      </div>
    </>
  );
}
