import type { RecordedCall, Step } from './recording.ts';
import type { Shape } from './shape.ts';

/** Where the account answers otherwise than practice does. */
export interface Difference {
  readonly name: string;
  readonly call: string;
  /** A sentence each, in the order status, headers, body. */
  readonly found: readonly string[];
  /** The practice switches that decide this answer. */
  readonly switches: readonly string[];
}

/** Compares call by call; both recordings are of the same steps. Calls that agree are left out. */
export function differences(
  steps: readonly Step[],
  account: readonly RecordedCall[],
  practice: readonly RecordedCall[],
): Difference[] {
  return steps.flatMap((step, index) => {
    const [there, here] = [account[index], practice[index]];
    if (there === undefined || here === undefined) return [];
    const found = [
      ...statusDifference(there, here),
      ...headerDifferences(there, here),
      ...shapeDifferences(there.shape, here.shape),
    ];
    return found.length === 0 ? [] : [{ name: step.name, call: there.call, found, switches: step.switches ?? [] }];
  });
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
