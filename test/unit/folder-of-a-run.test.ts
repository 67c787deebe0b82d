import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setup } from '../support/around-a-run.ts';
import { folderOfRun, RUN_FOLDER, runsPrograms } from '../support/folder-of-a-run.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { LOOKS_FOLDER } from '../support/remembered-looks.ts';

let parent: string;
let ours: string;

beforeEach(() => {
  parent = makeFolder('runs');
  ours = join(parent, 'satchel-run-of-this-test');
  vi.stubEnv(LOOKS_FOLDER, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  removeFolder(parent);
});

const begin = (watch: boolean): (() => void) => setup({ config: { watch, env: { [RUN_FOLDER]: ours } } });

describe('the folder of a run', () => {
  it('is there until its end, and what killed runs have left is taken away', () => {
    const ended = spawnSync(process.execPath, ['--version']).pid;
    const others = [`satchel-run-${process.ppid}`, 'satchel-profile', 'satchel-run-'];
    for (const name of [...others, `satchel-run-${ended}`])
      mkdirSync(join(parent, name, 'inside'), { recursive: true });
    const end = begin(false);
    expect(readdirSync(parent).toSorted()).toEqual([...others, 'satchel-run-of-this-test'].toSorted());
    end();
    expect(readdirSync(parent).toSorted()).toEqual(others.toSorted());
  });

  it('remembers looks, but not where somebody watches: there the code changes within the run', () => {
    begin(true);
    expect(process.env[LOOKS_FOLDER]).toBeUndefined();
    begin(false);
    expect(process.env[LOOKS_FOLDER]).toBe(join(ours, 'looks'));
  });

  it.runIf(process.platform === 'linux')('lies only where a program of a test may run', () => {
    expect(runsPrograms(parent)).toBe(true);
    expect(readdirSync(parent)).toEqual([]);
    // Nobody writes there, as nobody runs anything in a container's memory.
    expect(runsPrograms('/proc')).toBe(false);
    expect(runsPrograms(join(folderOfRun(), '..'))).toBe(true);
    expect(existsSync(folderOfRun())).toBe(false);
  });
});
