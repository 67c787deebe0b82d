export { createCapture } from './service.ts';
export type { Capture } from './service.ts';
export { MANIFEST_COLUMNS, MANIFEST_NAME } from './manifest-rows.ts';
export type { ManifestProblem } from './manifest-rows.ts';
export type { ManifestReport } from './manifest.ts';
export { digestOfFile } from './digest.ts';
export { MAX_FILE_BYTES, deliveryName } from './intake.ts';
export type { CaptureEvents, CaptureOptions, ImportTarget, PageSource } from './types.ts';
