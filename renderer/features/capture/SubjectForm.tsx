import { zodResolver } from '@hookform/resolvers/zod';
import { Check, LoaderCircle } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Controller, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Subject, asksForIdentity } from '../../../shared/domain/index.ts';
import type { SubjectField, SubmissionDetail } from '../../../shared/domain/index.ts';
import { Banner, ComboField, countryOptions, DateField, dateInWords, TextField } from '../../components/index.ts';
import { currentLanguage, formatMessage, useText } from '../../i18n/index.ts';
import { useAction } from '../../ipc/index.ts';
import { FIELD_ORDER, isSameSubject, savableSubject } from './subject.ts';
import styles from './Slots.module.css';

/** How long after the last key what was typed is saved; leaving a field saves at once. */
const SAVE_DELAY_MS = 500;

/** What is typed: the schema's input, before it trims and checks. */
type SubjectInput = z.input<typeof Subject>;

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

/**
 * The customer's few fields. Saved by itself while typing and on leaving a field: what is right is stored even while
 * another field is still half-typed. Give it the submission's id as `key`.
 */
export function SubjectForm({ detail }: { detail: SubmissionDetail }) {
  const t = useText();
  const setSubject = useAction('submission.setSubject');
  const { control, formState, getValues, subscribe } = useForm<SubjectInput, unknown, Subject>({
    mode: 'onTouched',
    values: detail.subject,
    resetOptions: { keepDirtyValues: true, keepTouched: true },
    resolver: zodResolver(Subject),
  });

  const save = useEffectEvent(() => {
    const next = savableSubject(getValues(), detail.subject);
    if (!isSameSubject(next, detail.subject)) setSubject.mutate({ submissionId: detail.id, subject: next });
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = subscribe({
      formState: { values: true },
      callback: () => {
        clearTimeout(timer);
        timer = setTimeout(() => save(), SAVE_DELAY_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
      save();
    };
  }, [subscribe]);

  const required = new Set<SubjectField>(detail.flow.requiredFields);
  const isSettled = detail.state !== 'draft' && detail.state !== 'ready';

  const problemOf = (field: SubjectField, value: string): string | undefined => {
    if (formState.errors[field] !== undefined) return t(`capture.error.${field}`);
    const found = detail.findings.find((finding) => finding.field === field && finding.severity === 'blocking');
    // An empty required field is listed under "still to do"; it turns red only after somebody was there.
    if (found === undefined || (value === '' && formState.touchedFields[field] !== true)) return undefined;
    if (value !== detail.subject[field]) return undefined;
    return formatMessage({ code: `finding.${found.rule}`, params: found.params });
  };

  return (
    <form className={styles['fields']} onSubmit={(event) => event.preventDefault()} aria-label={t('capture.fields')}>
      <div className={styles['fieldsHead']}>
        <h2 className={styles['sectionTitle']}>{t('capture.fields')}</h2>
        <output className={styles['saved']}>
          {isSettled ? null : setSubject.isPending ? (
            <>
              <LoaderCircle aria-hidden size={13} />
              {t('capture.fields.saving')}
            </>
          ) : setSubject.isSuccess ? (
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
      {FIELD_ORDER.filter((name) => name !== 'documentExpiryDate' || asksForIdentity(detail.flow)).map((name) => (
        <Controller
          key={name}
          control={control}
          name={name}
          render={({ field }) => {
            const common = {
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
              <div id={fieldElementId(name)} className={styles[`field-${name}`]}>
                {name === 'country' ? (
                  <ComboField {...common} options={countryOptions(currentLanguage())} onChange={field.onChange} />
                ) : name === 'birthDate' || name === 'documentExpiryDate' ? (
                  // The system's field puts day and month in the order of the PC's language; in words they cannot be swapped.
                  <DateField
                    {...common}
                    name={name}
                    hint={dateInWords(common.value, currentLanguage())}
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
