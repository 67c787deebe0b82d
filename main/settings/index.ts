export { assertNotPractice, createConnections } from './connections.ts';
export type { Connection, Connections, ConnectionsOptions } from './connections.ts';
export {
  APPEARANCE,
  CHECKED_DAY,
  FOLDER_TAKING,
  NETWORK_SCANNING,
  RETENTION,
  SCANNING,
  SENDING,
  STEADY_DATE,
  WATCHED_FOLDER,
} from './known.ts';
export type { Appearance, SteadyDate } from './known.ts';
export { ensurePracticeConnections } from './practice.ts';
export { readSetting, writeSetting } from './store.ts';
export type { Setting } from './store.ts';
