import { cellsOf, layoutFor, parseMrz, withLongNumber } from '../../../shared/mrz/index.ts';
import type { MrzCell, MrzLayout } from '../../../shared/mrz/index.ts';

/** Characters that OCR-B's readers mistake for each other. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8',
  '0': 'O',
  '1': 'I',
  '2': 'Z',
  '5': 'S',
  '6': 'G',
  '8': 'B',
};
/** More slips than this in fields that a check digit covers: then the text is a guess and not a reading. */
const MAX_SLIPS = 3;

/** Cells that must be digits, and those that may be either; both are covered by a check digit, or are one. */
function coveredCells(layout: MrzLayout): { digits: MrzCell[]; mixed: MrzCell[] } {
  const digits: MrzCell[] = layout.checks.map(({ line, at }) => ({ line, at }));
  const mixed: MrzCell[] = [];
  for (const field of layout.fields) {
    const cells = cellsOf([field]);
    const isCovered = layout.checks.some(({ covers }) =>
      covers.some(({ line, start, end }) => line === field.line && start <= field.start && field.end <= end),
    );
    if (field.class === 'digits') digits.push(...cells);
    else if (field.class === 'mixed' && isCovered) mixed.push(...cells);
  }
  return { digits, mixed };
}

function replaced(lines: readonly string[], { line, at }: MrzCell, character: string): string[] {
  return lines.map((text, index) => (index === line ? text.slice(0, at) + character + text.slice(at + 1) : text));
}

/**
 * Undoes slips between look-alike characters (O and 0, I and 1, …) in a text that another reader produced:
 * letters where only digits may stand, and one look-alike in a covered field of either kind. Only places that a check digit
 * covers are touched, and only when exactly one repair makes every check digit right: otherwise null. A text that is right
 * already comes back as it is.
 * @param today YYYY-MM-DD
 */
export function repairMrz(lines: readonly string[], today: string): readonly string[] | null {
  const read = parseMrz(lines, today);
  if (read === null) return null;
  if (read.isValid) return lines;
  const shape = layoutFor(lines.length, lines[0]?.length ?? 0, lines[0]?.[0] ?? '');
  if (shape === null) return null;
  const { digits, mixed } = coveredCells(withLongNumber(shape, lines));
  let repaired: readonly string[] = lines;
  let slips = 0;
  for (const cell of digits) {
    const printed = (repaired[cell.line] ?? '')[cell.at] ?? '';
    const digit = /[A-Z]/.test(printed) ? LOOKALIKES[printed] : undefined;
    if (digit === undefined) continue;
    repaired = replaced(repaired, cell, digit);
    slips += 1;
  }
  if (slips > MAX_SLIPS) return null;
  if (parseMrz(repaired, today)?.isValid === true) return repaired;
  const candidates = mixed.flatMap((cell) => {
    const other = LOOKALIKES[(repaired[cell.line] ?? '')[cell.at] ?? ''];
    if (other === undefined) return [];
    const candidate = replaced(repaired, cell, other);
    return parseMrz(candidate, today)?.isValid === true ? [candidate] : [];
  });
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}
