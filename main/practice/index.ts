export { DEFAULT_CREDENTIALS } from './admin.ts';
export type { FaultInput } from './faults.ts';
export { PRACTICE_ENTITY_FLOW_NAMES } from './personr/index.ts';
export { PRACTICE_FLOW_NAMES } from './review.ts';
export { PracticeUnavailable, startPracticeServer } from './server.ts';
export type { PracticeOptions, PracticeServer } from './server.ts';
export type { FileCount, ReceivedRequest } from './state.ts';
export { startPracticeInWorker } from './thread.ts';
export type { PracticeInWorker, PracticeWorkerOptions } from './thread.ts';
