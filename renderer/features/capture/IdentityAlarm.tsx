import { ScanText, UserCheck, UsersRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Disagreement, SubmissionDetail } from '../../../shared/domain/index.ts';
import { Banner, Button, countryName, dateInWords } from '../../components/index.ts';
import { currentLanguage, useText } from '../../i18n/index.ts';
import { slotName } from './names.ts';
import { readInstead, undecided } from './readings.ts';
import styles from './Identity.module.css';

/** A value as people read it: dates in words, countries by name. */
export function readableValue(field: Disagreement['field'], value: string): string {
  if (field === 'birthDate' || field === 'documentExpiryDate') return dateInWords(value, currentLanguage()) ?? value;
  return field === 'country' ? countryName(value, currentLanguage()) : value;
}

/**
 * The mixed-customer alarm: what does not agree, both values side by side, and the ways out of it. Nothing is shown while everything
 * agrees or a person has decided.
 */
export function IdentityAlarm({
  detail,
  onTake,
  onSame,
}: {
  detail: SubmissionDetail;
  /** Takes what the document says into the fields. */
  onTake: () => void;
  /** Says that it is the same customer. */
  onSame: () => void;
}) {
  const t = useText();
  const found = undecided(detail);
  const place = useRef<HTMLDivElement>(null);
  const isRaised = found.length > 0;
  // It stops everything, so it is not left above what somebody has scrolled to.
  useEffect(() => {
    if (isRaised) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isRaised]);
  if (found.length === 0) return null;
  const placeOf = (pageId: string | null): string => {
    if (pageId === null) return t('capture.alarm.typed');
    const slot = detail.slots.find((each) => each.pageId === pageId);
    return slot === undefined ? (detail.pages.find(({ id }) => id === pageId)?.fileName ?? '') : slotName(slot, t);
  };
  return (
    <div ref={place}>
      <Banner tone="red" icon={UsersRound} title={t('capture.alarm.title')} isAlert>
        <p>{t('capture.alarm.text')}</p>
        <table className={styles['differences']}>
          <tbody>
            {found.map(({ id, field, first, second }) => (
              <tr key={id}>
                <th scope="row">{t(`field.${field}`)}</th>
                {[first, second].map(({ pageId, value }) => (
                  <td key={pageId}>
                    <span className={styles['place']}>{placeOf(pageId)}</span>
                    <span className={styles['value']}>{readableValue(field, value)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles['choices']}>
          {readInstead(detail).length === 0 ? null : (
            <Button size="s" icon={ScanText} keys="F9" onPress={onTake}>
              {t('capture.read.take')}
            </Button>
          )}
          <Button size="s" icon={UserCheck} onPress={onSame}>
            {t('capture.same')}
          </Button>
        </div>
      </Banner>
    </div>
  );
}
