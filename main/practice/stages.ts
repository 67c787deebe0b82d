import type { PracticeState } from './state.ts';

/** What says how far an applicant is, as the practice file keeps it for Personr and Sumsub. */
export interface Stages {
  /** Milliseconds since 1970; both null until the applicant is sent for review. */
  readonly pendingAt: number | null;
  readonly reviewedAt: number | null;
  readonly outcome: string | null;
}

/** The words of one API for the same stages. */
export type StageWords = Readonly<Record<'created' | 'begun' | 'checked' | 'done' | 'onHold', string>>;

export const SUMSUB_STAGES: StageWords = {
  created: 'init',
  begun: 'pending',
  checked: 'queued',
  done: 'completed',
  onHold: 'onHold',
};

export function personrStages(state: PracticeState): StageWords {
  return {
    created: 'Created',
    begun: 'Pre-Checked',
    checked: 'Pending',
    done: 'Reviewed',
    onHold: state.switches['personr.onHold'],
  };
}

/** Where an applicant is at that moment: one of the API's words, or the one that a decision wants. */
export function stageOf({ pendingAt, reviewedAt, outcome }: Stages, now: number, words: StageWords): string {
  if (pendingAt === null || reviewedAt === null) return words.created;
  if (now < pendingAt) return words.begun;
  if (now < reviewedAt) return words.checked;
  if (outcome === 'hold') return words.onHold;
  const [kind, value] = (outcome ?? '').split('=', 2);
  return kind === 'status' && value !== undefined ? value : words.done;
}
