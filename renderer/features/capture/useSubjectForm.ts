import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useEffectEvent, useState } from 'react';
import { useForm } from 'react-hook-form';
import type { Control, FormState } from 'react-hook-form';
import type { z } from 'zod';
import { Subject } from '../../../shared/domain/index.ts';
import type { SubmissionDetail } from '../../../shared/domain/index.ts';
import { useAction, useAnswers } from '../../ipc/index.ts';
import { readInstead } from './readings.ts';
import { FIELD_ORDER, changedFields, savableSubject } from './subject.ts';

/** How long after the last key what was typed is saved; leaving a field saves at once. */
export const SAVE_DELAY_MS = 500;

/** What is typed: the schema's input, before it trims and checks. */
type SubjectInput = z.input<typeof Subject>;

export interface SubjectFields {
  readonly control: Control<SubjectInput, unknown, Subject>;
  readonly formState: FormState<SubjectInput>;
  /** Stores what is right of what is typed. */
  readonly save: () => void;
  readonly saving: { readonly isPending: boolean; readonly isSuccess: boolean };
  /** Puts what the pages say into the fields in which something else was typed. */
  readonly takeRead: () => void;
  /** The person has compared every filled field, as it stands here. */
  readonly confirmRead: () => void;
}

/**
 * The customer's fields while they are typed, and what a person does with what pages say. Saved by itself while typing and on leaving
 * a field: what is right is stored even while another field is still half-typed.
 */
export function useSubjectForm(detail: SubmissionDetail): SubjectFields {
  const setSubject = useAction('submission.setSubject');
  const confirmRead = useAction('submission.confirmRead');
  const { isAnsweredAnew } = useAnswers();
  /** What was sent to be stored and `detail` does not have yet, oldest first. */
  const [sent, setSent] = useState<readonly Partial<Subject>[]>([]);
  // What a person does next is compared with what they sent last: a field that they empty before the window has heard of what they
  // stored in it would else be as it was at first, and so be filled again.
  const stored = sent.reduce<Subject>((subject, changes) => ({ ...subject, ...changes }), detail.subject);
  const { control, formState, getFieldState, getValues, resetField, setValue, subscribe } = useForm<
    SubjectInput,
    unknown,
    Subject
  >({
    mode: 'onTouched',
    values: stored,
    resetOptions: { keepDirtyValues: true, keepTouched: true },
    resolver: zodResolver(Subject),
  });

  /** What is stored is no longer typed: a page that comes or goes may fill or empty it again. Only fields that were typed are touched. */
  const settle = (saved: Partial<Subject>) => {
    for (const field of FIELD_ORDER) {
      if (saved[field] === undefined || getValues(field) !== saved[field] || !getFieldState(field).isDirty) continue;
      resetField(field, { defaultValue: saved[field], keepTouched: true });
    }
  };
  const store = async (subject: Subject, changes: Partial<Subject>) => {
    setSent((others) => [...others, changes]);
    try {
      await setSubject.mutateAsync({ submissionId: detail.id, subject, seen: stored });
      settle(changes);
      await isAnsweredAnew('submission.get', { submissionId: detail.id });
    } catch {
      // The frame says so, and what was typed stays typed.
    } finally {
      setSent((others) => others.filter((other) => other !== changes));
    }
  };
  const save = () => {
    const subject = savableSubject(getValues(), stored);
    const changes = changedFields(stored, subject);
    if (Object.keys(changes).length > 0) void store(subject, changes);
  };
  const saveTyped = useEffectEvent(save);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = subscribe({
      formState: { values: true },
      callback: () => {
        clearTimeout(timer);
        timer = setTimeout(() => saveTyped(), SAVE_DELAY_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
      saveTyped();
    };
  }, [subscribe]);

  return {
    control,
    formState,
    save,
    saving: setSubject,
    takeRead: () => {
      for (const { field, value } of readInstead(detail)) {
        setValue(field, value, { shouldDirty: true, shouldTouch: true });
      }
      save();
    },
    confirmRead: () => confirmRead.mutate({ submissionId: detail.id, seen: detail.subject }),
  };
}
