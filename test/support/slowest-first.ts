import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * Files that take longer than most of their suite on two cores, the longest first. One that is not named here runs later and costs
 * nothing but time: the other workers may be idle while it ends.
 */
const SLOWEST = [
  'e2e/delivery',
  'faults/drain',
  'integration/sync/why-not',
  'e2e/command-line',
  'e2e/two-copies',
  'e2e/killed-while-sending',
  'integration/app/app',
  'e2e/doubt-command',
  'e2e/specimen-day',
  'e2e/scanning',
  'faults/personr',
  'e2e/network-scanner',
  'integration/exactly-once/days',
  'e2e/manifest',
  'e2e/server-answers',
  'e2e/watched-folder',
  'integration/app/third-provider',
  'e2e/light',
  'faults/persona',
  'faults/model',
  'e2e/stack',
  'e2e/camera',
].map((path) => `/test/${path}.test.ts`);

function place({ moduleId }: TestSpecification): number {
  const at = SLOWEST.findIndex((path) => moduleId.endsWith(path));
  return at === -1 ? SLOWEST.length : at;
}

/** A clean clone remembers no durations, and goes by the size of a file otherwise, which says little here. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}
