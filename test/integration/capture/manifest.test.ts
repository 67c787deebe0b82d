import { execFileSync } from 'node:child_process';
import { mkdir, open, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BeforeChoice } from '../../../shared/domain/index.ts';
import { MANIFEST_COLUMNS } from '../../../main/capture/index.ts';
import { until } from '../../support/until.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { jpeg, pdf } from './files.ts';

let desk: Desk;
let folder: string;
beforeEach(async () => {
  desk = await openDesk({ answerLimitMs: 2_000 });
  folder = join(desk.directory, 'bulk');
  await mkdir(folder);
});
afterEach(async () => {
  await desk.close();
});

const HEADER = MANIFEST_COLUMNS.join(',');
const MARA = 'c1,Mara,Muster,1990-05-01,DEU,mara@example.invalid,+49 151 0000001,R-1,proof-of-address';
const NOEL = 'c2,Noel,"Nord, Jr.",1988-01-31,AUS,noel@example.invalid,+61400000000,R-2,Identity and selfie';
const ofHousehold = (given: string): string =>
  `c1,${given},Muster,1990-05-01,DEU,m@example.invalid,+49 151 0000001,,proof-of-address`;

async function write(lines: readonly string[]): Promise<void> {
  await writeFile(join(folder, 'manifest.csv'), `\uFEFF${lines.join('\r\n')}\r\n`);
}
const run = (isDryRun = false, before: BeforeChoice = 'refuse') =>
  desk.capture.importManifest(folder, { connectionIds: [desk.personaId, desk.personrId], isDryRun, before });
const codes = (report: Awaited<ReturnType<typeof run>>) =>
  report.problems.map((problem) => [problem.line, problem.message.code, problem.message.params?.['column'] ?? null]);

async function goodFiles(): Promise<void> {
  await mkdir(join(folder, 'noel'));
  await writeFile(join(folder, 'passport.jpg'), await jpeg({ seed: 1 }));
  await writeFile(join(folder, 'bill.pdf'), pdf());
  await writeFile(join(folder, 'noel', 'front.jpg'), await jpeg({ seed: 2 }));
  await writeFile(join(folder, 'noel', 'back.jpg'), await jpeg({ seed: 3 }));
  await writeFile(join(folder, 'noel', 'selfie.jpg'), await jpeg({ seed: 4 }));
}

describe('a folder with a manifest', () => {
  it('becomes a batch of ready customers, each over the connection of its flow', async () => {
    await goodFiles();
    await write([
      HEADER,
      `${MARA},passport.jpg,identity,,`,
      `${NOEL},noel/front.jpg,identity,id_card,front`,
      `${NOEL},noel/back.jpg,identity,id_card,back`,
      `${MARA},bill.pdf,address,utility_bill,single`,
      '',
      `${NOEL},noel/selfie.jpg,selfie,selfie,`,
    ]);
    const dry = await run(true);
    expect(dry).toMatchObject({ batchId: null, problems: [], customers: [{ files: 2 }, { files: 3 }] });
    expect(desk.capture.batches()).toEqual([]);

    const report = await run();
    expect([report.problems, report.files.refused]).toEqual([[], []]);
    await desk.capture.whenInspected();
    const [mara, noel] = report.customers.map(({ submissionId }) => desk.capture.submission(submissionId ?? ''));
    expect(mara).toMatchObject({ customer: 'Muster, Mara', state: 'ready', provider: 'persona', filledSlots: 2 });
    expect(noel).toMatchObject({ customer: 'Nord, Jr., Noel', state: 'ready', provider: 'personr', filledSlots: 3 });
    expect(noel?.subject.phone).toBe('+61400000000');
    expect(noel?.slots.map((slot) => slot.key)).toEqual([
      'identity/id_card/front',
      'identity/id_card/back',
      'selfie/selfie/single',
    ]);
    expect(desk.capture.releaseBatch(report.batchId ?? '')).toEqual({ released: 2, kept: 0 });
  });

  it.each([
    ['a column that is missing', HEADER.replace(',side', ''), 'manifest.missingColumn', 'side'],
    ['a column that is unknown', HEADER.replace('email', 'e_mail'), 'manifest.unknownColumn', 'e_mail'],
    ['a column that is there twice', `${HEADER},side`, 'manifest.columnTwice', 'side'],
  ])('refuses %s with its name and line, and imports nothing', async (_what, header, code, column) => {
    await write([header, `${MARA},passport.jpg,identity,,`]);
    await expect(run()).rejects.toMatchObject({
      failure: { code: 'invalid_input', message: { code, params: { column, line: 1, file: 'manifest.csv' } } },
    });
    expect(desk.capture.batches()).toEqual([]);
  });

  it('refuses what is no CSV, no UTF-8, empty, or not there', async () => {
    const failing = async (bytes: string | Uint8Array) => {
      await writeFile(join(folder, 'manifest.csv'), bytes);
      return run().then(
        () => 'imported',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    };
    expect(await failing(`${HEADER}\n"c1,Mara\n`)).toContain('manifest.notCsv');
    expect(await failing(Buffer.from([0x63, 0xe9, 0x0a]))).toContain('manifest.notUtf8');
    expect(await failing('')).toContain('manifest.empty');
    expect(await failing(`${HEADER}\n`)).toContain('manifest.noRows');
    await expect(
      desk.capture.importManifest(join(folder, 'nowhere'), { connectionIds: [desk.personaId] }),
    ).rejects.toThrow('manifest.notFound');
  });

  it('reports bad rows by line and lets the other customers and rows go on', async () => {
    await goodFiles();
    await symlink('/etc/hostname', join(folder, 'link.jpg'));
    await symlink('/etc', join(folder, 'etc'));
    await write([
      HEADER,
      `${MARA},passport.jpg,identity,passport,single`,
      `${MARA},../../etc/passwd,address,,`,
      `${MARA},/etc/passwd,address,,`,
      `${MARA},link.jpg,address,,`,
      `${MARA},etc/hostname,address,,`,
      `${MARA},gone.pdf,address,,`,
      `${MARA},bill.pdf,adress,,`,
      `${MARA},bill.pdf,address,passport,`,
      `${MARA},bill.pdf,address,utility_bill,back`,
      `${MARA},bill.pdf`,
      `c3,Kim,Kern,31.12.1990,DEU,,,R-3,proof-of-address,bill.pdf,address,,`,
      `c4,Lou,Lund,1990-12-31,XXZ,,,R-4,proof-of-address,bill.pdf,address,,`,
      `c5,Ida,Ives,1990-12-31,GBR,,,R-5,no-such-flow,bill.pdf,address,,`,
      `${NOEL},noel/selfie.jpg,selfie,,`,
      `${NOEL.replace('Nord', 'Sued')},noel/front.jpg,identity,id_card,front`,
      `,Ida,Ives,1990-12-31,GBR,,,R-5,proof-of-address,bill.pdf,address,,`,
    ]);
    const report = await run();
    expect(codes(report)).toEqual([
      [3, 'manifest.fileOutside', 'file'],
      [4, 'manifest.fileOutside', 'file'],
      [5, 'manifest.fileOutside', 'file'],
      [6, 'manifest.fileOutside', 'file'],
      [7, 'manifest.fileMissing', 'file'],
      [8, 'manifest.unknownRequirement', 'requirement'],
      [9, 'manifest.unknownDocumentType', 'document_type'],
      [10, 'manifest.unknownSide', 'side'],
      [11, 'manifest.cellCount', null],
      [12, 'manifest.bad.birth_date', 'birth_date'],
      [12, 'manifest.customerLeftOut', null],
      [13, 'manifest.unknownCountry', 'country'],
      [13, 'manifest.customerLeftOut', null],
      [14, 'manifest.unknownFlow', 'flow'],
      [14, 'manifest.customerLeftOut', null],
      [15, 'manifest.customerLeftOut', null],
      [16, 'manifest.contradiction', 'family_name'],
      [17, 'manifest.noCustomer', 'customer'],
    ]);
    expect(report.customers.map(({ customer, files }) => [customer, files])).toEqual([['c1', 1]]);
    expect(report.files.imported.map((page) => page.fileName)).toEqual(['passport.jpg']);
  });

  it('takes the last day of the identity document from a column that may be left out', async () => {
    await goodFiles();
    const dated = { c1: '2031-05-17', c2: '', c3: '17.05.2031' };
    const rows = Object.entries(dated).map(
      ([customer, date], index) =>
        `${customer}${MARA.slice(2).replace('R-1', customer)},${['passport.jpg', 'noel/front.jpg', 'noel/back.jpg'][index] ?? ''},identity,,,${date}`,
    );
    await write([`${HEADER},document_expiry_date`, ...rows]);
    const report = await run();
    const dates = report.customers.map(
      ({ submissionId }) => desk.capture.submission(submissionId ?? '').subject.documentExpiryDate,
    );
    expect(dates).toEqual(['2031-05-17', '']);
    expect(codes(report)).toEqual([
      [4, 'manifest.bad.document_expiry_date', 'document_expiry_date'],
      [4, 'manifest.customerLeftOut', null],
    ]);
  });

  it('takes the day on which a document was issued from a column that may be left out, one for each document', async () => {
    await goodFiles();
    await write([
      `${HEADER},issued_on`,
      `${MARA},bill.pdf,address,,,2026-10-30`,
      `${MARA},passport.jpg,identity,,,`,
      `${NOEL},noel/selfie.jpg,selfie,,,30.10.2026`,
      `${NOEL},noel/front.jpg,identity,id_card,front,2026-10-30`,
      `${NOEL},noel/back.jpg,identity,id_card,back,2026-10-31`,
    ]);
    const report = await run();
    const [mara] = report.customers.map(({ submissionId }) => desk.capture.submission(submissionId ?? ''));
    expect(mara?.documents.map(({ issuedOn }) => issuedOn)).toEqual(['', '2026-10-30']);
    expect(codes(report)).toEqual([
      [4, 'manifest.bad.issued_on', 'issued_on'],
      [6, 'manifest.twoIssueDates', 'issued_on'],
    ]);
  });

  it('names files that are damaged beside those that were taken', async () => {
    await goodFiles();
    await writeFile(join(folder, 'bill.pdf'), pdf().subarray(0, 200));
    await write([HEADER, `${MARA},bill.pdf,address,,`, `${MARA},passport.jpg,identity,,`]);
    const report = await run();
    expect(report.files.refused.map((refusal) => refusal.message.code)).toEqual(['import.truncated']);
    expect(report.files.imported.map((page) => page.slot)).toEqual(['identity/passport/single']);
  });

  it('is read as a German Excel writes it: semicolons, a byte order mark, Windows line ends', async () => {
    await goodFiles();
    const rows = [HEADER, `${MARA},passport.jpg,identity,,`, `${MARA},bill.pdf,address,,`];
    await write(rows.map((row) => row.replaceAll(',', ';').replace('Muster', '"Muster; Nord, Jr."')));
    const report = await run();
    expect([report.problems, report.files.refused, report.files.imported.length]).toEqual([[], [], 2]);
    const [mara] = report.customers;
    expect(desk.capture.submission(mara?.submissionId ?? '').subject.familyName).toBe('Muster; Nord, Jr.');
  });

  it('counts lines as an editor does, whatever a spreadsheet left between the rows', async () => {
    await goodFiles();
    const twoLines = MARA.replace('Mara', '"Mara\r\nMaria"');
    const rows = [
      'sep=;',
      '',
      HEADER,
      ';'.repeat(14),
      `${twoLines},passport.jpg,identity,,`,
      '',
      `${twoLines},gone.jpg,address,,`,
      'c2,Noel',
    ];
    await write(rows.map((row) => row.replaceAll(',', ';')));
    const report = await run();
    expect(codes(report)).toEqual([
      [8, 'manifest.fileMissing', 'file'],
      [10, 'manifest.cellCount', null],
    ]);
    // No provider takes a name of two lines, and no form can show one.
    const [mara] = report.customers;
    expect(desk.capture.submission(mara?.submissionId ?? '').subject.givenName).toBe('Mara Maria');
  });

  it('leaves columns out that were cleared, takes tabs, and finds a file whose name the disk spells in other marks', async () => {
    const name = 'Pässe.jpg';
    await writeFile(join(folder, name.normalize('NFD')), await jpeg({ seed: 6 }));
    await write(
      [`${HEADER},,`, `${MARA},${name.normalize('NFC')},identity,,,,`].map((row) => row.replaceAll(',', '\t')),
    );
    const report = await run();
    expect([report.problems, report.files.refused, report.files.imported.length]).toEqual([[], [], 1]);
  });

  it('names what is wrong with a file by line, reference and path, before the import and after it', async () => {
    await mkdir(join(folder, 'a'));
    await mkdir(join(folder, 'b'));
    await writeFile(join(folder, 'a', 'front.jpg'), (await jpeg({ seed: 21 })).subarray(0, 900));
    await writeFile(join(folder, 'b', 'front.jpg'), 'no picture at all');
    await writeFile(join(folder, 'locked.pdf'), pdf({ remark: '/Encrypt 9 0 R' }));
    await writeFile(join(folder, 'bill.pdf'), pdf().subarray(0, 200));
    await writeFile(join(folder, 'empty.jpg'), '');
    await mkdir(join(folder, 'back.jpg'));
    const ida = 'c3,Ida,Ives,1990-12-31,GBR,,,,proof-of-address';
    await write([
      HEADER,
      `${MARA},a/front.jpg,identity,,`,
      `${MARA},bill.pdf,address,,`,
      `${NOEL},b/front.jpg,identity,id_card,front`,
      `${NOEL},back.jpg,identity,id_card,back`,
      `${NOEL},empty.jpg,selfie,selfie,`,
      `${ida},locked.pdf,address,,`,
    ]);
    const refusals = (report: Awaited<ReturnType<typeof run>>) =>
      report.files.refused.map(({ line, reference, fileName, message }) => [
        `${line} ${reference} ${fileName}`,
        message.code,
        message.params?.['file'] === fileName,
      ]);
    const wrong = [
      ['3 R-1 bill.pdf', 'import.truncated', true],
      ['4 R-2 b/front.jpg', 'import.unknownType', true],
      ['5 R-2 back.jpg', 'import.notAFile', true],
      ['6 R-2 empty.jpg', 'import.empty', true],
    ];
    const dry = await run(true);
    expect(refusals(dry)).toEqual([...wrong, ['7 c3 locked.pdf', 'manifest.encrypted', true]]);
    expect([dry.problems, desk.capture.batches()]).toEqual([[], []]);
    // What only decoding tells comes with the import; a locked PDF is taken in, with a finding that stops it.
    expect(refusals(await run())).toEqual([['2 R-1 a/front.jpg', 'import.truncated', true], ...wrong]);
  });

  it('leaves out the second file for a slot, and a file that two customers have, by path or by bytes', async () => {
    await goodFiles();
    await writeFile(join(folder, 'again.jpg'), await jpeg({ seed: 2 }));
    const ida = 'c3,Ida,Ives,1990-12-31,GBR,,,R-3,proof-of-address';
    await write([
      HEADER,
      `${MARA},passport.jpg,identity,,`,
      `${MARA},again.jpg,identity,,`,
      `${NOEL},noel/front.jpg,identity,id_card,front`,
      `${NOEL},noel/back.jpg,identity,id_card,back`,
      `${MARA},bill.pdf,address,,`,
      `${ida},bill.pdf,address,,`,
      `${ida},again.jpg,identity,,`,
    ]);
    for (const isDryRun of [true, false]) {
      const report = await run(isDryRun);
      expect(report.problems.map(({ line, message }) => [line, message.code, message.params?.['otherLine']])).toEqual([
        [3, 'manifest.slotTwice', undefined],
        [4, 'manifest.fileOfTwo', 8],
        [6, 'manifest.fileOfTwo', 7],
        [7, 'manifest.fileOfTwo', 6],
        [8, 'manifest.fileOfTwo', 4],
      ]);
      expect(report.customers.map(({ files }) => files)).toEqual([1, 1, 0]);
      const imported = isDryRun ? [] : ['passport.jpg', 'back.jpg'];
      expect(report.files.imported.map(({ fileName }) => fileName)).toEqual(imported);
    }
  });

  it('leaves out two customers with one reference', async () => {
    await goodFiles();
    const ida = 'c3,Ida,Ives,1990-12-31,GBR,,,r-1,proof-of-address';
    await write([
      HEADER,
      `${MARA},passport.jpg,identity,,`,
      `${NOEL},noel/front.jpg,identity,id_card,front`,
      `${ida},bill.pdf,address,,`,
    ]);
    const report = await run();
    expect(codes(report)).toEqual([
      [2, 'manifest.referenceTwice', 'reference'],
      [2, 'manifest.customerLeftOut', null],
      [4, 'manifest.referenceTwice', 'reference'],
      [4, 'manifest.customerLeftOut', null],
    ]);
    expect(report.customers.map(({ customer }) => customer)).toEqual(['c2']);
  });

  it('tells of customers that came in before, and takes them in twice only when told to', async () => {
    await goodFiles();
    const mara = [`${MARA},passport.jpg,identity,,`, `${MARA},bill.pdf,address,,`];
    await write([HEADER, ...mara]);
    expect((await run(true)).importedBefore).toBe(0);
    const first = await run();
    // One customer more, so that the manifest itself is another one.
    await write([HEADER, ...mara, `${NOEL},noel/front.jpg,identity,id_card,front`]);
    const dry = await run(true);
    expect([dry.importedBefore, dry.problems]).toEqual([
      1,
      [
        {
          line: null,
          message: { code: 'manifest.importedInPart', params: { before: 1, total: 2, lines: '2–3', missing: 1 } },
        },
      ],
    ]);
    await expect(run()).rejects.toMatchObject({
      failure: { code: 'conflict', message: { code: 'manifest.notAgainInPart' } },
    });
    expect(desk.capture.batches()).toHaveLength(1);
    expect((await run(false, 'twice')).files.imported).toHaveLength(3);
    for (const { id } of (await desk.capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 10 })).rows) {
      desk.capture.voidSubmission(id, 'imported by mistake');
    }
    expect([first.importedBefore, (await run(true)).importedBefore]).toEqual([0, 0]);
  });

  it('adds what is missing to the customers who have the rest, and to nobody else', async () => {
    await goodFiles();
    const front = await readFile(join(folder, 'noel', 'front.jpg'));
    await writeFile(join(folder, 'noel', 'front.jpg'), front.subarray(0, 900));
    await write([
      HEADER,
      `${MARA},passport.jpg,identity,,`,
      `${MARA},bill.pdf,address,,`,
      `${NOEL},noel/front.jpg,identity,id_card,front`,
      `${NOEL},noel/back.jpg,identity,id_card,back`,
    ]);
    const first = await run();
    expect(first.files.refused.map(({ line }) => line)).toEqual([4]);
    await writeFile(join(folder, 'noel', 'front.jpg'), front);
    const dry = await run(true);
    expect([dry.importedBefore, dry.missing, dry.linesBefore]).toEqual([2, { customers: 1, files: 1 }, [2, 3, 5]]);
    expect(dry.problems[0]?.message).toMatchObject({ code: 'manifest.importedInPart', params: { lines: '2–3, 5' } });
    await expect(run()).rejects.toMatchObject({ failure: { message: { code: 'manifest.notAgainInPart' } } });

    const [, noel] = first.customers;
    const typed = desk.capture.submission(noel?.submissionId ?? '').subject;
    // With another reference it is another customer.
    desk.capture.setSubject(noel?.submissionId ?? '', { ...typed, reference: 'R-9' });
    expect(codes(await run(false, 'missing'))).toEqual([[4, 'manifest.cannotAdd', null]]);
    desk.capture.setSubject(noel?.submissionId ?? '', typed);
    const rest = await run(false, 'missing');
    expect(rest).toMatchObject({ batchId: first.batchId, customers: [{ customer: 'c2', files: 1 }], problems: [] });
    expect(rest.files.imported).toMatchObject([
      { submissionId: noel?.submissionId, slot: 'identity/id_card/front', fileName: 'front.jpg' },
    ]);
    expect([(await run(true)).missing, desk.capture.batches()]).toEqual([
      { customers: 0, files: 0 },
      [expect.anything()],
    ]);
  });

  it('adds nothing to somebody else of the household, who brought the same bill, and says so', async () => {
    await goodFiles();
    await write([HEADER, `${ofHousehold('Mara')},bill.pdf,address,,`]);
    const first = await run();
    const [mara] = first.customers;
    await write([HEADER, `${ofHousehold('Marek')},bill.pdf,address,,`]);
    expect(codes(await run(false, 'missing'))).toEqual([[2, 'manifest.cannotAdd', null]]);
    await write([
      HEADER,
      `${ofHousehold('Marek')},bill.pdf,address,,`,
      `${ofHousehold('Marek')},passport.jpg,identity,,`,
    ]);
    expect(codes(await run(false, 'missing'))).toEqual([[3, 'manifest.cannotAdd', null]]);
    expect(desk.capture.submission(mara?.submissionId ?? '').pages).toHaveLength(1);
    // Of the one whose name fits the rest is added, also after a reference was typed.
    const subject = desk.capture.submission(mara?.submissionId ?? '').subject;
    desk.capture.setSubject(mara?.submissionId ?? '', { ...subject, reference: 'R-7' });
    await write([
      HEADER,
      `${ofHousehold('Mara')},bill.pdf,address,,`,
      `${ofHousehold('Mara')},passport.jpg,identity,,`,
    ]);
    expect(await run(false, 'missing')).toMatchObject({ batchId: first.batchId, files: { imported: [{}] } });
    expect(desk.capture.submission(mara?.submissionId ?? '').pages).toHaveLength(2);
  });

  it('of a folder that does not answer says so after a while, and imports nothing', async () => {
    const manifest = join(folder, 'manifest.csv');
    // Whoever opens it to read waits for somebody who writes, as for a server that has gone.
    execFileSync('mkfifo', [manifest]);
    await expect(run()).rejects.toMatchObject({ failure: { message: { code: 'manifest.noAnswer' } } });
    expect([desk.capture.batches(), desk.capture.isHung()]).toEqual([[], true]);
    const writer = await open(manifest, 'w');
    await writer.close();
    await until('the reading to end', () => !desk.capture.isHung());
  });
});
