import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const suite = (name: string, options: { isSerial?: boolean; timeoutMs?: number } = {}) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
    testTimeout: options.timeoutMs ?? 20_000,
    hookTimeout: options.timeoutMs ?? 20_000,
    fileParallelism: options.isSerial !== true,
  },
});

export default defineConfig({
  test: {
    allowOnly: false,
    pool: 'forks',
    maxWorkers: 2,
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
      suite('integration', { timeoutMs: 90_000 }),
      suite('security', { isSerial: true, timeoutMs: 120_000 }),
      suite('package', { isSerial: true, timeoutMs: 120_000 }),
      suite('faults', { timeoutMs: 240_000 }),
      suite('crash', { timeoutMs: 300_000 }),
      suite('e2e', { timeoutMs: 180_000 }),
    ],
  },
});
