import type { KeyboardEvent, ReactNode } from 'react';
import { isForEntity } from '../../../shared/domain/index.ts';
import type { Finding, SubmissionDetail } from '../../../shared/domain/index.ts';
import { focusWork, isTyping, useShortcuts } from '../../components/index.ts';
import { useText } from '../../i18n/index.ts';
import { ElsewhereCard, FindingList } from './Findings.tsx';
import { IdentityAlarm } from './IdentityAlarm.tsx';
import { lockOf } from './lock.ts';
import { Owners } from './Owners.tsx';
import { countUnconfirmed, readInstead } from './readings.ts';
import { SlotPanel } from './SlotPanel.tsx';
import { findingsAt, findingsWithoutPage } from './stations.ts';
import type { Station } from './stations.ts';
import { SubjectForm } from './SubjectForm.tsx';
import { useSubjectForm } from './useSubjectForm.ts';
import styles from './Capture.module.css';

/** Escape leaves a field, so that a single key means the page in front again and is not typed. */
function leaveField(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key !== 'Escape' || event.defaultPrevented || !isTyping(target)) return;
  // A list of choices that is open is closed by it first.
  if (target instanceof HTMLElement && target.ariaExpanded !== 'true') focusWork();
}

/** The right column: the light, the slots, what was noticed, the customer's fields. Give it the submission's id as `key`. */
export function CustomerPanel({
  detail,
  stations,
  selected,
  onSelect,
  revisions,
  onGoTo,
  onSame,
  light,
}: {
  detail: SubmissionDetail;
  stations: readonly Station[];
  selected: Station | null;
  onSelect: (station: Station) => void;
  revisions: Readonly<Record<string, number>>;
  onGoTo: (finding: Finding) => void;
  /** Asks why what does not agree is one customer's. */
  onSame: () => void;
  light: ReactNode;
}) {
  const t = useText();
  const fields = useSubjectForm(detail);
  const isOpen = lockOf(detail) === null;
  useShortcuts('capture.keys.title', [
    {
      keys: 'F7',
      label: 'capture.read.confirm',
      run: fields.confirmRead,
      isDisabled: !isOpen || countUnconfirmed(detail) === 0,
    },
    {
      keys: 'F9',
      label: 'capture.read.take',
      run: fields.takeRead,
      isDisabled: !isOpen || readInstead(detail).length === 0,
    },
  ]);
  const page = selected?.page ?? null;
  const found = selected === null ? [] : findingsAt(detail.findings, selected);
  const elsewhere = findingsWithoutPage(detail.findings);
  return (
    <>
      {light}
      {/* The fields have the focus and the keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className={styles['rightScroll']} onKeyDown={leaveField}>
        {isOpen ? <IdentityAlarm detail={detail} onTake={fields.takeRead} onSame={onSame} /> : null}
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
            {page.duplicateOf === null ? null : <ElsewhereCard what="duplicate" page={page.duplicateOf} />}
            {page.sameNumberAs === null ? null : <ElsewhereCard what="sameNumber" page={page.sameNumberAs} />}
            {page.alikeTo === null ? null : <ElsewhereCard what="alike" page={page.alikeTo} />}
          </section>
        )}
        <section className={styles['block']}>
          <SubjectForm detail={detail} fields={fields} />
        </section>
        {isForEntity(detail.flow) ? (
          <section className={styles['block']} aria-labelledby="capture-owners">
            <Owners detail={detail} />
          </section>
        ) : null}
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
