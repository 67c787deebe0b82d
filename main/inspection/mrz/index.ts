export type { Weights } from './network.ts';
export { decodeGrey, readPage } from './page.ts';
export { pyramidOf } from './picture.ts';
export type { Grey, Pyramid } from './picture.ts';
export type { Point, ReadZone, SeenZone, ZoneResult } from './read.ts';
export { readWeights } from './reader-file.ts';
