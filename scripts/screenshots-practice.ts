/**
 * `npm run screenshots:practice [-- <folder>] [--every-part] [--german]`: starts the practice server, sends it what a branch sends, and
 * photographs its page at 1280×800, light and dark, into docs/screenshots/ (with `--every-part` its faults and switches as well).
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { startPracticeServer } from '../main/practice/index.ts';
import { readPracticePage } from './practice/page.ts';
import { sendSpecimens } from './screenshots/practice-calls.ts';
import { USUAL_MODES } from './screenshots/modes.ts';
import { CHROMIUM } from './system-packages.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'every-part': { type: 'boolean' }, german: { type: 'boolean' } },
});
const folder = positionals[0] ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const PARTS = values['every-part'] === true ? ['practice', 'practice-faults', 'practice-switches'] : ['practice'];
/** Longer than the page waits before it asks again. */
const SETTLE_MS = 1500;

const temporary = await mkdtemp(join(tmpdir(), 'satchel-practice-'));
const server = await startPracticeServer({
  databaseFile: join(temporary, 'practice.sqlite3'),
  port: 0,
  page: await readPracticePage(),
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  random: (length) => randomBytes(length),
});
const browser = await chromium.launch({ executablePath: CHROMIUM.candidates[0] ?? '' });
try {
  await sendSpecimens(server);
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    locale: values.german === true ? 'de-DE' : 'en-GB',
  });
  await page.goto(`${server.origin}/#token=${server.adminToken}`);
  for (const [at, part] of PARTS.entries()) {
    await page.locator('nav button').nth(at).click();
    for (const mode of USUAL_MODES) {
      await page.emulateMedia(mode.media);
      await page.waitForTimeout(SETTLE_MS);
      await page.screenshot({ path: join(folder, `${part}-${mode.name}.png`) });
      process.stdout.write(`${part}-${mode.name}.png\n`);
    }
  }
} finally {
  await browser.close();
  await server.close();
  await rm(temporary, { recursive: true, force: true });
}
