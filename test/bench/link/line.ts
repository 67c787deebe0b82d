/**
 * A slow line to measure on: two network namespaces of this bench's own with `emulator.c` between them. Nothing outside of
 * them is touched, and nothing in them reaches anything else.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { childArguments, run } from '../children/run.ts';
import { isInstalled } from '../files.ts';

export interface LineOptions {
  readonly bitsPerSecond: number;
  readonly roundTripMs: number;
}

export interface Line {
  /** Where the sink answers, seen from the near end. */
  readonly origin: string;
  /** A command as it is run at the near end. */
  near(command: string, args: readonly string[]): { command: string; args: string[] };
  close(): Promise<void>;
}

const EMULATOR = new URL('emulator.c', import.meta.url).pathname;
const NEAR_ADDRESS = '10.77.0.1';
const FAR_ADDRESS = '10.77.0.2';
const NETWORK = '10.77.0.0';
/** Drop-tail: what would wait longer than this in the line's buffer is lost. */
const BUFFER_MS = 200;
/** How long the far end works on a request. */
const ANSWER_AFTER_MS = 100;

/** Why there can be no such line here, or null. */
export function lineUnavailable(): string | null {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  if (process.getuid?.() !== 0) return 'making network namespaces needs root';
  if (!existsSync('/dev/net/tun')) return 'this kernel has no TUN devices (/dev/net/tun)';
  if (!isInstalled('cc')) return 'no C compiler (apt install gcc libc6-dev)';
  if (!isInstalled('ip', '-V')) return 'ip is not installed (apt install iproute2)';
  if (!isInstalled('curl')) return 'curl is not installed (apt install curl)';
  const name = `satchel-probe-${process.pid}`;
  const isAllowed = spawnSync('ip', ['netns', 'add', name]).status === 0;
  spawnSync('ip', ['netns', 'delete', name]);
  return isAllowed ? null : 'network namespaces cannot be made here';
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('bench: no output');
  const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(child.stdout, 'data'));
  return line.toString().trim();
}

/** The command that runs another one inside a network namespace. */
function inside(name: string, command: string, args: readonly string[]): { command: string; args: string[] } {
  return { command: 'ip', args: ['netns', 'exec', name, command, ...args] };
}

export async function openLine({ bitsPerSecond, roundTripMs }: LineOptions): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-bench-link-'));
  const [nearName, farName] = [`satchel-${process.pid}-near`, `satchel-${process.pid}-far`];
  const children: ChildProcess[] = [];
  async function close(): Promise<void> {
    for (const child of children) {
      child.stdin?.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    for (const name of [nearName, farName]) spawnSync('ip', ['netns', 'delete', name]);
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    const emulator = join(folder, 'emulator');
    await run('cc', ['-O2', '-Wall', '-Werror', '-o', emulator, EMULATOR]);
    for (const name of [nearName, farName]) await run('ip', ['netns', 'add', name]);
    const oneWayMs = String(Math.round(roundTripMs / 2));
    const carrier = spawn(emulator, [nearName, farName, String(bitsPerSecond), oneWayMs, String(BUFFER_MS)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(carrier);
    await firstLine(carrier);
    for (const [name, address] of [
      [nearName, NEAR_ADDRESS],
      [farName, FAR_ADDRESS],
    ] as const) {
      await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
      await run('ip', ['-n', name, 'address', 'add', `${address}/30`, 'dev', 'line0']);
      await run('ip', ['-n', name, 'link', 'set', 'line0', 'mtu', '1500', 'up']);
      // As on a branch's PC, whatever this machine uses.
      const route = ['route', 'replace', `${NETWORK}/30`, 'dev', 'line0', 'congctl', 'cubic'];
      await run('ip', ['-n', name, ...route]);
    }
    const sinkCommand = inside(
      farName,
      process.execPath,
      childArguments('sink', { host: FAR_ADDRESS, answerAfterMs: ANSWER_AFTER_MS }),
    );
    const sink = spawn(sinkCommand.command, sinkCommand.args, { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(sink);
    const origin = `http://${FAR_ADDRESS}:${await firstLine(sink)}`;
    return { origin, near: (command, args) => inside(nearName, command, args), close };
  } catch (error) {
    await close();
    throw error;
  }
}
