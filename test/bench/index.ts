import { codeBenches } from './codes/index.ts';
import { blockBenches, importBenches } from './import.ts';
import { findingsBenches } from './findings/index.ts';
import { pageBenches } from './page.ts';
import { feederBenches } from './feeder.ts';
import { readBenches } from './reads.ts';
import { lightBenches } from './light.ts';
import { linkBenches } from './link/index.ts';
import { manifestBenches } from './manifest.ts';
import { memoryBenches } from './memory.ts';
import { mrzBenches } from './mrz/index.ts';
import { outboxBenches } from './outbox.ts';
import { stackBenches } from './stack.ts';
import { startBenches } from './start.ts';
import { uploadBenches } from './upload.ts';
import type { Bench } from './harness.ts';

/** Every benchmark of `npm run bench`, in the order in which they run. */
export const benches: readonly Bench[] = [
  ...outboxBenches,
  ...readBenches,
  ...stackBenches,
  ...manifestBenches,
  ...uploadBenches,
  ...memoryBenches,
  ...startBenches,
  ...blockBenches,
  ...importBenches,
  ...linkBenches,
  ...mrzBenches,
  ...pageBenches,
  ...findingsBenches,
  ...codeBenches,
  ...feederBenches,
  ...lightBenches,
];
