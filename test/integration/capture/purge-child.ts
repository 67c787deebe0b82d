/**
 * Purges what is past 30 days and dies by SIGKILL before the bytes of a given blob are destroyed: after the commit that marks
 * them. Arguments: profile folder, which blob (counted from 1), the time (epoch ms).
 */
import { openDesk } from './desk.ts';

const [directory = '', dieAt = '', now = ''] = process.argv.slice(2);
let count = 0;
const desk = await openDesk({
  directory,
  isProgram: true,
  wrapVault: (vault) => ({
    ingest: (source, limits) => vault.ingest(source, limits),
    storeDerived: (bytes) => vault.storeDerived(bytes),
    open: (blobId) => vault.open(blobId),
    readAll: (blobId) => vault.readAll(blobId),
    shred: async (blobId) => {
      count += 1;
      if (count === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
      await vault.shred(blobId);
    },
    sweep: (known) => vault.sweep(known),
    close: () => vault.close(),
  }),
});
desk.clock.at = Number(now);
await desk.capture.retention.purge(30, () => true);
await desk.close('keep');
