import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { folderOfRun, RUN_FOLDER } from './test/support/folder-of-a-run.ts';
import { SlowestFirst } from './test/support/slowest-first.ts';

const RUN = folderOfRun();

interface Choices {
  readonly folder?: string;
  readonly isolate?: boolean;
  readonly setupFiles?: string[];
}

/** `isolate` false: its files follow each other in one program, so a module that several import is made once, and what it keeps is theirs together. */
const suite = (
  name: string,
  timeoutMs = 20_000,
  { folder = tmpdir(), isolate = true, setupFiles = [] }: Choices = {},
) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    env: { TMPDIR: folder },
    isolate,
    setupFiles,
  },
});

/** What they test runs in programs of its own anyway. */
const WITH_WINDOW: Choices = { isolate: false, setupFiles: ['test/support/photograph-failures.ts'] };

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
      // Most test pure functions for a few milliseconds: a program and all its modules for each file took ten times as long.
      suite('unit', 20_000, { isolate: false }),
      suite('migrations'),
      suite('integration', 90_000, { folder: RUN, isolate: false }),
      suite('security', 120_000, WITH_WINDOW),
      suite('package', 120_000),
      suite('faults', 240_000, { folder: RUN, isolate: false }),
      suite('crash', 300_000),
      suite('e2e', 180_000, WITH_WINDOW),
    ],
  },
});
