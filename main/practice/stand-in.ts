/** Practice keeps no bytes: in the place of every image it gives a single grey pixel, in that of a PDF an empty sheet. */
export interface StandIn {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';
const JPEG =
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC' +
  '8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAABAAEDASIAAhEBAxEB/8QAFAAB' +
  'AAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP' +
  '/aAAwDAQACEQMRAD8AAA//2Q==';
const PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

const STAND_INS: ReadonlyMap<string, Uint8Array> = new Map([
  ['image/jpeg', Buffer.from(JPEG, 'base64')],
  ['application/pdf', Buffer.from(PDF, 'latin1')],
]);
const PIXEL: StandIn = { mediaType: 'image/png', bytes: Buffer.from(PNG, 'base64') };

/** For a file of this media type; what has no stand-in of its own is a PNG. */
export function standIn(mediaType: string): StandIn {
  const bytes = STAND_INS.get(mediaType);
  return bytes === undefined ? PIXEL : { mediaType, bytes };
}
