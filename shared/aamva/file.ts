/** The text of a code, taken apart: what its header says, and the elements of the subfile about the holder. */
export interface AamvaFile {
  /** Six digits: who issued it. */
  readonly issuerId: string;
  /** 1 is the edition of 2000, 2 of 2003, 3 of 2005, 4 of 2009, 10 of 2020. */
  readonly version: number;
  /** `DL` a driving licence, `ID` an identity card. */
  readonly kind: 'DL' | 'ID';
  /** Text by element id (`DCS`, `DBB`, …), without spaces at its ends. */
  readonly elements: ReadonlyMap<string, string>;
}

/**
 * Compliance indicator, separators, file type (`AAMVA` before the edition of 2000), issuer, version. What stands between the
 * version and the number of entries, a jurisdiction's own version, came with version 2; the first subfile's designator
 * follows (Annex D.12.3).
 */
const HEADER = /^@[^A-Z]{0,4}(?:ANSI |AAMVA)([0-9]{6})([0-9]{2})(?:[0-9]{2}){1,2}(?=[A-Z]{2})/;
const DESIGNATOR = /^([A-Z]{2})([0-9]{4})[0-9]{4}/;
const DESIGNATOR_LENGTH = 10;
const ELEMENT = /^(D[A-Z]{2})(.*)$/;

/** Type and offset of designators as far as they go; a card names few. Their lengths are not believed. */
function designatorsOf(text: string): { type: string; offset: number }[] {
  const found: { type: string; offset: number }[] = [];
  for (let rest = text; ; rest = rest.slice(DESIGNATOR_LENGTH)) {
    const [, type, offset] = DESIGNATOR.exec(rest) ?? [];
    if (type === undefined) return found;
    found.push({ type, offset: Number(offset) });
  }
}

/** A subfile begins with its type, and the first element follows at once or in the next line. */
const BEGINNINGS = { DL: /DL\n?D[A-Z]{2}/, ID: /ID\n?D[A-Z]{2}/ } as const;

function elementsOf(subfile: string): Map<string, string> {
  const elements = new Map<string, string>();
  for (const line of subfile.split('\n')) {
    const [, id, value] = ELEMENT.exec(line.trim()) ?? [];
    if (id !== undefined && value !== undefined && !elements.has(id)) elements.set(id, value.trim());
  }
  return elements;
}

/**
 * Takes the text of a PDF417 code apart (AAMVA DL/ID Card Design Standard, Annex D.12); null when it is none of that standard.
 * Offsets of subfiles are believed only where the subfile begins there: several issuers count them otherwise than the
 * standard, and then the subfile is looked for.
 */
export function openAamva(text: string): AamvaFile | null {
  const header = HEADER.exec(text);
  if (header === null) return null;
  const [whole, issuerId = '', version = ''] = header;
  const afterHeader = text.slice(whole.length);
  const designators = designatorsOf(afterHeader);
  const body = afterHeader.slice(designators.length * DESIGNATOR_LENGTH);
  for (const { type, offset } of designators) {
    if (type !== 'DL' && type !== 'ID') continue;
    const isThere = text.slice(offset).search(BEGINNINGS[type]) === 0;
    const at = body.search(BEGINNINGS[type]);
    if (at < 0) continue;
    const [own = ''] = (isThere ? text.slice(offset) : body.slice(at)).slice(type.length).split('\r');
    return { issuerId, version: Number(version), kind: type, elements: elementsOf(own) };
  }
  return null;
}
