import { CircleCheck, CircleDashed, CircleX, Inbox, ScanSearch, TriangleAlert, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { maxAgeOf } from '../../../shared/domain/index.ts';
import type { DocumentType, Requirement, SubmissionDetail } from '../../../shared/domain/index.ts';
import { classes, ComboField, countryOptions, Kbd, revealSelected, SelectField } from '../../components/index.ts';
import type { Tone } from '../../components/index.ts';
import { currentLanguage, formatMessage, nameText, useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { IssuedOnField } from './IssuedOnField.tsx';
import { lockOf } from './lock.ts';
import { slotName } from './names.ts';
import { Thumbnail } from './PageImage.tsx';
import { groupByRequirement, slotStatus } from './stations.ts';
import type { SlotStatus, Station } from './stations.ts';
import styles from './Slots.module.css';

const looks: Readonly<Record<SlotStatus['kind'], { tone: Tone; icon: LucideIcon }>> = {
  empty: { tone: 'neutral', icon: CircleDashed },
  retake: { tone: 'amber', icon: Undo2 },
  checking: { tone: 'blue', icon: ScanSearch },
  blocked: { tone: 'red', icon: CircleX },
  warned: { tone: 'amber', icon: TriangleAlert },
  filled: { tone: 'green', icon: CircleCheck },
};

function statusText(status: SlotStatus, t: ReturnType<typeof useText>): string {
  switch (status.kind) {
    case 'empty':
      return status.isOptional ? t('capture.slotEmptyOptional') : t('capture.slotEmpty');
    case 'retake':
      return t('capture.slotRetake');
    case 'checking':
      return t('capture.slotChecking');
    case 'blocked':
      return t('capture.slotBlocked', { count: status.count });
    case 'warned':
      return t('capture.slotWarned', { count: status.count });
    case 'filled':
      return t('capture.slotFilled');
    default:
      return status satisfies never;
  }
}

/** The slots of the flow as cards, in the order they are wanted, and the tray below. */
export function SlotPanel({
  detail,
  stations,
  selected,
  onSelect,
  revisions,
}: {
  detail: SubmissionDetail;
  stations: readonly Station[];
  selected: Station | null;
  onSelect: (station: Station) => void;
  revisions: Readonly<Record<string, number>>;
}) {
  const t = useText();
  const slots = stations.filter(({ slot }) => slot !== null);
  const tray = stations.filter(({ slot }) => slot === null);
  return (
    <section aria-labelledby="capture-slots" className={styles['section']} data-selection>
      <h2 id="capture-slots" className="visually-hidden">
        {t('capture.slots')}
      </h2>
      {groupByRequirement(stations).map((group) => {
        const requirement = detail.flow.requirements.find(({ id }) => id === group.requirementId);
        return (
          <section key={group.requirementId} className={styles['requirement']}>
            <h3 className={styles['requirementTitle']}>
              {requirement === undefined ? null : nameText(requirement.label, requirement.labelKey)}
              {requirement?.isOptional === true ? (
                <span className={styles['optional']}>{t('capture.optional')}</span>
              ) : null}
            </h3>
            {requirement === undefined ? null : <DocumentChooser detail={detail} requirement={requirement} />}
            <ul className={styles['cards']}>
              {group.stations.map((station) => (
                <SlotCard
                  key={station.id}
                  station={station}
                  number={slots.indexOf(station) + 1}
                  detail={detail}
                  isSelected={station.id === selected?.id}
                  onSelect={() => onSelect(station)}
                  revision={revisions[station.page?.id ?? ''] ?? 0}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {tray.length === 0 ? null : (
        <section className={styles['requirement']}>
          <h3 className={styles['requirementTitle']}>
            <Inbox aria-hidden size={15} />
            {t('capture.tray')}
          </h3>
          <p className={styles['note']}>{t('capture.tray.text')}</p>
          <ul className={styles['trayList']}>
            {tray.map((station) =>
              station.page === null ? null : (
                <li key={station.id}>
                  <button
                    type="button"
                    ref={station.id === selected?.id ? revealSelected : null}
                    className={classes(styles['trayPage'], station.id === selected?.id && styles['cardSelected'])}
                    aria-current={station.id === selected?.id ? 'true' : undefined}
                    onClick={() => onSelect(station)}
                  >
                    <Thumbnail
                      page={station.page}
                      revision={revisions[station.page.id] ?? 0}
                      className={styles['thumbnail']}
                    />
                    <span className={styles['trayName']}>{station.page.fileName}</span>
                  </button>
                </li>
              ),
            )}
          </ul>
        </section>
      )}
    </section>
  );
}

function SlotCard({
  station,
  number,
  detail,
  isSelected,
  onSelect,
  revision,
}: {
  station: Station;
  number: number;
  detail: SubmissionDetail;
  isSelected: boolean;
  onSelect: () => void;
  revision: number;
}) {
  const t = useText();
  const { slot, page } = station;
  if (slot === null) return null;
  const status = slotStatus(station, detail.findings);
  const look = looks[status.kind];
  return (
    <li>
      <button
        type="button"
        ref={isSelected ? revealSelected : null}
        className={classes(styles['card'], styles[look.tone], isSelected && styles['cardSelected'])}
        aria-current={isSelected ? 'true' : undefined}
        onClick={onSelect}
      >
        {page === null ? (
          <span className={classes(styles['thumbnail'], styles['wanted'])}>
            <look.icon aria-hidden size={18} />
          </span>
        ) : (
          <Thumbnail page={page} revision={revision} className={styles['thumbnail']} />
        )}
        <span className={styles['cardText']}>
          <span className={styles['cardName']}>{slotName(slot, t)}</span>
          <span className={styles['cardStatus']}>
            <look.icon aria-hidden size={13} strokeWidth={2.25} />
            {statusText(status, t)}
          </span>
          {slot.wantsRetake === null || status.kind !== 'retake' ? null : (
            <span className={styles['cardReason']}>{formatMessage(slot.wantsRetake.message)}</span>
          )}
        </span>
        {number <= 9 ? (
          <span title={t('capture.slotNumber', { number })}>
            <Kbd keys={String(number)} />
          </span>
        ) : null}
      </button>
    </li>
  );
}

/** Which of the accepted documents the customer brought, and which country issued it. */
function DocumentChooser({ detail, requirement }: { detail: SubmissionDetail; requirement: Requirement }) {
  const t = useText();
  const setDocument = useAction('submission.setDocument');
  const chosen = detail.documents.find(({ requirementId }) => requirementId === requirement.id);
  const documentType = chosen?.documentType ?? requirement.accepts[0]?.documentType ?? 'other';
  const country = chosen?.country ?? '';
  const label = nameText(requirement.label, requirement.labelKey);
  const maxDays = maxAgeOf(requirement, documentType);
  const save = (
    next: { documentType: DocumentType; country: string; issuedOn?: string },
    onRefused: () => void = () => {},
  ) =>
    setDocument.mutate(
      { submissionId: detail.id, requirementId: requirement.id, ...next },
      { onError: () => onRefused() },
    );
  const isSettled = lockOf(detail) !== null || detail.state === 'retake';
  if (requirement.accepts.every(({ documentType: type }) => type === 'selfie')) return null;
  return (
    <div className={styles['chooser']}>
      <SelectField
        label={t('capture.documentType', { requirement: label })}
        isLabelHidden
        size="s"
        isDisabled={isSettled || requirement.accepts.length < 2}
        options={requirement.accepts.map(({ documentType: type }) => ({ id: type, label: t(`document.${type}`) }))}
        value={documentType}
        onChange={(next) => save({ documentType: next, country })}
      />
      <ComboField
        label={t('capture.documentCountry', { requirement: label })}
        isLabelHidden
        size="s"
        isDisabled={isSettled}
        options={[{ id: '', label: t('capture.countryOfCustomer') }, ...countryOptions(currentLanguage())]}
        value={country}
        placeholder={t('capture.countryOfCustomer')}
        onChange={(next) => save({ documentType, country: next })}
      />
      {maxDays === null ? null : (
        <IssuedOnField
          key={documentType}
          stored={chosen?.issuedOn ?? ''}
          maxDays={maxDays}
          // Of a document that the provider wants again the day is another one.
          isDisabled={lockOf(detail) !== null}
          onSave={(issuedOn, onRefused) => save({ documentType, country, issuedOn }, onRefused)}
        />
      )}
    </div>
  );
}
