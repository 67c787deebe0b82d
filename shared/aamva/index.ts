export { parseLicence } from './parse.ts';
export type { Licence } from './parse.ts';
