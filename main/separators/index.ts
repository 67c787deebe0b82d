export { saveSeparators } from './save.ts';
export { separatorSheets } from './sheets.ts';
