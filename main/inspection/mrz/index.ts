export type { Weights } from './network.ts';
export { levelWithin, pyramidOf, valueAt } from './picture.ts';
export type { Grey, Pyramid } from './picture.ts';
export { readPage } from './read.ts';
export type { ReadZone, SeenZone, ZoneResult } from './read.ts';
export { readNetworks } from './reader-file.ts';
export type { Point } from './strip.ts';
