import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import type { Random } from '../../../scripts/mrz/random.ts';
import { drawDocument, MILLIMETRES } from './documents.ts';
import type { DrawnDocument, Kind } from './documents.ts';

export const FAULT_NAMES = [
  'none',
  'blurred',
  'moved',
  'glare',
  'dark',
  'overexposed',
  'faint',
  'grey',
  'cut',
  'coarse',
  'few',
  'blank',
] as const;
export type Fault = (typeof FAULT_NAMES)[number];

/** The rule that should say what is wrong with a page; null where nothing is. */
export const FAULTS: Readonly<Record<Fault, string | null>> = {
  none: null,
  blurred: 'page.blurred',
  moved: 'page.blurred',
  glare: 'page.glare',
  dark: 'page.dark',
  overexposed: 'page.overexposed',
  faint: 'page.faint',
  grey: 'personr.page.blackAndWhite',
  cut: 'page.cut',
  coarse: 'page.lowResolution',
  few: 'page.tooFewPixels',
  blank: 'page.blank',
};

/** Where the document lies. On `frame` it fills the photograph, so that nothing shows where it ends. */
const SCENES = ['glass', 'table', 'frame'] as const;
type Scene = (typeof SCENES)[number];

export interface FaultyPage {
  readonly jpeg: Buffer;
  readonly kind: Kind;
  readonly fault: Fault;
  readonly scene: Scene;
  /** Pixels of its shorter side. */
  readonly shorter: number;
  readonly hasZone: boolean;
}

interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A picture, and the place of the document in it. */
interface Placed {
  readonly picture: Pixels;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const IDENTITY: readonly Kind[] = ['id_card', 'passport'];
/** Faults that can only be told, or only matter, on identity documents; and those that need a border to be told. */
const OF_IDENTITY: ReadonlySet<Fault> = new Set(['glare', 'overexposed', 'grey', 'cut', 'coarse', 'few']);
const WITH_BORDER: ReadonlySet<Fault> = new Set(['cut', 'coarse']);

function sceneOf(random: Random, kind: Kind, fault: Fault): Scene {
  // Where a border shows how large the document is, its dots per inch are told instead.
  if (fault === 'few') return 'frame';
  if (kind === 'utility_bill') return random.chance(0.6) ? 'frame' : 'table';
  return random.pick(SCENES.filter((scene) => scene !== 'frame' || !WITH_BORDER.has(fault)));
}

/** Pixels per millimetre of the document: a scan at 200 to 300 dpi, a photograph from a hand's distance. */
function densityOf(random: Random, kind: Kind, scene: Scene, fault: Fault): number {
  if (fault === 'coarse') return random.between(65, 125) / 25.4;
  if (fault === 'few') return random.between(300, 560) / MILLIMETRES[kind][1];
  if (scene === 'glass') return random.pick([200, 240, 300]) / 25.4;
  return kind === 'utility_bill' ? random.between(5.5, 11) : random.between(10, 22);
}

function backgroundOf(random: Random, scene: Scene): string {
  if (scene === 'glass') return random.pick(['#ffffff', '#fafafa', '#ececec', '#c9c9c9', '#202020']);
  return random.pick(['#6b4a2f', '#8b8f94', '#2f3a44', '#a58a66', '#37412f', '#4d4d55', '#b9b2a6']);
}

/** The document on its background, turned a little, part of it outside when it is cut. */
async function place(random: Random, document: DrawnDocument, scene: Scene, fault: Fault): Promise<Placed> {
  const density = densityOf(random, document.kind, scene, fault);
  const [width, height] = [Math.round(document.widthMm * density), Math.round(document.heightMm * density)];
  const flat = await sharp(Buffer.from(document.svg), { density: Math.min(2000, 7.2 * density) })
    .resize(width, height, { fit: 'fill' })
    .png()
    .toBuffer();
  const background = backgroundOf(random, scene);
  if (scene === 'frame') {
    return { picture: await pixelsOf(sharp(flat).flatten({ background })), left: 0, top: 0, width, height };
  }
  const turned = sharp(flat).rotate(random.between(-7, 7), { background: '#00000000' });
  const { data, info } = await turned.png().toBuffer({ resolveWithObject: true });
  const margin = (): number => Math.round(random.between(0.08, scene === 'glass' ? 0.6 : 0.3) * height);
  const [left, top] = [margin(), margin()];
  const sheet = { width: left + info.width + margin(), height: top + info.height + margin() };
  const whole = await sharp({ create: { ...sheet, channels: 3, background } })
    .composite([{ input: data, left, top }])
    .png()
    .toBuffer();
  const picture = sharp(whole);
  const box = { left, top, width: info.width, height: info.height };
  if (fault !== 'cut') return { picture: await pixelsOf(picture), ...box };
  const lost = Math.round(random.between(0.12, 0.3) * info.width);
  const isLeft = random.chance(0.5);
  const kept = isLeft ? sheet.width - left - lost : left + info.width - lost;
  const view = { left: isLeft ? left + lost : 0, top: 0, width: kept, height: sheet.height };
  return { picture: await pixelsOf(picture.extract(view)), ...box };
}

function rawPicture({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** A blank sheet as scanners and backs of letters make them: tinted, with shadows at its edges, holes, folds, what shines through. */
async function blankSheet(random: Random): Promise<Placed> {
  const [width, height] = random.pick([
    [1654, 2339],
    [1240, 1754],
    [2480, 3508],
  ] as [number, number][]);
  const parts = [
    `<rect width="${width}" height="${height}" fill="${random.pick(['#ffffff', '#f6f5f1', '#ececea', '#dfe3e6'])}"/>`,
  ];
  if (random.chance(0.4)) parts.push(`<rect x="${width - 12}" width="12" height="${height}" fill="#777"/>`);
  if (random.chance(0.3))
    for (const y of [0.4, 0.6]) parts.push(`<circle cx="40" cy="${y * height}" r="20" fill="#555"/>`);
  if (random.chance(0.3))
    parts.push(`<path d="M0 ${height / 3}H${width}" stroke="#000" stroke-opacity="0.05" stroke-width="9"/>`);
  if (random.chance(0.5)) {
    const lines = Array.from(
      { length: 24 },
      (_, row) => `<rect x="200" y="${300 + row * 50}" width="${random.integer(400, 900)}" height="16"/>`,
    );
    parts.push(`<g fill="#000" opacity="0.03">${lines.join('')}</g>`);
  }
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join('')}</svg>`;
  return { picture: await pixelsOf(sharp(Buffer.from(drawing))), left: 0, top: 0, width, height };
}

/** Of what a lamp leaves: white in the middle, fading out over a part of it. */
function withGlare(random: Random, { data, width, height }: Pixels, on: Placed): void {
  const spots = random.integer(1, 2);
  for (let spot = 0; spot < spots; spot += 1) {
    const cx = on.left + random.between(0.25, 0.75) * on.width;
    const cy = on.top + random.between(0.3, 0.7) * on.height;
    const radius = random.between(0.09, 0.2) * Math.min(on.width, on.height);
    const stretch = random.between(1, 2.2);
    const core = random.between(0.4, 0.7);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const distance = Math.hypot((x - cx) / (radius * stretch), (y - cy) / radius);
        if (distance >= 1) continue;
        const light = Math.min(1, (1 - distance) / (1 - core));
        for (let at = 3 * (y * width + x), end = at + 3; at < end; at += 1) {
          data[at] = Math.min(255, (data[at] ?? 0) + light * 260);
        }
      }
    }
  }
}

/** Light of a lamp with a tint that falls off to one side, and the noise of a sensor. */
function develop(random: Random, picture: Pixels, gain: number, lift: number, isGrey: boolean, isPhoto: boolean): void {
  const { data, width, height } = picture;
  const fall = isPhoto ? random.between(0, 0.25) : random.between(0, 0.04);
  const tint = isPhoto ? [random.between(0.92, 1.03), 1, random.between(0.86, 1.03)] : [1, 1, 1];
  const noise = random.between(0.5, isPhoto ? 6 : 3);
  const angle = random.between(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle) / width, Math.sin(angle) / height];
  let seed = random.integer(1, 1e9);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      const light = gain * (1 - fall * (0.5 + (x - width / 2) * dx + (y - height / 2) * dy));
      const grey = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
      for (let channel = 0; channel < 3; channel += 1) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        const speck = (seed / 4_294_967_296 - 0.5) * 3.4 * noise;
        const value = isGrey ? grey : (data[at + channel] ?? 0);
        data[at + channel] = Math.min(255, Math.max(0, value * light * (tint[channel] ?? 1) + lift + speck));
      }
    }
  }
}

/** A camera that moved: the mean of the pixels along a line. */
function movedKernel(
  random: Random,
  length: number,
): { width: number; height: number; kernel: number[]; scale: number } {
  const size = 2 * Math.floor(Math.min(25, length) / 2) + 1;
  const isAcross = random.chance(0.5);
  return { width: isAcross ? size : 3, height: isAcross ? 3 : size, kernel: kernelOf(size, isAcross), scale: size };
}

function kernelOf(size: number, isAcross: boolean): number[] {
  const rows = Array.from({ length: size }, () => [0, 1, 0]);
  return isAcross ? [0, 1, 0].flatMap((value) => Array.from({ length: size }, () => value)) : rows.flat();
}

/** One page with one fault or none, the same for the same seed. */
export async function drawFaultyPage(seed: number, fault: Fault): Promise<FaultyPage> {
  const random = randomFrom(seed);
  const kind = random.pick<Kind>(OF_IDENTITY.has(fault) ? IDENTITY : [...IDENTITY, 'utility_bill']);
  const scene = fault === 'blank' ? 'frame' : sceneOf(random, kind, fault);
  const document = fault === 'blank' ? null : drawDocument({ style: random, content: random }, kind);
  const placed = document === null ? await blankSheet(random) : await place(random, document, scene, fault);
  let { picture } = placed;
  const gains: Partial<Record<Fault, [number, number]>> = {
    dark: [random.between(0.12, 0.36), 0],
    overexposed: [random.between(1.5, 2.2), 20],
    faint: [random.between(0.1, 0.22), random.between(120, 195)],
  };
  const isPhoto = scene !== 'glass' && fault !== 'blank';
  const [gain, lift] = gains[fault] ?? [isPhoto ? random.between(0.75, 1.05) : 1, 0];
  const longest = Math.max(picture.width, picture.height);
  const millimetre = scene === 'frame' ? longest / Math.max(...MILLIMETRES[kind]) : longest / 140;
  const open = (): Sharp => sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
  if (fault === 'blurred') {
    const least = kind === 'utility_bill' ? 0.32 : 0.26;
    picture = await pixelsOf(open().blur(random.between(least, 0.6) * millimetre));
  } else if (fault === 'moved') {
    const half = await pixelsOf(open().resize({ width: Math.round(picture.width / 2) }));
    const kernel = movedKernel(random, random.between(1, 1.6) * (millimetre / 2));
    const moved = await pixelsOf(rawPicture(half).convolve(kernel));
    picture = await pixelsOf(rawPicture(moved).resize(picture.width, picture.height, { fit: 'fill' }));
  } else {
    // No lens and no scanner is quite sharp.
    picture = await pixelsOf(open().blur(random.between(0.4, 0.9)));
  }
  develop(random, picture, gain, lift, fault === 'grey', isPhoto);
  if (fault === 'glare') withGlare(random, picture, placed);
  const jpeg = await open()
    .jpeg({ quality: random.integer(isPhoto ? 70 : 60, 92) })
    .toBuffer();
  const shorter = Math.min(picture.width, picture.height);
  return { jpeg, kind, fault, scene, shorter, hasZone: document?.hasZone ?? false };
}

/** Seeds of what a captured document is like: its template, what is filled in for a person, and how it lies and is lit. */
export interface CaptureSeeds {
  readonly style: number;
  readonly content: number;
  readonly scene: number;
}

/** An identity document without a fault, on glass or a table; sometimes upside down. The same for the same seeds. */
export async function drawCapture({ style, content, scene }: CaptureSeeds): Promise<Buffer> {
  const template = randomFrom(style);
  const kind = template.pick<Kind>(IDENTITY);
  const document = drawDocument({ style: template, content: randomFrom(content) }, kind);
  const random = randomFrom(scene);
  const lies = random.pick<Scene>(['glass', 'table']);
  const { picture } = await place(random, document, lies, 'none');
  const isPhoto = lies === 'table';
  const soft = await pixelsOf(rawPicture(picture).blur(random.between(0.4, 0.9)));
  develop(random, soft, isPhoto ? random.between(0.75, 1.05) : 1, 0, false, isPhoto);
  const turned = random.chance(0.3) ? rawPicture(soft).rotate(180) : rawPicture(soft);
  return turned.jpeg({ quality: random.integer(isPhoto ? 70 : 60, 92) }).toBuffer();
}
