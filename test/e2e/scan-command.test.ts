/** The scanner from the command line: SANE's own test scanner into a submission, in processes of their own. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jpeg } from '../integration/capture/files.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { openSatchel } from '../support/open-satchel.ts';
import { fakeScanimage, hasScanimage, JAM, saneEnvironment, twoPagesThen, WITHOUT_SCANIMAGE } from '../support/sane.ts';
import { ended, startSatchel } from '../support/satchel-process.ts';
import type { Ended } from '../support/satchel-process.ts';

let folder: string;
let env: Record<string, string>;

/** The command line on the one profile of this file. */
function satchel(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ended(startSatchel(['--profile', join(folder, 'profile'), ...args], { ...env, ...more }));
}

describe.skipIf(!hasScanimage)(`scanning from the command line${WITHOUT_SCANIMAGE}`, () => {
  beforeAll(async () => {
    folder = makeFolder('scan-command');
    env = saneEnvironment(folder);
    const files = join(folder, 'files');
    await mkdir(files);
    await writeFile(join(files, 'a.jpg'), await jpeg({ seed: 91 }));
    const columns =
      'customer,given_name,family_name,birth_date,country,email,phone,reference,flow,file,requirement,document_type,side';
    const row = 'a,Ada,Line,,AUS,,,SCAN-CLI,proof-of-address,a.jpg,identity,passport,single';
    await writeFile(join(files, 'manifest.csv'), `${columns}\n${row}\n`);
    const imported = await satchel(['import', files, '--connection', 'Practice: Persona']);
    if (imported.code !== 0) throw new Error(imported.err);
  });
  afterAll(() => {
    removeFolder(folder);
  });

  it('lists the scanners and what they can do', async () => {
    const listed = await satchel(['scanners']);
    expect([listed.code, listed.out]).toEqual([0, 'sane:test:0: Noname frontend-tester (flatbed, feeder)\n']);
    const detailed = await satchel(['--json', 'scanners']);
    const Sources = z.object({
      devices: z.array(z.object({ sources: z.array(z.object({ colours: z.string().array() })) })),
    });
    expect(Sources.parse(JSON.parse(detailed.out)).devices[0]?.sources[0]?.colours).toEqual(['grey', 'colour']);
  });

  it('scans into the open slot of a submission, which can be released then', async () => {
    expect((await satchel(['release'])).code).toBe(3);
    const scanned = await satchel(['scan', 'SCAN-CLI', '--dpi', '150', '--size', 'a6']);
    expect(scanned.code).toBe(0);
    expect(scanned.out).toMatch(/^scanning page 1\nscan-\d{8}-\d{6}-1\.png: address\/utility_bill\/single\n$/);
    const opened = await openSatchel(join(folder, 'profile'), { scanners: [] });
    const [row] = (await opened.services.capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 1 })).rows;
    const { pages } = opened.services.capture.submission(row?.id ?? '');
    await opened.close();
    // A6 at 150 dpi, by the whole millimetres of the test scanner.
    expect(pages.find(({ source }) => source === 'scanner')).toMatchObject({ widthPixels: 620, heightPixels: 874 });
    const released = await satchel(['release']);
    expect([released.code, released.out]).toEqual([0, expect.stringContaining('1 released')]);
    // Released means closed: nothing more is scanned into it.
    const late = await satchel(['scan', 'SCAN-CLI']);
    expect([late.code, late.err]).toEqual([1, expect.stringContaining('released already')]);
  });

  it('says in words and by its exit code what a scanner says, and what cannot be meant', async () => {
    const files = join(folder, 'files');
    // The same customer once more, which has to be meant.
    const again = ['import', files, '--connection', 'Practice: Persona'];
    expect((await satchel(again)).code).toBe(1);
    expect((await satchel([...again, '--again'])).code).toBe(0);
    const rows = JSON.parse((await satchel(['--json', 'status'])).out) as unknown;
    const Rows = z.object({ submissions: z.array(z.object({ id: z.string(), state: z.string() })) });
    const open = Rows.parse(rows).submissions.find(({ state }) => state === 'draft');
    const id = open?.id ?? '';
    const home = join(folder, 'jam');
    await mkdir(home);
    fakeScanimage(home, twoPagesThen(JAM));
    const jam = await satchel(['scan', id, '--source', 'feeder'], { PATH: `${home}:${process.env['PATH'] ?? ''}` });
    expect(jam.code).toBe(3);
    expect(jam.out).toMatch(/1\.png: address\/utility_bill\/single\n.*2\.png: in the tray\nPaper jam at page 3\./);
    const none = await satchel(['scan', id], { SANE_CONFIG_DIR: join(folder, 'nowhere') });
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('No scanner answers.')]);
    const wrong = await satchel(['scan', id, '--source', 'sideways']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('flatbed, feeder, duplex')]);
  });
});
