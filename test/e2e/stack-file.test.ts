/** A whole stack in one PDF, as a multifunction printer sends it: dropped on the desk, parted with one key, dealt out. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFiles, expectNoComplaints, goTo, openDesk } from '../support/desk-window.ts';
import type { Desk } from '../support/desk-window.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { pdfOf } from '../support/sheets.ts';
import { threeCustomers } from '../support/stack-pages.ts';
import { until } from '../support/until.ts';

let folder: string;
let desk: Desk;

beforeAll(async () => {
  folder = makeFolder('stack-file');
  desk = await openDesk(join(folder, 'profile'));
});
afterAll(async () => {
  await desk.close();
  removeFolder(folder);
});

describe('a stack of three customers in one file', () => {
  it('lies in the tray whole, is parted into its sheets, and goes to three customers', async () => {
    const { window } = desk;
    await desk.call('settings.set', { theme: 'light', language: 'en' });
    const file = join(folder, 'copier.pdf');
    await writeFile(file, await pdfOf(await threeCustomers(150)));
    const [connection] = await desk.call('connection.list', {});
    const { batchId } = await desk.call('batch.create', {});
    const { submissionId } = await desk.call('stack.create', {
      batchId,
      connectionId: connection?.id ?? '',
      flowId: connection?.flows[0]?.id ?? '',
      settings: { splitBy: 'separator', pagesEach: 2, expectedCustomers: 3 },
    });
    await goTo(desk, 'Capture');
    await window.evaluate((id) => {
      globalThis.location.hash = `#/capture/${id}`;
    }, submissionId);
    await window.getByText('The stack is empty').waitFor();
    await dropFiles(desk, [file]);
    const list = window.getByRole('list', { name: 'Who gets which page' });
    await list.getByText('One file with documents of several people').waitFor();
    await window.getByText('The 8 sheets of this file stay together and go to nobody.', { exact: false }).waitFor();
    await window.getByRole('button', { name: 'Part into 8 pages' }).waitFor();

    await window.keyboard.press('p');
    await window.getByText('8 pages lie in the file’s place.').waitFor();
    await until('every sheet to be looked at', async () => {
      const { counts } = await desk.call('stack.get', { submissionId });
      return counts.beingChecked === 0;
    });
    const { counts } = await desk.call('stack.get', { submissionId });
    expect(counts).toMatchObject({ found: 8, proposed: 6, tray: 2, customers: 3 });
    await list.getByRole('heading', { name: /Customer 3/ }).waitFor();
    expectNoComplaints(desk);
    await window.getByRole('button', { name: 'Make 3 customers' }).click();
    await until('the customers', async () => (await desk.call('stack.get', { submissionId })).dealt.length === 3);
  });
});
