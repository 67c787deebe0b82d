import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConnectionInput, newSettings, PROVIDER_DESCRIPTORS, ProviderId } from '../../../shared/domain/index.ts';
import type { ProviderDescriptor } from '../../../shared/domain/index.ts';
import { practiceFlows } from '../../../shared/domain/practice-flows.ts';

const root = join(import.meta.dirname, '../../..');

/**
 * Rooms that must work with a provider of tomorrow as it is. Catalogues are left out: their keys have the ids of providers, and
 * the compiler asks for each.
 */
const ROOMS = [
  'main/app',
  'main/capture',
  'main/folder',
  'main/headless',
  'main/ipc',
  'main/outbox',
  'main/reports',
  'main/scanning',
  'main/settings',
  'main/submissions',
  'main/sync',
  'renderer',
];
const CATALOGUES = /^renderer\/i18n\/(en|de)\//;

/** What a source says besides its comments. A `//` inside an address is kept. */
function code(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}

function sources(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(room, name).replaceAll('\\', '/'))
    .filter((name) => !CATALOGUES.test(name));
}

describe('providers are described, not named', () => {
  // `persona` is also the beginning of `personal`; `PersonaKey` names it, however.
  const spelt = ProviderId.options.flatMap((id) => [id, id.charAt(0).toUpperCase() + id.slice(1)]);
  const names = new RegExp(`(${spelt.join('|')})(?![a-z])`);

  it.each(ROOMS)('%s works with any provider', (room) => {
    const files = sources(room);
    expect(files.length).toBeGreaterThan(0);
    const naming = files.flatMap((file) =>
      code(readFileSync(join(root, file), 'utf8'))
        .split('\n')
        .filter((line) => names.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(naming).toEqual([]);
  });

  it('finds a name in code, not in a comment', () => {
    expect(names.test(code("if (provider === 'personr') go(); // of one"))).toBe(true);
    expect(names.test(code('isPersonaKey(x)'))).toBe(true);
    expect(names.test(code('const personalData = 1;'))).toBe(false);
    expect(names.test(code('/** Personr wants one. */\nconst one = 1; // and Persona too\n'))).toBe(false);
  });
});

describe.each(ProviderId.options)('the description of %s', (id) => {
  const described: ProviderDescriptor = PROVIDER_DESCRIPTORS[id];

  it('is filed under its own id', () => {
    expect(described.id).toBe(id);
  });

  it('makes a connection that main accepts, from its own practice part', () => {
    const { practice, baseUrls, settings } = described;
    const input = { provider: id, name: practice.name, environment: 'practice', flows: practiceFlows(id) };
    for (const baseUrl of baseUrls) {
      expect(ConnectionInput.parse({ ...input, baseUrl, settings: {}, credential: practice.credential })).toMatchObject(
        { provider: id, baseUrl, settings: settings.parse({}), credential: practice.credential },
      );
    }
  });

  it('has an input for each value of its credential and a choice for each of its settings', () => {
    expect(described.credentialFields.map(({ key }) => key).toSorted()).toEqual(
      Object.keys(described.practice.credential).toSorted(),
    );
    const defaults = described.settings.parse({});
    expect(described.settingFields.map(({ key }) => key).toSorted()).toEqual(Object.keys(defaults).toSorted());
    for (const { key, options } of described.settingFields) {
      // Without choices it is a text, whose default stays as it is.
      const initial = defaults[key];
      expect(described.settings.parse({ [key]: initial })[key]).toBe(initial);
      expect(options?.map((option) => option.id) ?? [initial]).toContain(initial);
      for (const option of options ?? []) expect(described.settings.parse({ [key]: option.id })[key]).toBe(option.id);
      expect(options?.map((option) => option.id) ?? [newSettings(id)[key]]).toContain(newSettings(id)[key]);
    }
  });

  it('refuses a credential with an empty value, naming its input', () => {
    for (const { key } of described.credentialFields) {
      const refused = described.credential.safeParse({ ...described.practice.credential, [key]: '' });
      expect(refused.error?.issues.map(({ path }) => path)).toEqual([[key]]);
    }
  });

  it('asks in every template and practice flow for what no customer can be created without', () => {
    for (const { requiredFields, subjectKind } of [...described.templates, ...practiceFlows(id)]) {
      const needed = subjectKind === 'entity' ? (described.neededEntityFields ?? []) : described.neededFields;
      expect(requiredFields).toEqual(expect.arrayContaining([...needed]));
    }
  });

  it('names the fields of its bare credential and of its keys’ prefixes', () => {
    const keys = described.credentialFields.map(({ key }) => key);
    const named = [described.commandLine.bareField, described.keyPrefixes?.field ?? null];
    expect(keys).toEqual(expect.arrayContaining(named.filter((key) => key !== null)));
  });
});
