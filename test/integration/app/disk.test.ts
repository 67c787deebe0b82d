/**
 * A full and a read-only disk, end to end: the composition root and the command line on a small disk in memory, and the
 * practice server elsewhere. "Full" is the disk made as small as what lies on it.
 */
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import type { Satchel, Services } from '../../../main/app/index.ts';
import { Pictures } from '../../support/customers.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { openSatchel } from '../../support/open-satchel.ts';
import { flowOf } from '../../support/flow-of.ts';
import { connectionTo, startPractice } from '../../support/practice.ts';
import type { PracticeForTests } from '../../support/practice.ts';
import { satchel } from '../../support/satchel-process.ts';
import { until } from '../../support/until.ts';
import { jpeg } from '../capture/files.ts';
import { smallDisk } from '../database/support.ts';
import type { SmallDisk } from '../database/support.ts';

/** Above the 256 MiB that capturing leaves free. In memory it takes only what lies on it. */
const ROOMY = 'size=600m';
const KEPT_BYTES = 2 * 1024 * 1024;

let folder: string;
let practice: PracticeForTests;
let close: (() => Promise<void>)[];
let pictures: Pictures;

beforeEach(async () => {
  folder = makeFolder('disk');
  practice = await startPractice(folder);
  pictures = new Pictures(folder, 500);
  close = [];
});
afterEach(async () => {
  await closeAll();
  await practice.close();
  removeFolder(folder);
});

async function closeAll(): Promise<void> {
  for (const one of close.splice(0)) await one();
}

interface App {
  readonly satchel: Satchel;
  readonly services: Services;
}

async function open(profile: string, freeBytes?: number): Promise<App> {
  const opened = await openSatchel(profile, {
    freeBytes: (path) => {
      const { bavail, bsize } = statfsSync(path);
      return freeBytes ?? bavail * bsize;
    },
    keptBytes: KEPT_BYTES,
  });
  close.push(opened.close);
  await opened.satchel.start();
  return opened;
}

/** Nothing can be written any more: the disk is as small as what lies on it, and the last bytes are taken up. */
function makeFull(disk: SmallDisk): void {
  const { blocks, bavail, bsize } = statfsSync(disk.directory);
  disk.remount(`size=${Math.max(1, Math.ceil(((blocks - bavail) * bsize) / 1024))}k`);
  const filler = join(disk.directory, 'filler');
  for (const bytes of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
    } catch {
      // It takes no more pieces of this size.
    }
  }
}

async function customer({ services }: App, reference: string): Promise<{ batchId: string; submissionId: string }> {
  const { capture, connections } = services;
  const connectionId =
    connections.list().find(({ environment }) => environment === 'sandbox')?.id ??
    connections.create(connectionTo('persona', practice.server.origin));
  const batchId = capture.createBatch();
  const submissionId = capture.createSubmission({
    batchId,
    connectionId,
    flowId: flowOf('persona').id,
    subject: {
      ...EMPTY_SUBJECT,
      givenName: 'Full',
      familyName: 'Disk',
      country: 'AUS',
      reference,
    },
  });
  const report = await capture.importFiles(await pictures.files(2), { submissionId, slot: null }, 'drop');
  expect(report.refused).toEqual([]);
  await capture.whenInspected();
  return { batchId, submissionId };
}

const stateOf = ({ services }: App, id: string): string => services.capture.submission(id).state;

async function storedOnce(): Promise<number> {
  const files = await practice.files();
  expect(files.filter(({ stored }) => stored > 1)).toEqual([]);
  return files.filter(({ stored }) => stored === 1).length;
}

describe('a full disk', () => {
  it('is opened, shown and sent from; capturing says how much is missing, and goes on when there is room', async ({
    skip,
  }) => {
    const disk = smallDisk(600, skip);
    const profile = join(disk.directory, 'profile');
    const app = await open(profile);
    await until('the room to be kept', () => existsSync(join(profile, 'satchel.sqlite3.reserve')));
    app.services.dispatcher.setPaused(true);
    const first = await customer(app, 'FIRST');
    const second = await customer(app, 'SECOND');
    app.services.capture.releaseBatch(first.batchId);
    await closeAll();
    makeFull(disk);

    const full = await open(profile);
    expect(full.services.capture.submission(second.submissionId).pages).toHaveLength(2);
    const page = full.services.capture.submission(first.submissionId).pages[0];
    expect(await full.services.capture.pictures.preview(page?.id ?? '', { sheet: 1, isWhole: false })).not.toBeNull();
    const [picture = ''] = await pictures.files(1);
    const target = { submissionId: second.submissionId, slot: null };
    const report = await full.services.capture.importFiles([picture], target, 'drop');
    expect(report.imported).toEqual([]);
    expect(report.refused[0]?.message.code).toBe('import.diskFull');
    expect(report.refused[0]?.message.params?.['megabytes']).toBeGreaterThan(250);

    full.services.dispatcher.setPaused(false);
    full.services.capture.releaseBatch(second.batchId);
    full.services.dispatcher.wake();
    await until('both to be accepted', () =>
      [first, second].every(({ submissionId }) => stateOf(full, submissionId) === 'accepted'),
    );
    expect(await storedOnce()).toBe(4);
    const notice = full.satchel.status().notices.find(({ code }) => code === 'start.diskFullNeeds');
    expect(notice?.params?.['megabytes']).toBeGreaterThan(250);
    expect(await full.satchel.verifyLedger()).toMatchObject({ isIntact: true });
    await closeAll();

    disk.remount(ROOMY);
    const again = await open(profile);
    await until('the room to be kept again', () => existsSync(join(profile, 'satchel.sqlite3.reserve')));
    expect(again.satchel.status().notices).toEqual([]);
    await customer(again, 'THIRD');
  });

  it('without any room left: is opened and shown, sends nothing, and sends by itself when there is room', async ({
    skip,
  }) => {
    const disk = smallDisk(600, skip);
    const profile = join(disk.directory, 'profile');
    const app = await open(profile);
    await practice.faults({ times: 1_000, action: { kind: 'silence' } });
    const { batchId, submissionId } = await customer(app, 'WAITS');
    app.services.capture.releaseBatch(batchId);
    app.services.dispatcher.wake();
    await until('a call to be in flight', () => app.satchel.status().sending > 0);
    await closeAll();
    await practice.clearFaults();
    rmSync(join(profile, 'satchel.sqlite3.reserve'), { force: true });
    makeFull(disk);

    const full = await open(profile);
    expect(full.services.capture.submission(submissionId).pages).toHaveLength(2);
    await until('it to be said', () =>
      full.satchel.status().notices.some(({ code }) => code === 'start.diskFullNeeds'),
    );
    expect(() => full.services.capture.createBatch()).toThrow('full');
    expect(await storedOnce()).toBe(0);

    disk.remount(ROOMY);
    await until('it to be accepted', () => {
      full.services.dispatcher.tryNow(null);
      return stateOf(full, submissionId) === 'accepted';
    });
    expect(await storedOnce()).toBe(2);
  });

  it('that only the disk itself knows of: what was taken stays, the rest is refused and can be taken later', async ({
    skip,
  }) => {
    const disk = smallDisk(6, skip);
    const profile = join(disk.directory, 'profile');
    const app = await open(profile, Number.MAX_SAFE_INTEGER);
    const { submissionId } = await customer(app, 'PART');
    const paths = await pictures.files(24, { width: 1_400, height: 1_000 });
    const into = { submissionId, slot: null };
    const report = await app.services.capture.importFiles(paths, into, 'drop');
    expect(report.imported.length).toBeLessThan(paths.length);
    const codes = new Set(report.refused.map(({ message }) => message.code));
    expect([...codes].filter((code) => code !== 'import.notTried')).toEqual(['import.diskFull']);
    disk.remount(ROOMY);
    const rest = paths.slice(report.imported.length);
    const later = await app.services.capture.importFiles(rest, into, 'drop');
    expect(later.refused).toEqual([]);
    await app.services.capture.whenInspected();
    const { pages } = app.services.capture.submission(submissionId);
    expect(pages).toHaveLength(paths.length + 2);
    for (const { id } of pages) {
      const { body } = await app.services.capture.pageForDelivery(id);
      let bytes = 0;
      for await (const piece of body.stream()) bytes += piece.length;
      expect(bytes).toBe(body.byteLength);
    }
  });
});

describe('the command line', () => {
  it('on a full disk: refuses to import and says how much is missing; releases, sends and balances', async ({
    skip,
  }) => {
    const disk = smallDisk(600, skip);
    const profile = join(disk.directory, 'profile');
    const app = await open(profile);
    await until('the room to be kept', () => existsSync(join(profile, 'satchel.sqlite3.reserve')));
    await customer(app, 'CLI-1');
    await closeAll();
    makeFull(disk);
    const scans = join(folder, 'scans');
    mkdirSync(scans);
    writeFileSync(join(scans, 'a.jpg'), await jpeg({ seed: 9_001 }));
    writeFileSync(
      join(scans, 'manifest.csv'),
      `customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side
a,Ada,Line,,AUS,,,CLI-2,${flowOf('persona').id},a.jpg,identity,passport,single
`,
    );
    const imported = await satchel(profile, 'import', scans, '--connection', 'Branch Persona');
    expect(imported.code).toBe(3);
    expect(imported.err).toMatch(/The disk is full\. .* free at least \d+ MB/);
    expect(imported.out).toMatch(/a\.jpg was not taken: the disk of this PC is full, at least \d+(\.\d)? MB more/);
    expect((await satchel(profile, 'release')).out).toContain('1 released');
    const sent = await satchel(profile, 'sync', '--timeout', '60');
    expect(sent.out).toContain('1 accepted');
    expect(await storedOnce()).toBe(2);
    expect(await satchel(profile, 'balance')).toMatchObject({ code: 0 });
    expect(await satchel(profile, 'ledger', 'verify')).toMatchObject({ code: 0 });
  });

  it('on a read-only disk: says so, changes nothing, and goes on afterwards', async ({ skip }) => {
    const disk = smallDisk(600, skip);
    const profile = join(disk.directory, 'profile');
    const app = await open(profile);
    const { submissionId } = await customer(app, 'CLI-3');
    await closeAll();
    disk.remount('ro');
    const refused = await satchel(profile, 'status');
    disk.remount('rw');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/^satchel: .*(read|written|write)/i);
    const again = await open(profile);
    expect(again.services.capture.submission(submissionId).pages).toHaveLength(2);
  });
});
