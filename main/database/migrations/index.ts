import type { Migration } from '../types.ts';
import { foundation } from './0001-foundation.ts';
import { lists } from './0002-lists.ts';
import { claims } from './0003-claims.ts';
import { pageTimes } from './0004-page-times.ts';
import { lanes } from './0005-lanes.ts';
import { renditions } from './0006-renditions.ts';
import { readings } from './0007-readings.ts';
import { pageMeasures } from './0008-page-measures.ts';
import { stacks } from './0009-stacks.ts';
import { stackMoves } from './0010-stack-moves.ts';
import { describedProviders } from './0011-described-providers.ts';
import { owners } from './0012-owners.ts';
import { retention } from './0013-retention.ts';
import { redaction } from './0014-redaction.ts';
import { redactionUndecided } from './0015-redaction-undecided.ts';
import { issueDates } from './0016-issue-dates.ts';
import { flowIds } from './0017-flow-ids.ts';

/** The schema of Satchel, step by step. New steps are appended; shipped ones are frozen (a test hashes their text). */
export const migrations: readonly Migration[] = [
  foundation,
  lists,
  claims,
  pageTimes,
  lanes,
  renditions,
  readings,
  pageMeasures,
  stacks,
  stackMoves,
  describedProviders,
  owners,
  retention,
  redaction,
  redactionUndecided,
  issueDates,
  flowIds,
];

/** "Sat1" in the header of the file: what tells Satchel's database from another program's. */
export const APPLICATION_ID = 0x53617431;
