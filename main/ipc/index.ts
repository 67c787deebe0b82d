export { handle, openDoor } from './door.ts';
export type { DoorOptions, Handlers } from './door.ts';
