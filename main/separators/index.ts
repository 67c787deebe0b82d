export { saveSeparators } from './save.ts';
export { qrPath } from './squares.ts';
export { separatorSheets } from './sheets.ts';
