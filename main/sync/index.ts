/**
 * Sends what the outbox holds and follows what becomes of it. Knows providers only by their port, and neither a window nor
 * a device.
 */
import { Dispatcher } from './dispatcher.ts';
import type { DispatcherDependencies } from './types.ts';

export type { Dispatcher } from './dispatcher.ts';
export type {
  ConnectionForSync,
  ConnectionsPort,
  ContentPort,
  DispatcherDependencies,
  Random,
  SyncChange,
  SyncStatus,
  Timers,
} from './types.ts';
export { askedOnce } from './asked-once.ts';
export { askProvider } from './asks.ts';
export { confirmRecord, decideAttention } from './desk.ts';
export type { DeskDependencies, RecordDependencies } from './desk.ts';
export { watchNetwork } from './network-watch.ts';
export { withoutProgress } from './progress.ts';

/** One per process. Nothing happens before `start`. */
export function createDispatcher(dependencies: DispatcherDependencies): Dispatcher {
  return new Dispatcher(dependencies);
}
