import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exampleSwitches } from '../../../scripts/practice/switch-file.ts';
import { exchange } from './bench.ts';

/** `npm run practice` as a person runs it. */

const SCRIPT = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));

let folder: string;
let running: Run[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'satchel-practice-command-'));
});
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  running = [];
  await rm(folder, { recursive: true, force: true });
});

class Run {
  readonly child: ChildProcess;
  output = '';
  errors = '';

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [SCRIPT, 'practice', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (data) => (this.output += String(data)));
    this.child.stderr?.on('data', (data) => (this.errors += String(data)));
    running.push(this);
  }

  async shows(form: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = form.exec(this.output + this.errors);
      if (found !== null) return found;
      if (this.child.exitCode !== null) throw new Error(`ended with ${this.child.exitCode}: ${this.errors}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async end(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }
}

const Switches = z.object({ switches: z.record(z.string(), z.union([z.string(), z.number()])) });

async function switchesOf(run: Run): Promise<Record<string, string | number>> {
  const [, origin = '', token = ''] = await run.shows(/(http:\/\/127\.0\.0\.1:\d+)\/#token=([0-9a-f]+)/);
  const answer = await exchange({ url: `${origin}/practice/switches`, headers: { authorization: `Bearer ${token}` } });
  return Switches.parse(answer.json).switches;
}

describe('npm run practice', () => {
  test('sends webhooks to an address on this PC only, and says with what they are signed', async () => {
    const refused = new Run(['--port', '0', '--persona-webhook', 'https://example.invalid/webhook']);
    expect(await refused.end()).toBe(1);
    expect(refused.errors).toContain('an address on this PC only');
    const run = new Run(['--port', '0', '--persona-webhook', 'http://127.0.0.1:9/webhook']);
    await run.shows(/Webhooks +Persona’s go to http:\/\/127\.0\.0\.1:9\/webhook, signed with wbhsec_practice/);
  });

  test('prints how to reach it, serves its page, and ends on Ctrl+C', async () => {
    const run = new Run(['--port', '0']);
    const [, base = ''] = await run.shows(/Persona +(http:\S+)/);
    await run.shows(/persona_sandbox_practice/);
    const headers = { authorization: 'Bearer persona_sandbox_practice' };
    expect((await exchange({ url: `${base}/rate-limits`, headers })).status).toBe(200);
    const [, page = ''] = await run.shows(/Page +(http:\S+)#/);
    expect((await exchange({ url: page })).text).toContain('<main id="main">');
    run.child.kill('SIGINT');
    expect(await run.end()).toBe(0);
    expect(run.output).toContain('forgotten');
    await expect(exchange({ url: page })).rejects.toThrow('ECONNREFUSED');
  });

  test('a port that is taken is said in a sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = z.object({ port: z.number() }).parse(other.address());
    const run = new Run(['--port', String(address.port)]);
    expect(await run.end()).toBe(1);
    expect(run.errors).toBe(
      `Port ${address.port} is taken by another program. Give another one with --port, or --port 0 for any that is free.\n`,
    );
    other.close();
  });

  test('writes a switch file to begin with, and never over one that is there', async () => {
    const file = join(folder, 'practice.json');
    expect(await new Run(['--write-switches', file]).end()).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(exampleSwitches());
    await writeFile(file, '{}');
    const again = new Run(['--write-switches', file]);
    expect(await again.end()).toBe(2);
    expect(again.errors).toContain('there is a file of this name already');
    expect(await readFile(file, 'utf8')).toBe('{}');
  });

  test.each([
    ['{"persona.submitTwice": "500"}', 'persona.submitTwice is one of 409, 422'],
    ['{"persona.fileMaxBytes": -1}', 'persona.fileMaxBytes is a whole number from 0 to 1073741824'],
    ['{"persona.submitTwic": "409"}', 'there is no switch persona.submitTwic'],
    ['{"persona.submitTwice": ["409"]}', 'persona.submitTwice is one of 409, 422'],
    ['\uFEFF{"persona.submitTwice": true}', 'persona.submitTwice is one of 409, 422'],
    ['[]', 'a switch file is one JSON object'],
    ['{', 'is not JSON'],
  ])('the switch file %s is refused, and says why', async (text, sentence) => {
    const file = join(folder, 'practice.json');
    await writeFile(file, text);
    const run = new Run(['--port', '0', '--switches', file]);
    expect(await run.end()).toBe(2);
    expect(run.errors).toContain(sentence);
    expect(run.errors).toContain(file);
  });

  test('takes a change of the switch file while it runs; a wrong one changes nothing', async () => {
    const file = join(folder, 'practice.json');
    await writeFile(file, '{"persona.submitTwice": "422", "persona.fileMaxCount": 3}');
    const run = new Run(['--port', '0', '--switches', file]);
    expect(await switchesOf(run)).toMatchObject({ 'persona.submitTwice': '422', 'persona.fileMaxCount': 3 });
    await writeFile(file, '{"persona.submitTwice": "418", "persona.fileMaxCount": 5}');
    await run.shows(/persona\.submitTwice is one of 409, 422\nNothing was changed/);
    expect(await switchesOf(run)).toMatchObject({ 'persona.submitTwice': '422', 'persona.fileMaxCount': 3 });
    await writeFile(file, '{"persona.fileMaxCount": 5}');
    await run.shows(/: taken\./);
    expect(await switchesOf(run)).toMatchObject({ 'persona.submitTwice': '409', 'persona.fileMaxCount': 5 });
  });
});
