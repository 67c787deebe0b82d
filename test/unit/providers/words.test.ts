import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../../../shared/messages/index.ts';
import { persona } from '../../../shared/messages/en/persona.ts';
import { providers } from '../../../shared/messages/en/providers.ts';
import { sumsub } from '../../../shared/messages/en/sumsub.ts';

const ofSumsub = Object.entries(sumsub).filter(([code]) => !code.startsWith('finding.'));
const sentences = { ...providers, ...persona, ...Object.fromEntries(ofSumsub) };
const ROOM = new URL('../../../main/providers/', import.meta.url).pathname;
const source = readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(ROOM, name), 'utf8'))
  .join('\n');

const used = [...source.matchAll(/'((?:network|provider|persona|personr|sumsub)\.[A-Za-z.]+)'/g)]
  .map((match) => match[1] ?? '')
  .filter(
    (code) =>
      !/^(persona(\.(account|inquiry|document|transaction))+|(personr|sumsub)\.(applicant|document|check|entity))\.(create|update|submit|follow|upload|start|owner|redact)$/.test(
        code,
      ),
  );

/** What Sumsub said so often in a row that it comes to a person. */
const isSaidAgain = (code: string): boolean =>
  /^sumsub\.\w+Again$/.test(code) && used.includes(code.slice(0, -'Again'.length)) && source.includes('`${code}Again`');

describe('words', () => {
  it('every code that an adapter can give has a sentence', () => {
    expect(used.length).toBeGreaterThan(60);
    expect(used.filter((code) => en[code] === undefined)).toEqual([]);
  });

  it('every sentence belongs to a code in use', () => {
    const families = /^(?:(?:personr|sumsub)\.(?:label|image)|persona\.check)\.(\w+)$/;
    const orphans = Object.keys(sentences).filter((code) => {
      if (isSaidAgain(code)) return false;
      const family = families.exec(code)?.[1];
      return !used.includes(code) && (family === undefined || !source.includes(`'${family}'`));
    });
    expect(orphans).toEqual([]);
  });

  it('every label that may be shown has a sentence', () => {
    const labels = [...source.matchAll(/\['([A-Z_]+)', '(?:identity|front|back|selfie|address)'\]/g)].map(
      (match) => match[1],
    );
    expect(labels.length).toBeGreaterThan(30);
    const codes = labels.flatMap((label) => [`personr.label.${label}`, `sumsub.label.${label}`]);
    expect(codes.filter((code) => en[code] === undefined)).toEqual([]);
  });

  it('every check that may be shown has a sentence', () => {
    const checks = [...source.matchAll(/^ {2}'((?:id|document)_\w+_detection)',$/gm)].map((match) => match[1]);
    expect(checks.length).toBeGreaterThan(10);
    expect(checks.filter((check) => en[`persona.check.${check}`] === undefined)).toEqual([]);
  });

  it('no sentence names a reason that is not for the counter', () => {
    expect(
      Object.values(sentences).filter((text) =>
        /sanction|criminal|politically|watch ?list|forger|fraud|adverse/i.test(text),
      ),
    ).toEqual([]);
  });
});
