/**
 * A ledger time three ways: `local` to the second for people, `utc` to the millisecond for the hover, `iso` for programs.
 * `at`: UTC epoch milliseconds; `timeZone` only for tests, otherwise the PC's own.
 */
export function exactTime(
  at: number,
  language: string,
  timeZone?: string,
): { local: string; utc: string; iso: string } {
  const iso = new Date(at).toISOString();
  const local = new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
  return { local, utc: `${iso.replace('T', ' ').replace('Z', '')} UTC`, iso };
}
