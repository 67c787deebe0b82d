export { createInspection } from './pool.ts';
export type { InspectionOptions } from './pool.ts';
export type {
  ConversionJob,
  InspectedCodes,
  InspectedZone,
  Inspection,
  InspectionJob,
  InspectionPort,
  PreviewJob,
} from './port.ts';
