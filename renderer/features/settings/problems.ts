import type { TextKey } from '../../i18n/index.ts';

/** A sentence that says how to put an input right. */
export type ProblemKey = Extract<TextKey, `settings.problem.${string}`>;

/**
 * One thing to put right. `path` is the draft's input (`credential.apiKey`, `flows.0.requirements.1.label`); `key` names the
 * fix in words.
 */
export interface DraftProblem {
  path: string;
  key: ProblemKey;
}
