/**
 * `npm run screenshots [-- <folder>]`: starts the built app, takes the specimen batch through the day and photographs every
 * screen at 1280×800, light and dark, into docs/screenshots/. Nothing in the pictures is a real person's.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import type { SubmissionRow } from '../shared/domain/index.ts';
import type { InputOf, MethodName, OutputOf, Reply, SatchelBridge } from '../shared/ipc/index.ts';
import { closeSatchel, launchSatchel } from '../test/host/launch.ts';
import { buildApp } from './build.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url));
/** Time for a screen to draw what it asked for. */
const SETTLE_MS = 900;
const DECISIONS_MS = 90_000;

declare global {
  interface Window {
    satchel: SatchelBridge<File>;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function call<Name extends MethodName>(window: Page, name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  // The bridge's generic signature does not survive the way through the page, so the method's own name brings it back.
  const invoke = (given: { name: Name; input: InputOf<Name> }): Promise<Reply<OutputOf<Name>>> =>
    globalThis.window.satchel.invoke(given.name, given.input);
  const reply: Reply<OutputOf<Name>> = await window.evaluate<
    Reply<OutputOf<Name>>,
    { name: Name; input: InputOf<Name> }
  >(
    // @ts-expect-error -- Playwright cannot express that a generic argument is serialisable.
    invoke,
    { name, input },
  );
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message.code}`);
  return reply.data;
}

async function submissions(window: Page): Promise<SubmissionRow[]> {
  return (await call(window, 'submission.list', { filter: { tab: 'all' }, offset: 0, limit: 100 })).rows;
}

await buildApp();
mkdirSync(folder, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), 'satchel-screenshots-'));
const app = await launchSatchel({ userDataDir: profile });
try {
  const window = await app.firstWindow();
  await window.setViewportSize({ width: 1280, height: 800 });

  const photograph = async (name: string, route: string, prepare: () => Promise<void> = () => Promise.resolve()) => {
    await window.evaluate((hash) => {
      globalThis.location.hash = hash;
    }, route);
    await pause(SETTLE_MS);
    await prepare();
    for (const scheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme: scheme });
      await pause(250);
      await window.screenshot({ path: join(folder, `${name}-${scheme}.png`) });
    }
    await window.emulateMedia({ colorScheme: 'light' });
    process.stdout.write(`${name}\n`);
  };

  await pause(1_500);
  await photograph('first-run', '#/today');
  const { batchId } = await call(window, 'sample.load', {});
  await pause(3_000);
  await photograph('capture', '#/capture');
  await call(window, 'batch.release', { batchId });
  await pause(400);
  await photograph('sending', '#/submissions');
  const ends = Date.now() + DECISIONS_MS;
  while ((await submissions(window)).some((row) => !['accepted', 'rejected', 'retake'].includes(row.state))) {
    if (Date.now() > ends) throw new Error('the practice server has not decided in time');
    await pause(500);
  }
  const rows = await submissions(window);
  const retake = rows.find((row) => row.state === 'retake' && row.provider === 'personr');
  await photograph('today', '#/today');
  await photograph('submissions', '#/submissions');
  await photograph('submission', '#/submissions', async () => {
    await window.keyboard.press('ArrowDown');
    await window.keyboard.press('Enter');
    await pause(SETTLE_MS);
  });
  await photograph('attention', '#/attention');
  if (retake !== undefined) await photograph('retake', `#/capture/${retake.id}`);
  await photograph('activity', '#/activity');
  await photograph('settings', '#/settings');
  await photograph('palette', '#/today', async () => {
    await window.keyboard.press('Control+k');
    await pause(SETTLE_MS);
  });
} finally {
  await closeSatchel(app, 10_000);
  rmSync(profile, { recursive: true, force: true });
}
