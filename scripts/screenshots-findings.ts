/**
 * `npm run screenshots:findings [-- <folder>] [--only pictures,files]`: brings every finding about in the built app and
 * photographs what the desk says of it, light and dark, in English and German, into docs/screenshots/. The faults are put
 * into the specimens and drawn pages; nothing is a real person's.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { closeSatchel, launchSatchel } from '../test/host/launch.ts';
import { buildApp } from './build.ts';
import { findEverything } from './screenshots/findings/index.ts';
import { testScanner } from './screenshots/scanning.ts';
import { pause } from './screenshots/window.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const folder = positionals[0] ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url));

await buildApp();
mkdirSync(folder, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'satchel-screenshots-'));
const scanner = testScanner();
const app = await launchSatchel({ userDataDir: profile, env: { SATCHEL_MDNS: 'off', ...scanner?.env } });
try {
  const window = await app.firstWindow();
  await window.setViewportSize({ width: 1280, height: 1400 });
  await pause(1_500);
  const only = values.only?.split(',');
  await findEverything({ app, window, profile, folder, ...(only === undefined ? {} : { only }) });
} finally {
  await closeSatchel(app, 10_000);
  for (const made of [profile, scanner?.folder]) if (made !== undefined) rmSync(made, { recursive: true, force: true });
}
