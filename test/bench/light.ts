import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeSatchel, describeElectron, launchSatchel } from '../host/launch.ts';
import { startEsclSimulator } from '../support/escl/simulator.ts';
import { LAST_PAGES, timeToLight } from '../support/light-time.ts';
import type { Window } from '../support/light-time.ts';
import { WITHOUT_SCANIMAGE, hasScanimage } from '../support/sane.ts';
import {
  SCANNED_CUSTOMERS,
  addNetworkScanner,
  fileScanner,
  layOut,
  scannedPages,
  timeToScannedLight,
} from '../support/scanned-light.ts';
import { median } from './harness.ts';
import type { Bench } from './harness.ts';

const RUNS = 5;
/** The goal: the light is there within a second of the last page. */
const GOAL_MS = 1_000;

/** The app in its window, until `close`. */
interface Opened {
  readonly desk: Window;
  /** Milliseconds to the light of each thing that is measured, by its name. */
  readonly measured: ReadonlyMap<string, () => Promise<number>>;
  readonly close: () => Promise<void>;
}

async function openApp(env: Readonly<Record<string, string>> = {}): Promise<Omit<Opened, 'measured'>> {
  const profile = mkdtempSync(join(tmpdir(), 'satchel-bench-light-'));
  const app = await launchSatchel({ userDataDir: profile, env: { SATCHEL_HOST_HEADLESS: '1', ...env } });
  const window = await app.firstWindow();
  await window.getByRole('navigation', { name: 'Screens' }).waitFor();
  return {
    desk: { app, window },
    async close() {
      await closeSatchel(app);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function openForFiles(): Promise<Opened> {
  const opened = await openApp();
  const measured = new Map(LAST_PAGES.map((last) => [last.name, () => timeToLight(opened.desk, last)]));
  return { ...opened, measured };
}

/** With a network scanner and one on a cable; and the last page that comes by the file dialog, to hold them against. */
async function openForScans(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-bench-scans-'));
  const pages = await scannedPages();
  const simulator = await startEsclSimulator();
  const cable = await fileScanner(folder, pages.passport);
  const opened = await openApp(cable.env);
  await addNetworkScanner(opened.desk, simulator);
  const [file] = LAST_PAGES;
  const scans = SCANNED_CUSTOMERS.map((scanned) => {
    const lastPageAt = scanned.device === 'escl' ? simulator.lastPageAt : cable.lastPageAt;
    const time = async (): Promise<number> => {
      layOut(simulator, scanned, pages);
      cable.slowDown(scanned.pageMs ?? 0);
      return (await timeToScannedLight(opened.desk, scanned, lastPageAt)).ms;
    };
    return [scanned.name, time] as const;
  });
  return {
    ...opened,
    measured: new Map([...scans, [FROM_A_FILE, () => timeToLight(opened.desk, file)]]),
    async close() {
      await opened.close();
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const FROM_A_FILE = 'a passport by the file dialog';

interface Measured {
  readonly name: string;
  readonly peerName: string;
  readonly unavailable: () => string | null;
  readonly open: () => Promise<Opened>;
  /** What is held against the slowest of the others; null: the goal. */
  readonly peer: string | null;
  /** From when the time is counted. */
  readonly from: string;
}

function lightBench({ name, peerName, unavailable, open, peer, from }: Measured): Bench {
  const seen = new Map<string, number[]>();
  let opened: Promise<Opened> | null = null;

  /** The app on a new profile; its first looks, which start workers, do not count. */
  async function openWarm(): Promise<Opened> {
    const made = await open();
    for (const time of made.measured.values()) await time();
    return made;
  }

  return {
    name,
    unit: 'ms',
    peerName,
    better: 'less',
    runs: RUNS,
    unavailable,
    run: async () => {
      opened ??= openWarm();
      const times = new Map<string, number>();
      for (const [what, time] of (await opened).measured) {
        const ms = await time();
        times.set(what, ms);
        seen.set(what, [...(seen.get(what) ?? []), ms]);
      }
      const ours = [...times].filter(([what]) => what !== peer).map(([, ms]) => ms);
      return { ours: Math.max(...ours), peer: peer === null ? GOAL_MS : (times.get(peer) ?? Number.NaN) };
    },
    notes: () => [
      describeElectron(),
      ...[...seen].map(
        ([what, times]) =>
          `from ${what === FROM_A_FILE ? 'the choice of the file' : from} to the green light in the window, ${what}: median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms`,
      ),
    ],
    close: async () => {
      const ending = opened;
      opened = null;
      await (await ending)?.close();
    },
  };
}

export const lightBenches: readonly Bench[] = [
  lightBench({
    name: 'capture/light',
    peerName: 'the goal of a second',
    unavailable: () => null,
    open: openForFiles,
    peer: null,
    from: 'the choice of the last file',
  }),
  lightBench({
    name: 'capture/scanned-light',
    peerName: 'the same passport by the file dialog',
    unavailable: () => (hasScanimage ? null : WITHOUT_SCANIMAGE.trim()),
    open: openForScans,
    peer: FROM_A_FILE,
    from: 'the last byte of the last page',
  }),
];
