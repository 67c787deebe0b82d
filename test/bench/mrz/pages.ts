import sharp from 'sharp';
import { drawGlyphs, LIBERATION_MONO_BOLD, OCR_B_SHARP } from '../../../scripts/mrz/glyphs.ts';
import { CONDITIONS, drawPage } from '../../../scripts/mrz/pages.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import type { MrzFormat } from '../../../shared/mrz/index.ts';
import { drawing } from '../../support/vectors.ts';

/** A page with a zone whose text is known. */
export interface TestedPage {
  readonly format: MrzFormat;
  readonly condition: string;
  readonly source: 'from glass' | 'photographs';
  readonly lines: readonly string[];
  readonly jpeg: Buffer;
  /** Pixels per inch of the document on the page; null for a photograph. */
  readonly dpi: number | null;
}

/** Nothing in the project is trained or tuned with this seed. */
const SEED = 20_270_401;
const FORMATS: readonly MrzFormat[] = ['TD3', 'TD1', 'TD2', 'TD3', 'TD1', 'MRV-A', 'TD3', 'TD1', 'MRV-B'];

/** Pages in fonts that the network never saw: OCR-B Sharp, and every fourth in Liberation Mono Bold, which is no OCR-B at all. */
export async function drawHeldOut(
  perCondition: number,
  onPage: (page: TestedPage, font: string) => Promise<void>,
): Promise<void> {
  const [sharpB, other] = await Promise.all([drawGlyphs(OCR_B_SHARP), drawGlyphs(LIBERATION_MONO_BOLD)]);
  let drawn = 0;
  for (const condition of CONDITIONS) {
    for (let index = 0; index < perCondition; index += 1) {
      const random = randomFrom(SEED + drawn * 977);
      const format = FORMATS[drawn % FORMATS.length] ?? 'TD3';
      const set = drawn % 4 === 3 ? other : sharpB;
      const source = condition.startsWith('photo') ? 'photographs' : 'from glass';
      await onPage({ ...(await drawPage(random, format, condition, [set])), source }, set.face.family);
      drawn += 1;
    }
  }
}

/** An A4 page at 200 dpi without a zone: a letter, or an account statement in a typewriter's font, whose rows are a zone's nearest kin. */
export async function drawWithoutZone(index: number): Promise<Buffer> {
  const random = randomFrom(SEED + 7 + index);
  const isStatement = index % 2 === 0;
  const rows = Array.from({ length: 58 }, (_, row) => {
    const y = 120 + row * 36;
    const words = Array.from({ length: 9 }, () =>
      Array.from({ length: random.integer(2, 9) }, () =>
        random.pick(Array.from('ABCDEFGHIKLMNOPRSTUVWZ0123456789')),
      ).join(''),
    ).join(' ');
    const text = isStatement ? words.slice(0, 66) : words.toLowerCase().slice(0, random.integer(40, 78));
    return `<text x="110" y="${y}">${text}</text>`;
  });
  const family = isStatement ? 'Liberation Mono' : 'Liberation Serif';
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="1654" height="2339"><rect width="1654" height="2339" fill="#fbfbfa"/>' +
    `<g font-family="${family}" font-size="${isStatement ? 34 : 30}" fill="#222">${rows.join('')}</g></svg>`;
  return drawing(() => sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer());
}
