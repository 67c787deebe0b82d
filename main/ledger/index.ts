export { appendLedger, readLedger, verifyLedger } from './ledger.ts';
export type { LedgerData, LedgerEntry, LedgerRow, LedgerVerdict, ReadLedgerOptions } from './ledger.ts';
