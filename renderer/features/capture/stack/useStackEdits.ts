import { useState } from 'react';
import type { StackPageView, StackView } from '../../../../shared/domain/index.ts';
import { useAction } from '../../../ipc/index.ts';
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

/** What a person says against the proposal, each step of which can be undone. */
export function useStackEdits({ submissionId, pages }: Pick<StackView, 'submissionId' | 'pages'>): StackEdits {
  const change = useAction('stack.edit');
  const [undoSteps, setUndoSteps] = useState<readonly EditStep[]>([]);
  return {
    edit: (step) => {
      if (step === null) return;
      const back = undoOf(pages, step);
      change.mutate(
        { submissionId, edits: { ...step } },
        { onSuccess: () => setUndoSteps((steps) => [...steps, back]) },
      );
    },
    canUndo: undoSteps.some((step) => isAbout(step, pages)),
    undo: () => {
      const last = undoSteps.findLast((step) => isAbout(step, pages));
      if (last === undefined) return;
      change.mutate(
        { submissionId, edits: { ...last } },
        { onSuccess: () => setUndoSteps((steps) => steps.filter((step) => step !== last)) },
      );
    },
  };
}
