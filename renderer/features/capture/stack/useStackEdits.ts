import { useState } from 'react';
import type { StackPageView, StackView } from '../../../../shared/domain/index.ts';
import { useAction, useAnswers } from '../../../ipc/index.ts';
import { undoOf } from './rows.ts';
import type { EditStep } from './rows.ts';

/** Whether a step is about a page that is still there: dealt out, it is undone otherwise. */
function isAbout(step: EditStep, pages: readonly StackPageView[]): boolean {
  return pages.some(({ id }) => step[id] !== undefined);
}

export interface StackEdits {
  /** Says something about pages; null does nothing. */
  edit: (step: EditStep | null) => void;
  canUndo: boolean;
  undo: () => void;
}

/** What a person says against the proposal, each step of which can be undone from the moment of its key. */
export function useStackEdits({ submissionId, pages }: Pick<StackView, 'submissionId' | 'pages'>): StackEdits {
  const change = useAction('stack.edit');
  const answers = useAnswers();
  const [undoSteps, setUndoSteps] = useState<readonly EditStep[]>([]);
  const add = (step: EditStep) => setUndoSteps((steps) => [...steps, step]);
  const drop = (step: EditStep) => setUndoSteps((steps) => steps.filter((other) => other !== step));
  /** `onRefused`: the frame has said why. */
  const say = (step: EditStep, onRefused: () => void) => {
    change
      .mutateAsync({ submissionId, edits: { ...step } })
      .then((stack) => answers.set('stack.get', { submissionId }, stack), onRefused);
  };
  return {
    edit: (step) => {
      if (step === null) return;
      const back = undoOf(pages, step);
      add(back);
      say(step, () => drop(back));
    },
    canUndo: undoSteps.some((step) => isAbout(step, pages)),
    undo: () => {
      const last = undoSteps.findLast((step) => isAbout(step, pages));
      if (last === undefined) return;
      drop(last);
      say(last, () => add(last));
    },
  };
}
