/** A profile and its copies: beside the original, on another PC, put back over the original. Nothing is sent twice. */
import { cpSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Satchel, Services } from '../../../main/app/index.ts';
import { Pictures, releaseCustomer } from '../../support/customers.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { until } from '../../support/until.ts';

const HERE = 'this-pc';
const ELSEWHERE = 'another-pc';

let folder: string;
let practice: PracticeForTests;
let original: string;
let copy: string;
let closing: (() => Promise<void>)[];
let pictures: Pictures;
let seed = 9_000;

beforeAll(async () => {
  folder = makeFolder('copies-practice');
  practice = await startPractice(folder);
  pictures = new Pictures(folder, seed);
});
afterAll(async () => {
  await practice.close();
  removeFolder(folder);
});
beforeEach(() => {
  closing = [];
  original = makeFolder('copies-original');
  copy = `${original}-copy`;
});
afterEach(async () => {
  await closeAll();
  removeFolder(original);
  removeFolder(copy);
});

async function closeAll(): Promise<void> {
  for (const close of closing.splice(0)) await close();
}

/** `machine`: which PC the profile is opened on; each has records of its own. */
async function openOn(machine: string, profile: string): Promise<Satchel> {
  const { satchel, close } = await openSatchel(profile, { place: { records: join(folder, machine), machine } });
  closing.push(close);
  await satchel.start();
  return satchel;
}

function servicesOf(satchel: Satchel): Services {
  if (satchel.services === null) throw new Error('the vault is locked');
  return satchel.services;
}

async function release(services: Services, provider: 'persona' | 'personr'): Promise<string> {
  const { connections } = services;
  const known = connections.views().find(({ name }) => name === `Copies ${provider}`)?.id;
  const connectionId =
    known ?? connections.create(connectionTo(provider, practice.server.origin, { name: `Copies ${provider}` }));
  seed += 1;
  return releaseCustomer(services, { connectionId, provider, pictures, reference: `COPY-${seed}` });
}

/** An original with one customer of each provider released and nothing sent yet, closed. */
async function originalWithWork(): Promise<string[]> {
  const services = servicesOf(await openOn(HERE, original));
  services.dispatcher.setOnline(false);
  const ids = [await release(services, 'persona'), await release(services, 'personr')];
  services.dispatcher.setOnline(true);
  services.dispatcher.setOnline(false);
  await closeAll();
  return ids;
}

async function isSent(services: Services, ids: readonly string[]): Promise<void> {
  services.dispatcher.setOnline(true);
  await until('everything to be sent', () =>
    ids.every((id) => ['sent', 'in_review', 'accepted'].includes(services.capture.submission(id).state)),
  );
}

function copyOf(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

/** How often each page of these customers lies at the providers. */
async function stored(services: Services, ids: readonly string[]): Promise<number[]> {
  const hashes = ids.flatMap((id) => services.capture.submission(id).pages.map(({ sha256 }) => sha256));
  const files = await practice.files();
  return hashes.map((hash) => files.find(({ sha256 }) => sha256 === hash)?.stored ?? 0);
}

async function sendsNothing(satchel: Satchel): Promise<void> {
  const before = (await practice.requests()).length;
  const services = servicesOf(satchel);
  services.dispatcher.setOnline(true);
  services.dispatcher.tryNow();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect((await practice.requests()).length).toBe(before);
}

describe('the same profile in its place', () => {
  it('opens again and again without a question, also after a crash between the two records', async () => {
    const ids = await originalWithWork();
    await openOn(HERE, original);
    await closeAll();
    // A start that was cut off after the first record knows both tokens; the profile still has the older one.
    const Record = z.looseObject({ token: z.string(), folder: z.string() });
    for (const name of readdirSync(join(folder, HERE))) {
      const file = join(folder, HERE, name);
      const record = Record.parse(JSON.parse(readFileSync(file, 'utf8')));
      if (record.folder !== original) continue;
      writeFileSync(file, JSON.stringify({ ...record, token: 'f'.repeat(32), previousToken: record.token }));
    }
    const satchel = await openOn(HERE, original);
    expect(satchel.status().copy).toBeNull();
    await isSent(servicesOf(satchel), ids);
  });
});

describe('a copy beside the original', () => {
  it('sends nothing while it is not decided; the original goes on, and then only looking up is left', async () => {
    const ids = await originalWithWork();
    copyOf(original, copy);
    const opened = await openOn(HERE, copy);
    expect(opened.status().copy).toMatchObject({
      reason: 'elsewhere',
      message: { code: 'installation.elsewhere' },
      choices: ['moved', 'older_copy'],
    });
    expect(opened.status().networkMessage.code).toBe('installation.elsewhere');
    await sendsNothing(opened);
    const connection = servicesOf(opened).connections.views()[0]?.id ?? '';
    await expect(servicesOf(opened).testConnection(connection)).rejects.toMatchObject({
      failure: { message: { code: 'installation.elsewhere' } },
    });
    await closeAll();

    const again = servicesOf(await openOn(HERE, original));
    await isSent(again, ids);
    expect(await stored(again, ids)).toEqual([1, 1, 1, 1]);
    await closeAll();

    const late = await openOn(HERE, copy);
    expect(late.status().copy?.choices).toEqual(['older_copy']);
    expect(() => late.decideCopy('moved')).toThrow(/installation/);
    late.decideCopy('older_copy');
    const services = servicesOf(late);
    services.dispatcher.setOnline(true);
    await until('everything to be found at the provider, or given to a person', () =>
      ids.every((id) => {
        const { state, beside } = services.capture.submission(id);
        return ['sent', 'in_review', 'accepted'].includes(state) || beside.includes('attention');
      }),
    );
    expect(await stored(services, ids)).toEqual([1, 1, 1, 1]);
  });

  it('that was moved goes on in its new place, which the ledger says, and the old place then asks', async () => {
    const ids = await originalWithWork();
    copyOf(original, copy);
    const satchel = await openOn(HERE, copy);
    satchel.decideCopy('moved');
    const services = servicesOf(satchel);
    await isSent(services, ids);
    expect(await stored(services, ids)).toEqual([1, 1, 1, 1]);
    const { entries } = await services.activity.list({ search: '', offset: 0, limit: 200 });
    expect(entries.filter(({ message }) => message.code === 'ledger.installation.moved')).toHaveLength(1);
    expect((await satchel.verifyLedger()).isIntact).toBe(true);
    await closeAll();
    expect((await openOn(HERE, copy)).status().copy).toBeNull();
    await closeAll();
    const old = await openOn(HERE, original);
    expect(old.status().copy).toMatchObject({ reason: 'elsewhere', choices: ['older_copy'] });
    await sendsNothing(old);
  });
});

describe('a copy on another PC', () => {
  it('asks first, also when the key store there does not open the vault', async () => {
    const services = servicesOf(await openOn(HERE, original));
    services.dispatcher.setOnline(false);
    const ids = [await release(services, 'persona')];
    const satchelHere = closing.length;
    expect(satchelHere).toBe(1);
    await closeAll();
    const keyHolder = await openOn(HERE, original);
    const recoveryKey = await keyHolder.createRecoveryKey();
    await closeAll();
    copyOf(original, copy);
    unlinkSync(join(copy, 'insecure.key'));

    const there = await openOn(ELSEWHERE, copy);
    expect(there.services).toBeNull();
    expect(there.status()).toMatchObject({ copy: { reason: 'other_pc' }, keyStore: { isUnlocked: false } });
    await there.unlock(recoveryKey);
    expect(there.status().copy).toMatchObject({ reason: 'other_pc', choices: ['moved', 'older_copy'] });
    await sendsNothing(there);
    there.decideCopy('moved');
    await isSent(servicesOf(there), ids);
    expect(await stored(servicesOf(there), ids)).toEqual([1, 1]);
  });
});

describe('an older copy put back over the original', () => {
  it('is known for what it is, and doubles nothing', async () => {
    const ids = await originalWithWork();
    copyOf(original, copy);
    const services = servicesOf(await openOn(HERE, original));
    await isSent(services, ids);
    await closeAll();
    copyOf(copy, original);

    const satchel = await openOn(HERE, original);
    expect(satchel.status().copy).toMatchObject({ reason: 'older', choices: ['older_copy'] });
    await sendsNothing(satchel);
    satchel.decideCopy('older_copy');
    const after = servicesOf(satchel);
    after.dispatcher.setOnline(true);
    await until('everything to be found at the provider, or given to a person', () =>
      ids.every((id) => {
        const { state, beside } = after.capture.submission(id);
        return ['sent', 'in_review', 'accepted'].includes(state) || beside.includes('attention');
      }),
    );
    expect(await stored(after, ids)).toEqual([1, 1, 1, 1]);
  });
});
