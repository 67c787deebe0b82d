import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { switchesDe } from '../../../main/practice/page/switch-words-de.ts';
import { switchesEn } from '../../../main/practice/page/switch-words-en.ts';
import {
  OPEN_QUESTIONS,
  PRACTICE_SWITCHES,
  problemOf,
  resolveSwitches,
  SWITCH_NAMES,
  type Switch,
} from '../../../main/practice/switches.ts';
import { practiceDocument } from '../../../scripts/practice-docs.ts';

/** The questions that the providers' public material leaves open, as this project wrote them down. */
const OPEN = {
  Persona: [
    'submit without files',
    'submit twice',
    'update after submit',
    'idempotency mismatch status',
    'concurrent same key',
    'replay Request-Id',
    'PATCH idempotency',
    'generic file limits (bytes, count, media types, data: URI)',
    'files append or replace',
    'expired file token status',
    'invalid Persona-Version',
    'page[size] out of range',
    'sandbox rate limit',
    'webhook retry schedule',
    'sandbox processing outcome for generic documents',
    'deprecated writes answering 403, 404 or 410 some day',
  ],
  Personr: [
    'JSON or multipart upload',
    'HTTP status accompanying body statusCode',
    '401 body',
    'unknown applicantId body',
    'status shape before Reviewed',
    'errors[] and warnings[] element type',
    'size limit',
    'attempts exhausted reply',
    'link expiry',
    'webhook header name, retries',
    'rate limits',
    'final-label list',
    'entity subtypes',
    'onHold mapping',
    'workspace missing',
  ],
  Sumsub: [
    'file names in the list of images',
    'same bytes after their image was put out of use',
    'errors[] and warnings[] element type',
    'unknown level',
    'verification that starts by itself',
    'life of a signature',
    'rate limits',
  ],
};

describe('the switches', () => {
  test('answer every open question, or say why the server does not touch it', () => {
    const answered = new Set(OPEN_QUESTIONS.map((entry) => entry.question));
    const asked = Object.entries(OPEN).flatMap(([provider, questions]) =>
      questions.map((question) => `${provider}: ${question}`),
    );
    expect(asked.filter((question) => !answered.has(question))).toEqual([]);
    const reasons = OPEN_QUESTIONS.flatMap((entry) => ('untouched' in entry ? [entry.untouched] : []));
    expect(reasons).toHaveLength(2);
    expect(reasons).not.toContain('');
  });

  test('each belongs to a question, is called assumed and has a default that is one of its values', () => {
    const used = new Set<string>(OPEN_QUESTIONS.flatMap((entry) => ('switches' in entry ? entry.switches : [])));
    expect(SWITCH_NAMES.filter((name) => !used.has(name))).toEqual([]);
    for (const name of SWITCH_NAMES) {
      const definition = PRACTICE_SWITCHES[name];
      expect(definition.assumed).toBe(true);
      expect(problemOf(name, definition.default)).toBeNull();
    }
  });

  test('each asks its question and says what its values mean, in both languages and in nothing else', () => {
    for (const words of [switchesEn, switchesDe]) {
      expect(Object.keys(words).toSorted()).toEqual(SWITCH_NAMES.toSorted());
      for (const name of SWITCH_NAMES) {
        const definition: Switch = PRACTICE_SWITCHES[name];
        const text: { question: string; values?: Readonly<Record<string, string>> } = words[name];
        expect(text.question).toMatch(/^\p{Lu}[^!]+\.$/u);
        // A status, a version and a number say themselves what they are.
        const toTell = definition.kind === 'number' ? [] : definition.values.filter((value) => !/^\d/.test(value));
        expect([name, Object.keys(text.values ?? {}).toSorted()]).toEqual([name, toTell.toSorted()]);
        for (const meaning of Object.values(text.values ?? {})) expect(meaning).toMatch(/^[^!]*[^!.\s]$/u);
      }
    }
    expect(SWITCH_NAMES.filter((name) => switchesDe[name].question === switchesEn[name].question)).toEqual([]);
  });

  test('a wrong name, value or number is refused with a sentence', () => {
    expect(() => resolveSwitches({ 'persona.nothing': '1' })).toThrow('there is no switch persona.nothing');
    expect(() => resolveSwitches({ 'persona.submitTwice': '500' })).toThrow('persona.submitTwice is one of 409, 422');
    expect(() => resolveSwitches({ 'persona.fileMaxBytes': -1 })).toThrow('is a whole number from 0');
    expect(resolveSwitches({ 'persona.submitTwice': '422' })['persona.submitTwice']).toBe('422');
  });

  test('docs/practice.md shows exactly these (npm run samples writes it)', async () => {
    const text = await readFile(new URL('../../../docs/practice.md', import.meta.url), 'utf8');
    expect(text).toBe(practiceDocument());
  });
});
