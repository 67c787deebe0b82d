import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ProviderId } from '../../../shared/domain/index.ts';
import { de, en } from '../../../shared/messages/index.ts';
import { KIND_RULES } from '../../../shared/rules/kind.ts';
import { PROVIDER_RULES } from '../../../shared/rules/providers.ts';
import { RULES } from '../../../shared/rules/sources.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What only names rules. */
const TABLES: ReadonlySet<string> = new Set(['sources.ts', 'judged.ts']);

/** Source text of everything that finds something. */
async function sourceText(): Promise<string> {
  const texts: string[] = [];
  for (const folder of ['shared/rules', 'main/capture', 'main/inspection']) {
    for (const name of await readdir(join(root, folder), { recursive: true })) {
      if (name.endsWith('.ts') && !TABLES.has(name)) texts.push(await readFile(join(root, folder, name), 'utf8'));
    }
  }
  return texts.join('\n');
}
const text = await sourceText();

const rulesOf = (catalogue: Readonly<Record<string, string>>): string[] => {
  const told = Object.keys(catalogue).filter((code) => code.startsWith('finding.'));
  return [
    ...new Set(told.map((code) => code.slice('finding.'.length).replace(/(_one|_other|\.next)$/, ''))),
  ].toSorted();
};

const ownerOf = (rule: string): string | undefined =>
  ProviderId.options.find((provider) => rule.startsWith(`${provider}.`));

/** The forms in which a rule may stand in the source: whole, or made of the provider's name or the field's. */
function writingsOf(rule: string): string[] {
  const owner = ownerOf(rule);
  const own = owner === undefined ? [] : [`\${provider}${rule.slice(owner.length)}\``];
  const missing = rule.startsWith('subject.missing.') ? ['`subject.missing.${field}`'] : [];
  return [`'${rule}'`, ...own, ...missing];
}

describe('every rule', () => {
  it.each([
    ['en', en],
    ['de', de],
  ])('has a source where it has a sentence, and a sentence where it has a source (%s)', (_language, catalogue) => {
    expect(rulesOf(catalogue)).toEqual(Object.keys(RULES).toSorted());
  });

  it.each([
    ['en', en],
    ['de', de],
  ])('names one next step (%s)', (_language, catalogue) => {
    const codes = new Set(Object.keys(catalogue));
    expect(Object.keys(RULES).filter((rule) => !codes.has(`finding.${rule}.next`))).toEqual([]);
  });

  it('that is found somewhere has a source', () => {
    const found = new Set<string>();
    for (const [, rule = ''] of text.matchAll(/finding\(\s*'([a-zA-Z.]+)'/g)) found.add(rule);
    for (const [, rule = ''] of text.matchAll(/\brule: '([a-zA-Z.]+)'/g)) found.add(rule);
    for (const [, rule = ''] of text.matchAll(/\['(page\.[a-zA-Z]+)'[\],]/g)) found.add(rule);
    for (const { neverOverridden } of Object.values(PROVIDER_RULES))
      for (const rule of neverOverridden) found.add(rule);
    for (const rule of KIND_RULES) found.delete(rule);
    expect(found.size).toBeGreaterThan(45);
    expect([...found].filter((rule) => !(rule in RULES))).toEqual([]);
  });

  it('with a source can be found', () => {
    const unused = Object.keys(RULES).filter((rule) => !writingsOf(rule).some((writing) => text.includes(writing)));
    expect(unused).toEqual([]);
  });

  it('says where it comes from, and one provider’s own matters to that one', () => {
    expect(Object.keys(RULES).filter((rule) => RULES[rule]?.source === '')).toEqual([]);
    const own = Object.keys(RULES).filter((rule) => ownerOf(rule) !== undefined);
    expect(own.map((rule) => RULES[rule]?.mattersTo)).toEqual(own.map((rule) => [ownerOf(rule)]));
  });
});
