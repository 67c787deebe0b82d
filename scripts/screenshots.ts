/**
 * `npm run screenshots [-- <folder> [--every-mode] [--german]]`: starts the built app, takes the specimen batch through the
 * day and photographs every screen at 1280×800, light and dark, into docs/screenshots/. With `--every-mode` also in high
 * contrast, in the smallest window and at 150 % and 200 % zoom: for looking, give it a folder of its own. Nothing in the
 * pictures is a real person's.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { closeSatchel, launchSatchel } from '../test/host/launch.ts';
import { filmedCamera } from '../test/support/camera.ts';
import { buildApp } from './build.ts';
import { giveLink } from './screenshots/by-link.ts';
import { useCamera } from './screenshots/camera.ts';
import { companyWithOwners } from './screenshots/companies.ts';
import { causeEverything } from './screenshots/causes.ts';
import { readEverything } from './screenshots/identity.ts';
import { changeConnection, connectPersona } from './screenshots/connecting.ts';
import { EVERY_MODE, USUAL_MODES } from './screenshots/modes.ts';
import { addNetworkScanner, scanEverything, testScanner } from './screenshots/scanning.ts';
import { dealOut } from './screenshots/stacks.ts';
import { overrideFindings } from './screenshots/supervision.ts';
import { call, pause, submissions, until } from './screenshots/window.ts';
import type { Photograph } from './screenshots/window.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'every-mode': { type: 'boolean' }, german: { type: 'boolean' } },
});
const folder = positionals[0] ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const modes = values['every-mode'] === true ? EVERY_MODE : USUAL_MODES;
/** Time for a screen to draw what it asked for. */
const SETTLE_MS = 900;

await buildApp();
mkdirSync(folder, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'satchel-screenshots-'));
const scanner = testScanner();
const film = mkdtempSync(join(tmpdir(), 'satchel-screenshots-camera-'));
const app = await launchSatchel({
  userDataDir: profile,
  args: await filmedCamera(film),
  env: { SATCHEL_MDNS: 'off', ...scanner?.env },
});
let endCauses = (): Promise<void> => Promise.resolve();
try {
  const window = await app.firstWindow();
  await window.setViewportSize({ width: 1280, height: 800 });

  const photograph: Photograph = async (name, route, prepare = () => Promise.resolve(), moreHeight = 0) => {
    await window.evaluate((hash) => {
      globalThis.location.hash = hash;
    }, route);
    await pause(SETTLE_MS);
    await prepare();
    for (const mode of modes) {
      await window.emulateMedia(mode.media);
      await window.setViewportSize({ width: mode.width, height: mode.height + moreHeight });
      await pause(250);
      await window.screenshot({ path: join(folder, `${name}-${mode.name}.png`) });
    }
    await window.emulateMedia({ colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' });
    await window.setViewportSize({ width: 1280, height: 800 });
    process.stdout.write(`${name}\n`);
  };

  await pause(1_500);
  if (values.german === true) {
    await call(window, 'settings.set', { theme: 'system', language: 'de' });
    await window.reload();
    await pause(1_500);
  }
  await photograph('first-run', '#/today');
  await photograph('capture-empty', '#/capture');
  const { batchId } = await call(window, 'sample.load', {});
  await until('every customer to be ready', async () =>
    (await submissions(window)).every(({ state }) => state === 'ready'),
  );
  await photograph('capture', '#/capture');
  await call(window, 'batch.release', { batchId });
  await pause(400);
  await photograph('sending', '#/submissions');
  const ends = new Set(['accepted', 'rejected', 'retake']);
  await until('a decision on every customer', async () =>
    (await submissions(window)).every(({ state }) => ends.has(state)),
  );
  const rows = await submissions(window);
  const retake = rows.find((row) => row.state === 'retake' && row.provider === 'personr');
  const accepted = rows.find((row) => row.state === 'accepted');
  await photograph('today', '#/today');
  await photograph('submissions', '#/submissions');
  await photograph('submission', '#/submissions', async () => {
    await window.keyboard.press('ArrowDown');
    await window.keyboard.press('Enter');
    await pause(SETTLE_MS);
  });
  if (retake !== undefined) await photograph('retake', `#/capture/${retake.id}`);
  if (accepted !== undefined) await photograph('capture-locked', `#/capture/${accepted.id}`);
  await photograph('activity', '#/activity');
  await photograph('settings', '#/settings');
  await photograph('retention', '#/settings/retention', () =>
    window.getByRole('switch').first().click({ force: true }),
  );
  await photograph('palette', '#/today', async () => {
    await window.keyboard.press('Control+k');
    await pause(SETTLE_MS);
  });
  await window.keyboard.press('Escape');
  await readEverything(app, window, photograph);
  await overrideFindings(window, photograph);
  await companyWithOwners(app, window, photograph);
  await addNetworkScanner(window, photograph);
  await useCamera(window, photograph);
  if (scanner !== null) await scanEverything(window, scanner.folder, photograph);
  await dealOut(app, window, photograph);
  endCauses = await causeEverything(app, window);
  await photograph('attention', '#/attention');
  await photograph('attention-causes', '#/attention', () => Promise.resolve(), 560);
  if (retake !== undefined) await giveLink(window, retake.id, photograph);
  await connectPersona(window, photograph);
  await changeConnection(window, photograph);
} finally {
  await closeSatchel(app, 10_000);
  await endCauses();
  for (const made of [profile, film, ...(scanner === null ? [] : [scanner.folder])]) {
    rmSync(made, { recursive: true, force: true });
  }
}
