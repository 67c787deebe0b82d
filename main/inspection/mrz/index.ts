export type { Weights } from './network.ts';
export { readPage } from './page.ts';
export { halved, pyramidOf } from './picture.ts';
export type { Grey, Pyramid } from './picture.ts';
export type { Point, ReadZone, SeenZone, ZoneResult } from './read.ts';
export { readWeights } from './reader-file.ts';
