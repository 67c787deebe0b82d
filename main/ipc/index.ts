export { openDoor } from './door.ts';
export type { DoorOptions, Handlers } from './door.ts';
export { createHandlers } from './handlers/index.ts';
export type { Shell } from './handlers/types.ts';
