export { COUNTRIES, alpha2Of, isCountry } from './countries.ts';
export { isClean, isOverridable, lightOf, preflight } from './preflight.ts';
export { isBlankPage } from './quality.ts';
export { renditionFor } from './renditions.ts';
export { PICTURE_RULE, SMALLER_RULE, UNLOCKED_RULES, isSentInstead } from './sent-as.ts';
export { documentsOf, fits, slotsOf } from './slots.ts';
export { SheetMeasures, WorkingView } from './measures.ts';
export { CARD_BACK_RULE, EDITOR_RULE, PASSPORT_RULE, PROTECTED_RULE } from './types.ts';
export type { PageFact, PictureLimit, PreflightInput, RuleDocument, RulePage, Slot, WantedRendition } from './types.ts';
