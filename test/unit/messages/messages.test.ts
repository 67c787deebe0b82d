import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../main/words/index.ts';
import { en } from '../../../shared/messages/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name));
}

/** `code: 'x.y'` of every message that main or the rules build; codes put together at run time are checked below. */
function codesInUse(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const file of [...sources('main'), ...sources('shared/rules')]) {
    for (const [, code = ''] of readFileSync(file, 'utf8').matchAll(
      /\bcode:\s*'([a-z]+[A-Za-z_]*(?:\.[A-Za-z_]+)+)'/g,
    )) {
      codes.set(code, file.slice(root.length));
    }
  }
  return codes;
}

describe('sentences', () => {
  const codes = codesInUse();

  it('finds the codes in the sources', () => {
    expect(codes.size).toBeGreaterThan(60);
  });

  it('has an English sentence for every code that main uses', () => {
    const missing = [...codes].filter(([code]) => en[code] === undefined && en[`${code}_one`] === undefined);
    expect(missing).toEqual([]);
  });

  it('has no exclamation mark and ends every sentence', () => {
    const bad = Object.entries(en).filter(([, text]) => text.includes('!') || text.trim() !== text || text === '');
    expect(bad).toEqual([]);
  });

  it('name the side of a document that has two', () => {
    const params = { requirement: 'Identity document', documentType: 'id_card' };
    expect(
      ['front', 'back', 'single'].map((side) => inEnglish({ code: 'finding.slot.empty', params: { ...params, side } })),
    ).toEqual([
      'Identity document, front: a page is missing.',
      'Identity document, back: a page is missing.',
      'Identity document: a page is missing.',
    ]);
  });
});
