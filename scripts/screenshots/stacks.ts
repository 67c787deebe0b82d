import { mkdtempSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { sample } from '../../test/support/samples.ts';
import { pdfOf } from '../../test/support/sheets.ts';
import { threeCustomers } from '../../test/support/stack-pages.ts';
import { firstFlow, importFiles } from './customers.ts';
import { call, pause, until } from './window.ts';
import type { Photograph } from './window.ts';

/** One file of the passports of two people, as a multifunction printer makes of a stack. */
async function fileOfTwo(folder: string): Promise<string> {
  const passports = await Promise.all(['amelie-passport.jpg', 'david-passport.jpg'].map(sample));
  const path = join(folder, 'scan.pdf');
  await writeFile(path, await pdfOf(passports));
  return path;
}

/** Photographs a stack of three customers: how it is begun, its review, a file of several sheets, and what is left of it. */
export async function dealOut(app: ElectronApplication, window: Page, photograph: Photograph): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-screenshots-stack-'));
  const paths: string[] = [];
  for (const page of await threeCustomers(150)) {
    const path = join(folder, `scan-${paths.length + 1}.jpg`);
    await writeFile(path, page);
    paths.push(path);
  }
  const { batchId } = await call(window, 'batch.create', {});
  const { submissionId } = await call(window, 'stack.create', {
    batchId,
    ...(await firstFlow(window)),
    settings: { splitBy: 'separator', pagesEach: 2, expectedCustomers: 3 },
  });
  const route = `#/capture/${submissionId}`;
  await photograph('stack-begin', route, async () => {
    await window.keyboard.press('s');
    await pause(400);
  });
  await window.keyboard.press('Escape');
  await importFiles(app, window, paths, { submissionId, slot: null });
  await until('every page to have been checked', async () => {
    const { counts } = await call(window, 'stack.get', { submissionId });
    return counts.found === paths.length && counts.beingChecked === 0;
  });
  await photograph('stack', route, async () => {
    for (let step = 0; step < 2; step += 1) await window.keyboard.press('ArrowDown');
    await pause(600);
  });
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
    },
    [await fileOfTwo(folder)],
  );
  await call(window, 'page.importDialog', { submissionId, slot: null });
  await until('the file to have been checked', async () => {
    const { counts } = await call(window, 'stack.get', { submissionId });
    return counts.found > paths.length && counts.beingChecked === 0;
  });
  await photograph('stack-file', route, async () => {
    for (let step = 0; step < paths.length; step += 1) await window.keyboard.press('ArrowDown');
    await pause(600);
  });
  const { fingerprint } = await call(window, 'stack.get', { submissionId });
  await call(window, 'stack.split', { submissionId, seen: fingerprint });
  await photograph('stack-tray', route);
}
