import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeSync,
  closeSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSatchel } from '../../../main/app/index.ts';
import type { OpenSatchel, Satchel, SatchelOptions } from '../../../main/app/index.ts';
import { silentLog } from '../../../main/logging/index.ts';
import { openUndiciHttp } from '../../../main/network/index.ts';
import { createFileKeyStore } from '../../../main/vault/index.ts';
import type { KeyStore } from '../../../main/vault/index.ts';
import { lendInspection } from '../../support/lent-inspection.ts';
import { samplePath, SAMPLES_FOLDER } from '../../support/samples.ts';
import { until } from '../../support/until.ts';

/** First byte of an SQLite page that holds the end of an index. */
const INDEX_LEAF = 0x0a;

let profile: string;
let open: (() => Promise<void>)[] = [];

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'satchel-app-'));
  open = [];
});
afterEach(async () => {
  for (const close of open) await close();
  rmSync(profile, { recursive: true, force: true });
});

const keyStoreOf = (directory: string): KeyStore =>
  createFileKeyStore({ file: join(directory, 'insecure.key'), random: randomBytes });

async function openApp(
  directory = profile,
  freeBytes = 1e12,
  keyStore: KeyStore = keyStoreOf(directory),
  options: Pick<SatchelOptions, 'inspection'> = { inspection: lendInspection() },
): Promise<OpenSatchel> {
  const http = await openUndiciHttp();
  const opened = await createSatchel({
    profile: directory,
    keyStore,
    http,
    operator: 'kim',
    samples: SAMPLES_FOLDER,
    freeBytes: () => freeBytes,
    log: silentLog,
    emit: () => {},
    ...options,
  });
  open.push(async () => {
    if (opened.kind === 'opened') await opened.satchel.stop();
    await http.close();
  });
  return opened;
}

async function started(options?: Pick<SatchelOptions, 'inspection'>): Promise<Satchel> {
  const opened = await openApp(undefined, undefined, undefined, options);
  if (opened.kind !== 'opened') throw new Error(`refused: ${opened.reason}`);
  await opened.satchel.start();
  return opened.satchel;
}

async function closeAll(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

async function loadSamples(satchel: Satchel): Promise<number> {
  await satchel.loadSamples();
  await satchel.services?.capture.whenInspected();
  return satchel.services?.capture.batches().length ?? 0;
}

/** Lets an index say something else than its table, which only the thorough check notices. */
function spoilIndex(file: string): void {
  const plain = new Sqlite(file);
  const sha256 = z.string().parse(plain.prepare('SELECT sha256 FROM blobs LIMIT 1').pluck().get());
  const pageBytes = z.number().parse(plain.pragma('page_size', { simple: true }));
  plain.close();
  const bytes = readFileSync(file);
  for (let start = 0; start < bytes.length; start += pageBytes) {
    const page = bytes.subarray(start, start + pageBytes);
    const at = page.indexOf(sha256);
    if (page[0] !== INDEX_LEAF || at < 0) continue;
    page.write(sha256.startsWith('0') ? '1' : '0', at);
    writeFileSync(file, bytes);
    return;
  }
  throw new Error('no index names the page');
}

/** Leaves a write-ahead log behind, as a death does. */
function leaveLog(file: string): void {
  const plain = new Sqlite(file);
  plain.exec("INSERT INTO settings VALUES ('of the test', '0')");
  const log = readFileSync(`${file}-wal`);
  plain.close();
  writeFileSync(`${file}-wal`, log);
}

describe('one profile', () => {
  it('refuses a second opener with a sentence, and opens again after the first has closed', async () => {
    await started();
    const second = await openApp();
    expect(second).toMatchObject({ kind: 'refused', reason: 'in_use', message: { code: 'start.inUse' } });
    await closeAll();
    expect((await openApp()).kind).toBe('opened');
  });

  it('says in a sentence that its folder cannot be made', async () => {
    const file = join(profile, 'file');
    writeFileSync(file, '');
    expect(await openApp(file)).toMatchObject({ kind: 'refused', message: { code: 'start.databaseDisk' } });
    expect(await openApp(join(file, 'below'))).toMatchObject({ kind: 'refused' });
    expect(await openApp(join(profile, 'x'.repeat(300)))).toMatchObject({ kind: 'refused', reason: 'disk' });
  });

  it('says that there is no room for the specimens', async () => {
    const opened = await openApp(profile, 1_000);
    if (opened.kind !== 'opened') throw new Error(`refused: ${opened.reason}`);
    await opened.satchel.start();
    await expect(opened.satchel.loadSamples()).rejects.toMatchObject({
      failure: { code: 'storage', message: { code: 'import.diskFull' } },
    });
  });

  it('starts and sends although a folder of the vault cannot be listed', async () => {
    await loadSamples(await started());
    await closeAll();
    writeFileSync(join(profile, 'vault', '00'), 'where a folder should be');
    const { services } = await started();
    const [batch] = services?.capture.batches() ?? [];
    expect(services?.capture.releaseBatch(batch?.id ?? '').released).toBeGreaterThan(0);
    services?.dispatcher.wake();
    await until('something to be sent', () => (services?.reports.today().balance.sent ?? 0) > 0);
  });

  it('keeps what was captured over a restart', async () => {
    expect(await loadSamples(await started())).toBe(1);
    await closeAll();
    const list = await (
      await started()
    ).services?.capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 10 });
    expect(list?.total).toBe(6);
  });
});

describe('a lost key store', () => {
  it('is not asked again once the vault is open: what is captured and sent goes on', async () => {
    const real = keyStoreOf(profile);
    let isLost = false;
    const ask = <Answer>(answer: () => Answer): Answer => {
      if (isLost) throw new Error('the key store is locked');
      return answer();
    };
    const opened = await openApp(profile, 1e12, {
      kind: real.kind,
      isSecure: real.isSecure,
      isAvailable: () => !isLost && real.isAvailable(),
      wrap: (secret) => ask(() => real.wrap(secret)),
      unwrap: (wrapped) => ask(() => real.unwrap(wrapped)),
    });
    if (opened.kind !== 'opened') throw new Error(`refused: ${opened.reason}`);
    const { satchel } = opened;
    await satchel.start();
    isLost = true;
    unlinkSync(join(profile, 'insecure.key'));
    await loadSamples(satchel);
    const [batch] = satchel.services?.capture.batches() ?? [];
    satchel.services?.capture.releaseBatch(batch?.id ?? '');
    satchel.services?.dispatcher.wake();
    const balance = () => satchel.services?.reports.today().balance;
    await until('everything to be sent', () => (balance()?.sent ?? 0) > 0 && balance()?.waiting === 0);
    expect(existsSync(join(profile, 'insecure.key'))).toBe(false);
  });

  it('locks the vault, loses nothing, and opens with the recovery key', async () => {
    const satchel = await started();
    await loadSamples(satchel);
    const earlier = await satchel.createRecoveryKey();
    const supervision = satchel.services?.supervision;
    const setPin = (recoveryKey: string) => supervision?.setPin('605183', { kind: 'recoveryKey', recoveryKey });
    await supervision?.setPin('482915', { kind: 'first' });
    // With a new recovery key another PIN could be set, so from now on only the supervisor makes one.
    await expect(satchel.createRecoveryKey()).rejects.toThrow('supervision.pinWanted');
    await expect(satchel.createRecoveryKey('605183')).rejects.toThrow('supervision.wrongPin');
    const recoveryKey = await satchel.createRecoveryKey('482915');
    await expect(setPin(earlier)).rejects.toThrow('recovery.does_not_fit');
    await setPin(recoveryKey);
    await expect(satchel.createRecoveryKey('482915')).rejects.toThrow('supervision.wrongPin');
    await closeAll();
    unlinkSync(join(profile, 'insecure.key'));

    const locked = await started();
    expect(locked.services).toBeNull();
    expect(locked.status().keyStore).toMatchObject({ isUnlocked: false, hasRecoveryKey: true });
    await expect(locked.unlock('AGE-SECRET-KEY-1NONSENSE')).rejects.toMatchObject({
      failure: { code: 'key_store', message: { code: 'recovery.malformed' } },
    });
    await locked.unlock(recoveryKey);
    const list = await locked.services?.capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 10 });
    expect(list?.rows.map((row) => row.reference)).toContain('PRACTICE-1001');
    const [first] = list?.rows ?? [];
    const detail = locked.services?.capture.submission(first?.id ?? '');
    expect(
      await locked.services?.capture.pictures.preview(detail?.pages[0]?.id ?? '', { sheet: 1, isWhole: false }),
    ).not.toBeNull();
    await closeAll();
    expect((await started()).services).not.toBeNull();
  });
});

describe('a damaged database', () => {
  it('is set aside whole, says so, and no page of the vault is swept away', async () => {
    await loadSamples(await started());
    await closeAll();
    const pages = (): string[] =>
      readdirSync(join(profile, 'vault'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.page'),
      );
    const before = pages();
    expect(before.length).toBeGreaterThan(14);
    const file = openSync(join(profile, 'satchel.sqlite3'), 'r+');
    for (let page = 2; page < 20; page += 1) writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    closeSync(file);

    const opened = await openApp();
    expect(opened.kind).toBe('opened');
    if (opened.kind !== 'opened') return;
    await opened.satchel.start();
    expect(opened.satchel.status().notices.map(({ code }) => code)).toEqual(['start.databaseSetAside']);
    expect(pages()).toEqual(before);
    const aside = readdirSync(profile).filter((name) => name.includes('.damaged-'));
    expect(aside.length).toBeGreaterThan(0);
    expect(readFileSync(join(profile, aside[0] ?? '')).byteLength).toBeGreaterThan(0);

    await closeAll();
    expect((await started()).status().notices.map(({ code }) => code)).toEqual(['start.damagedDatabaseLies']);
    expect(pages()).toEqual(before);
  });
});

describe('an end that was not clean', () => {
  it('is followed by the thorough check, which says what it found', async () => {
    await loadSamples(await started());
    await closeAll();
    const file = join(profile, 'satchel.sqlite3');
    spoilIndex(file);
    leaveLog(file);
    const satchel = await started();
    await until('the check to be over', () => satchel.status().notices.length > 0);
    expect(satchel.status().notices.map(({ code }) => code)).toEqual(['start.databaseNotIntact']);
  });
});

/** How many pages nobody has looked at yet, as the closed profile says it. */
function unlooked(): number {
  const plain = new Sqlite(join(profile, 'satchel.sqlite3'), { readonly: true });
  const count = plain.prepare('SELECT count(*) FROM pages WHERE inspected_at IS NULL').pluck().get();
  plain.close();
  return z.number().parse(count);
}

describe('stopping', () => {
  it.each([
    [0, 0],
    [0, 150],
    [1, 0],
    [2, 60],
  ])('ends while pages are still being looked at (%i are done, %i ms later)', async (doneCount, waitMs) => {
    // With workers of its own, which are ended with it.
    const satchel = await started({});
    const { capture, connections } = satchel.services ?? {};
    const connection = connections?.views()[0];
    const submissionId = capture?.createSubmission({
      batchId: capture.createBatch(),
      connectionId: connection?.id ?? '',
      flowId: connection?.flows[0]?.id ?? '',
    });
    const files = readdirSync(SAMPLES_FOLDER)
      .filter((name) => name.endsWith('.jpg'))
      .slice(0, 6);
    const target = { submissionId: submissionId ?? '', slot: null };
    const report = await capture?.importFiles(files.map(samplePath), target, 'dialog');
    expect(report?.imported).toHaveLength(files.length);
    const pagesOf = (opened: Satchel) => opened.services?.capture.submission(submissionId ?? '').pages ?? [];
    const isDone = () => pagesOf(satchel).filter((page) => page.isInspected).length >= doneCount;
    await until('so many pages to be looked at', isDone, { everyMs: 5 });
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    await closeAll();
    expect(unlooked()).toBeGreaterThan(0);
    const again = await started();
    await again.services?.capture.whenInspected();
    expect(pagesOf(again).map((page) => page.isInspected)).toEqual(files.map(() => true));
  });
});
