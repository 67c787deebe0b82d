import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS } from '../crash/mutants.ts';

const ROOT = join(import.meta.dirname, '..', '..');

// The long runs that hunt for them are not part of every test run, and a mistake that cannot be planted proves nothing.
test.each(MUTANTS)('the planted mistake "$name" still fits the sources', ({ changes }) => {
  const misfits = changes.filter(({ file, find }) => readFileSync(join(ROOT, file), 'utf8').split(find).length !== 2);
  expect(misfits.map(({ file, find }) => [file, find])).toEqual([]);
});
