export { COUNTRIES, alpha2Of, isCountry } from './countries.ts';
export { isClean, isOverridable, lightOf, preflight } from './preflight.ts';
export { renditionFor } from './renditions.ts';
export type { WantedRendition } from './renditions.ts';
export { documentsOf, fits, slotsOf } from './slots.ts';
export { SheetMeasures } from './measures.ts';
export type { AlikePage, PageFact, PreflightInput, RuleDocument, RulePage, Slot } from './types.ts';
