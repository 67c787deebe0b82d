import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { closeSatchel, describeElectron, launchSatchel } from '../host/launch.ts';
import { LAST_PAGES, timeToLight } from '../support/light-time.ts';
import { median } from './harness.ts';
import type { Bench } from './harness.ts';

const RUNS = 5;
/** The goal: the light is there within a second of the last page. */
const GOAL_MS = 1_000;

interface Opened {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profile: string;
}

let opened: Promise<Opened> | null = null;
const seen = new Map<string, number[]>();

/** The app on a new profile; its first looks, which start workers, do not count. */
async function open(): Promise<Opened> {
  const profile = mkdtempSync(join(tmpdir(), 'satchel-bench-light-'));
  const app = await launchSatchel({ userDataDir: profile, env: { SATCHEL_HOST_HEADLESS: '1' } });
  const window = await app.firstWindow();
  await window.getByRole('navigation', { name: 'Screens' }).waitFor();
  for (const last of LAST_PAGES) await timeToLight({ app, window }, last);
  return { app, window, profile };
}

export const lightBenches: readonly Bench[] = [
  {
    name: 'capture/light',
    unit: 'ms',
    peerName: 'the goal of a second',
    better: 'less',
    runs: RUNS,
    unavailable: () => null,
    run: async () => {
      opened ??= open();
      const desk = await opened;
      const times: number[] = [];
      for (const last of LAST_PAGES) {
        const ms = await timeToLight(desk, last);
        seen.set(last.name, [...(seen.get(last.name) ?? []), ms]);
        times.push(ms);
      }
      return { ours: Math.max(...times), peer: GOAL_MS };
    },
    notes: () => [
      describeElectron(),
      ...[...seen].map(
        ([name, times]) =>
          `from the choice of the last file to the green light in the window, ${name}: median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms`,
      ),
    ],
    close: async () => {
      if (opened === null) return;
      const { app, profile } = await opened;
      opened = null;
      await closeSatchel(app);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  },
];
