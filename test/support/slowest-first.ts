import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * Files that take longer than most of their suite on two cores, the longest first. One that is not named here runs later and costs
 * nothing but time: the other workers may be idle while it ends.
 */
const SLOWEST = [
  'e2e/light',
  'e2e/delivery',
  'faults/drain',
  'integration/sync/why-not',
  'e2e/specimen-day',
  'e2e/command-line',
  'e2e/killed-while-sending',
  'e2e/scanning',
  'e2e/manifest',
  'e2e/watched-folder',
  'faults/personr',
  'e2e/network-scanner',
  'e2e/two-copies',
  'integration/app/app',
  'integration/practice/compare',
  'integration/providers/persona-following',
  'integration/exactly-once/days',
  'e2e/identity',
  'e2e/server-answers',
  'integration/capture/stacks',
  'integration/scanning/scanning',
  'e2e/stack',
  'faults/model',
  'faults/persona',
  'faults/persona-roads',
  'faults/sumsub',
  'integration/capture/setting-aside',
  'integration/app/disk',
  'integration/scanning/network-scanning',
  'e2e/camera',
  'e2e/why-not',
  'e2e/sleep',
  'e2e/inquiry',
  'e2e/retention',
  'e2e/stack-file',
  'e2e/typing',
  'e2e/scan-command',
  'e2e/window-closed',
  'e2e/company',
  'e2e/doubt-command',
].map((path) => `/test/${path}.test.ts`);

/** A worker goes on in the same program only with a file of the same suite. */
const SUITES = ['faults', 'integration', 'e2e', 'security', 'crash', 'package', 'migrations', 'unit'];

function turn({ project }: TestSpecification): number {
  return SUITES.indexOf(project.name);
}

function place({ moduleId }: TestSpecification): number {
  const at = SLOWEST.findIndex((path) => moduleId.endsWith(path));
  return at === -1 ? SLOWEST.length : at;
}

/** A clean clone remembers no durations, and goes by the size of a file otherwise, which says little here. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => turn(one) - turn(other) || place(one) - place(other));
  }
}
