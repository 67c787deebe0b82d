export { appendLedger, readLedger, readLedgerBackwards, verifyLedger } from './ledger.ts';
export type { LedgerData, LedgerEntry, LedgerRow, LedgerVerdict, ReadLedgerOptions } from './ledger.ts';
export { SYSTEM_OPERATOR, toTimelineEntry } from './timeline.ts';
