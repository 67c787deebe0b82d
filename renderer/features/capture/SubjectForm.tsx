import { Check, LoaderCircle, ScanText } from 'lucide-react';
import { Controller } from 'react-hook-form';
import { ReadField, asksForIdentity, fieldsOf } from '../../../shared/domain/index.ts';
import type { SubjectField, SubmissionDetail } from '../../../shared/domain/index.ts';
import {
  Banner,
  Button,
  classes,
  ComboField,
  countryOptions,
  DateField,
  dateInWords,
  TextField,
} from '../../components/index.ts';
import { currentLanguage, formatMessage, useText } from '../../i18n/index.ts';
import { readableValue } from './IdentityAlarm.tsx';
import { lockOf } from './lock.ts';
import { countUnconfirmed, readInstead } from './readings.ts';
import { DOCUMENT_FIELDS, FIELD_ORDER } from './subject.ts';
import type { SubjectFields } from './useSubjectForm.ts';
import identity from './Identity.module.css';
import styles from './Slots.module.css';

const inputTypes: Partial<Record<SubjectField, 'email' | 'tel'>> = { email: 'email', phone: 'tel' };

/** The element ids by which other places (a finding, a shortcut) bring the focus to a field. */
export function fieldElementId(field: SubjectField): string {
  return `capture-field-${field}`;
}

/** Puts the cursor into a field. */
export function focusField(field: SubjectField): void {
  const input = document.getElementById(fieldElementId(field))?.querySelector('input');
  input?.focus();
  input?.select();
}

/** The customer's few fields, with what pages filled and where they say something else. */
export function SubjectForm({ detail, fields }: { detail: SubmissionDetail; fields: SubjectFields }) {
  const t = useText();
  const { control, formState, save, saving } = fields;

  const required = new Set<SubjectField>(detail.flow.requiredFields);
  // While the provider wants new pages, it keeps the fields that it has.
  const isSettled = lockOf(detail) !== null || detail.state === 'retake';

  const problemOf = (field: SubjectField, value: string): string | undefined => {
    if (formState.errors[field] !== undefined) return t(`capture.error.${field}`);
    const found = detail.findings.find((finding) => finding.field === field && finding.severity === 'blocking');
    // An empty required field is listed under "still to do"; it turns red only after somebody was there.
    if (found === undefined || (value === '' && formState.touchedFields[field] !== true)) return undefined;
    if (value !== detail.subject[field]) return undefined;
    return formatMessage({ code: `finding.${found.rule}`, params: found.params });
  };

  const language = currentLanguage();
  const instead = readInstead(detail);
  /** What the document has to do with a field: what it says instead, or that the field is as it was read. */
  const readNote = (field: SubjectField): string | undefined => {
    const other = instead.find((each) => each.field === field);
    if (other !== undefined) return t('capture.read.says', { value: readableValue(other.field, other.value) });
    const read = ReadField.safeParse(field);
    const quality = read.success ? detail.unconfirmed[read.data] : undefined;
    if (quality === undefined) return undefined;
    if (quality.mayGoOn) return t('capture.read.goesOn');
    return t(quality.isChecked ? 'capture.read.checked' : 'capture.read.unchecked');
  };
  const markOf = (field: SubjectField): string | undefined => {
    if (instead.some((each) => each.field === field)) return identity['differs'];
    return readNote(field) === undefined ? undefined : identity['read'];
  };
  const unconfirmed = countUnconfirmed(detail);
  const ofThisFlow = new Set(fieldsOf(detail.flow));
  const shownFields = FIELD_ORDER.filter(
    (name) => ofThisFlow.has(name) && (!DOCUMENT_FIELDS.has(name) || asksForIdentity(detail.flow)),
  );

  return (
    <form className={styles['fields']} onSubmit={(event) => event.preventDefault()} aria-label={t('capture.fields')}>
      <div className={styles['fieldsHead']}>
        <h2 className={styles['sectionTitle']}>{t('capture.fields')}</h2>
        <output className={styles['saved']}>
          {isSettled ? null : saving.isPending ? (
            <>
              <LoaderCircle aria-hidden size={13} />
              {t('capture.fields.saving')}
            </>
          ) : saving.isSuccess ? (
            <>
              <Check aria-hidden size={13} />
              {t('capture.fields.saved')}
            </>
          ) : (
            t('capture.fields.clean')
          )}
        </output>
      </div>
      {isSettled || detail.heldFields.length === 0 ? null : (
        <div className={styles['heldFields']}>
          <Banner tone="amber">
            {t('capture.fields.held', {
              provider: t(`provider.${detail.provider}`),
              fields: detail.heldFields.map((field) => t(`field.${field}`)).join(', '),
            })}
          </Banner>
        </div>
      )}
      {isSettled || unconfirmed === 0 ? null : (
        <div className={identity['compare']}>
          <span className={identity['compareText']}>
            <ScanText aria-hidden size={16} />
            {t('capture.read.compare', { count: unconfirmed })}
          </span>
          <Button size="s" icon={Check} keys="F7" onPress={fields.confirmRead}>
            {t('capture.read.confirm')}
          </Button>
        </div>
      )}
      {shownFields.map((name) => (
        <Controller
          key={name}
          control={control}
          name={name}
          render={({ field }) => {
            const note = readNote(name);
            const common = {
              hint: note,
              label: t(`field.${name}`),
              isRequired: required.has(name),
              isDisabled: isSettled,
              error: problemOf(name, field.value ?? ''),
              value: field.value ?? '',
              onBlur: () => {
                field.onBlur();
                save();
              },
            };
            return (
              <div id={fieldElementId(name)} className={classes(styles[`field-${name}`], markOf(name))}>
                {name === 'country' ? (
                  <ComboField {...common} options={countryOptions(language)} onChange={field.onChange} />
                ) : name === 'birthDate' || name === 'documentExpiryDate' ? (
                  // The system's field puts day and month in the order of the PC's language; in words they cannot be swapped.
                  <DateField
                    {...common}
                    name={name}
                    hint={[dateInWords(common.value, language), note].filter((part) => part !== undefined).join(' · ')}
                    onChange={field.onChange}
                  />
                ) : (
                  <TextField {...common} name={name} type={inputTypes[name] ?? 'text'} onChange={field.onChange} />
                )}
              </div>
            );
          }}
        />
      ))}
    </form>
  );
}
