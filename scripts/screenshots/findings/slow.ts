import { readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { endlessPdf } from '../../../test/integration/capture/files.ts';
import { sample } from '../../../test/support/samples.ts';
import { whenInspected } from '../customers.ts';
import { call, until } from '../window.ts';
import { BILL, PASSPORT } from './case.ts';
import type { FindingCase } from './case.ts';

/** A page says that it waits two minutes after it could first not be read. */
const UNTIL_TOLD_MS = 240_000;

const ENDLESS = { name: 'bill.pdf', slot: BILL, bytes: () => endlessPdf() };

async function vaultFiles(profile: string): Promise<string[]> {
  const names = await readdir(join(profile, 'vault'), { recursive: true });
  return names.filter((name) => name.endsWith('.page'));
}

/** What is seen while the inspection is busy: two files that never end keep both of its workers until they are given up. */
export const SLOW: readonly FindingCase[] = [
  {
    rules: ['page.beingChecked', 'page.lost', 'page.unreadable', 'page.checkWaits'],
    bring: async (desk) => {
      const busy = { provider: 'personr', isLookedAt: false } as const;
      const endless = await desk.customer({ ...busy, files: [ENDLESS] });
      await desk.customer({ ...busy, files: [{ ...ENDLESS, name: 'statement.pdf' }] });
      const before = new Set(await vaultFiles(desk.profile));
      const waiting = await desk.customer({
        ...busy,
        files: [{ name: 'david-passport.jpg', slot: PASSPORT, bytes: () => sample('david-passport.jpg') }],
      });
      const place = { submissionId: waiting, station: PASSPORT };
      await desk.show('page.beingChecked', place);
      for (const name of await vaultFiles(desk.profile)) {
        if (!before.has(name)) await rm(join(desk.profile, 'vault', name));
      }
      const holding = new Set(await vaultFiles(desk.profile));
      const held = await desk.customer({
        ...busy,
        files: [{ name: 'amelie-passport.jpg', slot: PASSPORT, bytes: () => sample('amelie-passport.jpg') }],
      });
      // A link to itself cannot be opened, and is not missing: as if another program held the file.
      const files = (await vaultFiles(desk.profile)).filter((name) => !holding.has(name));
      const [file = ''] = files.map((name) => join(desk.profile, 'vault', name));
      await rename(file, `${file}.held`);
      await symlink(file, file);
      await whenInspected(desk.window, waiting);
      await desk.show('page.lost', place);
      await desk.show('page.unreadable', { submissionId: endless, station: BILL });
      await until(
        'the page to say that it waits',
        async () => {
          const { pages } = await call(desk.window, 'submission.get', { submissionId: held });
          return pages.some(({ findings }) => findings.some(({ rule }) => rule === 'page.checkWaits'));
        },
        UNTIL_TOLD_MS,
      );
      await desk.show('page.checkWaits', { submissionId: held, station: PASSPORT });
      await rm(file);
      await rename(`${file}.held`, file);
    },
  },
];
