/** Paper and light of one line's strip, in place of what a document has below and around its zone. */
import type { Random } from './random.ts';
import { wave } from './waves.ts';

/** A strip of `width` × `height` numbers that holds one line of text; `cap` is a capital's height in pixels. */
export interface Surface {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly cap: number;
}

/** Calls `change` for every pixel and keeps what it returns. */
function shade({ data, width, height }: Surface, change: (value: number, x: number, y: number) => number): void {
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data[y * width + x] = change(data[y * width + x] ?? 0, x, y);
  }
}

/** A shade that falls off somewhere, and the fine lines of security print. */
export function paper(random: Random, width: number, height: number, cap: number): Surface {
  const surface = { data: new Float32Array(width * height), width, height, cap };
  const base = random.between(95, 252);
  const slopeX = (random.normal() * 25) / width;
  const slopeY = (random.normal() * 12) / height;
  const depth = random.chance(0.15) ? random.between(40, 80) : random.between(4, 42);
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
  shade(surface, (_, x, y) => {
    let value = base + slopeX * (x - width / 2) + slopeY * (y - height / 2);
    for (const line of waves) {
      const across = x * line.sine + y * line.cosine;
      const along = x * line.cosine - y * line.sine;
      const crest = 0.5 + 0.5 * wave((across + line.bend * wave(along / line.bendLength)) / line.length);
      if (crest > line.sharpness) value -= (line.depth * (crest - line.sharpness)) / (1 - line.sharpness);
    }
    return value;
  });
  return surface;
}

/** A lamp's reflection; on a hologram it is broken into stripes. */
function glare(random: Random, surface: Surface): void {
  const { width, height, cap } = surface;
  const [cx, cy] = [random.between(0, width), random.between(0, height)];
  const [rx, ry] = [random.between(0.5, 4) * height, random.between(0.4, 2) * height];
  const strength = random.between(0.2, 0.9);
  const stripes = random.chance(0.4) ? random.between(0.3, 1) : 0;
  const [turnsX, turnsY] = [random.normal() / (2 * cap), random.normal() / (2 * cap)];
  shade(surface, (value, x, y) => {
    const broken = 1 - stripes * (0.5 + 0.5 * wave(x * turnsX + y * turnsY));
    const share = strength * broken * Math.exp(-(((x - cx) / rx) ** 2) - ((y - cy) / ry) ** 2);
    return value * (1 - share) + 255 * share;
  });
}

function shadow(random: Random, surface: Surface): void {
  const [edge, lean, dim] = [random.between(0, surface.width), random.between(-1, 1), random.between(0.4, 0.85)];
  const soft = surface.cap * random.between(0.05, 3);
  shade(surface, (value, x, y) => value * (1 - (1 - dim) / (1 + Math.exp(-(x + lean * y - edge) / soft))));
}

/** A hair, a scratch or a fold across the line: dark or light. */
function scratch(random: Random, surface: Surface): void {
  const [from, slope] = [random.between(0, surface.width), random.normal() * 3];
  const half = surface.cap * random.between(0.02, 0.09);
  const target = random.chance(0.5) ? random.between(20, 110) : 255;
  const strength = random.between(0.3, 1);
  const across = Math.hypot(1, slope);
  shade(surface, (value, x, y) => {
    const distance = Math.abs(x - from - slope * y) / across;
    return distance < half ? value * (1 - strength) + target * strength : value;
  });
}

/** The screen that is photographed instead of a document, or a scanner's own pattern. */
function moire(random: Random, surface: Surface): void {
  const depth = random.between(4, 22);
  const length = surface.cap * random.between(0.12, 0.5);
  const angle = random.between(0, Math.PI);
  const [turnsX, turnsY] = [Math.cos(angle) / length, Math.sin(angle) / length];
  shade(
    surface,
    (value, x, y) => value + depth * wave(x * turnsX + y * turnsY) + depth * 0.5 * wave(x * turnsY - y * turnsX),
  );
}

/** What light and use do to the printed strip. */
export function weather(random: Random, surface: Surface): void {
  if (random.chance(0.16)) glare(random, surface);
  if (random.chance(0.12)) shadow(random, surface);
  if (random.chance(0.1)) for (let count = random.integer(1, 4); count > 0; count -= 1) scratch(random, surface);
  if (random.chance(0.06)) moire(random, surface);
}

/** Dark things above or below the line: an edge of the card, other print, a table. */
export function clutter(random: Random, { data, width, height, cap }: Surface): void {
  if (!random.chance(0.3)) return;
  const isAbove = random.chance(0.5);
  const gap = cap * random.between(0.6, 1.1);
  const from = isAbove ? 0 : Math.round(height / 2 + gap);
  const to = isAbove ? Math.round(height / 2 - gap) : height;
  const dark = random.between(20, 160);
  const isText = random.chance(0.5);
  const size = Math.max(2, Math.round(cap * random.between(0.2, 0.6)));
  for (let y = from; y < to; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isText || ((Math.floor(x / size) * 7919 + Math.floor(y / size) * 104_729) & 3) === 0)
        data[y * width + x] = dark;
    }
  }
}
