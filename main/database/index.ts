export { APPLICATION_ID, migrations } from './migrations/index.ts';
export { openDatabase } from './open.ts';
export type { OpenDatabaseOptions, OpenedDatabase, OpenResult, RefusalReason } from './open.ts';
export type * from './types.ts';
