/** What is dropped on the window is not always what it says. Each bad file gets its sentence; the good one is taken. */
import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jpeg, pdf } from '../integration/capture/files.ts';
import {
  answerFileDialog,
  details,
  dropFiles,
  expectNoComplaints,
  goTo,
  openDesk,
  startCustomer,
} from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import type { Desk } from '../support/desk-window.ts';
import { flowOf } from '../support/flow-of.ts';
import { until } from '../support/until.ts';

let profile: string;
let files: string;
let desk: Desk;

beforeAll(async () => {
  profile = makeFolder('bad-input');
  files = makeFolder('bad-input-files');
  desk = await openDesk(profile);
  await goTo(desk, 'Capture');
  await desk.window.getByRole('button', { name: 'Start a batch' }).click();
  await desk.window.getByText('No customer yet').waitFor();
});
afterAll(async () => {
  await desk.close();
  removeFolder(profile);
  removeFolder(files);
});

const FLOW = { name: flowOf('persona').name, connection: 'Practice: Persona' };
const ODD_NAME = 'Ätt 100% & <b>"q"<br> #1 ’ü 日本 😀;$(x).jpg';

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(files, name);
  await writeFile(path, bytes);
  return path;
}

/** A file of that size that takes no room on the disk. */
async function sparseFile(name: string, megabytes: number): Promise<string> {
  const path = join(files, name);
  const handle = await open(path, 'w');
  await handle.write(Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
  await handle.truncate(megabytes * 1_000_000);
  await handle.close();
  return path;
}

describe('bad files among good ones', () => {
  it('refuses each with a sentence that names file, cause and next step, and takes the good ones', async () => {
    const { window } = desk;
    await startCustomer(desk, FLOW);
    const whole = await jpeg({ width: 800, height: 640, seed: 51 });
    const paths = [
      await file('good.jpg', whole),
      await file('cut.jpg', whole.subarray(0, whole.byteLength - 4_000)),
      await file('really-a.pdf.jpg', pdf({ remark: 'called jpg' })),
      await file('empty.jpg', Buffer.alloc(0)),
      await file('letter.docx', Buffer.from('PK\u0003\u0004 not a page')),
      await sparseFile('huge.jpg', 200),
    ];
    await dropFiles(desk, paths);
    const report = window.getByRole('alert').filter({ hasText: 'not imported' });
    await report.waitFor();
    const sentences: Readonly<Record<string, RegExp>> = {
      'cut.jpg': /cut\.jpg was not taken: .*ends too early.*Scan or copy it again/,
      'empty.jpg': /empty\.jpg was not taken: it is empty \(0 bytes\)\. Scan or save the page again/,
      'letter.docx': /letter\.docx was not taken: .*Scan or save the page as JPEG, PNG or PDF/,
      'huge.jpg': /huge\.jpg was not taken: it has 200 MB and the limit is 100 MB\. Scan the page with 300 dpi/,
    };
    const items = report.getByRole('listitem');
    expect(await items.count()).toBe(Object.keys(sentences).length);
    for (const [name, sentence] of Object.entries(sentences)) {
      expect(await items.filter({ hasText: name }).textContent()).toMatch(sentence);
    }
    // A PDF that calls itself .jpg is a good page; it is taken as what it is and said so.
    const [submission] = await details(desk);
    expect(submission?.pages.map(({ fileName, mediaType }) => [fileName, mediaType])).toEqual([
      ['good.jpg', 'image/jpeg'],
      ['really-a.pdf.jpg', 'application/pdf'],
    ]);
    await window
      .getByRole('complementary', { name: 'Documents wanted' })
      .getByRole('listitem')
      .getByRole('button', { name: /Utility bill/ })
      .click();
    const findings = window.getByRole('region', { name: 'Findings of this page' });
    await findings.getByText('really-a.pdf.jpg is really a PDF. It is sent with the extension .pdf.').waitFor();
    // By which rule, and to whom it matters, is said when somebody asks.
    await findings.getByRole('button', { name: 'By which rules' }).press('Enter');
    await findings.getByText('Matters to every provider. Rule page.wrongExtension').waitFor();
  });

  it('takes a name with every odd character and shows it as it is, as text', async () => {
    const { window } = desk;
    await startCustomer(desk, FLOW);
    await dropFiles(desk, [await file(ODD_NAME, await jpeg({ width: 800, height: 640, seed: 52 }))]);
    await window.getByRole('region', { name: 'Selected page' }).getByText(ODD_NAME).waitFor();
    expect(await window.locator('b').count()).toBe(0);
    const taken = (await details(desk)).flatMap(({ pages }) => pages).find(({ fileName }) => fileName === ODD_NAME);
    expect(taken?.mediaType).toBe('image/jpeg');
  });

  it('warns of two equal files, links to the other customer and lets the person decide', async () => {
    const { window } = desk;
    await startCustomer(desk, FLOW);
    await dropFiles(desk, [await file('again.jpg', await readFile(join(files, 'good.jpg')))]);
    await window.getByText('The same file was captured before').waitFor();
    await window.getByText('again.jpg was captured before').first().waitFor();
    const pages = (await details(desk)).flatMap(({ pages: its }) => its);
    expect(pages.find(({ fileName }) => fileName === 'again.jpg')?.duplicateOf?.pageId).toBe(
      pages.find(({ fileName }) => fileName === 'good.jpg')?.id,
    );
  });

  it('names a folder that cannot be read, and one without files, and goes on', async () => {
    const { window } = desk;
    await startCustomer(desk, FLOW);
    const closed = join(files, 'closed-folder');
    const empty = join(files, 'empty-folder');
    await mkdir(closed);
    await file('closed-folder/page.jpg', await jpeg({ seed: 53 }));
    await mkdir(empty);
    await chmod(closed, 0o000);
    // The superuser reads everything; only for other accounts is the folder really closed.
    const isClosed = process.getuid?.() !== 0;
    try {
      await answerFileDialog(desk, [
        closed,
        empty,
        join(files, 'gone.jpg'),
        await file('beside.jpg', await jpeg({ width: 800, height: 640, seed: 54 })),
      ]);
      await window.keyboard.press('Control+i');
      const report = window.getByRole('alert').filter({ hasText: 'not imported' });
      await report.getByText(/empty-folder was not taken: there is no file in it/).waitFor();
      await report.getByText(/gone\.jpg was not taken: it is no longer there.*Check the folder/).waitFor();
      if (isClosed) await report.getByText(/closed-folder was not taken: this account may not read it/).waitFor();
      await until('the good file', async () =>
        (await details(desk)).flatMap(({ pages }) => pages).some(({ fileName }) => fileName === 'beside.jpg'),
      );
      expect(await report.getByRole('listitem').count()).toBe(isClosed ? 3 : 2);
    } finally {
      await chmod(closed, 0o700);
    }
  });

  it('never shows a path, and no error came up in the window', async () => {
    expect(await desk.window.content()).not.toContain(files);
    expect(JSON.stringify(await details(desk))).not.toContain(files);
    expectNoComplaints(desk);
  });
});
