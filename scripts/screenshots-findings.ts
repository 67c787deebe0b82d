/**
 * `npm run screenshots:findings [-- <folder>]`: captures a page with each fault in the built app and photographs what the desk
 * says of it, light and dark, into docs/screenshots/. The faults are put into the specimens; nothing is a real person's.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeSatchel, launchSatchel } from '../test/host/launch.ts';
import { buildApp } from './build.ts';
import { findEverything } from './screenshots/findings.ts';
import { pause } from './screenshots/window.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url));

await buildApp();
const profile = mkdtempSync(join(tmpdir(), 'satchel-screenshots-'));
const app = await launchSatchel({ userDataDir: profile });
try {
  const window = await app.firstWindow();
  await window.setViewportSize({ width: 1280, height: 1400 });
  await pause(1_500);
  await findEverything(app, window, folder);
} finally {
  await closeSatchel(app, 10_000);
  rmSync(profile, { recursive: true, force: true });
}
