import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PERSONA_CALLS } from '../../../main/providers/persona/requests.ts';
import { PERSONR_REQUESTS } from '../../../main/providers/personr/requests.ts';
import { SUMSUB_CALLS } from '../../../main/providers/sumsub/requests.ts';

/** The tables of facts in docs/providers.md: every trap has a row, and what a row calls its test is one. */

const ROOT = join(import.meta.dirname, '../../..');
const text = readFileSync(join(ROOT, 'docs/providers.md'), 'utf8');

interface Named {
  readonly file: string;
  /** Parts of the names of its tests; a name with a … in it is looked for piece by piece. */
  readonly tests: readonly string[];
}

function rowsBetween(from: string, to: string | null, first: RegExp): string[] {
  const section = text.slice(text.indexOf(from), to === null ? undefined : text.indexOf(to));
  return section.split('\n').filter((line) => first.test(line));
}

/** What a test may be called by: a text, or the number of a row, that begins a call or a row of a table. */
const NAMES = /[([]\s*(?:(['"`])((?:\\.|(?!\1)[^\\])*)\1|(\d+))\s*,/g;

/** A name in a comment, a message or another test's expectation is none, and `trap 1` is not `trap 10`. */
function isNamed(piece: string, names: readonly string[]): boolean {
  return names.some((name) =>
    name
      .split(piece)
      .slice(1)
      .some((after) => !/^\d/.test(after)),
  );
}

function missing(named: readonly Named[]): string[] {
  return named.flatMap(({ file, tests }) => {
    if (!existsSync(join(ROOT, file))) return [file];
    const source = readFileSync(join(ROOT, file), 'utf8');
    const names = [...source.matchAll(NAMES)].map(([, , text = '', row = '']) => text + row);
    const pieces = tests.flatMap((name) => name.split('…').map((piece) => piece.trim()));
    return pieces.filter((piece) => !isNamed(piece, names)).map((piece) => `${file}: ${piece}`);
  });
}

describe('Personr', () => {
  const rows = rowsBetween('## Personr: facts and their tests', '## Errors: network', /^\| (B\d|trap)/);
  /** Each file that a row names, and the names of tests behind it. */
  const named = rows.flatMap((row) =>
    [...row.matchAll(/`((?:test\/)?[\w/.-]+\.test\.ts)`((?: \*[^*]+\*,?)*)/g)].map(([, file = '', tests = '']) => ({
      file: file.startsWith('test/') ? file : `test/integration/providers/${file}`,
      tests: [...tests.matchAll(/\*([^*]+)\*/g)].map(([, name = '']) => name),
    })),
  );

  test('every trap has a row', () => {
    const traps = rows.flatMap((row) => /^\| trap (\d+)/.exec(row)?.[1] ?? []).map(Number);
    expect(traps).toEqual(Array.from({ length: 17 }, (_, index) => 25 + index));
  });

  test('what a row calls its test is one', () => {
    expect(named.length).toBeGreaterThan(40);
    expect(missing(named)).toEqual([]);
  });
});

/** Letters that stand for files in the tables of Persona and of errors. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['P', 'test/integration/providers/persona.test.ts'],
  ['Q', 'test/integration/providers/persona-submit.test.ts'],
  ['I', 'test/integration/providers/persona-inquiry.test.ts'],
  ['U', 'test/integration/providers/personr-upload.test.ts'],
  ['V', 'test/integration/providers/sumsub-upload.test.ts'],
  ['W', 'test/integration/providers/sumsub.test.ts'],
  ['R', 'test/integration/practice/persona-records.test.ts'],
  ['S', 'test/integration/practice/persona.test.ts'],
  ['K', 'test/integration/practice/idempotency.test.ts'],
]);
const FILES = globSync('test/**/*.test.ts', { cwd: ROOT });

/** In the last cell: a letter, `X` with a file behind it, or a file by its name; each with the names of tests that follow. */
function quotedIn(row: string): Named[] {
  const cell = row.split('|').at(-2) ?? '';
  const found = cell.matchAll(/(?:\b([PQIUVWRSK])\b|X `(\w+)`|`([\w/.-]+\.test\.ts)`)((?:,? "[^"]+")*)/g);
  return [...found].map(([, letter = '', exactlyOnce, file = '', tests = '']) => ({
    file:
      LETTERS.get(letter) ??
      (exactlyOnce === undefined
        ? (FILES.find((path) => path === `test/integration/providers/${file}` || path === file) ??
          FILES.find((path) => path.endsWith(`/${file}`)) ??
          file)
        : `test/integration/exactly-once/${exactlyOnce}.test.ts`),
    tests: [...tests.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  }));
}

describe('Persona', () => {
  const rows = rowsBetween("### Persona's facts", '## Errors: Personr', /^\|(?! \| trap|-)/);
  const named = rows.flatMap(quotedIn);

  test('every trap has a row with a test, or says why there is none', () => {
    const traps = rows.flatMap((row) => {
      const [, numbers = '', , tests = ''] = row.split('|');
      expect(tests).toMatch(/"|\.test\.ts|not used/);
      return [...numbers.matchAll(/\d+/g)].map(([number]) => Number(number));
    });
    expect([...new Set(traps)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, index) => 1 + index));
  });

  test('what a row calls its test is one', () => {
    expect(named.length).toBeGreaterThan(40);
    expect(missing(named)).toEqual([]);
  });
});

describe('errors', () => {
  const rows = rowsBetween('## The tables of errors', null, /^\|(?! table|-)/);

  test('each table of errors has tests, and what a row calls its test is one', () => {
    const tables = [...text.matchAll(/^## (Errors: \w+)$/gm)].map(([, name]) => name);
    expect(tables.filter((name) => !rows.some((row) => row.startsWith(`| ${name} |`)))).toEqual([]);
    expect(rows.filter((row) => quotedIn(row).length === 0)).toEqual([]);
    expect(missing(rows.flatMap(quotedIn))).toEqual([]);
  });
});

/** A call as the tables write it: `GET /inquiries/{id}`. */
const templateOf = ({ method, path }: { readonly method: string; readonly path: RegExp }): string =>
  `${method} ${path.source
    .replace(/^\^|\$$/g, '')
    .replaceAll('\\/', '/')
    .replaceAll(/\[\^[^\]]*\]\+/g, '{id}')}`;

describe('endpoints', () => {
  const rows = rowsBetween('## Every endpoint', '## The facts of Persona and Sumsub', /^\| (?!endpoint)[`(]/);

  test('are those of the code, each with a test that is one', () => {
    const named = rows.flatMap((row) => /^\| `([^`]+)` \|/.exec(row)?.[1] ?? []);
    const calls = [...Object.values(PERSONA_CALLS), ...Object.values(SUMSUB_CALLS)].map((call) => templateOf(call));
    const workflows = ['/api-basic-auth', ...Object.keys(PERSONR_REQUESTS)].map((path) => `POST ${path}`);
    expect(named.toSorted()).toEqual([...calls, ...workflows].toSorted());
    expect(rows.filter((row) => quotedIn(row).length === 0)).toEqual([]);
    expect(missing(rows.flatMap(quotedIn))).toEqual([]);
  });
});

describe('facts of Persona and Sumsub', () => {
  const rows = rowsBetween('## The facts of Persona and Sumsub', '## What could not be known', /^\| (?!fact)\w/);

  test('every section has a row, and what it calls its test is one', () => {
    const sections = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/\b([AB]\d+)\b/g)].map(([, name]) => name),
    );
    const all = [...Array.from({ length: 14 }, (_, index) => `A${index + 1}`), 'B6'];
    expect(all.filter((section) => !sections.includes(section))).toEqual([]);
    expect(rows.filter((row) => quotedIn(row).length === 0)).toEqual([]);
    expect(missing(rows.flatMap(quotedIn))).toEqual([]);
  });
});
