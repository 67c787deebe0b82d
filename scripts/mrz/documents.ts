import sharp from 'sharp';
import { LAYOUTS } from '../../shared/mrz/index.ts';
import type { MrzFormat } from '../../shared/mrz/index.ts';
import type { GlyphSet } from './glyphs.ts';
import { greyOf } from './grey.ts';
import { inkAt, randomPrint } from './print.ts';
import type { Random } from './random.ts';
import { randomZone } from './zones.ts';

/** Pixels per millimetre of a drawn document: 406 dpi, more than any page it is put on. */
export const DOCUMENT_SCALE = 16;
/** Doc 9303-3: ten characters to the inch. */
export const PITCH_MM = 2.54;

/** A document seen from straight above: grey, `DOCUMENT_SCALE` pixels per millimetre. */
export interface DrawnDocument {
  readonly format: MrzFormat;
  readonly lines: readonly string[];
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Width and height in millimetres (Doc 9303-4 to 7). */
export const SIZES: Readonly<Record<MrzFormat, readonly [number, number]>> = {
  TD1: [85.6, 54],
  TD2: [105, 74],
  TD3: [125, 88],
  'MRV-A': [120, 80],
  'MRV-B': [105, 74],
};

const FAMILIES = ['Liberation Sans', 'Liberation Serif', 'DejaVu Sans', 'DejaVu Serif', 'Liberation Sans Narrow'];
const WORDS = [
  'Surname',
  'Given names',
  'Nationality',
  'Date of birth',
  'Place of birth',
  'Authority',
  'REPUBLIC',
  'UTOPIA',
];
const VALUES = [
  'ERIKSSON',
  'ANNA MARIA',
  '12 AUG 1974',
  'ZENITH',
  'L898902C3',
  '15 APR 2032',
  'F',
  'MINISTRY OF TRAVEL',
];

/** How strong the security print is, and how the zone is printed. */
export interface DocumentStyle {
  /** 0: plain paper; 1: as strong as it gets below a zone. */
  readonly pattern: number;
  /** Index into the weights of the glyph sets; undefined: any. */
  readonly weight?: number;
  /** A word over the whole document, as on specimens. */
  readonly isOverprinted?: boolean;
  /** What the ink leaves of the paper's light: 0 is black, 1 is nothing; undefined: as most documents are. */
  readonly ink?: number;
}

/** Fine curves beside each other, a few families of them, as security print is drawn; over the zone too. */
function guilloche(random: Random, width: number, height: number, strength: number): string {
  const families = random.integer(1, 2 + Math.round(2 * strength));
  return Array.from({ length: families }, () => {
    const shade = Math.round(random.between(150, 215) - 50 * strength);
    const [distance, bend, waves] = [random.between(0.7, 3), random.between(1, 12), random.between(0.5, 4)];
    const [lean, drift, phase] = [random.between(-0.8, 0.8), random.between(-0.1, 0.1), random.between(0, 6)];
    const count = Math.ceil((height + 2 * bend + Math.abs(lean) * width) / distance);
    const curves = Array.from({ length: count }, (_, curve) => {
      const from = curve * distance - bend - (lean > 0 ? lean * width : 0);
      const points = Array.from({ length: 41 }, (_point, index) => {
        const x = (index / 40) * width;
        const turn = (2 * Math.PI * waves * index) / 40 + phase + drift * curve;
        return `${x.toFixed(1)},${(from + lean * x + bend * Math.sin(turn)).toFixed(2)}`;
      });
      return `<polyline points="${points.join(' ')}"/>`;
    });
    const [stroke, opacity] = [random.between(0.08, 0.3), random.between(0.25, 0.45) + 0.4 * strength];
    return `<g fill="none" stroke="rgb(${shade},${shade},${shade})" stroke-width="${stroke.toFixed(2)}" opacity="${opacity.toFixed(2)}">${curves.join('')}</g>`;
  }).join('');
}

/** What is printed or stamped over specimens, from corner to corner. */
function overprint(random: Random, width: number, height: number): string {
  const shade = random.integer(110, 190);
  const size = random.between(0.13, 0.2) * width;
  return (
    `<text x="${width / 2}" y="${height * random.between(0.6, 0.95)}" font-family="Liberation Sans" font-weight="bold" font-size="${size.toFixed(1)}"` +
    ` text-anchor="middle" fill="rgb(${shade},${shade},${shade})" opacity="${random.between(0.3, 0.7).toFixed(2)}"` +
    ` transform="rotate(${random.between(-35, -5).toFixed(0)} ${width / 2} ${height * 0.6})">SPECIMEN</text>`
  );
}

function print(random: Random, width: number, top: number): string {
  const family = random.pick(FAMILIES);
  const left = width * random.between(0.3, 0.4);
  const rows = Array.from({ length: random.integer(4, 8) }, (_, row) => {
    const y = 6 + ((top - 8) * row) / 8;
    const label = `<text x="${left}" y="${y}" font-size="1.8" fill="#556">${random.pick(WORDS)} / ${random.pick(WORDS)}</text>`;
    return `${label}<text x="${left}" y="${y + 3.4}" font-size="${random.between(2.6, 3.6).toFixed(1)}" fill="#222">${random.pick(VALUES)}</text>`;
  });
  // A last row right above the zone, as many cards have it.
  const lowest = `<text x="${width * random.between(0.05, 0.4)}" y="${top - random.between(0.2, 2)}" font-size="${random.between(2, 3).toFixed(1)}" fill="#333">${random.pick(WORDS)} ${random.pick(VALUES)} ${random.pick(VALUES)}</text>`;
  const portrait =
    `<rect x="4" y="8" width="${width * 0.22}" height="${top * 0.7}" fill="#b9bcc0"/>` +
    `<ellipse cx="${4 + width * 0.11}" cy="${8 + top * 0.3}" rx="${width * 0.06}" ry="${top * 0.18}" fill="#8c7768"/>`;
  return `<g font-family="${family}">${portrait}${rows.join('')}${random.chance(0.5) ? lowest : ''}</g>`;
}

/** Draws a document of nobody with a zone as ICAO places it: see Doc 9303-4 to 7 for where the lines stand. */
export async function drawDocument(
  random: Random,
  format: MrzFormat,
  sets: readonly GlyphSet[],
  style: DocumentStyle,
): Promise<DrawnDocument> {
  const lines = randomZone(random, format);
  const [widthMm, heightMm] = SIZES[format];
  const { lineCount, lineLength } = LAYOUTS[format];
  const zoneTop = heightMm - 23.2;
  const paper = Math.round(random.between(205, 248));
  const tint = Math.round(paper - random.between(0, 25));
  const isPlainZone = random.chance(0.5);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.round(widthMm * DOCUMENT_SCALE)}" height="${Math.round(heightMm * DOCUMENT_SCALE)}" viewBox="0 0 ${widthMm} ${heightMm}">` +
    `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="rgb(${paper},${paper},${paper})"/><stop offset="1" stop-color="rgb(${tint},${tint},${tint})"/></linearGradient></defs>` +
    `<rect width="${widthMm}" height="${heightMm}" fill="url(#g)"/>${guilloche(random, widthMm, heightMm, style.pattern)}` +
    print(random, widthMm, zoneTop) +
    (isPlainZone
      ? `<rect y="${zoneTop}" width="${widthMm}" height="23.2" fill="rgb(${paper},${paper},${paper})" opacity="${1 - style.pattern * 0.7}"/>`
      : '') +
    (style.isOverprinted === true ? overprint(random, widthMm, heightMm) : '') +
    '</svg>';
  const { data: picture, width, height } = await greyOf(sharp(Buffer.from(svg)));
  const printed = randomPrint(random, random.pick(sets));
  const how = style.weight === undefined ? printed : { ...printed, weight: style.weight };
  const usualInk = random.between(0.05, 0.3);
  const ink = style.ink ?? usualInk;
  const left = (widthMm - lineLength * PITCH_MM) / 2 + random.between(-1, 1);
  const spacing = lineCount === 3 ? random.between(4.6, 6.2) : random.between(5, 6.6);
  const lowest = heightMm - random.between(5, 7.5);
  for (const [index, text] of lines.entries()) {
    const middle = lowest - (lineCount - 1 - index) * spacing;
    const capMm = PITCH_MM / how.pitch;
    const from = Math.max(0, Math.floor((middle - capMm) * DOCUMENT_SCALE));
    const to = Math.min(height, Math.ceil((middle + capMm) * DOCUMENT_SCALE));
    for (let y = from; y < to; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const u = (x / DOCUMENT_SCALE - left) / PITCH_MM - 0.5;
        const covered = inkAt(how, text, u, (y / DOCUMENT_SCALE - middle) / capMm);
        if (covered <= 0) continue;
        const at = y * width + x;
        picture[at] = Math.round((picture[at] ?? 0) * (1 - covered * (1 - ink)));
      }
    }
  }
  return { format, lines, data: picture, width, height };
}
