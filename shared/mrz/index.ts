export { checkDigit, valueOf, weightAt } from './check-digit.ts';
export { birthDateOf, expiryDateOf } from './dates.ts';
export type { MrzDate } from './dates.ts';
export { cellsOf, LAYOUTS, MRZ_FIELD_NAMES, layoutFor, longNumberLayout, withLongNumber } from './layout.ts';
export type {
  MrzCell,
  MrzCheckName,
  MrzCheckPlace,
  MrzClass,
  MrzFieldName,
  MrzFieldPlace,
  MrzFormat,
  MrzLayout,
  MrzSpan,
} from './layout.ts';
export { parseMrz } from './parse.ts';
export type { Mrz, MrzCheck } from './parse.ts';
