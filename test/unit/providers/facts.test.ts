import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const text = readFileSync(join(ROOT, 'docs/providers.md'), 'utf8');
const section = text.slice(text.indexOf('## Personr: facts and their tests'), text.indexOf('## Errors: network'));
const rows = section.split('\n').filter((line) => /^\| (B\d|trap)/.test(line));

/** Each file that a row names, and the names of tests behind it. */
const named = rows.flatMap((row) =>
  [...row.matchAll(/`((?:test\/)?[\w/.-]+\.test\.ts)`((?: \*[^*]+\*,?)*)/g)].map(([, file = '', tests = '']) => ({
    file: file.startsWith('test/') ? file : `test/integration/providers/${file}`,
    tests: [...tests.matchAll(/\*([^*]+)\*/g)].map(([, name = '']) => name.replace(/ ?…$/, '')),
  })),
);

test('every trap of Personr has a row in docs/providers.md', () => {
  const traps = rows.flatMap((row) => /^\| trap (\d+)/.exec(row)?.[1] ?? []).map(Number);
  expect(traps).toEqual(Array.from({ length: 17 }, (_, index) => 25 + index));
});

test('what a row calls its test is one', () => {
  const missing = named.flatMap(({ file, tests }) => {
    if (!existsSync(join(ROOT, file))) return [file];
    const source = readFileSync(join(ROOT, file), 'utf8');
    return tests.filter((name) => !source.includes(name)).map((name) => `${file}: ${name}`);
  });
  expect(named.length).toBeGreaterThan(40);
  expect(missing).toEqual([]);
});
