import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
const [, section = ''] = readFileSync(join(ROOT, 'docs', 'reliability.md'), 'utf8').split(
  '## Each fault, and the test that shows it',
);
const rows = (section.split('\n## ')[0] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.slice(2, -2).split(' | '));
/** Of a fault: its name, and what happens during an import, during an upload, after a restart. */
const faults = rows.filter((cells) => cells.length === 4).slice(1);
/** Of a test: its number, its file, its name as it stands there. */
const tests = rows
  .filter((cells) => cells.length === 3 && /^\d+$/.test(cells[0] ?? ''))
  .map(([number = '', file = '', name = '']) => ({
    number: Number(number),
    file: file.replaceAll('`', ''),
    name: name.replaceAll(/^`|`$/g, ''),
  }));

function numbersIn(cell: string): number[] {
  return [...cell.matchAll(/\[([\d, ]+)\]/g)].flatMap(([, list = '']) => list.split(', ').map(Number));
}

describe('the table of faults in docs/reliability.md', () => {
  it('says of each fault and moment which test shows it, that it cannot be, or that there is none', () => {
    expect(faults.length).toBeGreaterThan(25);
    const silent = faults.flatMap(([fault = '', ...cells]) =>
      cells
        .filter((cell) => numbersIn(cell).length === 0 && !/^(–|\*\*no test\*\*)/.test(cell))
        .map((cell) => [fault, cell]),
    );
    expect(silent).toEqual([]);
  });

  it('names the tests that are listed below it, each at least once', () => {
    const named = new Set(faults.flatMap((cells) => cells.flatMap(numbersIn)));
    expect([...named].sort((a, b) => a - b)).toEqual(tests.map(({ number }) => number));
  });

  it.each(tests)('names a test that is there: $number, $file: $name', ({ file, name }) => {
    expect(existsSync(join(ROOT, file))).toBe(true);
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    // In a text, not in a comment.
    expect(lines.some((line) => /['"`]/.test(line.split(name)[0] ?? '') && line.includes(name))).toBe(true);
  });
});
