import type { InspectionJob } from '../inspection/index.ts';
import type { Vault } from '../vault/index.ts';

/** How inspection gets a blob's bytes: read anew whenever it asks, so that nobody else has what it is given. */
export function bytesOf(vault: Pick<Vault, 'readAll'>, blobId: string): Pick<InspectionJob, 'read' | 'givesAway'> {
  return { read: () => vault.readAll(blobId), givesAway: true };
}
