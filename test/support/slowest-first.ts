import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * Files that take longer than most of their suite on two cores, the longest first. One that is not named here runs later and costs
 * nothing but time: the other workers may be idle while it ends.
 */
const SLOWEST = [
  'faults/drain',
  'faults/personr',
  'faults/model',
  'faults/persona-roads',
  'faults/persona',
  'faults/sumsub',
  'integration/sync/why-not',
  'integration/app/app',
  'integration/exactly-once/days',
  'integration/capture/stacks',
  'integration/practice/compare',
  'integration/app/renditions',
  'integration/scanning/scanning',
  'integration/app/disk',
  'integration/app/redaction',
  'integration/capture/setting-aside',
  'integration/capture/purging',
  'integration/capture/editing',
  'integration/capture/crash',
  'integration/inspection/working-copy',
  'integration/inspection/findings',
  'integration/inspection/inspection',
  'integration/providers/persona-following',
  'integration/scanning/network-scanning',
  'integration/inspection/zone',
  'integration/reports/balance',
  'integration/app/third-provider',
  'integration/app/refused-side',
  'e2e/light',
  'e2e/delivery',
  'e2e/specimen-day',
  'e2e/killed-while-sending',
  'e2e/command-line',
  'e2e/manifest',
  'e2e/scanning',
  'e2e/two-copies',
  'e2e/network-scanner',
  'e2e/inquiry',
  'e2e/watched-folder',
  'e2e/identity',
  'e2e/stack',
  'e2e/window-closed',
  'e2e/camera',
  'e2e/retention',
  'e2e/server-answers',
  'e2e/doubt-command',
  'e2e/stack-file',
  'e2e/typing',
  'e2e/sleep',
  'e2e/scan-command',
  'e2e/stack-command',
  'e2e/why-not',
  'e2e/company',
  'e2e/doubt',
].map((path) => `/test/${path}.test.ts`);

/** A worker goes on in the same program only with a file of the same suite. The small files of a run come last. */
const SUITES = ['faults', 'integration', 'security', 'e2e', 'crash', 'package', 'migrations', 'unit'];

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
