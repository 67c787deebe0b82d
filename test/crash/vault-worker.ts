/** The vault's worker with named kill points. */
import './kill-points.ts';

await import('../../main/vault/worker.ts');
