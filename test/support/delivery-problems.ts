import type { PracticeRecords } from './practice-over-days.ts';

/** What Satchel shows of a customer, and what it called it by. */
export interface Shown {
  readonly pages: readonly { id: string; sha256: string; isShownAsSent: boolean }[];
  /** The keys of its operations: an applicant carries one of them as our reference. */
  readonly keys: readonly string[];
  readonly state: string;
  /** Everything is over: then every page must be there. */
  readonly isEnd: boolean;
}

/** Everything that is not as it must be, in words: what the provider holds beside what is shown as sent. */
export function problemsOf({ documents, applicants }: PracticeRecords, shown: Shown): string[] {
  const problems: string[] = [];
  const shas = new Set(shown.pages.map(({ sha256 }) => sha256));
  const mine = documents.filter(({ files }) => files.some((sha256) => shas.has(sha256)));
  const persons = applicants.filter(
    ({ externalUserId, images }) =>
      externalUserId.some((key) => shown.keys.includes(key)) || images.some((sha256) => shas.has(sha256)),
  );
  const held = [...mine.flatMap(({ files }) => files), ...persons.flatMap(({ images }) => images)];
  const acknowledged = [
    ...mine.filter(({ isSubmitted }) => isSubmitted).flatMap(({ files }) => files),
    ...persons.flatMap(({ images }) => images),
  ];
  for (const { id, sha256, isShownAsSent } of shown.pages) {
    const times = held.filter((other) => other === sha256).length;
    if (times > 1) problems.push(`${id} is there ${times} times`);
    if (shown.isEnd && times === 0) problems.push(`${id} is not there`);
    if (isShownAsSent && !acknowledged.includes(sha256)) problems.push(`${id} is falsely shown as sent`);
  }
  if (mine.length > 1) problems.push(`${mine.length} documents`);
  if (persons.length > 1) problems.push(`${persons.length} applicants`);
  const checks = persons.reduce((sum, { checksUsed }) => sum + checksUsed, 0);
  if (checks > 1) problems.push(`${checks} checks`);
  const isStarted = checks > 0 || mine.some(({ isSubmitted }) => isSubmitted);
  const isComplete = shown.pages.every(({ sha256 }) => acknowledged.includes(sha256));
  const { state } = shown;
  if (checks > 0 && !isComplete) problems.push('the check was started early');
  if (['sent', 'in_review', 'accepted'].includes(state) && !(isStarted && isComplete)) {
    problems.push(`falsely shown as ${state}`);
  }
  if (shown.isEnd && state !== 'accepted') problems.push(`it ended as ${state}`);
  return problems;
}
