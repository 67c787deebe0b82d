export { createSatchel } from './profile.ts';
export type { OpenSatchel, Satchel, SatchelOptions, Services, WorkerFiles } from './types.ts';
