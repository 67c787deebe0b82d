import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowestFirst } from './test/support/slowest-first.ts';

const suite = (name: string, timeoutMs = 20_000) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
  },
});

export default defineConfig({
  test: {
    allowOnly: false,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    // What the programs under test remember of their profiles lies beside the other by-products of a run.
    env: {
      XDG_STATE_HOME: join(import.meta.dirname, '.cache', 'test-state'),
      // No test asks this PC's scanners or its network for them; those that scan bring SANE's own test scanner.
      SANE_CONFIG_DIR: join(import.meta.dirname, '.cache', 'no-scanners'),
      SATCHEL_MDNS: 'off',
    },
    projects: [
      suite('unit'),
      suite('migrations'),
      suite('integration', 90_000),
      suite('security', 120_000),
      suite('package', 120_000),
      suite('faults', 240_000),
      suite('crash', 300_000),
      suite('e2e', 180_000),
    ],
  },
});
