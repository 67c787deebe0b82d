export { readCodes } from './read.ts';
export type { PageCodes } from './read.ts';
