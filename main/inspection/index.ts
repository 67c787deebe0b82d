export { createInspection } from './pool.ts';
export type { InspectionOptions } from './pool.ts';
export type { InspectedZone, Inspection, InspectionJob, InspectionPort, PageMediaType, PreviewJob } from './port.ts';
