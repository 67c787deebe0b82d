/**
 * The same day again and again under strace, each time with one system call on the profile that kills the process or
 * fails. strace counts calls per thread, so the points are taken from a run that nothing disturbs: every position at which
 * some thread touches the profile with that call.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { startStrictPractice } from './strict-practice.ts';
import { Branch } from './branch-runner.ts';
import { BRANCH } from './campaign.ts';
import { checkAfter, settleAll } from './checker.ts';
import type { Problem } from './checker.ts';

export const CALLS = [
  'fsync',
  'fdatasync',
  'pwrite64',
  'write',
  'rename',
  'unlink',
  'openat',
  'ftruncate',
  'mkdir',
] as const;
export const FAULTS = ['signal=SIGKILL', 'error=EIO', 'error=ENOSPC'] as const;

export interface SyscallPoint {
  readonly call: (typeof CALLS)[number];
  readonly fault: (typeof FAULTS)[number];
  /** The how many-th call of its thread. */
  readonly count: number;
}

export interface SyscallResult {
  /** False: the run never came to this call (threads share their work differently each time). */
  readonly hasHappened: boolean;
  readonly end: 'killed' | 'ended' | 'not opened' | 'threw';
  readonly problems: readonly Problem[];
  readonly errors: string;
}

/** A customer of the provider that knows no keys and cannot be asked: number of their first file. */
const FIRST_FILE = 2;
const PATIENCE_MS = 4_000;

/** Null when strace is there and may trace; otherwise what is missing. */
export function whyNotTrace(): string | null {
  const { error, status } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
  if (error !== undefined) return 'strace is not installed (apt-get install strace)';
  return status === 0 ? null : 'strace may not trace here (ptrace is forbidden)';
}

/**
 * What strace is told. Few threads, so that the same call comes at the same position in most runs. Not with --seccomp-bpf,
 * which is faster: strace 6.1 then injects nothing.
 */
function strace(trace: string, options: readonly string[]): string[] {
  return ['strace', '-f', '-qq', '-y', '-E', 'UV_THREADPOOL_SIZE=1', '-o', trace, ...options];
}

async function run(
  options: readonly string[],
  program = BRANCH,
): Promise<{
  trace: string;
  branch: Branch;
  ended: Awaited<ReturnType<Branch['run']>>;
  settle: () => Promise<Problem[]>;
  clean: () => Promise<void>;
  isOpened: boolean;
  isEnded: boolean;
}> {
  const folder = makeFolder('syscalls');
  const practice = await startStrictPractice(folder);
  const trace = join(folder, 'trace');
  const branch = new Branch({ folder, practice, firstFile: FIRST_FILE });
  let isOpened = true;
  let isEnded = false;
  const ended = await branch.run({
    program,
    customers: 1,
    patienceMs: PATIENCE_MS,
    before: strace(trace, options),
    onLine: (line) => {
      if (line.startsWith('NOT OPENED')) isOpened = false;
      if (line === 'ENDED') isEnded = true;
    },
  });
  return {
    trace: readFileSync(trace, 'utf8'),
    branch,
    ended,
    isOpened,
    isEnded,
    settle: async () => {
      const problems = await checkAfter(branch, practice);
      return problems.length > 0 ? problems : settleAll(branch, practice);
    },
    clean: async () => {
      await practice.close();
      removeFolder(folder);
    },
  };
}

/** Every point of a run that nothing disturbs. */
export async function findSyscallPoints(): Promise<SyscallPoint[]> {
  const { trace, branch, ended, clean } = await run(['-e', `trace=${CALLS.join()}`]);
  await clean();
  if (ended.code !== 0 || branch.released.size !== 1) throw new Error(`the undisturbed run failed: ${ended.errors}`);
  const counts = new Map<string, number>();
  const found = new Map<string, SyscallPoint>();
  for (const line of trace.split('\n')) {
    const [, thread = '', name = ''] = /^(\d+)\s+(\w+)\(/.exec(line) ?? [];
    const call = CALLS.find((known) => known === name);
    if (call === undefined) continue;
    const count = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, count);
    // The practice server of the profile plays no part here; the one that counts lives elsewhere.
    if (!line.includes(`${branch.profile}/`) || line.includes('/practice.sqlite3')) continue;
    for (const fault of FAULTS) found.set(`${call} ${fault} ${count}`, { call, fault, count });
  }
  return [...found.values()].sort((a, b) => a.call.localeCompare(b.call) || a.count - b.count);
}

export async function failAt({ call, fault, count }: SyscallPoint): Promise<SyscallResult> {
  const { trace, ended, isOpened, isEnded, settle, clean } = await run([
    '-e',
    `trace=${call}`,
    '-e',
    `inject=${call}:${fault}:when=${count}`,
  ]);
  try {
    // Its time being up is not what the fault did.
    const isKilled = ended.signal === 'SIGKILL' && !isEnded;
    return {
      hasHappened: fault === 'signal=SIGKILL' ? isKilled : trace.includes('INJECTED'),
      end: isKilled ? 'killed' : isEnded ? 'ended' : isOpened ? 'threw' : 'not opened',
      problems: await settle(),
      errors: ended.errors,
    };
  } finally {
    await clean();
  }
}

/**
 * Whether each acknowledgement of a page comes after everything that it promises: the bytes written, fsynced and renamed, the
 * directory fsynced, the log of the database fsynced. A missing fsync of the directory is seen by nothing else: the next
 * fsync of another file writes it as well on the filesystems here. Answers the pages of which that is not so.
 */
export async function findDisorder(program?: string): Promise<{ pages: number; early: string[] }> {
  const { trace, clean } = await run(['-s', '100', '-e', 'trace=write,pwrite64,fsync,rename'], program);
  await clean();
  const lines = trace.split('\n');
  const early: string[] = [];
  let pages = 0;
  let from = 0;
  for (const [index, line] of lines.entries()) {
    const [, page = null] = /write\(1<[^>]*>, "(PAGE \d+)/.exec(line) ?? [];
    if (page === null) continue;
    pages += 1;
    if (!hasWholeChain(lines.slice(from, index))) early.push(page);
    from = index;
  }
  return { pages, early };
}

function firstOf(lines: readonly string[], from: number, what: RegExp): number {
  const found = lines.findIndex((line, index) => index >= from && what.test(line));
  return found === -1 ? Number.POSITIVE_INFINITY : found;
}

function hasWholeChain(lines: readonly string[]): boolean {
  return lines.some((line, renamed) => {
    const [, temporary = '', directory = ''] =
      /rename\("([^"]*\/tmp\/[^"]*)", "([^"]*)\/[^"/]*\.page"/.exec(line) ?? [];
    if (temporary === '') return false;
    const written = firstOf(lines, 0, new RegExp(`write\\(\\d+<${temporary}>`));
    const synced = firstOf(lines, written, new RegExp(`fsync\\(\\d+<${temporary}>`));
    const named = firstOf(lines, renamed, new RegExp(`fsync\\(\\d+<${directory}>`));
    const committed = firstOf(
      lines,
      firstOf(lines, named, /pwrite64\(\d+<[^>]*sqlite3-wal>/),
      /fsync\(\d+<[^>]*sqlite3-wal>/,
    );
    return synced < renamed && committed !== Number.POSITIVE_INFINITY;
  });
}
