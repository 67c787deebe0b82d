import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { capture } from '../../../shared/messages/en/capture.ts';
import { en } from '../../../shared/messages/index.ts';
import { deliveryName } from '../../../main/capture/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

async function codesIn(folder: string, pattern: RegExp): Promise<Set<string>> {
  const codes = new Set<string>();
  for (const name of await readdir(join(root, folder))) {
    if (!name.endsWith('.ts')) continue;
    const text = await readFile(join(root, folder, name), 'utf8');
    for (const [, code = ''] of text.matchAll(pattern)) codes.add(code);
  }
  return codes;
}

const hasSentence = (code: string): boolean => code in en || `${code}_other` in en;

describe('sentences', () => {
  it('exist for every message that capture, inspection, settings and reports can give', async () => {
    const codes = new Set<string>();
    for (const folder of ['main/capture', 'main/settings', 'main/inspection']) {
      for (const code of await codesIn(folder, /'((?:import|manifest|capture|ledger|connection|app)\.[A-Za-z]+)'/g)) {
        codes.add(code);
      }
    }
    // Names of log events share the look of message codes; they are never shown.
    for (const event of ['import.discardFailed', 'import.commitFailed', 'import.failed', 'manifest.csv'])
      codes.delete(event);
    expect(codes.size).toBeGreaterThan(60);
    expect([...codes].filter((code) => !hasSentence(code))).toEqual([]);
  });

  it('exist in pairs for every finding of inspection and preflight', async () => {
    const rules = await codesIn('shared/rules', /finding\(\s*'([a-zA-Z.]+)'/g);
    for (const rule of await codesIn('main/inspection', /'((?:page|pdf)\.[A-Za-z]+)'/g)) rules.add(rule);
    for (const rule of await codesIn('main/capture', /rule: '([a-zA-Z.]+)'/g)) rules.add(rule);
    expect(rules.size).toBeGreaterThan(20);
    const missing = [...rules].filter(
      (rule) => !hasSentence(`finding.${rule}`) || !hasSentence(`finding.${rule}.next`),
    );
    expect(missing).toEqual([]);
  });

  it('end as sentences do, without shouting', () => {
    const odd = Object.entries(capture).filter(([, text]) => /!|\s{2}|undefined/.test(text) || !/[.}]$/.test(text));
    expect(odd).toEqual([]);
  });
});

describe('the name under which a page is sent', () => {
  it.each([
    ['passport.jpeg', 'image/jpeg', 'passport.jpg'],
    ['Ausweis Müller (1).PDF', 'image/jpeg', 'Ausweis_Muller_1.jpg'],
    ['../../etc/passwd', 'image/png', 'etc_passwd.png'],
    ['.pdf', 'application/pdf', 'pdf.pdf'],
    ['护照.png', 'image/png', 'page.png'],
    [`${'x'.repeat(300)}.png`, 'image/png', `${'x'.repeat(80)}.png`],
  ] as const)('%s as %s is %s', (fileName, mediaType, sent) => {
    expect(deliveryName(fileName, mediaType)).toBe(sent);
  });
});
