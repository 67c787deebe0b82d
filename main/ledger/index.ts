export {
  appendLedger,
  newestSequence,
  readLedger,
  readLedgerBackwards,
  readLedgerRows,
  searchLedger,
  verifyLedger,
} from './ledger.ts';
export type { LedgerData, LedgerEntry, LedgerRow, LedgerVerdict, ReadLedgerOptions } from './ledger.ts';
export { SYSTEM_OPERATOR, toTimelineEntry } from './timeline.ts';
