import sharp from 'sharp';
import { CHARACTERS, NONE } from '../../main/inspection/mrz/network.ts';
import { pyramidOf } from '../../main/inspection/mrz/picture.ts';
import { CELL_HEIGHT, CELL_WIDTH, normalizedCell, reversed, sampleStrip } from '../../main/inspection/mrz/strip.ts';
import type { LineShape, Strip } from '../../main/inspection/mrz/strip.ts';
import type { GlyphSet } from './glyphs.ts';
import { blur, inkAt, randomPrint } from './print.ts';
import type { Print } from './print.ts';
import type { Random } from './random.ts';
import { randomZone } from './zones.ts';

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
/** Turned upside down these still look like a character, or like another one. */
const SYMMETRIC = '0O8IHNSXZ69MWQD1';

interface DrawnLine {
  readonly shape: LineShape;
  readonly text: string;
}

function someText(random: Random, length: number): string {
  if (random.chance(0.45)) {
    const lines = randomZone(random, random.pick(['TD1', 'TD2', 'TD3']));
    const line = random.pick(lines);
    const start = random.integer(0, Math.max(0, line.length - length));
    return line.slice(start, start + length);
  }
  return Array.from({ length }, () => random.pick(Array.from(CHARACTERS))).join('');
}

const WAVE_STEPS = 1024;
const WAVE = Float32Array.from({ length: WAVE_STEPS }, (_, index) => Math.sin((2 * Math.PI * index) / WAVE_STEPS));

/** The sine of `turns` whole turns, from a table. */
function wiggle(turns: number): number {
  return WAVE[Math.floor(turns * WAVE_STEPS) & (WAVE_STEPS - 1)] ?? 0;
}

/** Paper of one line's strip: a shade, security print, and what else may lie there. */
function paper(random: Random, width: number, height: number, cap: number): Float32Array {
  const data = new Float32Array(width * height);
  const base = random.between(130, 250);
  const slopeX = (random.normal() * 25) / width;
  const slopeY = (random.normal() * 12) / height;
  const depth = random.between(4, 42);
  const count = random.chance(0.6) ? random.integer(1, 3) : 0;
  const waves = Array.from({ length: count }, () => {
    const angle = random.between(-1.5, 1.5);
    return {
      depth: depth / count,
      sine: Math.sin(angle),
      cosine: Math.cos(angle),
      length: cap * random.between(0.25, 1.6),
      bend: random.between(0, 0.6) * cap,
      bendLength: cap * random.between(2, 9),
      sharpness: random.between(0, 0.85),
    };
  });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let shade = base + slopeX * (x - width / 2) + slopeY * (y - height / 2);
      for (const wave of waves) {
        const across = x * wave.sine + y * wave.cosine;
        const along = x * wave.cosine - y * wave.sine;
        const crest = 0.5 + 0.5 * wiggle((across + wave.bend * wiggle(along / wave.bendLength)) / wave.length);
        if (crest > wave.sharpness) shade -= (wave.depth * (crest - wave.sharpness)) / (1 - wave.sharpness);
      }
      data[y * width + x] = shade;
    }
  }
  return data;
}

/** Brightens or dims a part of the strip: glare on laminate, or the edge of a shadow. */
function light(random: Random, data: Float32Array, width: number, height: number): void {
  if (random.chance(0.12)) {
    const [cx, cy, radius] = [random.between(0, width), random.between(0, height), random.between(0.5, 3) * height];
    const strength = random.between(0.2, 0.9);
    for (let at = 0; at < data.length; at += 1) {
      const distance = Math.hypot((at % width) - cx, Math.floor(at / width) - cy) / radius;
      const share = strength * Math.exp(-distance * distance);
      data[at] = (data[at] ?? 0) * (1 - share) + 255 * share;
    }
  }
  if (random.chance(0.1)) {
    const [edge, lean, dim] = [random.between(0, width), random.between(-1, 1), random.between(0.5, 0.85)];
    for (let at = 0; at < data.length; at += 1) {
      if ((at % width) + lean * Math.floor(at / width) > edge) data[at] = (data[at] ?? 0) * dim;
    }
  }
}

/** Dark things above or below the line: an edge of the card, other print. */
function clutter(random: Random, data: Float32Array, width: number, height: number, cap: number): void {
  if (!random.chance(0.25)) return;
  const isAbove = random.chance(0.5);
  const gap = cap * random.between(0.62, 1.1);
  const from = isAbove ? 0 : Math.round(height / 2 + gap);
  const to = isAbove ? Math.round(height / 2 - gap) : height;
  const shade = random.between(20, 160);
  const isText = random.chance(0.5);
  const size = Math.max(2, Math.round(cap * random.between(0.2, 0.6)));
  for (let y = from; y < to; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isText || ((Math.floor(x / size) * 7919 + Math.floor(y / size) * 104_729) & 3) === 0)
        data[y * width + x] = shade;
    }
  }
}

function drawLine(
  random: Random,
  sets: readonly GlyphSet[],
  sheet: Float32Array,
  top: number,
): DrawnLine & { height: number } {
  const print: Print = randomPrint(random, random.pick(sets));
  const pitch = 7 * (36 / 7) ** random.next();
  const cap = pitch / print.pitch;
  const length = Math.min(44, Math.floor(SHEET_WIDTH / pitch) - 3);
  const text = someText(random, length);
  const height = Math.ceil(cap * 3.2);
  const angle = random.normal() * 0.012;
  const shear = random.normal() * 0.06;
  const bend = (random.normal() * 0.15 * cap) / (length * pitch) ** 2;
  const data = paper(random, SHEET_WIDTH, height, cap);
  clutter(random, data, SHEET_WIDTH, height, cap);
  const shape: LineShape = {
    x: pitch * 1.5 + random.between(0, SHEET_WIDTH - (length + 2) * pitch),
    y: height / 2 - (angle * length * pitch) / 2,
    ux: Math.cos(angle),
    uy: Math.sin(angle),
    t: [0, pitch, random.normal() * 0.0006 * pitch],
    o: [0, -bend * length * pitch, bend],
    h: [cap, (random.normal() * 0.03 * cap) / (length * pitch)],
    shear,
  };
  const ink = random.between(0.03, 0.5);
  const speckle = random.chance(0.3) ? random.between(0.1, 0.6) : 0;
  const steps = pitch > 14 ? 2 : 3;
  const reach = 0.95 * cap + Math.abs(angle) * SHEET_WIDTH;
  for (let y = 0; y < height; y += 1) {
    if (Math.abs(y - height / 2) > reach) continue;
    for (let x = 0; x < SHEET_WIDTH; x += 1) {
      let covered = 0;
      for (let sub = 0; sub < steps * steps; sub += 1) {
        const dx = x - shape.x - 0.5 + ((sub % steps) + 0.5) / steps;
        const dy = y - shape.y - 0.5 + (Math.floor(sub / steps) + 0.5) / steps;
        const along = dx * shape.ux + dy * shape.uy;
        const across = dy * shape.ux - dx * shape.uy;
        const down = across - shape.o[1] * along - shape.o[2] * along * along;
        const t = along - shear * down;
        // t = pitch·i + t2·i²: one correction is enough for so small a t2.
        const first = t / pitch;
        const u = (t - shape.t[2] * first * first) / pitch;
        covered += inkAt(print, text, u, down / (cap + shape.h[1] * along));
      }
      const share = (covered / (steps * steps)) * (1 - speckle * random.next());
      const at = y * SHEET_WIDTH + x;
      data[at] = (data[at] ?? 0) * (1 - share * (1 - ink));
    }
  }
  light(random, data, SHEET_WIDTH, height);
  blur(data, SHEET_WIDTH, height, random.chance(0.75) ? Math.abs(random.normal()) * 0.075 * pitch : 0);
  const noise = random.between(0, random.chance(0.3) ? 14 : 5);
  for (let at = 0; at < data.length; at += 1) {
    sheet[top * SHEET_WIDTH + at] = (data[at] ?? 0) + noise * (random.next() + random.next() - 1) * 2.4;
  }
  return { shape: { ...shape, y: shape.y + top }, text, height };
}

/** As the reader will know the line: nearly right. */
function asFound(random: Random, shape: LineShape): LineShape {
  const [pitch, cap] = [shape.t[1], shape.h[0]];
  return {
    ...shape,
    t: [random.normal() * 0.05 * pitch, pitch * (1 + random.normal() * 0.0015), shape.t[2]],
    o: [random.normal() * 0.055 * cap, shape.o[1] + random.normal() * 0.002, shape.o[2]],
    h: [cap * (1 + random.normal() * 0.045), shape.h[1]],
    shear: shape.shear + random.normal() * 0.05,
  };
}

/**
 * Draws one sheet of lines as a scanner or camera would deliver it (print, paper, light, blur, noise, JPEG) and cuts its
 * characters out the way the reader does, with the reader's small errors of place.
 */
export async function drawCells(random: Random, sets: readonly GlyphSet[]): Promise<Cells> {
  const sheet = new Float32Array(SHEET_WIDTH * (SHEET_HEIGHT + 160)).fill(255);
  const lines: DrawnLine[] = [];
  let top = 0;
  while (top < SHEET_HEIGHT) {
    const line = drawLine(random, sets, sheet, top);
    top += line.height;
    lines.push(line);
  }
  const raw = Uint8Array.from(sheet.subarray(0, SHEET_WIDTH * top), (value) =>
    Math.min(255, Math.max(0, Math.round(value))),
  );
  const options = { raw: { width: SHEET_WIDTH, height: top, channels: 1 as const } };
  const coded = random.chance(0.8)
    ? await sharp(
        await sharp(raw, options)
          .jpeg({ quality: random.integer(25, 95) })
          .toBuffer(),
      )
        .greyscale()
        .toColourspace('b-w')
        .raw()
        .toBuffer()
    : Buffer.from(raw);
  const pyramid = pyramidOf({ data: coded, width: SHEET_WIDTH, height: top });
  const room = lines.reduce((sum, { text }) => sum + 2 * text.length + 6, 0);
  const inputs = new Float32Array(room * CELL);
  const classes = new Uint8Array(room);
  let count = 0;
  const keep = (strip: Strip, cell: number, kind: number): void => {
    normalizedCell(strip, cell, inputs, count * CELL);
    classes[count] = kind;
    count += 1;
  };
  for (const { shape, text } of lines) {
    const last = text.length - 1;
    const kinds = Array.from(text, (character) => CHARACTERS.indexOf(character));
    // The even and the odd characters with errors of place of their own.
    for (const parity of [0, 1]) {
      const strip = sampleStrip(pyramid, asFound(random, shape), -EDGE, text.length + 2 * EDGE);
      for (let index = parity; index <= last; index += 2) keep(strip, index + EDGE, kinds[index] ?? NONE);
      if (random.chance(0.7)) keep(strip, parity === 0 ? EDGE - 1 : last + EDGE + 1, NONE);
    }
    // Between two characters, and upside down.
    const between = sampleStrip(pyramid, asFound(random, shape), random.between(0.4, 0.6), last);
    for (let index = 0; index < last; index += 1) if (random.chance(0.04)) keep(between, index, NONE);
    const turned = sampleStrip(pyramid, reversed(asFound(random, shape), last), 0, text.length);
    for (let index = 0; index <= last; index += 1) {
      if (random.chance(0.05) && !SYMMETRIC.includes(text[last - index] ?? '')) keep(turned, index, NONE);
    }
  }
  return { inputs: inputs.slice(0, count * CELL), classes: classes.slice(0, count), count };
}
