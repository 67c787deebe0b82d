export type { Weights } from './network.ts';
export { readPage } from './page.ts';
export { halved } from './picture.ts';
export type { Grey } from './picture.ts';
export type { Point, ReadZone, SeenZone, ZoneResult } from './read.ts';
export { readNetworks } from './reader-file.ts';
