export { separatorSheets } from './sheets.ts';
export type { SeparatorOrder } from './sheets.ts';
