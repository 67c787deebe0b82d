export { readDetector } from './detector-file.ts';
export { findFaces } from './find.ts';
export type { DetectorWeights } from './network.ts';
