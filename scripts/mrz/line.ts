import { CHARACTERS } from '../../main/inspection/mrz/network.ts';
import { blur, sharpen } from '../../main/inspection/mrz/sharpen.ts';
import type { LineShape } from '../../main/inspection/mrz/strip.ts';
import type { GlyphSet } from './glyphs.ts';
import { defocus, expose, motionBlur } from './optics.ts';
import { inkAt, randomPrint } from './print.ts';
import type { Print } from './print.ts';
import type { Random } from './random.ts';
import { clutter, paper, weather } from './surface.ts';
import type { Surface } from './surface.ts';
import { wave } from './waves.ts';
import { randomZone } from './zones.ts';

/** A line of text on a strip of paper; the shape is in the strip's pixels. */
export interface DrawnLine {
  readonly shape: LineShape;
  readonly text: string;
  readonly surface: Surface;
}

const LARGEST_PITCH = 36;

/** Characters that blur and poor print make alike: what tells them apart is a corner or a tail. */
const LOOK_ALIKES = ['D0OQ', 'D0O', '8B', '5S', '2Z', '1I', '6G', 'UV', 'CG', 'MNW', 'KX'];

function someText(random: Random, length: number): string {
  if (random.chance(0.45)) {
    const lines = randomZone(random, random.pick(['TD1', 'TD2', 'TD3']));
    const line = random.pick(lines);
    const start = random.integer(0, Math.max(0, line.length - length));
    return line.slice(start, start + length);
  }
  const alike = random.chance(0.3) ? random.pick(LOOK_ALIKES) : null;
  return Array.from({ length }, () =>
    random.pick(Array.from(alike !== null && random.chance(0.7) ? alike : CHARACTERS)),
  ).join('');
}

/** How the ink covers the paper: whole, speckled, worn off in places, or in the dots of a laser or a screen. */
function coverage(random: Random, cap: number): (x: number, y: number) => number {
  const speckle = random.chance(0.3) ? random.between(0.1, 0.6) : 0;
  const wear = random.chance(0.15) ? random.between(0.2, 0.8) : 0;
  const raster = random.chance(0.12) ? random.between(0.15, 0.6) : 0;
  const [wearX, wearY] = [random.between(0.08, 0.4) / cap, random.between(0.1, 0.6) / cap];
  const angle = random.pick([0, Math.PI / 2, Math.PI / 4, random.between(0, Math.PI)]);
  const fineness = random.between(4, 11) / cap;
  const [rasterX, rasterY] = [Math.cos(angle) * fineness, Math.sin(angle) * fineness];
  return (x, y) => {
    const worn = wear * Math.max(0, wave(x * wearX + 0.3 * wave(y * wearY)) * wave(y * wearY + x * wearX * 0.37));
    const dots = raster * (0.5 + 0.5 * wave(x * rasterX + y * rasterY));
    return (1 - speckle * random.next()) * (1 - worn) * (1 - dots);
  };
}

function printOn(random: Random, surface: Surface, print: Print, text: string, shape: LineShape): void {
  const { data, width, height, cap } = surface;
  const pitch = shape.t[1];
  const ink = random.chance(0.1) ? random.between(0.45, 0.7) : random.between(0.03, 0.5);
  const steps = pitch > 14 ? 2 : 3;
  const reach = 0.95 * cap + Math.abs(shape.uy) * width;
  const covers = coverage(random, cap);
  for (let y = 0; y < height; y += 1) {
    if (Math.abs(y - height / 2) > reach) continue;
    for (let x = 0; x < width; x += 1) {
      let covered = 0;
      for (let sub = 0; sub < steps * steps; sub += 1) {
        const dx = x - shape.x - 0.5 + ((sub % steps) + 0.5) / steps;
        const dy = y - shape.y - 0.5 + (Math.floor(sub / steps) + 0.5) / steps;
        const along = dx * shape.ux + dy * shape.uy;
        const across = dy * shape.ux - dx * shape.uy;
        const down = across - shape.o[1] * along - shape.o[2] * along * along;
        const t = along - shape.shear[0] * down;
        // t = pitch·i + t2·i²: one correction is enough for so small a t2.
        const first = t / pitch;
        const u = (t - shape.t[2] * first * first) / pitch;
        covered += inkAt(print, text, u, down / (cap + shape.h[1] * along));
      }
      if (covered === 0) continue;
      const share = (covered / (steps * steps)) * covers(x, y);
      data[y * width + x] = (data[y * width + x] ?? 0) * (1 - share * (1 - ink));
    }
  }
}

/** What a camera makes of it; at most one kind of blur beside the lens's own, as strong as a person can still read. */
function photograph(random: Random, { data, width, height }: Surface, pitch: number): void {
  const kind = random.next();
  if (kind < 0.16) motionBlur(data, width, height, random.between(0.1, 0.5) * pitch, random.between(0, Math.PI));
  else if (kind < 0.3) defocus(data, width, height, random.between(0.08, 0.22) * pitch);
  const isSharp = kind < 0.3 || random.chance(0.25);
  blur(data, width, height, isSharp ? 0.03 * pitch : Math.min(0.2, Math.abs(random.normal()) * 0.08) * pitch);
  if (random.chance(0.15)) expose(data, random.between(0.5, 2), random.between(90, 190), random.between(-40, 50));
  if (random.chance(0.25)) sharpen(data, width, height, random.between(0.04, 0.15) * pitch, random.between(0.4, 2.5));
  const noise = random.between(0, random.chance(0.3) ? 14 : 5);
  for (let at = 0; at < data.length; at += 1) {
    data[at] = (data[at] ?? 0) + noise * (random.next() + random.next() - 1) * 2.4;
  }
}

/** Draws one line on a strip `width` pixels wide, its characters `leastPitch` pixels from each other or more. */
export function drawLine(random: Random, sets: readonly GlyphSet[], width: number, leastPitch: number): DrawnLine {
  const print = randomPrint(random, random.pick(sets));
  const pitch = leastPitch * (LARGEST_PITCH / leastPitch) ** random.next();
  const cap = pitch / print.pitch;
  const length = Math.min(44, Math.floor(width / pitch) - 3);
  const text = someText(random, length);
  const height = Math.ceil(cap * 3.2);
  const angle = random.normal() * 0.012;
  const bend = (random.normal() * 0.15 * cap) / (length * pitch) ** 2;
  const surface = paper(random, width, height, cap);
  clutter(random, surface);
  const shape: LineShape = {
    x: pitch * 1.5 + random.between(0, width - (length + 2) * pitch),
    y: height / 2 - (angle * length * pitch) / 2,
    ux: Math.cos(angle),
    uy: Math.sin(angle),
    t: [0, pitch, random.normal() * 0.0006 * pitch, 0],
    o: [0, -bend * length * pitch, bend, 0],
    h: [cap, (random.normal() * 0.03 * cap) / (length * pitch)],
    shear: [random.normal() * 0.07, 0],
  };
  printOn(random, surface, print, text, shape);
  weather(random, surface);
  photograph(random, surface, pitch);
  return { shape, text, surface };
}
