import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, open, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { IngestError } from '../../../main/vault/index.ts';
import type { Vault } from '../../../main/vault/index.ts';
import { en } from '../../../shared/messages/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { until } from '../../support/until.ts';
import { PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { PORTAL, encryptedPdf, jpeg, labTiff, pdf, png, surrounded, tiff, webp } from './files.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

/** The sentence as a person reads it. */
const say = ({ code, params = {} }: Message): string =>
  (en[code] ?? code).replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name]));

/** Files of the vault, without its keys. */
async function vaultFiles(): Promise<string[]> {
  const names = await readdir(join(desk.directory, 'vault'), { recursive: true });
  return names.filter((name) => name.endsWith('.page') || name.includes('tmp/'));
}

async function importOne(name: string, bytes: Uint8Array) {
  const { submissionId } = newCustomer(desk);
  const report = await desk.capture.importFiles([await desk.file(name, bytes)], { submissionId, slot: null }, 'dialog');
  return { submissionId, report };
}

/** The vault, with some of its methods exchanged. */
function withMethods(vault: Vault, changes: Partial<Vault>): Vault {
  return {
    ingest: (source, limits) => vault.ingest(source, limits),
    storeDerived: (bytes) => vault.storeDerived(bytes),
    open: (blobId) => vault.open(blobId),
    readAll: (blobId) => vault.readAll(blobId),
    shred: (blobId) => vault.shred(blobId),
    sweep: (known) => vault.sweep(known),
    close: () => vault.close(),
    ...changes,
  };
}

/** Number of the account `nobody`. */
const NOBODY = 65_534;

const Found = z.object({
  files: z.array(z.object({ name: z.string() })),
  refused: z.array(z.object({ fileName: z.string(), message: z.object({ code: z.string() }) })),
});

/** A PDF for the web that is cut off: its first end mark stands before most of it, and nothing behind that looks like a part of it. */
function cutForTheWeb(): Buffer {
  const whole = pdf({ remark: '/Linearized 1 /L 90000' });
  return Buffer.concat([whole, Buffer.alloc(5_000)]);
}

describe('what bad input gets', () => {
  it.each([
    ['empty.jpg', async () => new Uint8Array(), 'import.empty'],
    ['half.jpg', async () => (await jpeg({})).subarray(0, 20_000), 'import.truncated'],
    ['half.png', async () => (await png({})).subarray(0, 90_000), 'import.truncated'],
    ['half.pdf', async () => pdf().subarray(0, 300), 'import.truncated'],
    ['behind.pdf', async () => Buffer.concat([PORTAL.before, pdf().subarray(0, 300)]), 'import.unknownType'],
    [
      'update.pdf',
      async () => Buffer.concat([pdf(), Buffer.from(`9 0 obj\n<<${' '.repeat(5_000)}`)]),
      'import.truncated',
    ],
    ['web.pdf', async () => cutForTheWeb(), 'import.truncated'],
    ['letter.pdf', async () => new TextEncoder().encode('Dear customer,'), 'import.unknownType'],
    [
      'IMG_0042.HEIC',
      async () => Buffer.from('000000186674797068656963000000006d69663168656963', 'hex'),
      'import.phonePhoto',
    ],
    ['archive.jpg', async () => Buffer.from('504b03041400000000000000', 'hex'), 'import.wrongType'],
  ])('%s is refused with its reason, and nothing of it stays', async (name, make, code) => {
    const { report } = await importOne(name, await make());
    expect(report.imported).toEqual([]);
    expect(report.refused.map((refusal) => [refusal.fileName, refusal.message.code])).toEqual([[name, code]]);
    const sentence = say(report.refused[0]?.message ?? { code: '' });
    expect(sentence).toContain(name);
    expect(sentence).not.toMatch(/\{\{|undefined|!/);
    expect(await vaultFiles()).toEqual([]);
    expect(desk.db.get('SELECT count(*) AS n FROM pages')).toEqual({ n: 0 });
  });

  it('refuses a file of 200 MB by its size, without reading it', async () => {
    const { submissionId } = newCustomer(desk);
    const path = join(desk.directory, 'film.pdf');
    const handle = await open(path, 'w');
    await handle.truncate(200_000_000);
    await handle.close();
    const report = await desk.capture.importFiles([path], { submissionId, slot: null }, 'drop');
    expect(say(report.refused[0]?.message ?? { code: '' })).toContain('film.pdf was not taken: it has 200 MB');
  });

  it('stores a PDF called .jpg as the PDF it is, with a warning that names the fix', async () => {
    const { submissionId, report } = await importOne('scan.jpg', pdf());
    expect(report.refused).toEqual([]);
    const page = desk.capture.submission(submissionId).pages[0];
    expect(page?.mediaType).toBe('application/pdf');
    expect(page?.findings.map((found) => [found.rule, found.params['rightExtension']])).toContainEqual([
      'page.wrongExtension',
      '.pdf',
    ]);
    expect((await desk.capture.pageForDelivery(page?.id ?? '')).fileName).toBe('scan.pdf');
  });

  it('accepts a PDF between the words of a portal, and keeps all of the file', async () => {
    const file = surrounded(pdf());
    const { submissionId, report } = await importOne('scan.pdf', file);
    expect(report.refused).toEqual([]);
    await desk.capture.whenInspected();
    const page = desk.capture.submission(submissionId).pages[0];
    expect(page).toMatchObject({ mediaType: 'application/pdf', byteLength: file.length, sheetCount: 1 });
    expect(page?.findings.map(({ rule, severity }) => [rule, severity])).toContainEqual(['pdf.sentAlone', 'info']);
  });

  it.each([
    ['without its end mark', () => pdf().subarray(0, -6)],
    ['that begins as PostScript of before', () => pdf({ header: '%!PS-Adobe-3.0 PDF-1.4\n' })],
  ])('accepts a PDF %s, and sends one that others read', async (_what, make) => {
    const { submissionId, report } = await importOne('scan.pdf', make());
    expect(report.refused).toEqual([]);
    await desk.capture.whenInspected();
    const page = desk.capture.submission(submissionId).pages[0];
    expect(page?.findings.map(({ rule }) => rule)).toContain('pdf.sentAlone');
  });

  it('takes in a TIFF of a kind that nobody can look at here, says which, and stops it', async () => {
    const { submissionId, report } = await importOne('scan.tif', await labTiff());
    expect(report.refused).toEqual([]);
    await desk.capture.whenInspected();
    const found = desk.capture.submission(submissionId).pages[0]?.findings;
    expect(found?.map(({ rule, severity, params }) => [rule, severity, params['kind']])).toContainEqual([
      'page.foreignTiff',
      'blocking',
      'CIE L*a*b*',
    ]);
  });

  it('accepts a JPEG with bytes after its end mark, and refuses one without an end that is really cut', async () => {
    const whole = await jpeg({});
    const trailer = Buffer.concat([whole, Buffer.alloc(4096, 7)]);
    expect((await importOne('with-trailer.jpg', trailer)).report.refused).toEqual([]);
    const cut = (await importOne('cut.jpg', whole.subarray(0, whole.byteLength - 3000))).report;
    expect(cut.refused[0]?.message.code).toBe('import.truncated');
  });

  it.each([
    ['fax.tif', () => tiff(['#99bbee']), 1],
    ['photo.webp', () => webp(), 1],
    ['photo.jpg', async () => Buffer.concat([await jpeg({}), Buffer.alloc(4096, 7)]), 0],
  ])('looks once at what only a look can tell to be whole: %s', async (name, make, conversions) => {
    await desk.close();
    let reads = 0;
    desk = await openDesk({
      wrapVault: (vault) =>
        withMethods(vault, {
          readAll: (blobId) => {
            reads += 1;
            return vault.readAll(blobId);
          },
        }),
    });
    const { submissionId } = await importOne(name, await make());
    await desk.capture.whenInspected();
    expect(reads).toBe(1 + conversions);
    const [page] = desk.capture.submission(submissionId).pages;
    expect(page).toMatchObject({ isInspected: true, sheetCount: 1 });
    expect(await desk.capture.pictures.thumbnail(page?.id ?? '')).not.toBeNull();
  });

  it('takes a TIFF of too many sheets in and says so, for nothing of it is missing', async () => {
    const { submissionId, report } = await importOne(
      'archive.tif',
      await tiff(Array.from({ length: 51 }, () => '#99bbee')),
    );
    expect(report.refused).toEqual([]);
    await desk.capture.whenInspected();
    const detail = desk.capture.submission(submissionId);
    expect(detail).toMatchObject({ state: 'draft', light: 'red' });
    expect(detail.pages[0]?.findings.map(({ rule }) => rule)).toContain('page.tooManySheets');
  });

  it('keeps names with every odd character, sealed on the disk', async () => {
    const name = '  päss "port" <ü>;%00\u202e\n\u{1f600}.jpg';
    const { submissionId, report } = await importOne(name, await jpeg({}));
    expect(report.imported[0]?.fileName).toBe(name);
    expect(desk.capture.submission(submissionId).pages[0]?.fileName).toBe(name);
    const stored = desk.db.get<{ file_name_sealed: Uint8Array }>('SELECT file_name_sealed FROM pages');
    expect(Buffer.from(stored?.file_name_sealed ?? []).includes('port')).toBe(false);
    expect(JSON.stringify(desk.db.all('SELECT data FROM ledger'))).not.toContain('päss');
    const pageId = report.imported[0]?.pageId ?? '';
    expect((await desk.capture.pageForDelivery(pageId)).fileName).toMatch(/^[A-Za-z0-9_-]+\.jpg$/);
  });

  it('refuses links and pipes, walks a folder one level and leaves hidden files out', async () => {
    const { submissionId } = newCustomer(desk);
    const folder = join(desk.directory, 'pages');
    await mkdir(join(folder, 'deeper'), { recursive: true });
    await writeFile(join(folder, 'page 10.jpg'), await jpeg({ seed: 10 }));
    await writeFile(join(folder, 'page 2.jpg'), await jpeg({ seed: 2 }));
    await writeFile(join(folder, '.hidden.jpg'), await jpeg({ seed: 3 }));
    await writeFile(join(folder, 'Thumbs.db'), 'x');
    await symlink(join(folder, 'page 2.jpg'), join(folder, 'link.jpg'));
    const pipe = join(desk.directory, 'pipe.jpg');
    execFileSync('mkfifo', [pipe]);
    const report = await desk.capture.importFiles([folder, pipe], { submissionId, slot: null }, 'drop');
    expect(report.imported.map((page) => page.fileName)).toEqual(['page 2.jpg', 'page 10.jpg']);
    expect(report.refused.map((refusal) => [refusal.fileName, refusal.message.code])).toEqual([
      ['deeper', 'import.folderInFolder'],
      ['link.jpg', 'import.link'],
      ['pipe.jpg', 'import.notAFile'],
    ]);
  });

  it('names a folder and a file that this account may not read', async () => {
    const folder = join(desk.directory, 'locked');
    await mkdir(folder);
    const file = await desk.file('secret.jpg', await jpeg({}));
    await chmod(desk.directory, 0o755);
    await chmod(folder, 0o000);
    await chmod(file, 0o000);
    // Root may read everything, so the look is taken under an account that may not.
    const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const found = execFileSync(
      process.execPath,
      [fileURLToPath(new URL('./find-files-child.ts', import.meta.url)), folder, file],
      { encoding: 'utf8', ...account },
    );
    expect(Found.parse(JSON.parse(found))).toEqual({
      files: [{ name: 'secret.jpg' }],
      refused: [{ fileName: 'locked', message: { code: 'import.folderUnreadable' } }],
    });
    await chmod(folder, 0o700);
  });

  it('lets the good files of a batch go on beside every bad kind', async () => {
    const { submissionId } = newCustomer(desk);
    const paths = [
      await desk.file('good-1.jpg', await jpeg({ seed: 1 })),
      await desk.file('empty.png', new Uint8Array()),
      join(desk.directory, 'gone.jpg'),
      await desk.file('good-2.pdf', pdf()),
      await desk.file('text.png', new TextEncoder().encode('no picture')),
      await desk.file('good-3.png', await png({ seed: 3 })),
    ];
    const report = await desk.capture.importFiles(paths, { submissionId, slot: null }, 'drop');
    expect(report.imported.map((page) => page.fileName)).toEqual(['good-1.jpg', 'good-2.pdf', 'good-3.png']);
    expect(report.refused.map((refusal) => refusal.message.code)).toEqual([
      'import.empty',
      'import.notFound',
      'import.unknownType',
    ]);
    expect(desk.progress.at(-1)).toEqual({ done: 4, total: 4 });
    for (const page of report.imported)
      expect(await desk.capture.pictures.preview(page.pageId, { sheet: 1, isWhole: false })).not.toBeNull();
  });

  it('blocks a picture that decodes only in part, and a PDF that asks for a password', async () => {
    const whole = await jpeg({ width: 900, height: 700 });
    const broken = Buffer.concat([whole.subarray(0, 60_000), Buffer.from([0xff, 0xd9])]);
    const { submissionId } = newCustomer(desk);
    await desk.capture.importFiles(
      [await desk.file('broken.jpg', broken), await desk.file('locked.pdf', encryptedPdf())],
      { submissionId, slot: null },
      'drop',
    );
    await desk.capture.whenInspected();
    const detail = desk.capture.submission(submissionId);
    expect(detail).toMatchObject({ state: 'draft', light: 'red' });
    expect(detail.pages.map((page) => page.findings[0]?.rule)).toEqual(['page.damaged', 'pdf.encrypted']);
  });

  it('stops at a full disk, keeps what was acknowledged and says how much room is missing', async () => {
    await desk.close();
    let taken = 0;
    desk = await openDesk({
      wrapVault: (vault) =>
        withMethods(vault, {
          ingest: async (source, limits) => {
            taken += 1;
            if (taken > 2) throw new IngestError('disk_full', 7_000_000);
            return vault.ingest(source, limits);
          },
        }),
    });
    const { submissionId } = newCustomer(desk);
    const paths = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => desk.file(`p${index}.jpg`, await jpeg({ seed: index }))),
    );
    const report = await desk.capture.importFiles(paths, { submissionId, slot: null }, 'drop');
    expect(report.imported.map((page) => page.fileName)).toEqual(['p0.jpg', 'p1.jpg']);
    expect(say(report.refused[0]?.message ?? { code: '' })).toContain('at least 7 MB more');
    expect(report.refused.at(-1)?.message.code).toBe('import.notTried');
    expect(report.refused).toHaveLength(38);
    expect(desk.capture.submission(submissionId).pages).toHaveLength(2);
  });

  it('keeps the bytes when the disk fails in the commit, because the commit may stand in the log all the same', async () => {
    await desk.close();
    let failure: { code: string } | null = null;
    desk = await openDesk({
      wrapDatabase: (db) => ({
        get: (sql, parameters) => db.get(sql, parameters),
        all: (sql, parameters) => db.all(sql, parameters),
        iterate: (sql, parameters) => db.iterate(sql, parameters),
        run: (sql, parameters) => db.run(sql, parameters),
        runReturning: (sql, parameters) => db.runReturning(sql, parameters),
        transaction: (work) => {
          if (failure !== null) throw Object.assign(new Error('the disk'), failure);
          return db.transaction(work);
        },
      }),
    });
    const { submissionId } = newCustomer(desk);
    const importWith = async (code: string, seed: number) => {
      failure = { code };
      const path = await desk.file(`f${seed}.jpg`, await jpeg({ seed }));
      const report = await desk.capture.importFiles([path], { submissionId, slot: null }, 'drop');
      failure = null;
      return report.refused.map(({ message }) => message.code);
    };
    expect(await importWith('SQLITE_IOERR_FSYNC', 1)).toEqual(['import.diskError']);
    expect(await vaultFiles()).toHaveLength(1);
    expect(await importWith('SQLITE_FULL', 2)).toEqual(['import.diskFull']);
    expect(await vaultFiles()).toHaveLength(1);
    expect((await desk.capture.recover({ mayRemoveFiles: true })).sweep).toMatchObject({ missingFiles: [] });
  });

  it('holds no page back because its thumbnail finds no room', async () => {
    await desk.close();
    desk = await openDesk({
      wrapVault: (vault) => withMethods(vault, { storeDerived: () => Promise.reject(new IngestError('disk_full', 1)) }),
    });
    const { report, submissionId } = await importOne('a.jpg', await jpeg({}));
    await desk.capture.whenInspected();
    expect(desk.capture.submission(submissionId).pages.map((page) => page.isInspected)).toEqual([true]);
    expect(await desk.capture.pictures.thumbnail(report.imported[0]?.pageId ?? '')).not.toBeNull();
  });

  it('refuses an unknown slot, an unknown submission and a voided one before it reads anything', async () => {
    const { submissionId } = newCustomer(desk);
    const path = await desk.file('a.jpg', await jpeg({}));
    const into = (target: { submissionId: string; slot: string | null }) =>
      desk.capture.importFiles([path], target, 'drop');
    await expect(into({ submissionId, slot: 'identity/selfie/single' })).rejects.toThrow('capture.unknownSlot');
    await expect(into({ submissionId: 'nobody', slot: null })).rejects.toThrow('app.notFound');
    desk.capture.voidSubmission(submissionId, 'wrong customer');
    await expect(into({ submissionId, slot: PASSPORT_SLOT })).rejects.toThrow('capture.isVoided');
    expect(await vaultFiles()).toEqual([]);
  });
});

describe('a share', () => {
  const LIMIT_MS = 400;
  /** What the share does before it answers a look at a file. */
  let wait: (path: string) => Promise<unknown>;
  let share: Desk;
  beforeEach(async () => {
    share = await openDesk({
      answerLimitMs: LIMIT_MS,
      files: {
        readdir: (folder) => readdir(folder),
        lstat: async (path) => {
          await wait(path);
          return lstat(path);
        },
      },
    });
  });
  afterEach(async () => {
    await share.close();
  });

  const drop = (paths: readonly string[]) => {
    const { submissionId } = newCustomer(share);
    return share.capture.importFiles(paths, { submissionId, slot: null }, 'drop');
  };

  it('that is slow but answers is looked through to its end', async () => {
    wait = () => pause(LIMIT_MS / 8);
    const page = await jpeg({});
    const paths: string[] = [];
    for (let number = 1; number <= 12; number += 1) paths.push(await share.file(`${number}.jpg`, page));
    expect((await drop(paths)).imported).toHaveLength(12);
  });

  it('that does not answer is asked once, however often it is tried, and again when it answers', async () => {
    const page = await jpeg({});
    const [one, two] = [await share.file('one.jpg', page), await share.file('two.jpg', page)];
    const hanging: (() => void)[] = [];
    wait = () => new Promise<void>((answer) => hanging.push(answer));
    const noAnswer = { imported: [], refused: [{ message: { code: 'import.noAnswer' } }] };
    const reports = await Promise.all([drop([one]), drop([two])]);
    reports.push(await drop([dirname(one)]), await drop([one]));
    expect(reports).toMatchObject(Array.from({ length: 4 }, () => noAnswer));
    expect([hanging.length, share.capture.isHung()]).toEqual([1, true]);
    wait = () => Promise.resolve();
    for (const answer of hanging) answer();
    await until('the look to end', () => !share.capture.isHung());
    expect((await drop([one, two])).imported).toHaveLength(2);
  });

  it('that does not answer is not asked for a file within it, and keeps none elsewhere from being taken', async () => {
    const [dead, desktop] = [join(share.directory, 'dead'), join(share.directory, 'desktop')];
    const here = join(desktop, 'here.jpg');
    await mkdir(desktop);
    await writeFile(here, await jpeg({}));
    const hanging: (() => void)[] = [];
    wait = async (path) => {
      if (path !== here) await new Promise<void>((answer) => hanging.push(answer));
    };
    for (const path of [dead, join(dead, 'there.jpg')]) await drop([path]);
    expect((await drop([here])).imported).toHaveLength(1);
    expect(hanging).toHaveLength(1);
    for (const answer of hanging) answer();
  });
});
