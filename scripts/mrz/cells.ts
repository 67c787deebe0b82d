import sharp from 'sharp';
import { CHARACTERS, NONE } from '../../main/inspection/mrz/network.ts';
import { pyramidOf } from '../../main/inspection/mrz/picture.ts';
import type { Grey } from '../../main/inspection/mrz/picture.ts';
import {
  CELL_HEIGHT,
  CELL_WIDTH,
  normalizedCell,
  reversed,
  sampleStrip,
  scaledShape,
} from '../../main/inspection/mrz/strip.ts';
import type { LineShape, Strip } from '../../main/inspection/mrz/strip.ts';
import type { GlyphSet } from './glyphs.ts';
import { greyOf } from './grey.ts';
import { drawLine } from './line.ts';
import type { DrawnLine } from './line.ts';
import type { Random } from './random.ts';

/** Cells as the network sees them, with the class of each. */
export interface Cells {
  readonly inputs: Float32Array;
  readonly classes: Uint8Array;
  readonly count: number;
}

const CELL = CELL_WIDTH * CELL_HEIGHT;
/** Strip cells beyond either end of the line. */
const EDGE = 2;
const SHEET_WIDTH = 1000;
const SHEET_HEIGHT = 1000;
/** Pixels from character to character: fewer than five nobody can read. */
const LEAST_PITCH = 5.2;
/** Turned upside down these still look like a character, or like another one. */
const SYMMETRIC = '0O8IHNSXZ69MWQD1';

/** As the reader will know the line: nearly right. */
function asFound(random: Random, shape: LineShape): LineShape {
  const [pitch, cap] = [shape.t[1], shape.h[0]];
  return {
    ...shape,
    t: [random.normal() * 0.05 * pitch, pitch * (1 + random.normal() * 0.0015), shape.t[2], shape.t[3]],
    o: [random.normal() * 0.05 * cap, shape.o[1] + random.normal() * 0.002, shape.o[2], shape.o[3]],
    h: [cap * (1 + random.normal() * 0.04), shape.h[1]],
    shear: [shape.shear[0] + random.normal() * 0.06, shape.shear[1]],
  };
}

/** The way of a picture until somebody has it on a PC: made smaller or not, JPEG never, once or twice. */
async function delivered(random: Random, sheet: Grey, scale: number): Promise<Grey> {
  const size = { width: sheet.width, height: sheet.height };
  let picture = sharp(sheet.data, { raw: { ...size, channels: 1 } }).toColourspace('b-w');
  if (scale < 1) {
    const kernel = random.pick(['lanczos3', 'cubic', 'mitchell', 'linear'] as const);
    picture = picture.resize({
      width: Math.round(sheet.width * scale),
      height: Math.round(sheet.height * scale),
      fit: 'fill',
      kernel,
    });
  }
  if (!random.chance(0.85)) return greyOf(sharp(await picture.png({ compressionLevel: 1 }).toBuffer()));
  const once = await picture.jpeg({ quality: random.integer(25, 95) }).toBuffer();
  if (!random.chance(0.25)) return greyOf(sharp(once));
  const twice = sharp(once).jpeg({ quality: random.integer(40, 92) });
  return greyOf(sharp(await twice.toBuffer()));
}

/** Lines below each other on one sheet, their shapes in its pixels. */
function drawSheet(
  random: Random,
  sets: readonly GlyphSet[],
  leastPitch: number,
): { sheet: Grey; lines: readonly DrawnLine[] } {
  const lines: DrawnLine[] = [];
  let height = 0;
  while (height < SHEET_HEIGHT) {
    const line = drawLine(random, sets, SHEET_WIDTH, leastPitch);
    lines.push({ ...line, shape: { ...line.shape, y: line.shape.y + height } });
    height += line.surface.height;
  }
  const data = new Uint8Array(SHEET_WIDTH * height);
  let at = 0;
  for (const { surface } of lines) {
    data.set(
      Uint8Array.from(surface.data, (value) => Math.min(255, Math.max(0, Math.round(value)))),
      at,
    );
    at += surface.data.length;
  }
  return { sheet: { data, width: SHEET_WIDTH, height }, lines };
}

/**
 * Draws one sheet of lines as a scanner or camera would deliver it (print, paper, light, blur, noise, size, JPEG) and cuts its
 * characters out the way the reader does, with the reader's small errors of place.
 */
export async function drawCells(random: Random, sets: readonly GlyphSet[]): Promise<Cells> {
  const scale = random.chance(0.45) ? random.between(0.35, 0.95) : 1;
  const { sheet, lines } = drawSheet(random, sets, LEAST_PITCH / scale);
  const picture = await delivered(random, sheet, scale);
  const pyramid = pyramidOf(picture);
  const room = lines.reduce((sum, { text }) => sum + 4 * text.length + 12, 0);
  const inputs = new Float32Array(room * CELL);
  const classes = new Uint8Array(room);
  let count = 0;
  const keep = (strip: Strip, cell: number, kind: number): void => {
    normalizedCell(strip, cell, inputs, count * CELL);
    classes[count] = kind;
    count += 1;
  };
  for (const { shape: drawn, text } of lines) {
    const shape = scaledShape(drawn, picture.width / sheet.width);
    const last = text.length - 1;
    const kinds = Array.from(text, (character) => CHARACTERS.indexOf(character));
    // The even and the odd characters with errors of place of their own.
    for (const parity of [0, 1]) {
      const strip = sampleStrip(pyramid, asFound(random, shape), -EDGE, text.length + 2 * EDGE);
      for (let index = parity; index <= last; index += 2) keep(strip, index + EDGE, kinds[index] ?? NONE);
      const beyond = parity === 0 ? [EDGE - 1, 0] : [last + EDGE + 1, last + EDGE + 2];
      for (const cell of beyond) if (random.chance(0.45)) keep(strip, cell, NONE);
    }
    // Between two characters, between two lines, and upside down.
    const between = sampleStrip(pyramid, asFound(random, shape), random.between(0.4, 0.6), last);
    for (let index = 0; index < last; index += 1) if (random.chance(0.04)) keep(between, index, NONE);
    const off = random.pick([-1, 1]) * random.between(0.6, 1);
    const beside = { ...shape, o: [shape.o[0] + off * shape.h[0], shape.o[1], shape.o[2], shape.o[3]] } as const;
    const halves = sampleStrip(pyramid, beside, 0, text.length);
    for (let index = 0; index <= last; index += 1) if (random.chance(0.02)) keep(halves, index, NONE);
    const turned = sampleStrip(pyramid, reversed(asFound(random, shape), last), 0, text.length);
    for (let index = 0; index <= last; index += 1) {
      if (random.chance(0.05) && !SYMMETRIC.includes(text[last - index] ?? '')) keep(turned, index, NONE);
    }
  }
  return { inputs: inputs.slice(0, count * CELL), classes: classes.slice(0, count), count };
}
