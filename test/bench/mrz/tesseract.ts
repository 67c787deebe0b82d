import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { createWorker, OEM, PSM } from 'tesseract.js';
import type { Point } from '../../../main/inspection/mrz/index.ts';
import { greyOf } from '../../../scripts/mrz/grey.ts';
import { parseMrz } from '../../../shared/mrz/index.ts';
import { repairMrz } from './repair.ts';

const LANGUAGE = fileURLToPath(new URL('../../../node_modules/@tesseract.js-data/eng/4.0.0', import.meta.url));
/** Height of a zone's picture for each of its lines; tesseract likes capitals of 30 to 40 pixels. */
const LINE_PIXELS = 80;
const MARGIN = 0.25;

/** A reader of zones as one builds it of tesseract.js: its older engine (the LSTM reads no zone at all), only a zone's characters. */
export interface Peer {
  /** The lines with right check digits, or null. `corners`: where the zone is; null: look for it in the whole page. */
  readonly read: (
    jpeg: Buffer,
    corners: readonly Point[] | null,
    lineCount: number,
    today: string,
  ) => Promise<readonly string[] | null>;
  readonly close: () => Promise<void>;
}

/** The zone cut out and laid level, so that the peer need not look for it. */
async function cut(jpeg: Buffer, corners: readonly Point[], lineCount: number): Promise<Buffer> {
  const [a, b, , d] = corners;
  if (a === undefined || b === undefined || d === undefined) return jpeg;
  const page = await greyOf(sharp(jpeg));
  const height = LINE_PIXELS * lineCount;
  const across = Math.hypot(d.x - a.x, d.y - a.y) * (1 + 2 * MARGIN);
  const along = Math.hypot(b.x - a.x, b.y - a.y) * 1.06;
  const width = Math.round((along / across) * height);
  const out = Buffer.alloc(width * height, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [u, v] = [(x / width) * 1.06 - 0.03, (y / height) * (1 + 2 * MARGIN) - MARGIN];
      const px = Math.round(a.x + u * (b.x - a.x) + v * (d.x - a.x));
      const py = Math.round(a.y + u * (b.y - a.y) + v * (d.y - a.y));
      if (px >= 0 && py >= 0 && px < page.width && py < page.height)
        out[y * width + x] = page.data[py * page.width + px] ?? 255;
    }
  }
  return sharp(out, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

function linesOf(text: string, today: string): readonly string[] | null {
  const rows = text
    .split('\n')
    .map((row) => row.replaceAll(/[^0-9A-Z<]/g, ''))
    .filter((row) => row.length >= 26);
  for (const [count, length] of [
    [2, 44],
    [3, 30],
    [2, 36],
  ] as const) {
    for (let start = 0; start + count <= rows.length; start += 1) {
      // A filler more or less at the end of a line is the usual slip.
      const lines = rows.slice(start, start + count).map((row) => row.slice(0, length).padEnd(length, '<'));
      const right = repairMrz(lines, today);
      if (right !== null && parseMrz(right, today)?.isValid === true) return right;
    }
  }
  return null;
}

export async function openTesseract(): Promise<Peer> {
  const worker = await createWorker('eng', OEM.TESSERACT_ONLY, { langPath: LANGUAGE, gzip: true, cacheMethod: 'none' });
  await worker.setParameters({
    tessedit_char_whitelist: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<',
    tessedit_pageseg_mode: PSM.SINGLE_BLOCK,
    user_defined_dpi: '300',
  });
  return {
    async read(jpeg, corners, lineCount, today) {
      const { data } = await worker.recognize(corners === null ? jpeg : await cut(jpeg, corners, lineCount));
      return linesOf(data.text, today);
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
