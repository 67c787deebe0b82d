import { useState } from 'react';
import type { StackPageView, StackView } from '../../../../shared/domain/index.ts';
import { useAction } from '../../../ipc/index.ts';
import { undoOf } from './rows.ts';
import type { EditStep } from './rows.ts';

export interface StackEdits {
  /** Says something about pages; null does nothing. */
  edit: (step: EditStep | null) => void;
  canUndo: boolean;
  undo: () => void;
}

/** What a person says against the proposal, each step of which can be undone. */
export function useStackEdits({ submissionId, pages }: Pick<StackView, 'submissionId' | 'pages'>): StackEdits {
  const change = useAction('stack.edit');
  const [undoSteps, setUndoSteps] = useState<readonly EditStep[]>([]);
  const present = (step: EditStep, among: readonly StackPageView[]): boolean =>
    among.some(({ id }) => step[id] !== undefined);
  return {
    edit: (step) => {
      if (step === null) return;
      const back = undoOf(pages, step);
      change.mutate(
        { submissionId, edits: { ...step } },
        { onSuccess: () => setUndoSteps((steps) => [...steps, back]) },
      );
    },
    canUndo: undoSteps.some((step) => present(step, pages)),
    undo: () => {
      const last = undoSteps.findLast((step) => present(step, pages));
      if (last === undefined) return;
      change.mutate(
        { submissionId, edits: { ...last } },
        { onSuccess: () => setUndoSteps((steps) => steps.filter((step) => step !== last)) },
      );
    },
  };
}
