export { createInspection } from './pool.ts';
export type { InspectionOptions } from './pool.ts';
export type { ConversionJob, InspectedZone, Inspection, InspectionJob, InspectionPort, PreviewJob } from './port.ts';
