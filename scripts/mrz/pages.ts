import sharp from 'sharp';
import { pyramidOf } from '../../main/inspection/mrz/picture.ts';
import type { MrzFormat } from '../../shared/mrz/index.ts';
import { drawDocument, DOCUMENT_SCALE, PITCH_MM } from './documents.ts';
import type { DrawnDocument } from './documents.ts';
import type { GlyphSet } from './glyphs.ts';
import type { Random } from './random.ts';

/**
 * Ways in which a page reaches the desk. Blur is a deviation in parts of the distance between two characters. The last two are
 * of a kind that the training never saw: a camera that moved, and the halos of a scanner that sharpens.
 */
export const CONDITIONS = [
  'clean',
  'skewed',
  'quarter-turned',
  'upside-down',
  'blurred',
  'very-blurred',
  'glare',
  'low-resolution',
  'noise',
  'jpeg',
  'shadow',
  'pattern',
  'thin-or-spread',
  'photo',
  'photo-tilted',
  'photo-bad',
  'motion',
  'sharpened',
] as const;
export type Condition = (typeof CONDITIONS)[number];

export interface DrawnPage {
  readonly format: MrzFormat;
  readonly condition: Condition;
  readonly lines: readonly string[];
  readonly jpeg: Buffer;
  /** Pixels per inch of the document on the page; null for a photograph. */
  readonly dpi: number | null;
}

interface View {
  readonly width: number;
  readonly height: number;
  /** From a page pixel to a document pixel. */
  readonly toDocument: (x: number, y: number) => [number, number];
  /** Document pixels for one page pixel, about. */
  readonly shrink: number;
  readonly pitch: number;
  /** What lies around the document. */
  readonly around: readonly [number, number];
}

/** The part of a page that the document may touch. */
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const COARSE = 8;

/** Found by asking every eighth pixel, with one such step around it. */
function boxOf(document: DrawnDocument, view: View): Box {
  let [left, top, right, bottom] = [view.width, view.height, 0, 0];
  for (let y = 0; y < view.height; y += COARSE) {
    for (let x = 0; x < view.width; x += COARSE) {
      const [dx, dy] = view.toDocument(x, y);
      if (dx < 0 || dy < 0 || dx > document.width || dy > document.height) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return {
    left: Math.max(0, left - COARSE),
    top: Math.max(0, top - COARSE),
    right: Math.min(view.width, right + COARSE),
    bottom: Math.min(view.height, bottom + COARSE),
  };
}

type Corner = readonly [number, number];

/** The projective map that takes the unit square to four corners (clockwise from the top left), inverted. */
function fromCorners(corners: readonly [Corner, Corner, Corner, Corner]): (x: number, y: number) => [number, number] {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [ax, ay, bx, by] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const determinant = ax * by - bx * ay;
  const g = (sx * by - bx * sy) / determinant;
  const h = (ax * sy - sx * ay) / determinant;
  const m = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1] as const;
  const inverse = [
    m[4] * m[8] - m[5] * m[7],
    m[2] * m[7] - m[1] * m[8],
    m[1] * m[5] - m[2] * m[4],
    m[5] * m[6] - m[3] * m[8],
    m[0] * m[8] - m[2] * m[6],
    m[2] * m[3] - m[0] * m[5],
    m[3] * m[7] - m[4] * m[6],
    m[1] * m[6] - m[0] * m[7],
    m[0] * m[4] - m[1] * m[3],
  ] as const;
  return (x, y) => {
    const w = inverse[6] * x + inverse[7] * y + inverse[8];
    return [(inverse[0] * x + inverse[1] * y + inverse[2]) / w, (inverse[3] * x + inverse[4] * y + inverse[5]) / w];
  };
}

/** An A4 sheet's worth of glass with the document somewhere on it. */
function onGlass(random: Random, document: DrawnDocument, dpi: number, angle: number, turns: number): View {
  const scale = dpi / 25.4 / DOCUMENT_SCALE;
  const [pageWidth, pageHeight] = [Math.round((210 * dpi) / 25.4), Math.round((297 * dpi) / 25.4)];
  const isAcross = turns % 2 === 1;
  const [width, height] = isAcross ? [pageHeight, pageWidth] : [pageWidth, pageHeight];
  const [w, h] = [document.width * scale, document.height * scale];
  const margin = Math.abs(Math.sin(angle)) * w * 0.6 + 12;
  const cx = random.between(w / 2 + margin, width - w / 2 - margin);
  const cy = random.between(h / 2 + margin, height - h / 2 - margin);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const upright = (x: number, y: number): [number, number] => [
    ((x - cx) * cosine + (y - cy) * sine) / scale + document.width / 2,
    ((y - cy) * cosine - (x - cx) * sine) / scale + document.height / 2,
  ];
  const toDocument = (x: number, y: number): [number, number] => {
    if (turns === 1) return upright(y, pageWidth - 1 - x);
    if (turns === 2) return upright(pageWidth - 1 - x, pageHeight - 1 - y);
    return turns === 3 ? upright(pageHeight - 1 - y, x) : upright(x, y);
  };
  const lid = random.chance(0.8) ? random.between(235, 254) : random.between(10, 60);
  return {
    width: pageWidth,
    height: pageHeight,
    toDocument,
    shrink: 1 / scale,
    pitch: (PITCH_MM * dpi) / 25.4,
    around: [lid, 0],
  };
}

/** A photograph: the document fills most of the frame, or a little more than it, seen from `tilt` (0 is straight above). */
function inPhoto(random: Random, document: DrawnDocument, longSide: number, tilt: number): View {
  const width = longSide;
  const height = Math.round(longSide * random.pick([0.75, 0.75, 0.66, 0.5625]));
  const share = random.between(0.84, 1.0);
  const w = Math.min(share * width, (share * height * document.width) / document.height);
  const h = (w * document.height) / document.width;
  const angle = random.normal() * (0.02 + 0.04 * tilt);
  const [cx, cy] = [width / 2 + random.normal() * width * 0.01, height / 2 + random.normal() * height * 0.01];
  const corner = (sx: number, sy: number): Corner => {
    const [dx, dy] = [(sx * w) / 2, (sy * h) / 2];
    return [
      cx + dx * Math.cos(angle) - dy * Math.sin(angle) + random.normal() * tilt * 0.02 * w,
      cy + dx * Math.sin(angle) + dy * Math.cos(angle) + random.normal() * tilt * 0.02 * w,
    ];
  };
  const map = fromCorners([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]);
  const toDocument = (x: number, y: number): [number, number] => {
    const [u, v] = map(x, y);
    return [u * document.width, v * document.height];
  };
  const around: [number, number] = [random.between(30, 200), random.between(5, 40)];
  return {
    width,
    height,
    toDocument,
    shrink: document.width / w,
    pitch: (PITCH_MM * DOCUMENT_SCALE * w) / document.width,
    around,
  };
}

/** The page's pixels: the document where it lies, a table or a lid around it. */
function project(random: Random, document: DrawnDocument, view: View, box: Box): Float32Array {
  const [shade, grain] = view.around;
  const data = new Float32Array(view.width * view.height).fill(shade);
  const [waveX, waveY] = [random.between(0.002, 0.05), random.between(0.002, 0.05)];
  if (grain > 0) {
    for (let y = 0; y < view.height; y += 1) {
      const bend = 3 * Math.sin(y * waveY);
      for (let x = 0; x < view.width; x += 1) data[y * view.width + x] = shade + grain * Math.sin(x * waveX + bend);
    }
  }
  const level = Math.max(0, Math.floor(Math.log2(view.shrink / 1.2)));
  const { data: source, width, height } = pyramidOf(document).level(level);
  const scale = 2 ** -level;
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      const [dx, dy] = view.toDocument(x, y);
      const px = (dx + 0.5) * scale - 0.5;
      const py = (dy + 0.5) * scale - 0.5;
      if (px < 0 || py < 0 || px >= width - 1 || py >= height - 1) continue;
      const [left, above] = [px | 0, py | 0];
      const [fx, fy] = [px - left, py - above];
      const from = above * width + left;
      const upper = (source[from] ?? 0) * (1 - fx) + (source[from + 1] ?? 0) * fx;
      const lower = (source[from + width] ?? 0) * (1 - fx) + (source[from + width + 1] ?? 0) * fx;
      data[y * view.width + x] = upper * (1 - fy) + lower * fy;
    }
  }
  return data;
}

/** A lamp's reflection on laminate, over a part of the zone or near it. */
function addGlare(random: Random, data: Float32Array, document: DrawnDocument, view: View, box: Box): void {
  let [cx, cy] = [0, 0];
  let isNear = false;
  while (!isNear) {
    [cx, cy] = [random.between(box.left, box.right), random.between(box.top, box.bottom)];
    const [dx, dy] = view.toDocument(cx, cy);
    isNear = dx > 0 && dx < document.width && dy > document.height * 0.6 && dy < document.height;
  }
  const [rx, ry] = [view.pitch * random.between(2, 9), view.pitch * random.between(1, 5)];
  const strength = random.between(0.5, 0.95);
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      const share = strength * Math.exp(-(((x - cx) / rx) ** 2) - ((y - cy) / ry) ** 2);
      const at = y * view.width + x;
      data[at] = (data[at] ?? 0) * (1 - share) + 255 * share;
    }
  }
}

/** Light that falls off to one side, and the soft edge of a shadow across the document. */
function addShadow(random: Random, data: Float32Array, view: View, box: Box): void {
  const [slope, dim] = [random.between(0.2, 0.5), random.between(0.45, 0.8)];
  const edge = random.between(box.left, box.right);
  const [lean, soft] = [random.between(-0.8, 0.8), view.pitch * random.between(0.5, 4)];
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      const shadow = 1 / (1 + Math.exp(-(x + lean * (y - box.top) - edge) / soft));
      const at = y * view.width + x;
      data[at] = (data[at] ?? 0) * (1 - (slope * x) / view.width) * (1 - shadow * (1 - dim));
    }
  }
}

/** What a camera that moves during the exposure leaves: the mean along a short way. */
function moveBlur(random: Random, data: Float32Array, view: View, box: Box): void {
  const steps = Math.max(2, Math.round(view.pitch * random.between(0.15, 0.4)));
  const angle = random.between(0, Math.PI);
  const source = data.slice();
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      let sum = 0;
      for (let step = 0; step < steps; step += 1) {
        const way = step - (steps - 1) / 2;
        const fromX = Math.min(view.width - 1, Math.max(0, Math.round(x + way * Math.cos(angle))));
        const fromY = Math.min(view.height - 1, Math.max(0, Math.round(y + way * Math.sin(angle))));
        sum += source[fromY * view.width + fromX] ?? 0;
      }
      data[y * view.width + x] = sum / steps;
    }
  }
}

const NOISE_VALUES = 65_536;

/** The sensor's noise, out of a table that begins anywhere in each row. */
function addNoise(random: Random, data: Uint8Array, width: number, deviation: number): void {
  const noise = Float32Array.from({ length: NOISE_VALUES }, () => random.normal() * deviation);
  let from = 0;
  for (let at = 0; at < data.length; at += 1) {
    if (at % width === 0) from = random.integer(0, NOISE_VALUES - 1);
    const value = (data[at] ?? 0) + (noise[(at + from) & (NOISE_VALUES - 1)] ?? 0);
    data[at] = Math.min(255, Math.max(0, Math.round(value)));
  }
}

interface Treatment {
  readonly blur: number;
  readonly noise: number;
  readonly quality: number;
}

function treatmentOf(random: Random, condition: Condition): Treatment {
  const usual = { blur: random.between(0.01, 0.035), noise: random.between(0.5, 2.5), quality: random.integer(75, 92) };
  if (condition === 'blurred') return { ...usual, blur: random.between(0.07, 0.11) };
  if (condition === 'very-blurred') return { ...usual, blur: random.between(0.12, 0.16) };
  if (condition === 'noise') return { ...usual, noise: random.between(7, 14) };
  if (condition === 'jpeg') return { ...usual, quality: random.integer(22, 40) };
  if (condition === 'photo-bad') {
    return { blur: random.between(0.04, 0.1), noise: random.between(3, 8), quality: random.integer(40, 75) };
  }
  if (condition.startsWith('photo')) {
    return { blur: random.between(0.02, 0.07), noise: random.between(1, 4), quality: random.integer(60, 90) };
  }
  return usual;
}

function viewOf(random: Random, document: DrawnDocument, condition: Condition): View {
  if (condition.startsWith('photo')) {
    const tilt = condition === 'photo' ? 0.4 : 1;
    return inPhoto(random, document, random.integer(1000, condition === 'photo-bad' ? 1600 : 2400), tilt);
  }
  const dpi = condition === 'low-resolution' ? random.integer(95, 120) : random.pick([150, 200, 300]);
  const angle = condition === 'skewed' ? random.between(2, 9) * random.pick([-1, 1]) : random.normal() * 0.7;
  const turns = condition === 'quarter-turned' ? random.pick([1, 3]) : condition === 'upside-down' ? 2 : 0;
  return onGlass(random, document, dpi, (angle * Math.PI) / 180, turns);
}

/** Draws one page under a condition. Nothing on it belongs to anybody. */
export async function drawPage(
  random: Random,
  format: MrzFormat,
  condition: Condition,
  sets: readonly GlyphSet[],
): Promise<DrawnPage> {
  const pattern = condition === 'pattern' ? random.between(0.7, 1) : random.between(0, 0.4);
  const style = condition === 'thin-or-spread' ? { pattern, weight: random.pick([0, 3, 4]) } : { pattern };
  const document = await drawDocument(random, format, sets, style);
  const view = viewOf(random, document, condition);
  const box = boxOf(document, view);
  const data = project(random, document, view, box);
  if (condition === 'glare' || (condition === 'photo-bad' && random.chance(0.3)))
    addGlare(random, data, document, view, box);
  if (condition === 'shadow' || condition === 'photo-bad' || (condition === 'photo' && random.chance(0.5)))
    addShadow(random, data, view, box);
  if (condition === 'motion') moveBlur(random, data, view, box);
  const { blur, noise, quality } = treatmentOf(random, condition);
  const raw = { width: view.width, height: view.height, channels: 1 as const };
  const bytes = new Uint8ClampedArray(data);
  const blurred = sharp(bytes, { raw }).blur(Math.max(0.3, blur * view.pitch));
  const soft = await (condition === 'sharpened' ? blurred.sharpen({ sigma: 1.5, m1: 3, m2: 6 }) : blurred)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  addNoise(random, soft, view.width, noise);
  const jpeg = await sharp(soft, { raw }).jpeg({ quality }).toBuffer();
  const dpi = condition.startsWith('photo') ? null : (view.pitch / PITCH_MM) * 25.4;
  return { format, condition, lines: document.lines, jpeg, dpi };
}
