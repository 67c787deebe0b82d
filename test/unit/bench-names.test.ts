import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benches } from '../bench/index.ts';

test('docs/performance.md has a line for every benchmark, and names none that is gone', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'performance.md'), 'utf8');
  const lines = [...text.matchAll(/^\| `([a-z]+\/[^`]+)`/gm)].map(([, name]) => name);
  expect(new Set(lines)).toEqual(new Set(benches.map(({ name }) => name)));
});
