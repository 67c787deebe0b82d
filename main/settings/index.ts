export { createConnections } from './connections.ts';
export type { Connection, Connections, ConnectionsOptions } from './connections.ts';
export { APPEARANCE, NETWORK_SCANNING, SCANNING, SENDING, WATCHED_FOLDER } from './known.ts';
export type { Appearance } from './known.ts';
export { ensurePracticeConnections } from './practice.ts';
export { readSetting, writeSetting } from './store.ts';
export type { Setting } from './store.ts';
