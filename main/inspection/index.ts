export { createInspection } from './pool.ts';
export type { InspectionOptions } from './pool.ts';
export type {
  ConversionJob,
  InspectedZone,
  Inspection,
  InspectionJob,
  InspectionPort,
  LookJob,
  PreviewJob,
} from './port.ts';
