import sharp from 'sharp';
import { factsOfSeen } from '../../../main/capture/seen-facts.ts';
import { createInspection } from '../../../main/inspection/index.ts';
import type { Inspection, InspectionPort } from '../../../main/inspection/index.ts';
import { drawGlyphs, OCR_B_SHARP } from '../../../scripts/mrz/glyphs.ts';
import type { GlyphSet } from '../../../scripts/mrz/glyphs.ts';
import { drawPage } from '../../../scripts/mrz/pages.ts';
import type { Condition, DrawnPage } from '../../../scripts/mrz/pages.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import type { MediaType } from '../../../shared/domain/index.ts';
import type { MrzFormat } from '../../../shared/mrz/index.ts';
import { TWO_PEOPLE_RULES } from '../../../shared/rules/index.ts';
import { judged } from '../../support/findings.ts';
import { together } from '../../support/glass.ts';
import { pdfOf } from '../../support/sheets.ts';
import type { Tallies } from './tally.ts';

const SEED = 20_271_177;
const NOW = Date.UTC(2026, 10, 26);
/** As scanners and cameras usually bring a document: how well zones are read under worse conditions is the bench of the reader. */
const CONDITIONS: readonly Condition[] = ['clean', 'skewed', 'noise', 'photo', 'jpeg'];
/** What a page with such a zone is, in each slot, by ICAO Doc 9303-4 to 9303-6; null where nothing is said. */
const SLOTS: Readonly<Partial<Record<MrzFormat, Readonly<Record<string, string | null>>>>> = {
  TD1: {
    'identity/id_card/front': 'page.backForFront',
    'identity/id_card/back': null,
    'identity/passport/single': 'page.cardForPassport',
  },
  TD2: { 'identity/id_card/front': null, 'identity/id_card/back': null },
  TD3: { 'identity/id_card/front': 'page.passportForCard', 'identity/passport/single': null },
};
const FORMATS: readonly MrzFormat[] = ['TD1', 'TD2', 'TD3'];
const UNSURE = 'mrz.unsure';
const ANY = 'identity/id_card/back';
const SCORED = new Set([
  UNSURE,
  ...Object.values(TWO_PEOPLE_RULES),
  ...FORMATS.flatMap((format) => Object.values(SLOTS[format] ?? {})),
]);
/** Dirt lies over these places of a document's number, in parts of the zone: two characters of it and their surroundings. */
const DIRT = { from: 0.1, to: 0.2, grey: 80 };

function look(inspection: InspectionPort, bytes: Uint8Array, mediaType: MediaType): Promise<Inspection> {
  return inspection.inspect({ mediaType, read: () => Promise.resolve(bytes) });
}

function foundIn(slot: string, bytes: Uint8Array, mediaType: MediaType, seen: Inspection): string[] {
  const facts = [...seen.facts, ...factsOfSeen(seen)];
  const rules = judged({ ...seen, facts, bytes, mediaType, slot }, 'personr').map(({ rule }) => rule);
  return rules.filter((rule) => SCORED.has(rule));
}

/** The same page with dirt over the line that has the document's number; null when nobody found the zone before. */
async function soiled({ jpeg, format }: DrawnPage, { zone }: Inspection): Promise<Buffer | null> {
  const [a, b, , d] = zone?.corners ?? [];
  if (a === undefined || b === undefined || d === undefined) return null;
  const [top, bottom] = format === 'TD1' ? [0, 1 / 3] : [0.5, 1];
  const [from, to] = format === 'TD1' ? [DIRT.from + 0.15, DIRT.to + 0.15] : [DIRT.from, DIRT.to];
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y));
  for (let column = from * steps; column < to * steps; column += 0.5) {
    for (let row = top * steps; row < bottom * steps; row += 0.5) {
      const [u, v] = [column / steps, row / steps];
      const x = Math.round(a.x + u * (b.x - a.x) + v * (d.x - a.x));
      const y = Math.round(a.y + u * (b.y - a.y) + v * (d.y - a.y));
      if (x < 0 || y < 0 || x >= info.width || y >= info.height) continue;
      const at = info.channels * (y * info.width + x);
      data.fill(DIRT.grey, at, at + info.channels);
    }
  }
  return sharp(data, { raw: info }).jpeg({ quality: 88 }).toBuffer();
}

/** One document in right and wrong slots, and with dirt on its number. */
async function countDocument(tallies: Tallies, inspection: InspectionPort, page: DrawnPage): Promise<void> {
  const { format, jpeg, condition } = page;
  const seen = await look(inspection, jpeg, 'image/jpeg');
  const what = `${format}, ${condition}`;
  for (const [slot, wanted] of Object.entries(SLOTS[format] ?? {})) {
    const found = foundIn(slot, jpeg, 'image/jpeg', seen).filter((rule) => rule !== UNSURE);
    tallies.count(wanted === null ? [] : [wanted], found, `${what}, as ${slot}`);
  }
  // In every slot for a document the same, so it is asked once.
  const isUnsure = (rule: string): boolean => rule === UNSURE;
  tallies.count([], foundIn(ANY, jpeg, 'image/jpeg', seen).filter(isUnsure), what);
  const dirty = await soiled(page, seen);
  if (dirty === null) return;
  const found = foundIn(ANY, dirty, 'image/jpeg', await look(inspection, dirty, 'image/jpeg'));
  tallies.count([UNSURE], found.filter(isUnsure), `${what}, with dirt`);
}

/** Two documents in one file: on two sheets or in one picture, of two people or the same passport twice. */
interface Pair {
  readonly sheets: Uint8Array;
  readonly picture: Uint8Array;
  readonly isOfTwo: boolean;
}

async function drawPair(index: number, glyphs: GlyphSet): Promise<Pair> {
  const passport = (seed: number): Promise<DrawnPage> => drawPage(randomFrom(seed), 'TD3', 'clean', [glyphs]);
  const one = await passport(SEED + 31 * index);
  const isOfTwo = index % 2 === 0;
  const other = isOfTwo ? await passport(SEED + 31 * index + 1) : one;
  const both = [one.jpeg, other.jpeg];
  return { sheets: await pdfOf(both), picture: await together(both), isOfTwo };
}

async function countPair(tallies: Tallies, inspection: InspectionPort, pair: Pair): Promise<void> {
  const { isOfTwo } = pair;
  const count = async (rule: string, bytes: Uint8Array, mediaType: MediaType, what: string): Promise<void> => {
    const found = foundIn('identity/passport/single', bytes, mediaType, await look(inspection, bytes, mediaType));
    tallies.count(isOfTwo ? [rule] : [], found, `${what} of ${isOfTwo ? 'two people' : 'one'}`);
  };
  await count(TWO_PEOPLE_RULES.onSheets, pair.sheets, 'application/pdf', 'a file of two sheets');
  await count(TWO_PEOPLE_RULES.together, pair.picture, 'image/jpeg', 'a picture of two documents');
}

/** Documents with a machine-readable zone in a font that the reader never saw: what they are, and whose. */
export async function countZones(tallies: Tallies, perRule: number): Promise<void> {
  const glyphs = await drawGlyphs(OCR_B_SHARP);
  const pages: DrawnPage[] = [];
  const pairs: Pair[] = [];
  for (let index = 0; index < FORMATS.length * perRule; index += 1) {
    const format = FORMATS[index % FORMATS.length] ?? 'TD3';
    const condition = CONDITIONS[index % CONDITIONS.length] ?? 'clean';
    pages.push(await drawPage(randomFrom(SEED + 977 * index), format, condition, [glyphs]));
  }
  for (let index = 0; index < 2 * perRule; index += 1) pairs.push(await drawPair(index, glyphs));
  // After its first look nothing can be drawn any more: it forbids SVG in the whole process.
  const inspection = createInspection({ workers: 1, now: () => NOW });
  try {
    for (const page of pages) await countDocument(tallies, inspection, page);
    for (const pair of pairs) await countPair(tallies, inspection, pair);
  } finally {
    await inspection.close();
  }
}
