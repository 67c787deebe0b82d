export { createInspection } from './pool.ts';
export type { InspectionOptions } from './pool.ts';
export { pdfHeaderAt } from './pdf-extent.ts';
export { DAMAGED_RULE } from './port.ts';
export type {
  ConversionJob,
  InspectedCodes,
  InspectedZone,
  Inspection,
  InspectionJob,
  InspectionPort,
  LookJob,
  PreviewJob,
} from './port.ts';
