export { en } from './en/index.ts';
export type { Message } from './types.ts';
