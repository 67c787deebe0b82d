import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startPracticeServer, type FaultInput, type PracticeServer } from '../../../main/practice/index.ts';
import { INSTANT_SWITCHES } from '../../support/practice.ts';

/** A value of unknown shape, read step by step: a wrong step gives undefined, which no expectation accepts by accident. */
export function at(value: unknown, ...steps: readonly (string | number)[]): unknown {
  let current: unknown = value;
  for (const step of steps) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}

/** Any text of this form, inside an expected value. */
export function matching(form: RegExp): unknown {
  return expect.stringMatching(form);
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

export interface Call {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** One plain HTTP exchange on a connection of its own. Rejects when the connection breaks. */
export function exchange(call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(call.url, { method: call.method ?? 'GET', headers: call.headers, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        let json: unknown;
        try {
          json = JSON.parse(text);
        } catch {
          json = undefined;
        }
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
    request.end(call.body);
  });
}

/** Random-looking but repeatable bytes for ids. */
function seededRandom(): (length: number) => Uint8Array {
  let counter = 0;
  return (length) => {
    const pieces: Buffer[] = [];
    while (pieces.length * 32 < length) {
      counter += 1;
      pieces.push(createHash('sha256').update(`practice ${counter}`).digest());
    }
    return Buffer.concat(pieces).subarray(0, length);
  };
}

/** A practice server on a temporary file with a clock that the test moves. */
export class Bench {
  now = Date.parse('2026-11-22T09:00:00.000Z');
  readonly #directory: string;
  readonly #random = seededRandom();
  #server: PracticeServer;

  private constructor(directory: string, server: PracticeServer) {
    this.#directory = directory;
    this.#server = server;
  }

  static async open(switches: Readonly<Record<string, string | number>> = {}): Promise<Bench> {
    const directory = await mkdtemp(join(tmpdir(), 'satchel-practice-'));
    const clock = { now: () => 0, monotonic: () => 0 };
    const random = seededRandom();
    const server = await startPracticeServer({
      databaseFile: join(directory, 'practice.sqlite'),
      port: 0,
      clock: { now: () => clock.now(), monotonic: () => 0 },
      random,
    });
    const bench = new Bench(directory, server);
    clock.now = () => bench.now;
    await bench.setSwitches({ ...INSTANT_SWITCHES, ...switches });
    return bench;
  }

  get directory(): string {
    return this.#directory;
  }

  get server(): PracticeServer {
    return this.#server;
  }

  async restart(): Promise<void> {
    await this.#server.close();
    this.#server = await startPracticeServer({
      databaseFile: join(this.#directory, 'practice.sqlite'),
      port: 0,
      clock: { now: () => this.now, monotonic: () => 0 },
      random: this.#random,
    });
  }

  async close(): Promise<void> {
    await this.#server.close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async admin(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await exchange({
      method,
      url: `${this.#server.origin}/practice${path}`,
      headers: { authorization: `Bearer ${this.#server.adminToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status !== 200) throw new Error(`admin ${path}: ${answer.text}`);
    return answer.json;
  }

  async setSwitches(switches: Readonly<Record<string, string | number>>): Promise<void> {
    await this.admin('POST', '/switches', switches);
  }

  async fault(...faults: readonly FaultInput[]): Promise<void> {
    await this.admin('POST', '/faults', { faults });
  }

  async storedCount(bytes: Uint8Array): Promise<unknown> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const files = at(await this.admin('GET', '/files'), 'files');
    const list: readonly unknown[] = Array.isArray(files) ? files : [];
    return at(
      list.find((file) => at(file, 'sha256') === sha256),
      'stored',
    );
  }

  /** A call to Persona with the practice key; `json` undefined sends no body. */
  persona(
    method: string,
    path: string,
    json?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return exchange({
      method,
      url: this.#server.personaBaseUrl + path,
      headers: { authorization: 'Bearer persona_sandbox_practice', 'content-type': 'application/json', ...headers },
      ...(json === undefined ? {} : { body: typeof json === 'string' ? json : JSON.stringify(json) }),
    });
  }

  personr(workflow: string, json: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return exchange({
      method: 'POST',
      url: `${this.#server.personrBaseUrl}/${workflow}`,
      headers: { 'content-type': 'application/json', ...headers },
      ...(json === undefined ? {} : { body: typeof json === 'string' ? json : JSON.stringify(json) }),
    });
  }

  async personrToken(): Promise<string> {
    const credential = Buffer.from('practice@satchel.invalid:practice').toString('base64');
    const answer = await this.personr('api-basic-auth', undefined, { authorization: `Basic ${credential}` });
    return String(at(answer.json, 'response', 'token'));
  }
}

/** The smallest thing that counts as a picture here: a JPEG's first bytes, a marker and some content of its own. */
export function picture(content: string, decision?: string): Buffer {
  const marker = decision === undefined ? '' : `satchel-practice:${decision};`;
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe]), Buffer.from(`${marker}${content}`)]);
}

export function createBody(kind: string, ...files: readonly Uint8Array[]): unknown {
  return {
    data: {
      attributes: {
        kind,
        files: files.map((bytes, index) => ({
          data: Buffer.from(bytes).toString('base64'),
          filename: `page-${index + 1}.jpg`,
        })),
      },
    },
  };
}
