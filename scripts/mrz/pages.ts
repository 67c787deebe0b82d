import sharp from 'sharp';
import { pyramidOf, valueAt } from '../../main/inspection/mrz/picture.ts';
import type { MrzFormat } from '../../shared/mrz/index.ts';
import { drawDocument, PITCH_MM } from './documents.ts';
import type { DocumentStyle, DrawnDocument } from './documents.ts';
import type { GlyphSet } from './glyphs.ts';
import { defocus, expose, motionBlur } from './optics.ts';
import { addFingers, addGlare, addScreen, addShadow } from './page-light.ts';
import type { LitPage } from './page-light.ts';
import type { Random } from './random.ts';
import { boxOf, inPhoto, onGlass } from './views.ts';
import type { Box, View } from './views.ts';

/** Ways in which a page reaches the desk: from a scanner's glass first, from a camera below. */
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
  'sharpened',
  'faint',
  'photo',
  'photo-tilted',
  'photo-turned',
  'photo-small',
  'photo-tiny',
  'photo-specimen',
  'photo-bent',
  'photo-held',
  'photo-hologram',
  'photo-unfocused',
  'photo-moved',
  'photo-overexposed',
  'photo-of-screen',
  'photo-bad',
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
      data[y * view.width + x] = valueAt(source, width, px, py);
    }
  }
  return data;
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

/** `blur`: the deviation in parts of the distance between two characters; `noise`: in grey levels. */
interface Treatment {
  readonly blur: number;
  readonly noise: number;
  readonly quality: number;
}

function treatmentOf(random: Random, condition: Condition): Treatment {
  const usual = { blur: random.between(0.01, 0.035), noise: random.between(0.5, 2.5), quality: random.integer(75, 92) };
  const camera = { blur: random.between(0.02, 0.07), noise: random.between(1, 4), quality: random.integer(60, 90) };
  if (condition === 'blurred') return { ...usual, blur: random.between(0.07, 0.11) };
  if (condition === 'very-blurred') return { ...usual, blur: random.between(0.12, 0.16) };
  if (condition === 'noise') return { ...usual, noise: random.between(7, 14) };
  if (condition === 'jpeg') return { ...usual, quality: random.integer(22, 40) };
  if (condition === 'photo-bad')
    return { blur: random.between(0.04, 0.1), noise: random.between(3, 8), quality: random.integer(40, 75) };
  if (condition === 'photo-small' || condition === 'photo-tiny')
    return { blur: random.between(0.02, 0.05), noise: random.between(0, 2), quality: random.integer(60, 90) };
  return condition.startsWith('photo') ? camera : usual;
}

function longSideOf(random: Random, condition: Condition): number {
  if (condition === 'photo-tiny') return random.integer(330, 500);
  if (condition === 'photo-small') return random.integer(500, 850);
  if (condition === 'photo-specimen') return random.integer(600, 1300);
  return random.integer(1000, condition === 'photo-bad' ? 1600 : 2400);
}

function tiltOf(condition: Condition): number {
  if (condition === 'photo' || condition === 'photo-small' || condition === 'photo-tiny') return 0.4;
  return condition === 'photo-turned' ? 1.6 : 1;
}

function viewOf(random: Random, document: DrawnDocument, condition: Condition): View {
  if (condition.startsWith('photo')) {
    const tilt = tiltOf(condition);
    const turn = (random.pick([-1, 1]) * random.between(18, 45) * Math.PI) / 180;
    return inPhoto(random, document, {
      longSide: longSideOf(random, condition),
      tilt,
      angle: condition === 'photo-turned' ? turn : random.normal() * (0.02 + 0.04 * tilt),
      share: random.between(0.84, 1),
      bend: condition === 'photo-bent' ? random.between(-0.06, 0.06) : 0,
    });
  }
  const dpi = condition === 'low-resolution' ? random.integer(95, 120) : random.pick([150, 200, 300]);
  const angle = condition === 'skewed' ? random.between(2, 9) * random.pick([-1, 1]) : random.normal() * 0.7;
  const turns = condition === 'quarter-turned' ? random.pick([1, 3]) : condition === 'upside-down' ? 2 : 0;
  return onGlass(random, document, dpi, (angle * Math.PI) / 180, turns);
}

function styleOf(random: Random, condition: Condition): DocumentStyle {
  const isPatterned = condition === 'pattern' || condition === 'photo-hologram';
  const pattern = isPatterned ? random.between(0.7, 1) : random.between(0, 0.4);
  if (condition === 'thin-or-spread') return { pattern, weight: random.pick([0, 3, 4]) };
  if (condition === 'photo-specimen') return { pattern: random.between(0.2, 0.8), isOverprinted: true };
  return condition === 'faint' ? { pattern, ink: random.between(0.5, 0.68) } : { pattern };
}

function addLight(random: Random, page: LitPage, condition: Condition): void {
  if (condition === 'glare' || (condition === 'photo-bad' && random.chance(0.3))) addGlare(random, page);
  if (condition === 'photo-hologram') for (let count = 0; count < 3; count += 1) addGlare(random, page, true);
  const isShaded = condition === 'shadow' || condition === 'photo-bad';
  if (isShaded || (condition === 'photo' && random.chance(0.5))) addShadow(random, page);
  if (condition === 'photo-held') addFingers(random, page);
  if (condition === 'photo-of-screen') addScreen(random, page);
}

function addCamera(random: Random, { data, view }: LitPage, condition: Condition): void {
  const { width, height, pitch } = view;
  if (condition === 'photo-moved')
    motionBlur(data, width, height, random.between(0.15, 0.4) * pitch, random.between(0, Math.PI));
  if (condition === 'photo-unfocused') defocus(data, width, height, random.between(0.1, 0.2) * pitch);
  if (condition === 'photo-overexposed') expose(data, random.between(1.3, 2), 110, random.between(20, 60));
}

/** Draws one page under a condition. Nothing on it belongs to anybody. */
export async function drawPage(
  random: Random,
  format: MrzFormat,
  condition: Condition,
  sets: readonly GlyphSet[],
): Promise<DrawnPage> {
  const document = await drawDocument(random, format, sets, styleOf(random, condition));
  const view = viewOf(random, document, condition);
  const box = boxOf(document, view);
  const page: LitPage = { data: project(random, document, view, box), document, view, box };
  addLight(random, page, condition);
  addCamera(random, page, condition);
  const { blur, noise, quality } = treatmentOf(random, condition);
  const raw = { width: view.width, height: view.height, channels: 1 as const };
  const blurred = sharp(new Uint8ClampedArray(page.data), { raw }).blur(Math.max(0.3, blur * view.pitch));
  const hasHalos = condition === 'sharpened' || (condition.startsWith('photo') && random.chance(0.3));
  const soft = await (hasHalos ? blurred.sharpen({ sigma: 1.5, m1: 3, m2: 6 }) : blurred)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  addNoise(random, soft, view.width, noise);
  const jpeg = await sharp(soft, { raw }).jpeg({ quality }).toBuffer();
  const dpi = condition.startsWith('photo') ? null : (view.pitch / PITCH_MM) * 25.4;
  return { format, condition, lines: document.lines, jpeg, dpi };
}
