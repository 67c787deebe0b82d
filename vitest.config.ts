import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { folderOfRun, RUN_FOLDER } from './test/support/folder-of-a-run.ts';
import { SlowestFirst } from './test/support/slowest-first.ts';

const RUN = folderOfRun();

const suite = (name: string, timeoutMs = 20_000, folder = tmpdir()) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    env: { TMPDIR: folder },
  },
});

export default defineConfig({
  test: {
    allowOnly: false,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    globalSetup: ['test/support/around-a-run.ts'],
    // What the programs under test remember of their profiles lies beside the other by-products of a run.
    env: {
      XDG_STATE_HOME: join(import.meta.dirname, '.cache', 'test-state'),
      // No test asks this PC's scanners or its network for them; those that scan bring SANE's own test scanner.
      SANE_CONFIG_DIR: join(import.meta.dirname, '.cache', 'no-scanners'),
      SATCHEL_MDNS: 'off',
      [RUN_FOLDER]: RUN,
    },
    projects: [
      suite('unit'),
      suite('migrations'),
      suite('integration', 90_000, RUN),
      suite('security', 120_000),
      suite('package', 120_000),
      suite('faults', 240_000, RUN),
      suite('crash', 300_000),
      suite('e2e', 180_000),
    ],
  },
});
