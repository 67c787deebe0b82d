import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OperationState } from '../../../main/outbox/index.ts';
import { Store } from '../../support/sync-world.ts';

const OPERATIONS = 3;
const WORKER = join(import.meta.dirname, 'worker.ts');
const DATABASE = 'satchel.sqlite3';
let store: Store;
let submissionId: string;

beforeAll(() => {
  store = new Store();
  submissionId = store.submission();
  const operations = Array.from({ length: OPERATIONS }, () => store.newOperation(submissionId));
  store.enqueue(...operations);
  store.close();
  cpSync(join(store.directory, DATABASE), join(store.directory, 'before'));
});
afterAll(() => {
  store.dispose();
});

function run(dieAt: string): { signal: NodeJS.Signals | null; steps: number } {
  const { signal, stdout, stderr, status } = spawnSync(
    process.execPath,
    [WORKER, join(store.directory, DATABASE), join(store.directory, 'server'), dieAt],
    { encoding: 'utf8', timeout: 30_000 },
  );
  if (signal === null && status !== 0) throw new Error(stderr);
  return { signal, steps: Number(stdout) };
}

function begin(): void {
  store.close();
  for (const suffix of ['-wal', '-shm']) store.remove(DATABASE + suffix);
  cpSync(join(store.directory, 'before'), join(store.directory, DATABASE));
  writeFileSync(join(store.directory, 'server'), '');
}

test('killed after every step, then started again: everything arrives exactly once and is done', () => {
  begin();
  const { steps } = run('never');
  expect(steps).toBe(2 + OPERATIONS * 3);
  for (let dieAt = 1; dieAt <= steps; dieAt += 1) {
    begin();
    expect(run(String(dieAt)).signal).toBe('SIGKILL');
    // Killed once more while it recovers, at its second step, then left in peace.
    expect(run('2').signal).toBe('SIGKILL');
    expect(run('never').signal).toBeNull();
    const received = readFileSync(join(store.directory, 'server'), 'utf8').split('\n').filter(Boolean);
    expect(received).toHaveLength(OPERATIONS);
    expect(new Set(received).size).toBe(OPERATIONS);
    store.open();
    expect(store.operations(submissionId).map(({ state }) => state)).toEqual(
      Array.from({ length: OPERATIONS }, () => OperationState.done),
    );
  }
});
