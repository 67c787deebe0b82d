/**
 * Named points between any two durable steps, in the branch's process and its vault workers. The product knows nothing of
 * them: the functions through which everything durable goes (node:fs, SQLite's COMMIT, fetch's answers) are wrapped here,
 * before any other module takes hold of them.
 *
 * `SATCHEL_TEST_STEPS=list` writes `STEP <name>` for each; `SATCHEL_TEST_STEPS=<name>#<n>` kills the process at the n-th
 * of that name in its thread. Without the variable nothing is wrapped.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname } from 'node:path';
import Sqlite from 'better-sqlite3';

const wish = process.env['SATCHEL_TEST_STEPS'];
const writeNow = fs.writeSync;

const [wantedName = '', wantedCount = '1'] = wish?.split('#') ?? [];
const counts = new Map<string, number>();

/** Something durable is about to happen, or just has. */
export function step(name: string): void {
  if (wish === undefined) return;
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  if (wish === 'list') writeNow(1, `STEP ${name}\n`);
  else if (name === wantedName && count === Number(wantedCount)) process.kill(process.pid, 'SIGKILL');
}

/** What a path is for Satchel; null for everything outside a profile. */
function role(path: unknown): string | null {
  if (typeof path !== 'string' || !path.includes('/profile')) return null;
  const name = basename(path);
  if (basename(dirname(path)) === 'tmp') return 'page in tmp';
  if (name.endsWith('.page')) return 'page';
  if (/^(keys|insecure)/.test(name)) return name;
  if (name.startsWith('satchel.sqlite3') || name.startsWith('practice')) return null;
  return /^[0-9a-f]{2}$/.test(name) ? 'vault/ab' : name;
}

type AnyFunction = (...given: unknown[]) => unknown;

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function';
}

/** Both sides of `verb`, by the path that the call names or whose descriptor it names. */
function wrap(host: Record<string, unknown>, method: string, verb: string): void {
  const original = host[method];
  if (!isFunction(original)) throw new Error(`there is no ${method}`);
  host[method] = function wrapped(this: unknown, ...given: unknown[]): unknown {
    const [target] = given;
    const name = role(typeof target === 'number' ? paths.get(target) : target);
    if (name === null) return original.apply(this, given);
    step(`before ${verb} ${name}`);
    const last = given.at(-1);
    if (isFunction(last)) {
      return original.apply(this, [
        ...given.slice(0, -1),
        (...answer: unknown[]) => {
          step(`after ${verb} ${name}`);
          return last(...answer);
        },
      ]);
    }
    const result = original.apply(this, given);
    if (result instanceof Promise) {
      return result.then((value: unknown) => {
        if (verb === 'open' && isHandle(value)) handlePaths.set(value, String(target));
        step(`after ${verb} ${name}`);
        return value;
      });
    }
    if (verb === 'open' && typeof result === 'number') paths.set(result, String(target));
    step(`after ${verb} ${name}`);
    return result;
  };
}

const paths = new Map<number, string>();
const handlePaths = new WeakMap<object, string>();

function isHandle(value: unknown): value is fs.promises.FileHandle {
  return typeof value === 'object' && value !== null && 'sync' in value && 'writeFile' in value;
}

/** An object whose members are looked up by name. The one place that trusts that it may be changed. */
function record(value: unknown): Record<string, unknown> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return value as Record<string, unknown>;
}

async function wrapHandles(): Promise<void> {
  const handle = await fs.promises.open('/dev/null');
  const prototype = record(Object.getPrototypeOf(handle));
  await handle.close();
  for (const [method, verb] of [
    ['sync', 'fsync'],
    ['write', 'write'],
    ['writeFile', 'write'],
  ] as const) {
    const original = prototype[method];
    if (!isFunction(original)) throw new Error(`a file handle has no ${method}`);
    prototype[method] = async function wrapped(this: object, ...given: unknown[]): Promise<unknown> {
      const name = role(handlePaths.get(this));
      if (name !== null) step(`before ${verb} ${name}`);
      const result = await original.apply(this, given);
      if (name !== null) step(`after ${verb} ${name}`);
      return result;
    };
  }
}

/** A transaction is named by what it writes, in the order of the alphabet. */
function wrapCommits(): void {
  const written = new Set<string>();
  const prototype = record(Sqlite.prototype);
  const prepare = prototype['prepare'];
  if (!isFunction(prepare)) throw new Error('there is no prepare');
  prototype['prepare'] = function wrapped(this: unknown, ...given: unknown[]): unknown {
    const statement = prepare.apply(this, given);
    const sql = String(given[0]);
    const [, verb = '', table = ''] =
      /^\s*(INSERT|UPDATE|DELETE|COMMIT|ROLLBACK|BEGIN)\b(?:\s+(?:INTO|FROM))?\s*(\w*)/i.exec(sql) ?? [];
    if (verb === '' || typeof statement !== 'object' || statement === null) return statement;
    const target = record(statement);
    for (const method of ['run', 'all', 'get']) {
      const original = target[method];
      if (!isFunction(original)) continue;
      target[method] = function counted(this: unknown, ...parameters: unknown[]): unknown {
        if (verb === 'BEGIN') written.clear();
        if (verb !== 'COMMIT') {
          if (table !== '' && verb !== 'BEGIN') written.add(`${verb.toLowerCase()} ${table}${columns(sql)}`);
          return original.apply(this, parameters);
        }
        const name = [...written].sort().join(', ') || 'nothing';
        step(`before commit of ${name}`);
        const result = original.apply(this, parameters);
        step(`after commit of ${name}`);
        return result;
      };
    }
    return statement;
  };
}

/** What tells the updates of the outbox and of a submission apart. */
function columns(sql: string): string {
  const [, column = ''] =
    /\b(committed_at = \?|state = [2345]|retake_slots|delivered_at = \?|inspected_at = |pause = )/.exec(sql) ?? [];
  return column === '' ? '' : ` (${column.replace(/ = \?| = $/, '')})`;
}

if (wish !== undefined) {
  for (const [method, verb] of [
    ['openSync', 'open'],
    ['writeSync', 'write'],
    ['writeFileSync', 'write'],
    ['fsync', 'fsync'],
    ['fsyncSync', 'fsync'],
    ['rename', 'rename'],
    ['renameSync', 'rename'],
    ['mkdirSync', 'make'],
    ['unlinkSync', 'unlink'],
  ] as const) {
    wrap(record(fs), method, verb);
  }
  for (const [method, verb] of [
    ['open', 'open'],
    ['mkdir', 'make'],
    ['rename', 'rename'],
    ['unlink', 'unlink'],
    ['rm', 'remove'],
  ] as const) {
    wrap(record(fs.promises), method, verb);
  }
  await wrapHandles();
  wrapCommits();
  syncBuiltinESMExports();
}
