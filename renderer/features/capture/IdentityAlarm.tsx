import { ScanText, UserCheck, UsersRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReadField, SubmissionDetail } from '../../../shared/domain/index.ts';
import { differencesOf } from '../../../shared/identity/index.ts';
import { Banner, Button, countryName, dateInWords } from '../../components/index.ts';
import { currentLanguage, useText } from '../../i18n/index.ts';
import { slotName } from './names.ts';
import { readInstead } from './readings.ts';
import styles from './Identity.module.css';

/** A value as people read it: dates in words, countries by name. */
export function readableValue(field: ReadField, value: string): string {
  if (field === 'birthDate' || field === 'documentExpiryDate') return dateInWords(value, currentLanguage()) ?? value;
  return field === 'country' ? countryName(value, currentLanguage()) : value;
}

/**
 * The mixed-customer alarm: what does not agree, the values side by side, and the ways out of it. Nothing is shown while everything
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
  const found = differencesOf(detail.disagreements);
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
            {found.map(({ field, claims }) => (
              <tr key={field}>
                <th scope="row">{t(`field.${field}`)}</th>
                <td>
                  <dl className={styles['claims']}>
                    {claims.map(({ pageId, value }) => (
                      <div key={`${pageId} ${value}`}>
                        <dt>{placeOf(pageId)}</dt>
                        <dd>{readableValue(field, value)}</dd>
                      </div>
                    ))}
                  </dl>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles['choices']}>
          {readInstead(detail).length === 0 ? null : (
            <Button size="s" icon={ScanText} keys="F9" onPress={onTake} className={styles['choice']}>
              {t('capture.read.take')}
            </Button>
          )}
          <Button size="s" icon={UserCheck} onPress={onSame} className={styles['choice']}>
            {t('capture.same')}
          </Button>
        </div>
      </Banner>
    </div>
  );
}
