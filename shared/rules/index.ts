export { COUNTRIES, alpha2Of, isCountry } from './countries.ts';
export { isClean, isOverridable, lightOf, preflight } from './preflight.ts';
export { isBlankPage } from './quality.ts';
export { renditionFor } from './renditions.ts';
export type { WantedRendition } from './renditions.ts';
export { documentsOf, fits, slotsOf } from './slots.ts';
export { SheetMeasures } from './measures.ts';
export { CARD_BACK_RULE } from './types.ts';
export type { AlikePage, PageFact, PreflightInput, RuleDocument, RulePage, Slot } from './types.ts';
