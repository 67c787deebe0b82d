import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startPracticeServer, type PracticeServer } from '../../../main/practice/index.ts';
import { comparedCalls, type ComparedCall } from '../../../scripts/practice/compare/differences.ts';
import { compare, holdsAny, type Account } from '../../../scripts/practice/compare/index.ts';
import type { RecordedCall } from '../../../scripts/practice/compare/recording.ts';
import { shapeOf } from '../../../scripts/practice/compare/shape.ts';
import { at, exchange } from './bench.ts';

/** A second practice server plays the real account: what its switches make different must be found, and nothing else. */

const Recording = z.object({ calls: z.array(z.object({ name: z.string(), status: z.number().nullable() })) });

let folder: string;
let account: PracticeServer;

async function startAccount(switches: Record<string, string | number> = {}): Promise<void> {
  account = await startPracticeServer({
    databaseFile: join(folder, 'account.sqlite3'),
    port: 0,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    random: (length) => randomBytes(length),
    switches: {
      'persona.processingMinMs': 300,
      'persona.processingMaxMs': 300,
      'personr.stageMinMs': 100,
      'personr.stageMaxMs': 100,
      'sumsub.stageMinMs': 100,
      'sumsub.stageMaxMs': 100,
      ...switches,
    },
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'satchel-compare-test-'));
});
afterEach(async () => {
  await account.close();
  await rm(folder, { recursive: true, force: true });
});

const persona = (apiKey = 'persona_sandbox_practice'): Account => ({
  api: 'persona',
  baseUrl: account.personaBaseUrl,
  waitMs: 500,
  apiKey,
  version: '2025-12-08',
  template: 'itmpl_Branch',
  transactionType: 'txntp_Branch',
});
const personr = (password = 'practice'): Account => ({
  api: 'personr',
  baseUrl: account.personrBaseUrl,
  waitMs: 500,
  email: 'practice@satchel.invalid',
  password,
  flowName: 'Proof of address',
  entityFlowName: 'Company',
  fileUrl: 'https://example.invalid/extract.pdf',
});

const sumsub = (appToken = 'sbx:practice'): Account => ({
  api: 'sumsub',
  baseUrl: account.sumsubBaseUrl,
  waitMs: 500,
  appToken,
  secretKey: 'practice',
  levelName: 'Proof of address',
});

/** Calls that were not answered alike, as the report shows them. */
async function notAlike(of: Account, switches = {}): Promise<readonly ComparedCall[]> {
  const { calls } = await compare(of, switches);
  return calls.filter(({ verdict }) => verdict !== 'same' && verdict !== 'not_made');
}

describe('an account that answers as assumed', () => {
  test.each([
    ['Persona', () => persona(), ['account made by the unknown attribute: redact']],
    ['Personr', () => personr(), []],
    ['Sumsub', () => sumsub(), []],
  ])('%s: no difference, and every call made that has something to go by', async (_name, of, notMade) => {
    await startAccount();
    const { calls, recording } = await compare(of(), {});
    const otherwise = calls.filter(({ verdict }) => verdict !== 'same');
    expect(otherwise.map(({ name, verdict, found }) => [name, verdict, found])).toEqual(
      notMade.map((name) => [name, 'not_made', []]),
    );
    const recorded = Recording.parse(JSON.parse(recording)).calls;
    expect(recorded.filter(({ status }) => status === null).map(({ name }) => name)).toEqual(notMade);
  });
});

describe('an account that answers otherwise', () => {
  test('Persona: each difference is found, with the switch that decides it here', async () => {
    await startAccount({
      'persona.submitTwice': '422',
      'persona.invalidVersion': 'ignore',
      'persona.idempotencyReplayRequestId': 'absent',
      'persona.fileDataUri': 'accept',
      'persona.expiredFileToken': '404',
      'persona.eventFilters': 'single',
      'persona.updateFiles': 'append',
    });
    const differences = await notAlike(persona());
    expect(differences.map(({ name, found, switches }) => [name, found[0], switches])).toEqual([
      ['an unknown version', 'status: 200 in the account, 400 in practice', ['persona.invalidVersion']],
      [
        'document: the same key and body again',
        'header request-id: in practice only',
        ['persona.idempotencyReplayRequestId'],
      ],
      [
        'file: with a token that is not good',
        'status: 404 in the account, 403 in practice',
        ['persona.expiredFileToken'],
      ],
      ['document: no file', '$.data.attributes.files[]: object in the account only', ['persona.updateFiles']],
      ['a file as data: URI', 'status: 201 in the account, 400 in practice', ['persona.fileDataUri']],
      ['document: submit again', 'status: 422 in the account, 409 in practice', ['persona.submitTwice']],
      ['events: by object and name', 'status: 400 in the account, 200 in practice', ['persona.eventFilters']],
    ]);
    expect(differences[0]?.found.slice(1)).toEqual([
      '$.data: array in the account only',
      '$.errors: array in practice only',
    ]);
    const sameSwitches = { 'persona.submitTwice': '422', 'persona.invalidVersion': 'ignore' };
    expect(await notAlike(persona(), sameSwitches)).toHaveLength(5);
  });

  test('Persona: withdrawn endpoints, and what could not be tried because of them', async () => {
    await startAccount({ 'persona.documentWrites': '410', 'persona.events': '403', 'persona.redaction': '410' });
    const differences = await notAlike(persona());
    const found = new Map(differences.map((difference) => [difference.name, difference.found[0]]));
    expect(found.get('document: create')).toBe('status: 410 in the account, 201 in practice');
    expect(found.get('document: submit')).toBe('status: not made in the account, 200 in practice');
    const verdicts = new Map(differences.map(({ name, verdict }) => [name, verdict]));
    const names = ['document: create', 'government id: submit', 'file: without the key', 'event: retrieve'];
    expect(names.map((name) => verdicts.get(name))).toEqual(['differs', 'only_here', 'only_here', 'only_here']);
    expect(found.get('transaction: redact')).toBe('status: 410 in the account, 200 in practice');
  });

  test('Personr: forms of bodies', async () => {
    await startAccount({
      'personr.unauthorizedBody': 'empty',
      'personr.noticeElements': 'object',
      'personr.resultBeforeReviewed': 'null',
      'personr.errorHttpStatus': '200',
      'personr.ownerTwice': 'error',
      'personr.downloadBeforeReviewed': 'empty',
    });
    const differences = await notAlike(personr());
    const found = new Map(differences.map((difference) => [difference.name, difference.found]));
    expect(found.get('a wrong token')).toEqual([
      'header content-type: in practice only',
      '$: empty in the account, object in practice',
    ]);
    expect(found.get('applicant: status before anything')).toEqual(['$.response.result: null in the account only']);
    expect(found.get('upload: content unlike its name')).toEqual([
      '$.errors[]: object in the account, string in practice',
    ]);
    expect(found.get('company: the same owner again')).toEqual(['$.errors[]: string in the account only']);
    expect(found.get('documents: before the review')).toContain('$.response: object in the account only');
    expect(found.get('an applicant that is not there')).toEqual(['status: 200 in the account, 400 in practice']);
  });
});

const recorded = (status: number | null): RecordedCall => ({
  name: 'a call',
  call: 'GET /call',
  status,
  headers: [],
  shape: status === null ? {} : { $: ['object'] },
});

describe('the verdict about one call', () => {
  const step = { name: 'a call', method: 'GET', path: '/call' } as const;

  test.each<[number | null, number | null, boolean, ComparedCall['verdict'], number]>([
    [200, 200, false, 'same', 0],
    [200, 422, false, 'differs', 1],
    [200, 404, true, 'only_there', 1],
    [404, 404, true, 'same', 0],
    [200, null, false, 'only_there', 1],
    [null, 200, false, 'only_here', 1],
    [null, null, false, 'not_made', 0],
  ])('%s there, %s here, unknown here %s: %s', (there, here, isUnknownHere, verdict, sentences) => {
    const [compared] = comparedCalls([{ ...step, isUnknownHere }], [recorded(there)], [recorded(here)]);
    expect([compared?.verdict, compared?.found.length]).toEqual([verdict, sentences]);
  });
});

describe('an account of Sumsub that answers otherwise', () => {
  test('each difference is found, with the switch that decides it here', async () => {
    await startAccount({
      'sumsub.unknownLevel': '400',
      'sumsub.imageFileNames': 'absent',
      'sumsub.startsByItself': 'yes',
      'sumsub.requestLifetimeSeconds': 86_400,
    });
    const { calls: compared, recording } = await compare(sumsub(), {});
    const differences = compared.filter(({ verdict }) => verdict === 'differs');
    expect(differences.map(({ name, found, switches }) => [name, found[0], switches])).toEqual([
      [
        'a signature of two hours ago',
        'status: 404 in the account, 401 in practice',
        ['sumsub.requestLifetimeSeconds'],
      ],
      ['a level that is not there', 'status: 400 in the account, 404 in practice', ['sumsub.unknownLevel']],
      ['images', '$.items[].fileMetadata.fileName: string in practice only', ['sumsub.imageFileNames']],
      ['check: start', 'status: 409 in the account, 200 in practice', ['sumsub.startsByItself']],
    ]);
    const { calls } = Recording.parse(JSON.parse(recording));
    const statusOf = (name: string) => calls.find((call) => call.name === name)?.status;
    expect(['a wrong signature', 'a wrong token', 'applicant: create'].map(statusOf)).toEqual([401, 401, 201]);
  });
});

interface Echo {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: unknown;
  readonly text?: string;
  readonly reason?: string;
}

/** Everything that comes of an account which answers every call with the password, and the forms that must not be in it. */
async function echoed(answer: (secret: string) => Echo): Promise<readonly [out: string, secrets: readonly string[]]> {
  await startAccount();
  const password = 'Geheim-Wort';
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const { headers = {}, body = {}, text = JSON.stringify(body), reason = 'OK' } = answer(password);
      response.writeHead(200, reason, { 'content-type': 'application/json', ...headers }).end(text);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const port = z.object({ port: z.number() }).parse(server.address()).port;
  try {
    const of = { ...personr(password), baseUrl: `http://127.0.0.1:${port}`, waitMs: 0 };
    const out = await compare(of, {}).then(JSON.stringify, String);
    return [out, [password, Buffer.from(`practice@satchel.invalid:${password}`).toString('base64')]];
  } finally {
    await new Promise((closed) => server.close(closed).closeAllConnections());
  }
}

describe('what may be kept', () => {
  test('the recording holds no credential, id, name, reference or address of a file', async () => {
    await startAccount();
    const headers = { authorization: `Bearer ${account.adminToken}` };
    const made = await Promise.all([compare(persona(), {}), compare(personr(), {}), compare(sumsub(), {})]);
    const records = JSON.stringify((await exchange({ url: `${account.origin}/practice/records`, headers })).json);
    const requests = JSON.stringify((await exchange({ url: `${account.origin}/practice/requests`, headers })).json);
    const ids =
      `${records} ${requests}`.match(/\b(?:doc|inq|act|req)_\w{20,}|\b\d{13}x\d+|\b(?!0{24})[0-9a-f]{24}\b/g) ?? [];
    expect(ids.length).toBeGreaterThan(10);
    for (const { recording } of made) {
      for (const id of ids) expect(recording).not.toContain(id);
      expect(recording).not.toMatch(
        /persona_sandbox|practice@|sbx:|"practice"|x-app|Proof of address|Specimen|1990|itmpl_Branch|txntp_Branch|specimen-|extract\.pdf|satchel-compare|access_token|127\.0\.0\.1|bus\||example\.invalid|\+614|env_|org_/,
      );
    }
  });

  test.each([
    [
      'values of headers and of the body, a file name, a reason',
      (secret: string) => ({
        headers: { 'x-request-note': secret, 'set-cookie': `a=${secret}`, inq_abcdefghijklmnop: 'x' },
        body: {
          token: secret,
          list: [secret],
          errors: [{ title: secret }],
          url: `https://files.invalid/${secret}.pdf?t=${secret}`,
        },
        reason: secret,
      }),
    ],
    [
      'the text of an error that is not JSON, a parameter of its type',
      (secret: string) => ({ text: `${secret} is not allowed`, headers: { 'content-type': `text/x; a=${secret}` } }),
    ],
  ])('an account that gives the credential back as %s: nothing of it is kept', async (_where, answer) => {
    const [out, secrets] = await echoed(answer);
    for (const form of secrets) expect(out.toLowerCase()).not.toContain(form.toLowerCase());
    // Nor is an id that stands where a name does.
    expect(out).not.toContain('inq_abcdefghijklmnop');
    expect(out).toContain('"calls"');
  });

  test.each([
    ['the name of a header', (secret: string) => ({ headers: { [secret]: 'x' } })],
    ['the name of a member', (secret: string) => ({ body: { data: { [secret]: 1 } } })],
    ['a media type', (secret: string) => ({ text: 'x', headers: { 'content-type': `${secret}/${secret}` } })],
  ])('an account that gives the credential back as %s: nothing is written or shown', async (_where, answer) => {
    const [out, secrets] = await echoed(answer);
    for (const form of secrets) expect(out.toLowerCase()).not.toContain(form.toLowerCase());
    expect(out).toMatch(
      /^CompareProblem: The recording would hold a credential or an id\. Nothing was written, and nothing is/,
    );
  });

  test('a secret is found in every form in which it went out', () => {
    const secret = 'Ana@x.invalid:Geheim-Wort';
    const forms = [secret, secret.toLowerCase(), encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
    expect(forms.map((form) => holdsAny(`{"calls":["${form}"]}`, ['', secret]))).toEqual([true, true, true, true]);
    expect(holdsAny('{"calls":["words of another kind"]}', ['', secret])).toBe(false);
  });

  test('names that may be somebody’s data are written as *', () => {
    expect(
      shapeOf({ fields: { name_first: 'A', 'ana@example.org': 1, doc_abcdefghijklmnop: [null], '4711': 2 } }),
    ).toEqual({
      $: ['object'],
      '$.fields': ['object'],
      '$.fields.*': ['array', 'number'],
      '$.fields.*[]': ['null'],
      '$.fields.name_first': ['string'],
    });
  });

  test('what was made in a Persona account is redacted at the end; the address of a file got no key', async () => {
    await startAccount();
    const { calls } = Recording.parse(JSON.parse((await compare(persona(), {})).recording));
    const files = calls.filter(({ name }) => name.startsWith('file: '));
    expect(Object.fromEntries(files.map(({ name, status }) => [name, status]))).toEqual({
      'file: a photo, without the key': 200,
      'file: without the key': 200,
      'file: with a token that is not good': 403,
      'file: the older address without the key': 401,
      'file: the older address with the key': 200,
      'file: a photo that was redacted': 404,
    });
    const answer = await exchange({
      url: `${account.personaBaseUrl}/accounts`,
      headers: { authorization: 'Bearer persona_sandbox_practice' },
    });
    expect(at(answer.json, 'data', 'length')).toBe(1);
    expect(at(answer.json, 'data', 0, 'attributes', 'redacted-at')).not.toBeNull();
  });

  test('a production key and a base URL without https are refused before a call', async () => {
    await startAccount();
    await expect(compare(persona('persona_production_x'), {})).rejects.toThrow('production');
    await expect(compare(sumsub('prd:x'), {})).rejects.toThrow('production');
    await expect(compare({ ...persona(), baseUrl: 'http://api.example.invalid' }, {})).rejects.toThrow('https://');
  });
});

async function run(
  args: readonly string[],
  input: string,
  meanwhile: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<{ code: number | null; out: string }> {
  const script = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, 'practice', 'compare', ...args], { stdio: 'pipe' });
  let out = '';
  child.stdout.on('data', (data) => (out += String(data)));
  child.stderr.on('data', (data) => (out += String(data)));
  child.stdin.end(input);
  const closed = once(child, 'close');
  await meanwhile(child);
  await closed;
  return { code: child.exitCode, out };
}

/** What Persona's practice account holds of people after a run that did not come to its end. */
async function redactedAccounts(): Promise<unknown[]> {
  const { json } = await exchange({
    url: `${account.personaBaseUrl}/accounts`,
    headers: { authorization: 'Bearer persona_sandbox_practice' },
  });
  const many = z.number().parse(at(json, 'data', 'length'));
  return Array.from({ length: many }, (_, index) => at(json, 'data', index, 'attributes', 'redacted-at') !== null);
}

async function fault(action: object, path: string, times = 1): Promise<void> {
  await fetch(`${account.origin}/practice/faults`, {
    method: 'POST',
    headers: { authorization: `Bearer ${account.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ faults: [{ path, times, action }] }),
  });
}

describe('a run that does not come to its end', () => {
  test('a connection lost in the middle: what was made is redacted, and the sentence says so', async () => {
    await startAccount();
    await fault({ kind: 'resetBeforeStoring' }, '/submit');
    await expect(compare(persona(), {})).rejects.toThrow(
      /^127\.0\.0\.1 was not reached \(\w+\) after \d+ of 61 calls\. Nothing was written\. The account, inquiry and transaction that they may have made are redacted\.$/,
    );
    expect(await redactedAccounts()).toEqual([true]);
  });

  test('what cannot be redacted is named by the reference under which it is found', async () => {
    await startAccount({ 'persona.redaction': '403' });
    await fault({ kind: 'resetBeforeStoring' }, '/submit');
    await expect(compare(persona(), {})).rejects.toThrow(/may still be there: look for the reference satchel-compare-/);
    await fault({ kind: 'resetBeforeStoring' }, '/status/pending');
    await expect(compare(sumsub(), {})).rejects.toThrow(/may still be there: look for the reference satchel-compare-/);
  });

  test.each<[string, () => Account, Record<string, string>, RegExp]>([
    [
      'refuses to redact',
      () => persona(),
      { 'persona.redaction': '403' },
      /^All 61 calls at 127\.0\.0\.1 were made\. Stopped after 0 of 61 calls at practice\. Nothing was written\. What they have made may still be there: look for the reference satchel-compare-[-\da-f]+\.$/,
    ],
    [
      'redacts',
      () => persona(),
      {},
      /at practice\. Nothing was written\. The account, inquiry and transaction that .* are redacted\.$/,
    ],
    [
      'offers no redaction',
      () => sumsub(),
      {},
      /were made\. Stopped after 0 of 20 calls at practice\. .* may still be there: look for/,
    ],
  ])('stopped in practice’s half: what became of the records of an account that %s', async (_name, of, set, said) => {
    await startAccount(set);
    const stopping = new AbortController();
    // Read when practice starts.
    const switches = {
      get 'persona.submitTwice'() {
        stopping.abort();
        return '409';
      },
    };
    await expect(compare({ ...of(), waitMs: 0 }, switches, stopping.signal)).rejects.toThrow(said);
  });

  test('practice that does not start: the records of the account are named', async () => {
    await startAccount();
    await expect(compare({ ...sumsub(), waitMs: 0 }, { 'persona.submitTwice': 'never' })).rejects.toThrow(
      /^All 20 calls at 127\.0\.0\.1 were made\. Practice did not start \(\w+\)\. Nothing was written\. .* look for the reference/,
    );
  });

  test('not reached at all: nothing was made', async () => {
    await startAccount();
    for (const of of [persona(), personr(), sumsub()]) {
      await expect(compare({ ...of, baseUrl: 'http://127.0.0.1:1' }, {})).rejects.toThrow(
        /^127\.0\.0\.1 was not reached \(\w+\) after 0 of \d+ calls\. Nothing was made\.$/,
      );
    }
  });

  test('an account that refuses the credential is not asked any further', async () => {
    await startAccount();
    for (const refused of [persona('persona_sandbox_wrong'), sumsub('sbx:wrong'), personr('wrong')]) {
      await expect(compare(refused, {})).rejects.toThrow(/does not take this credential \(401\)/);
    }
    const headers = { authorization: `Bearer ${account.adminToken}` };
    const { json } = await exchange({ url: `${account.origin}/practice/requests`, headers });
    expect(at(json, 'requests', 'length')).toBe(3);
  });
});

describe('npm run practice -- compare', () => {
  test('a recording that cannot be written is said before a call is made', async () => {
    await startAccount();
    const args = ['--api', 'persona', '--base-url', account.personaBaseUrl, '--wait', '0', '--recording'];
    const { code, out } = await run([...args, join(folder, 'nowhere', 'recording.json')], 'persona_sandbox_practice\n');
    expect([code, out]).toEqual([1, expect.stringContaining('its folder is not there')]);
    expect(await redactedAccounts()).toEqual([]);
  });

  test('Ctrl+C redacts what was made, and leaves no recording', async () => {
    await startAccount();
    // The account is asked for: none of the calls that make something waits for its answer then.
    await fault({ kind: 'delay', ms: 30_000 }, '/accounts/act_');
    const file = join(folder, 'recording.json');
    const args = ['--api', 'persona', '--base-url', account.personaBaseUrl, '--wait', '0', '--recording', file];
    const more = ['--template', 'itmpl_Branch', '--transaction-type', 'txntp_Branch'];
    const { code, out } = await run([...args, ...more], 'persona_sandbox_practice\n', async (child) => {
      await expect.poll(redactedAccounts, { timeout: 20_000 }).toEqual([false]);
      child.kill('SIGINT');
    });
    expect(out).toMatch(
      /Stopped after \d+ of 61 calls\. Nothing was written\. The account, inquiry and transaction that they may have made are redacted\./,
    );
    expect(code).toBe(1);
    expect(await redactedAccounts()).toEqual([true]);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  test('takes the key from standard input, reports, and writes a recording that only its owner reads', async () => {
    await startAccount({ 'persona.submitTwice': '422' });
    const file = join(folder, 'recording.json');
    const args = ['--api', 'persona', '--base-url', account.personaBaseUrl, '--wait', '0.5', '--recording', file];
    const { code, out } = await run(args, 'persona_sandbox_practice\n');
    expect(out).toContain(
      'status: 422 in the account, 409 in practice\n  practice: persona.submitTwice is 409 (of 409, 422)',
    );
    expect(code).toBe(3);
    expect(out).not.toContain('persona_sandbox');
    expect(at(JSON.parse(await readFile(file, 'utf8')), 'api')).toBe('persona');
    const again = await run(args, 'persona_sandbox_practice\n');
    expect([again.code, again.out.includes('was not written')]).toEqual([1, true]);
  });

  test('Personr’s one token is not ended by accident', async () => {
    await startAccount();
    const args = [
      '--api',
      'personr',
      '--base-url',
      account.personrBaseUrl,
      '--flow',
      'Proof of address',
      '--wait',
      '0',
    ];
    const { code, out } = await run(args, 'practice@satchel.invalid\npractice\n');
    expect(code).toBe(1);
    expect(out).toContain('--new-token');
    expect((await run([...args, '--new-token'], 'practice@satchel.invalid\npractice\n')).out).toContain('19 calls: ');
  });

  test('Sumsub’s token and secret key come from standard input, a line each', async () => {
    await startAccount({ 'sumsub.imageFileNames': 'absent' });
    const args = ['--api', 'sumsub', '--base-url', account.sumsubBaseUrl, '--wait', '0.5'];
    expect((await run(args, 'sbx:practice\npractice\n')).out).toContain('--level');
    const withLevel = [...args, '--level', 'Proof of address'];
    expect((await run(withLevel, 'sbx:practice\n')).out).toContain('the app token and the secret key');
    const { code, out } = await run(withLevel, 'sbx:practice\npractice\n');
    expect(out).toContain('practice: sumsub.imageFileNames is present (of present, absent)');
    expect(out).toContain('20 calls: 19 same, 1 differs.');
    expect([code, out.includes('sbx:')]).toEqual([3, false]);
  });
});
