import type { Switch, SwitchName } from '../../main/practice/switches.ts';
import type { LookUpOutcome, Outcome } from '../../main/providers/index.ts';
import type { DatedPractice } from './dated-practice.ts';

/** What the app makes of each value of a switch, when the adapter performs what the switch is about at the practice server. */
export interface SwitchCase {
  /** Other switches that the case needs. */
  readonly with?: Readonly<Record<string, string | number>>;
  /** By value, each of a choice, or those of a number that tell something: what `perform` comes to. */
  readonly expected: Readonly<Record<string, string>>;
  readonly perform: (practice: DatedPractice) => Promise<string>;
}

/** Another test performs it with every value that tells something: its file, and its name there. */
export interface CoveredElsewhere {
  readonly file: string;
  readonly test: string;
}

export type CasesOf<Provider extends string> = Readonly<
  Record<Extract<SwitchName, `${Provider}.${string}`>, SwitchCase | CoveredElsewhere>
>;

/** Kind, cause and sentence of an outcome, and what a status call made of it. */
export function brief(outcome: Outcome | LookUpOutcome): string {
  const { code } =
    outcome.kind === 'happened' || outcome.kind === 'failed'
      ? outcome.outcome.evidence.message
      : outcome.evidence.message;
  const cause = 'cause' in outcome ? ` ${outcome.cause}` : '';
  const progress = outcome.kind === 'done' && outcome.progress !== undefined ? ` (${outcome.progress.state})` : '';
  return `${outcome.kind}${cause}: ${code}${progress}`;
}

/** The value of a switch as it is set, from its name in the table. */
export function valueOf(definition: Switch, name: string): string | number {
  return definition.kind === 'number' ? Number(name) : name;
}
