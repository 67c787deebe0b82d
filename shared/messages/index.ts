export { en } from './en/index.ts';
export { de } from './de/index.ts';
export type { Message } from './types.ts';
