import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../main/database/index.ts';
import { startPracticeInWorker, startPracticeServer } from '../../../main/practice/index.ts';
import { at, Bench, createBody, exchange, picture, type Answer } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(async () => {
  await bench.close();
});

const page = picture('page');
const create = (): Promise<Answer> => bench.persona('POST', '/document/generics', createBody('document', page));

describe('who may call', () => {
  test('only programs on this PC: other host names and web pages are turned away', async () => {
    const { port, origin } = bench.server;
    const status = async (headers: Record<string, string>) =>
      (await exchange({ url: `${origin}/persona/api/v1/rate-limits`, headers })).status;
    expect(await status({ host: `localhost:${port}` })).toBe(401);
    expect(await status({ host: `evil.example:${port}` })).toBe(403);
    expect(await status({ host: '127.0.0.1' })).toBe(403);
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
  });

  test('the admin calls want their token', async () => {
    const url = `${bench.server.origin}/practice/requests`;
    expect((await exchange({ url })).status).toBe(401);
    expect((await exchange({ url, headers: { authorization: 'Bearer 0' } })).status).toBe(401);
  });

  test('a switch or value that does not exist is refused', async () => {
    await expect(bench.setSwitches({ 'persona.none': '1' })).rejects.toThrow('there is no switch persona.none');
    await expect(bench.setSwitches({ 'persona.submitTwice': '418' })).rejects.toThrow('is one of 409, 422');
  });
});

describe('the fault script', () => {
  test('before storing, after a cut of the request and without an answer, nothing is kept', async () => {
    await bench.fault({ action: { kind: 'resetBeforeStoring' } });
    await expect(create()).rejects.toThrow(/hang up|ECONNRESET|EPIPE/);
    await bench.fault({ action: { kind: 'cutAfterBytes', bytes: 10 } });
    await expect(create()).rejects.toThrow(/hang up|ECONNRESET|EPIPE/);
    const large = createBody('document', Buffer.concat([page, Buffer.alloc(3_000_000)]));
    await bench.fault({ action: { kind: 'cutAfterBytes', bytes: 1_000_000 } });
    await expect(bench.persona('POST', '/document/generics', large)).rejects.toThrow(/hang up|ECONNRESET|EPIPE/);
    expect(await bench.storedCount(page)).toBe(0);
    expect((await create()).status).toBe(201);
    expect(await bench.storedCount(page)).toBe(1);
  });

  test('half an answer: as if whole, or cut off', async () => {
    await bench.fault({ action: { kind: 'truncatedJson' } }, { action: { kind: 'cutAnswer' } });
    const half = await create();
    expect([half.status, half.json]).toEqual([201, undefined]);
    expect(half.text.startsWith('{"data":{')).toBe(true);
    await expect(create()).rejects.toThrow(/aborted|ECONNRESET/);
    expect(await bench.storedCount(page)).toBe(2);
  });

  test('an empty answer and a sign-in page', async () => {
    await bench.fault({ action: { kind: 'emptyAnswer' } }, { action: { kind: 'html' } });
    const empty = await create();
    expect([empty.status, empty.text]).toEqual([201, '']);
    const html = await create();
    expect([html.status, html.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html.text).toContain('<!doctype html>');
    expect(await bench.storedCount(page)).toBe(1);
  });

  test('silence lasts until the client goes away', async () => {
    await bench.fault({ action: { kind: 'silence' } });
    const controller = new AbortController();
    const call = fetch(`${bench.server.personaBaseUrl}/rate-limits`, {
      headers: { authorization: 'Bearer persona_sandbox_practice' },
      signal: controller.signal,
    });
    const requests = async () => at(await bench.admin('GET', '/requests'), 'requests', 'length');
    while ((await requests()) !== 1);
    controller.abort();
    await expect(call).rejects.toThrow(/abort/i);
  });

  test.each([400, 403, 404, 409, 410, 422, 429, 500, 502, 503])(
    'status %i has the documented form in both APIs',
    async (status) => {
      const headers = status === 409 ? { 'Retry-After': '10' } : {};
      await bench.fault({ times: 2, action: { kind: 'status', status, headers } });
      const persona = await create();
      expect([persona.status, typeof at(persona.json, 'errors', 0, 'title')]).toEqual([status, 'string']);
      expect(persona.headers['retry-after']).toBe(status === 409 ? '10' : undefined);
      const personr = await bench.personr('api-applicant-status', {});
      expect([personr.status, at(personr.json, 'statusCode')]).toEqual([status, status]);
    },
  );

  test('a 500 after the work was done', async () => {
    await bench.fault({ action: { kind: 'status', status: 500, afterStoring: true } });
    expect((await create()).status).toBe(500);
    expect(await bench.storedCount(page)).toBe(1);
  });

  test('matches by API, method and part of the path, as often as asked', async () => {
    const action = { kind: 'status', status: 503 } as const;
    await bench.fault({ api: 'persona', method: 'POST', path: '/generics', times: 2, action });
    expect((await bench.persona('GET', '/rate-limits')).status).toBe(200);
    expect((await bench.personr('api-nothing', {})).status).toBe(401);
    expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([503, 503, 201]);
    await bench.fault({ action });
    await bench.admin('DELETE', '/faults');
    expect((await create()).status).toBe(201);
  });
});

describe('what is kept', () => {
  test('the record of requests counts each file and holds no credential, name or byte of it', async () => {
    const secretPage = picture('VERY-PRIVATE-PAGE');
    await bench.persona('POST', '/document/generics', createBody('document', secretPage));
    const credential = Buffer.from('practice@satchel.invalid:practice').toString('base64');
    await bench.personr('api-basic-auth', undefined, { authorization: `Basic ${credential}` });
    const token = await bench.personrToken();
    await bench.personr(
      'api-applicant-create',
      { email: 'private@example.invalid', phone: '+61499999999', flowName: 'Identity', nameFirst: 'Privatename' },
      { authorization: `Bearer ${token}` },
    );
    const requests = JSON.stringify(await bench.admin('GET', '/requests'));
    await bench.server.close();
    const file = await readFile(join(bench.directory, 'practice.sqlite'), 'latin1');
    for (const secret of [
      'VERY-PRIVATE-PAGE',
      secretPage.toString('base64').slice(8, 24),
      'page-1.jpg',
      'persona_sandbox_practice',
      token,
      credential,
      'private@example.invalid',
      '+61499999999',
      'Privatename',
    ]) {
      expect(requests).not.toContain(secret);
      expect(file).not.toContain(secret);
    }
    expect(requests).toContain('"byteLength"');
    await bench.restart();
  });

  test('a restart keeps port, documents, counts and switches; faults are gone', async () => {
    const { port } = bench.server;
    const id = String(at((await create()).json, 'data', 'id'));
    await bench.setSwitches({ 'persona.submitTwice': '422' });
    await bench.fault({ times: 9, action: { kind: 'status', status: 503 } });
    await bench.restart();
    expect(bench.server.port).toBe(port);
    expect((await bench.persona('POST', `/document/generics/${id}/submit`)).status).toBe(200);
    expect((await bench.persona('POST', `/document/generics/${id}/submit`)).status).toBe(422);
    expect(await bench.storedCount(page)).toBe(1);
  });

  test('reset forgets all of it', async () => {
    const id = String(at((await create()).json, 'data', 'id'));
    await bench.admin('POST', '/reset');
    expect((await bench.persona('GET', `/documents/${id}`)).status).toBe(404);
    expect(await bench.admin('GET', '/files')).toEqual({ files: [] });
  });

  test('what was sealed with a key that is gone is left out; the documents stay', async () => {
    const id = String(at((await create()).json, 'data', 'id'));
    await bench.server.close();
    const server = await startPracticeServer({
      databaseFile: join(bench.directory, 'practice.sqlite'),
      port: 0,
      clock: { now: () => bench.now, monotonic: () => 0 },
      random: (length) => new Uint8Array(length).fill(7),
      sealingKey: new Uint8Array(32).fill(1),
    });
    const answer = await exchange({
      url: `${server.personaBaseUrl}/documents/${id}`,
      headers: { authorization: 'Bearer persona_sandbox_practice' },
    });
    await server.close();
    expect(at(answer.json, 'data', 'attributes', 'files', 0, 'filename')).toBe('file');
    await bench.restart();
  });
});

test('a large body is read as it arrives, and one over the limit is refused', async () => {
  const large = Buffer.concat([page, Buffer.alloc(12_000_000, 'x')]);
  const answer = await bench.persona('POST', '/document/generics', createBody('document', large));
  expect(at(answer.json, 'data', 'attributes', 'files', 0, 'byte-size')).toBe(large.byteLength);
  expect(await bench.storedCount(large)).toBe(1);

  const refused = await exchange({
    method: 'POST',
    url: `${bench.server.personaBaseUrl}/document/generics`,
    headers: { 'content-type': 'application/json', 'content-length': String(200 * 1024 * 1024) },
    body: '{',
  });
  expect([refused.status, at(refused.json, 'errors', 0, 'title')]).toEqual([413, 'Payload too large']);
});

test('a port that another program took over is left to it', async () => {
  const { port } = bench.server;
  await bench.server.close();
  const other = createServer();
  other.listen(port, '127.0.0.1');
  await once(other, 'listening');
  await bench.restart();
  expect(bench.server.port).not.toBe(port);
  await new Promise((resolve) => {
    other.close(resolve);
  });
});

describe('in a thread', () => {
  test('starts, answers and closes', async () => {
    const events: string[] = [];
    const keep = (event: string) => {
      events.push(event);
    };
    const practice = await startPracticeInWorker({
      workerUrl: new URL('../../../main/practice/worker.ts', import.meta.url),
      databaseFile: join(bench.directory, 'thread.sqlite'),
      switches: { 'persona.rateLimitPerMinute': 7 },
      sealingKey: new Uint8Array(32),
      log: { info: keep, warn: keep, error: keep },
      onCrash: () => {
        keep('crash');
      },
    });
    const answer = await exchange({
      url: `${practice.personaBaseUrl}/rate-limits`,
      headers: { authorization: 'Bearer persona_sandbox_practice' },
    });
    expect(answer.headers['ratelimit-limit']).toBe('7');
    await practice.close();
    await practice.close();
    expect(events).toContain('practice.answered');
    expect(events).not.toContain('crash');
  });

  test('a file of another program is refused and stays as it was', async () => {
    const file = join(bench.directory, 'other.sqlite');
    const other = openDatabase({
      file,
      applicationId: 1,
      migrations: [
        {
          version: 1,
          name: 'other',
          up: (db) => {
            db.exec('CREATE TABLE other (id INTEGER) STRICT');
          },
        },
      ],
      clock: { now: () => bench.now, monotonic: () => 0 },
    });
    if (other.kind === 'opened') other.close();
    const before = await readFile(file);
    const workerUrl = new URL('../../../main/practice/worker.ts', import.meta.url);
    await expect(startPracticeInWorker({ workerUrl, databaseFile: file })).rejects.toThrow('foreign');
    expect(before.equals(await readFile(file))).toBe(true);
  });
});
