export { COUNTRIES, alpha2Of, isCountry } from './countries.ts';
export { expiredRules } from './expiry.ts';
export { isClean, isOverridable, isOverridden, lightOf, preflight } from './preflight.ts';
export { isBlankPage } from './quality.ts';
export { renditionFor } from './renditions.ts';
export { ALONE_RULE, PICTURE_RULE, SMALLER_RULE, UNLOCKED_RULES, isSentInstead } from './sent-as.ts';
export { documentsOf, fits, slotsOf } from './slots.ts';
export { RULES } from './sources.ts';
export type { RuleSource } from './sources.ts';
export { SheetMeasures, WorkingView } from './measures.ts';
export {
  CARD_BACK_RULE,
  CHECK_WAITS_RULE,
  EDITOR_RULE,
  FILM_RULE,
  PASSPORT_RULE,
  PROTECTED_RULE,
  SURROUNDED_RULE,
  TWO_PEOPLE_RULES,
  isOfTwoPeople,
} from './types.ts';
export type { PageFact, PictureLimit, PreflightInput, RuleDocument, RulePage, Slot, WantedRendition } from './types.ts';
