import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Decrypter, armor, generateX25519Identity } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import {
  createFieldCipher,
  createFileKeyStore,
  openKeys,
  type KeyStore,
  type LockedKeys,
  type UnlockedKeys,
} from '../../../main/vault/index.ts';
import { temporaryDirectory, testClock } from '../database/support.ts';
import { ANY_SIZE, pattern, random, vaultForTest } from './support.ts';

interface Place {
  readonly directory: string;
  readonly keyFile: string;
}

function place(): Place {
  const profile = temporaryDirectory();
  return { directory: join(profile, 'vault'), keyFile: join(profile, 'file-key') };
}

function open({ directory, keyFile }: Place, changed: { keyStore?: KeyStore; mayCreate?: boolean } = {}) {
  const keyStore = createFileKeyStore({ file: keyFile, random });
  return openKeys({ directory, keyStore, clock: testClock(), random, ...changed });
}

function asUnlocked(keys: UnlockedKeys | LockedKeys): UnlockedKeys {
  if (keys.kind !== 'unlocked') throw new Error(`locked: ${keys.reason}`);
  return keys;
}

function asLocked(keys: UnlockedKeys | LockedKeys): LockedKeys {
  if (keys.kind !== 'locked') throw new Error('not locked');
  return keys;
}

const allText = (directory: string): string =>
  readdirSync(directory)
    .map((name) => readFileSync(join(directory, name)).toString('latin1'))
    .join('\n');

describe('the vault key', () => {
  test('is made once and comes back', async () => {
    const where = place();
    const first = asUnlocked(await open(where));
    expect(first.vaultKey).toHaveLength(32);
    expect(first.hasRecoveryKey).toBe(false);
    const second = asUnlocked(await open(where));
    expect(Buffer.from(second.vaultKey).equals(first.vaultKey)).toBe(true);
    expect(second.vaultId).toBe(first.vaultId);
  });

  test('is not on the disk, and its files are for this user only', async () => {
    const where = place();
    const { vaultKey } = asUnlocked(await open(where));
    const text = allText(where.directory);
    expect(text).not.toContain(Buffer.from(vaultKey).toString('base64'));
    expect(text).not.toContain(Buffer.from(vaultKey).toString('latin1'));
    for (const file of [where.keyFile, join(where.directory, 'keys.json'), join(where.directory, 'keys.copy.json')]) {
      expect(statSync(file).mode & 0o077).toBe(0);
    }
  });

  test('puts a copy right that a death had left behind or unwritten, and takes half files away', async () => {
    const where = place();
    const first = asUnlocked(await open(where));
    const file = join(where.directory, 'keys.json');
    const copy = join(where.directory, 'keys.copy.json');
    rmSync(copy);
    await open(where);
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(file, 'utf8'));
    const before = readFileSync(copy);
    await first.createRecoveryKey();
    writeFileSync(copy, before);
    writeFileSync(`${copy}.half`, 'half');
    expect(asUnlocked(await open(where)).hasRecoveryKey).toBe(true);
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(file, 'utf8'));
    writeFileSync(`${file}.half`, 'half');
    await open(where);
    expect(readdirSync(where.directory).sort()).toEqual(['keys.copy.json', 'keys.json']);
  });

  test('never writes over a copy that belongs to another vault', async () => {
    const where = place();
    await open(where);
    const other = place();
    await open(other);
    const copy = join(where.directory, 'keys.copy.json');
    copyFileSync(join(other.directory, 'keys.json'), copy);
    asUnlocked(await open(where));
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(join(other.directory, 'keys.json'), 'utf8'));
  });

  test.each(['keys.json', 'keys.copy.json'])('survives the loss of %s', async (name) => {
    const where = place();
    const { vaultKey } = asUnlocked(await open(where));
    rmSync(join(where.directory, name));
    expect(Buffer.from(asUnlocked(await open(where)).vaultKey).equals(vaultKey)).toBe(true);
  });

  test('survives a damaged key file, which is kept', async () => {
    const where = place();
    const { vaultKey } = asUnlocked(await open(where));
    writeFileSync(join(where.directory, 'keys.json'), '{"version": 1, "vaul');
    expect(Buffer.from(asUnlocked(await open(where)).vaultKey).equals(vaultKey)).toBe(true);
    expect(readdirSync(where.directory).sort()).toEqual([
      'keys.copy.json',
      'keys.json',
      'keys.json.damaged-20261122T030000000Z',
    ]);
  });
});

describe('a new key is never made over what an old one sealed', () => {
  test('pages without key files are locked', async () => {
    const where = place();
    const { vaultKey } = asUnlocked(await open(where));
    const { vault } = vaultForTest({ directory: where.directory, vaultKey });
    await vault.ingest({ kind: 'bytes', bytes: pattern(10) }, ANY_SIZE);
    for (const name of ['keys.json', 'keys.copy.json']) rmSync(join(where.directory, name));
    expect(asLocked(await open(where))).toMatchObject({ reason: 'keys_missing', hasRecoveryKey: false });
    expect(existsSync(join(where.directory, 'keys.json'))).toBe(false);
  });

  test('sealed data elsewhere counts as well', async () => {
    expect(asLocked(await open(place(), { mayCreate: false })).reason).toBe('keys_missing');
  });

  test('two damaged key files are locked and left as they are', async () => {
    const where = place();
    asUnlocked(await open(where));
    for (const name of ['keys.json', 'keys.copy.json']) writeFileSync(join(where.directory, name), 'damaged');
    expect(asLocked(await open(where)).reason).toBe('keys_damaged');
    expect(readFileSync(join(where.directory, 'keys.json'), 'utf8')).toBe('damaged');
  });

  test('a lost key store is locked, and another one as well', async () => {
    const where = place();
    asUnlocked(await open(where));
    const before = allText(where.directory);
    const kept = `${where.keyFile}.kept`;
    copyFileSync(where.keyFile, kept);
    rmSync(where.keyFile);
    expect(asLocked(await open(where)).reason).toBe('key_store_lost');
    writeFileSync(where.keyFile, random(32));
    expect(asLocked(await open(where)).reason).toBe('key_store_lost');
    writeFileSync(where.keyFile, 'short');
    expect(asLocked(await open(where)).reason).toBe('key_store_lost');
    expect(allText(where.directory)).toBe(before);
    copyFileSync(kept, where.keyFile);
    asUnlocked(await open(where));
  });

  test('a key store that gives back other bytes is found out', async () => {
    const where = place();
    asUnlocked(await open(where));
    const liar: KeyStore = {
      kind: 'os',
      isSecure: true,
      isAvailable: () => true,
      wrap: (secret) => secret,
      unwrap: () => random(32),
    };
    expect(asLocked(await open(where, { keyStore: liar })).reason).toBe('key_store_lost');
  });

  test('a key store that cannot be asked locks a first run and an old vault', async () => {
    const where = place();
    const keyStore = { ...createFileKeyStore({ file: where.keyFile, random }), isAvailable: () => false };
    expect(asLocked(await open(where, { keyStore })).reason).toBe('key_store_unavailable');
    expect(existsSync(join(where.directory, 'keys.json'))).toBe(false);
    asUnlocked(await open(where));
    expect(asLocked(await open(where, { keyStore })).reason).toBe('key_store_unavailable');
  });
});

describe('the recovery key', () => {
  test('opens the vault after the key store is lost, and wraps it for the new one', async () => {
    const where = place();
    const first = asUnlocked(await open(where));
    const identity = await first.createRecoveryKey();
    expect(identity).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/);
    expect(first.hasRecoveryKey).toBe(true);
    expect(allText(where.directory)).not.toContain(identity);
    rmSync(where.keyFile);
    const locked = asLocked(await open(where));
    expect(locked.hasRecoveryKey).toBe(true);
    const opened = await locked.unlockWithRecoveryKey(`  ${identity.toLowerCase()}\n`);
    if (opened.kind !== 'unlocked') throw new Error(opened.reason);
    expect(Buffer.from(opened.vaultKey).equals(first.vaultKey)).toBe(true);
    expect(opened.hasRecoveryKey).toBe(true);
    expect(Buffer.from(asUnlocked(await open(where)).vaultKey).equals(first.vaultKey)).toBe(true);
  });

  test('is in the age format, so that the age tool opens it without Satchel', async () => {
    const where = place();
    const keys = asUnlocked(await open(where));
    const identity = await keys.createRecoveryKey();
    const stored: unknown = JSON.parse(readFileSync(join(where.directory, 'keys.json'), 'utf8'));
    expect(JSON.stringify(stored)).toMatch(/"recipient":"age1[0-9a-z]{58}"/);
    const armored = /-----BEGIN AGE ENCRYPTED FILE-----[^"]*-----END AGE ENCRYPTED FILE-----/.exec(
      JSON.stringify(stored),
    );
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const file = (armored?.[0] ?? '').replaceAll('\\n', '\n');
    expect(Buffer.from(await decrypter.decrypt(armor.decode(file))).equals(keys.vaultKey)).toBe(true);
  });

  test('made anew replaces the old one', async () => {
    const where = place();
    const keys = asUnlocked(await open(where));
    const old = await keys.createRecoveryKey();
    const present = await keys.createRecoveryKey();
    rmSync(where.keyFile);
    const locked = asLocked(await open(where));
    expect(await locked.unlockWithRecoveryKey(old)).toEqual({ kind: 'refused', reason: 'does_not_fit' });
    expect((await locked.unlockWithRecoveryKey(present)).kind).toBe('unlocked');
  });

  test('what does not fit is refused in a word that quotes nothing', async () => {
    const where = place();
    await asUnlocked(await open(where)).createRecoveryKey();
    rmSync(where.keyFile);
    const locked = asLocked(await open(where));
    expect(await locked.unlockWithRecoveryKey('hunter2')).toEqual({ kind: 'refused', reason: 'malformed' });
    expect(await locked.unlockWithRecoveryKey('')).toEqual({ kind: 'refused', reason: 'malformed' });
    const other = await generateX25519Identity();
    expect(await locked.unlockWithRecoveryKey(other)).toEqual({ kind: 'refused', reason: 'does_not_fit' });
  });

  test('a vault without one says so', async () => {
    const where = place();
    asUnlocked(await open(where));
    rmSync(where.keyFile);
    const locked = asLocked(await open(where));
    expect(await locked.unlockWithRecoveryKey(await generateX25519Identity())).toEqual({
      kind: 'refused',
      reason: 'none',
    });
  });
});

describe('the file key store', () => {
  test('says that it is not secure, and never replaces its key', () => {
    const file = join(temporaryDirectory(), 'deep', 'file-key');
    const store = createFileKeyStore({ file, random });
    expect(store).toMatchObject({ kind: 'file', isSecure: false });
    const wrapped = store.wrap(Buffer.from('secret'));
    const key = readFileSync(file);
    store.wrap(Buffer.from('another'));
    expect(readFileSync(file).equals(key)).toBe(true);
    expect(Buffer.from(createFileKeyStore({ file, random }).unwrap(wrapped)).toString()).toBe('secret');
    wrapped[wrapped.length - 1] = (wrapped[wrapped.length - 1] ?? 0) ^ 1;
    expect(() => store.unwrap(wrapped)).toThrow('does not fit');
  });

  test('an unusable key file is not written over', () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'file-key');
    mkdirSync(file);
    expect(() => createFileKeyStore({ file, random }).wrap(Buffer.from('secret'))).toThrow('cannot be used');
    expect(statSync(file).isDirectory()).toBe(true);
  });
});

describe('sealed fields', () => {
  const vaultKey = random(32);
  const cipher = createFieldCipher(vaultKey, random);

  test.each(['', 'Anna', 'Zoë 王秀英 🙂', 'x'.repeat(10_000)])('give back %#', (plain) => {
    const sealed = cipher.seal(plain, 'submissions.subject/1');
    expect(cipher.open(sealed, 'submissions.subject/1')).toBe(plain);
    expect(cipher.open(new Uint8Array(sealed), 'submissions.subject/1')).toBe(plain);
    expect(plain === '' || !Buffer.from(sealed).includes(plain)).toBe(true);
  });

  test('are different each time', () => {
    expect(Buffer.from(cipher.seal('a', 'c')).equals(cipher.seal('a', 'c'))).toBe(false);
  });

  test('do not open in another place, with another key, or changed', () => {
    const sealed = cipher.seal('Anna', 'submissions.subject/1');
    expect(() => cipher.open(sealed, 'submissions.subject/2')).toThrow('does not open');
    expect(() => createFieldCipher(random(32), random).open(sealed, 'submissions.subject/1')).toThrow('does not open');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => cipher.open(changed, 'submissions.subject/1')).toThrow('does not open');
    }
    for (const length of [0, 1, 13, 28, sealed.length - 1]) {
      expect(() => cipher.open(sealed.subarray(0, length), 'submissions.subject/1')).toThrow('does not open');
    }
  });

  test('are found again by a tag, which says nothing without the key and in another context', () => {
    const tag = cipher.tag('C01X00T47', 'readings/number');
    expect(tag).toMatch(/^[\w-]{43}$/);
    expect(createFieldCipher(vaultKey, random).tag('C01X00T47', 'readings/number')).toBe(tag);
    const others = [
      cipher.tag('C01X00T48', 'readings/number'),
      cipher.tag('C01X00T47', 'readings/name'),
      createFieldCipher(random(32), random).tag('C01X00T47', 'readings/number'),
    ];
    expect(others).not.toContain(tag);
    // The parting of context and text cannot be moved.
    expect(cipher.tag('c', 'a/b')).not.toBe(cipher.tag('bc', 'a/'));
  });
});
