import type { RecordedCall, Step } from './recording.ts';
import type { Shape } from './shape.ts';

/**
 * `only_there`: practice has no such call, or could not make it. `only_here`: the account did not bring what it needs. `not_made`:
 * neither brought it.
 */
export type Verdict = 'same' | 'differs' | 'only_there' | 'only_here' | 'not_made';

/** How one call was answered in the account, held against practice. */
export interface ComparedCall {
  readonly name: string;
  readonly call: string;
  readonly verdict: Verdict;
  /** Empty when it is the same; otherwise a sentence each, in the order status, headers, body. */
  readonly found: readonly string[];
  /** The practice switches that decide this answer. */
  readonly switches: readonly string[];
}

/** Compares call by call; both recordings are of the same steps. */
export function comparedCalls(
  steps: readonly Step[],
  account: readonly RecordedCall[],
  practice: readonly RecordedCall[],
): ComparedCall[] {
  return steps.flatMap((step, index) => {
    const [there, here] = [account[index], practice[index]];
    if (there === undefined || here === undefined) return [];
    const found = [
      ...statusDifference(there, here),
      ...headerDifferences(there, here),
      ...shapeDifferences(there.shape, here.shape),
    ];
    const verdict = verdictOf(step, there, here, found);
    return [{ name: step.name, call: there.call, verdict, found, switches: step.switches ?? [] }];
  });
}

function verdictOf(step: Step, there: RecordedCall, here: RecordedCall, found: readonly string[]): Verdict {
  if (there.status === null) return here.status === null ? 'not_made' : 'only_here';
  if (here.status === null) return 'only_there';
  if (found.length === 0) return 'same';
  return step.isUnknownHere === true ? 'only_there' : 'differs';
}

function statusDifference(account: RecordedCall, practice: RecordedCall): string[] {
  if (account.status === practice.status) return [];
  return [`status: ${said(account.status)} in the account, ${said(practice.status)} in practice`];
}

function headerDifferences(account: RecordedCall, practice: RecordedCall): string[] {
  // An answer that was never given has no headers to miss.
  if (account.status === null || practice.status === null) return [];
  return [
    ...missing(practice, account).map((name) => `header ${name}: in the account only`),
    ...missing(account, practice).map((name) => `header ${name}: in practice only`),
  ];
}

function missing(from: RecordedCall, other: RecordedCall): string[] {
  return other.headers.filter((name) => !from.headers.includes(name));
}

function said(status: number | null): string {
  return status === null ? 'not made' : String(status);
}

function shapeDifferences(account: Shape, practice: Shape): string[] {
  if (Object.keys(account).length === 0 || Object.keys(practice).length === 0) return [];
  const paths = [...new Set([...Object.keys(account), ...Object.keys(practice)])].sort();
  const told: string[] = [];
  return paths.flatMap((path) => {
    const there = account[path]?.join(' or ');
    const here = practice[path]?.join(' or ');
    // What lies below a part that is told already says nothing new.
    if (there === here || told.some((part) => path.startsWith(`${part}.`) || path.startsWith(`${part}[`))) return [];
    told.push(path);
    if (here === undefined) return [`${path}: ${there} in the account only`];
    if (there === undefined) return [`${path}: ${here} in practice only`];
    return [`${path}: ${there} in the account, ${here} in practice`];
  });
}
