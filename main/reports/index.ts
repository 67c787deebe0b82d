export { balance } from './balance.ts';
export { localDay, today } from './today.ts';
