export { openInstallation } from './installation.ts';
export type { Installation } from './installation.ts';
export { systemPlace } from './place.ts';
export type { Place } from './place.ts';
