import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { switchesDe } from '../../../main/practice/page/switch-words-de.ts';
import { switchesEn } from '../../../main/practice/page/switch-words-en.ts';
import { startPracticeServer, type PracticeServer } from '../../../main/practice/index.ts';
import { readPracticePage } from '../../../scripts/practice/page.ts';
import { CHROMIUM, isInstalled } from '../../../scripts/system-packages.ts';
import { findChromium } from '../../host/chromium.ts';
import { at, createBody, exchange, picture, type Answer } from './bench.ts';

let folder: string;
let server: PracticeServer;
let browser: Browser;
let page: Page;

async function startServer(hasPage: boolean): Promise<void> {
  server = await startPracticeServer({
    databaseFile: join(folder, 'practice.sqlite3'),
    port: 0,
    ...(hasPage ? { page: await readPracticePage() } : {}),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: (length) => randomBytes(length),
    switches: { 'persona.processingMinMs': 0, 'persona.processingMaxMs': 0 },
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'satchel-practice-page-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function persona(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return exchange({
    method: 'POST',
    url: server.personaBaseUrl + path,
    headers: { authorization: 'Bearer persona_sandbox_practice', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function submitted(decision?: string): Promise<string> {
  const id = String(
    at((await persona('/document/generics', createBody('passport', picture('a page', decision)))).json, 'data', 'id'),
  );
  await persona(`/document/generics/${id}/submit`);
  return id;
}

async function statusOf(id: string): Promise<unknown> {
  const answer = await exchange({
    url: `${server.personaBaseUrl}/document/generics/${id}`,
    headers: { authorization: 'Bearer persona_sandbox_practice' },
  });
  return at(answer.json, 'data', 'attributes', 'status');
}

const call = (path: string, headers: Record<string, string>, method = 'GET') =>
  exchange({ method, url: server.origin + path, headers }).then(({ status }) => status);

describe('who may call while the page is served', () => {
  test('its own origin, for its files and the calls under /practice/ only; every other origin and host is refused', async () => {
    await startServer(true);
    const own = server.origin;
    const token = { authorization: `Bearer ${server.adminToken}` };
    expect(await call('/page/main.js', { origin: own })).toBe(200);
    expect(await call('/practice/access', { origin: own, ...token })).toBe(200);
    expect(await call('/practice/access', { origin: own })).toBe(401);
    expect(await call('/persona/api/v1/rate-limits', { origin: own })).toBe(403);
    for (const origin of [
      'null',
      'https://evil.example',
      `http://localhost:${server.port}`,
      `https://127.0.0.1:${server.port}`,
      `http://127.0.0.1:${server.port}.evil.example`,
      'http://127.0.0.1',
    ]) {
      expect([origin, await call('/practice/access', { origin, ...token })]).toEqual([origin, 403]);
      expect([origin, await call('/', { origin })]).toEqual([origin, 403]);
    }
    const foreign = { host: `evil.example:${server.port}` };
    expect(await call('/', foreign)).toBe(403);
    expect(await call('/practice/access', { ...foreign, ...token })).toBe(403);
    expect(await call('/practice/access', { host: `localhost:${server.port}`, origin: own, ...token })).toBe(403);
  });

  test('without the page there is none, and its origin is a foreign one', async () => {
    await startServer(false);
    expect(await call('/', {})).toBe(404);
    expect(
      await call('/practice/access', { origin: server.origin, authorization: `Bearer ${server.adminToken}` }),
    ).toBe(403);
  });

  test('it may load nothing from elsewhere, and be framed by nobody', async () => {
    await startServer(true);
    const { headers, text } = await exchange({ url: `${server.origin}/` });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(text).not.toMatch(/https?:\/\//);
    expect(text).not.toContain(server.adminToken);
  });
});

describe.skipIf(!isInstalled(CHROMIUM))('in a browser', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium() });
  });
  afterAll(async () => {
    await browser.close();
  });

  const problems: string[] = [];

  async function open(locale = 'en-GB'): Promise<void> {
    await startServer(true);
    problems.length = 0;
    const context = await browser.newContext({ locale });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${server.origin}/#token=${server.adminToken}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  afterEach(async () => {
    await page.context().close();
  });

  test('shows what arrives, holds it for a person, and takes the decision by keyboard', async () => {
    await open();
    expect(new URL(page.url()).hash).toBe('');
    await page.getByLabel('Hold every new document').check();
    await page.getByRole('status').getByText('Done').waitFor();
    const id = await submitted('accept');
    const record = page.getByRole('listitem').filter({ hasText: id });
    await record.getByText('submitted', { exact: true }).waitFor();
    await page.getByRole('cell', { name: `/document/generics/${id}/submit` }).waitFor();
    expect(await statusOf(id)).toBe('submitted');
    await record.getByRole('combobox').first().focus();
    await page.keyboard.type('Reject for');
    await page.keyboard.press('Tab');
    await page.keyboard.type('id_glare');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await record.getByText('errored', { exact: true }).waitFor();
    await record.getByText('final=id_glare_detection').waitFor();
    expect(await statusOf(id)).toBe('errored');
    expect(problems).toEqual([]);
  });

  test('a status that was never seen before, for the next document', async () => {
    await open();
    await page.getByLabel('Decision for Next document at').selectOption('status');
    await page.getByLabel('never seen before').fill('half done');
    await page.getByRole('button', { name: 'Set' }).click();
    await page.getByLabel('never seen before').fill('half_done');
    await page.getByRole('button', { name: 'Set' }).click();
    await page.getByText('persona status=half_done', { exact: false }).waitFor();
    expect(await statusOf(await submitted('accept'))).toBe('half_done');
    expect(await statusOf(await submitted('accept'))).toBe('processed');
  });

  test('adds a fault, changes a switch, and forgets everything when asked twice', async () => {
    await open();
    await page.getByRole('button', { name: 'Faults' }).click();
    await page.getByLabel('What happens').selectOption('status');
    await page.getByLabel('Part of the path').fill('/submit');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('status status=503').waitFor();
    const id = await submitted();
    expect(await statusOf(id)).toBe('initiated');
    await page.getByText('No fault is waiting').waitFor();
    // What is redacted has a call of its own, which goes wrong as any other.
    await page.getByLabel('Method').selectOption('DELETE');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('any API DELETE /submit').waitFor();
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('No fault is waiting').waitFor();

    await page.getByRole('button', { name: 'Switches' }).click();
    await page.getByLabel('persona.submitWithoutFiles').selectOption('409');
    await page.getByText('changed; assumed is 422').waitFor();
    const empty = String(at((await persona('/document/generics', createBody('passport'))).json, 'data', 'id'));
    expect((await persona(`/document/generics/${empty}/submit`)).status).toBe(409);

    await page.getByRole('button', { name: 'Forget everything' }).click();
    expect(await statusOf(id)).toBe('initiated');
    await page.getByRole('button', { name: 'Press again' }).click();
    await page.getByRole('status').getByText('Done').waitFor();
    expect(await statusOf(id)).toBeUndefined();
  });

  test('German by the browser; no customer’s data and no file name reaches it', async () => {
    await open('de-DE');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await persona('/accounts', { data: { attributes: { 'reference-id': 'C-1001', 'name-first': 'Wilhelmina' } } });
    const files = [{ data: picture('a').toString('base64'), filename: 'Wilhelmina.jpg' }];
    await persona('/document/generics', { data: { attributes: { kind: 'passport', files } } });
    await page.getByText('Konto', { exact: true }).waitFor();
    await page.getByText('offen', { exact: true }).waitFor();
    expect(await page.content()).not.toMatch(/Wilhelmina|C-1001/);
    expect(problems).toEqual([]);
  });

  test.each([
    ['en-GB', 'Switches', 'Find a switch', 'join them', 'they replace them'],
    ['de-DE', 'Schalter', 'Schalter suchen', 'kommen dazu', 'sie ersetzen sie'],
  ])('%s: a switch is asked and its values are explained, and both are found by their words', async (...of) => {
    const [locale, part, find, word, meaning] = of;
    await open(locale);
    await page.getByRole('button', { name: part, exact: true }).click();
    const asked = page.getByRole('listitem').filter({ has: page.getByRole('combobox'), visible: true });
    await page.getByLabel(find).fill(word);
    expect(await asked.count()).toBe(1);
    const question = { 'en-GB': switchesEn, 'de-DE': switchesDe }[locale]?.['persona.updateFiles'].question;
    await asked.getByText(question ?? 'nothing').waitFor();
    expect(await asked.getByRole('option').allTextContents()).toContain(`replace: ${meaning}`);
    expect(problems).toEqual([]);
  });

  test('a token of another run, and a server that ended, are said in a sentence', async () => {
    await open();
    await page.goto(`${server.origin}/?again#token=0`);
    await page.getByText('This address is of an earlier run').waitFor();
    await page.goto(`${server.origin}/?once#token=${server.adminToken}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await server.close();
    await page.getByText('The practice server does not answer').waitFor();
    expect(problems.every((problem) => problem.includes('Failed to load resource'))).toBe(true);
    await startServer(true);
  });
});
