/**
 * Imports a folder into one submission and prints the page ids that were acknowledged, one line per report, until it is
 * killed from outside. Arguments: profile folder, folder with files.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newCustomer, openDesk } from './desk.ts';

const [directory = '', files = ''] = process.argv.slice(2);
const desk = await openDesk({ directory, isProgram: true });
const { submissionId } = newCustomer(desk);
const names = await readdir(files);
process.stdout.write('started\n');
await Promise.all(
  [0, 1, 2].map(async (share) => {
    for (const name of names.filter((_, index) => index % 3 === share)) {
      const report = await desk.capture.importFiles([join(files, name)], { submissionId, slot: null }, 'folder');
      for (const page of report.imported) process.stdout.write(`ACK ${page.pageId} ${name}\n`);
    }
  }),
);
process.stdout.write('finished\n');
await desk.close('keep');
