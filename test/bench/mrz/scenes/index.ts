/**
 * Scenes: documents as people photograph and scan them. Drawn in colour, in space, by none of the means that the reader was trained with, and
 * never used for training.
 */
import sharp from 'sharp';
import type { MrzFormat } from '../../../../shared/mrz/index.ts';
import { randomFrom } from '../../../../scripts/mrz/random.ts';
import type { Random } from '../../../../scripts/mrz/random.ts';
import type { TestedPage } from '../pages.ts';
import { photograph } from './camera.ts';
import type { Frame, Pose } from './camera.ts';
import { drawPaper, FONT, PITCH } from './paper.ts';
import type { Paper } from './paper.ts';
import { layTable } from './table.ts';
import type { Table } from './table.ts';

/** Nothing in the project is trained or tuned with this seed. */
const SEED = 20_270_611;

const SCENES = [
  'glass-150',
  'glass-200',
  'glass-300',
  'desk-small',
  'desk-tiny',
  'desk-turned',
  'tilted',
  'curved',
  'shadow',
  'card-pattern',
  'moire',
  'low-quality',
  'lamp',
  'glare',
  'edge',
  'thumb',
  'open-book',
  'dim',
  'soft',
] as const;
type SceneName = (typeof SCENES)[number];

const degrees = (angle: number): number => (angle * Math.PI) / 180;
const TABLES: readonly Table[] = ['plain', 'wood', 'cloth', 'letter', 'keys'];

/** The frame of a scene, and how large the paper is in it. */
function frameOf(random: Random, name: SceneName, paper: Paper): { width: number; height: number; scale: number } {
  const glass = /^glass-(\d+)$/.exec(name)?.[1];
  if (glass !== undefined) {
    const dpi = Number(glass);
    return { width: Math.round(8.27 * dpi), height: Math.round(11.69 * dpi), scale: dpi / 25.4 };
  }
  const longest = Math.max(paper.width, paper.height);
  if (name === 'desk-small' || name === 'desk-turned') {
    const [width, height] = random.pick([
      [4032, 3024],
      [3024, 4032],
      [4000, 2252],
    ] as const);
    return { width, height, scale: (4032 * random.between(0.15, 0.33)) / longest };
  }
  if (name === 'desk-tiny') return { width: 4032, height: 3024, scale: (4032 * random.between(0.09, 0.15)) / longest };
  const [width, height] = random.pick([
    [1920, 1440],
    [2560, 1920],
    [1600, 1200],
  ] as const);
  return {
    width,
    height,
    scale: Math.min((width * random.between(0.7, 0.92)) / paper.width, (height * 0.92) / paper.height),
  };
}

function turnOf(random: Random, name: SceneName): number {
  if (name.startsWith('glass'))
    return degrees(
      random.pick([0, 90, 180, 270]) + random.pick([random.normal(), random.between(-14, 14), random.between(-45, 45)]),
    );
  if (name === 'desk-turned') return degrees(random.between(0, 360));
  if (name.startsWith('desk')) return degrees(random.pick([0, 0, 90, 180, 270]) + random.normal() * 6);
  return degrees(random.normal() * 3);
}

/** Bows, waves, and pages that rise at the side where somebody holds them. */
function liftOf(random: Random, name: SceneName, paper: Paper): Pose['lift'] {
  if (name === 'open-book') {
    const [rise, reach] = [random.between(4, 12), random.between(0.12, 0.3)];
    const side = random.between(-3, 3);
    return (across, down) => rise * Math.exp(-Math.abs(down - 0.5) / reach) + side * across * across;
  }
  if (name !== 'curved') return () => 0;
  const kind = random.integer(0, 2);
  const rise = random.between(5, 18) * (paper.width / 125);
  if (kind === 0) return (across) => rise * Math.sin(Math.PI * across);
  if (kind === 1) return (across) => rise * 0.5 * Math.sin(2 * Math.PI * across);
  const from = random.pick([0, 1]);
  return (across) => rise * 1.6 * Math.exp(-Math.abs(across - from) / 0.25);
}

function poseOf(
  random: Random,
  name: SceneName,
  paper: Paper,
  frame: { width: number; height: number; scale: number },
): Pose {
  const roll = turnOf(random, name);
  const isGlass = name.startsWith('glass');
  const steep = isGlass ? 0 : name === 'tilted' ? 45 : name.startsWith('desk') ? 18 : 7;
  const tilt = (): number => degrees(random.pick([-1, 1]) * random.between(steep * 0.3, steep));
  const [w, h] = [paper.width * frame.scale, paper.height * frame.scale];
  const [cosine, sine] = [Math.abs(Math.cos(roll)), Math.abs(Math.sin(roll))];
  const [reachX, reachY] = [(w * cosine + h * sine) / 2, (w * sine + h * cosine) / 2];
  const room = (size: number, reach: number): number =>
    reach * 1.06 < size / 2 ? random.between(reach * 1.06, size - reach * 1.06) : size / 2;
  let [x, y] = [room(frame.width, reachX), room(frame.height, reachY)];
  // The zone's last line ends within a few pixels of the frame.
  if (name === 'edge')
    [x, y] = [frame.width / 2 + random.normal() * 20, frame.height - h / 2 + frame.scale * random.between(0.2, 3)];
  return {
    x,
    y,
    scale: frame.scale,
    roll,
    yaw: tilt(),
    pitch: tilt(),
    focal: isGlass ? 40 : random.between(0.75, 1.1),
    lift: liftOf(random, name, paper),
  };
}

function each(frame: Frame, change: (x: number, y: number) => number): void {
  for (let y = 0, at = 0; y < frame.height; y += 1) {
    for (let x = 0; x < frame.width; x += 1, at += 3) {
      const factor = change(x, y);
      frame.data[at] = (frame.data[at] ?? 0) * factor;
      frame.data[at + 1] = (frame.data[at + 1] ?? 0) * factor;
      frame.data[at + 2] = (frame.data[at + 2] ?? 0) * factor;
    }
  }
}

/** The hard and soft edges of what stands between lamp and paper. */
function shade(random: Random, frame: Frame): void {
  const { width, height } = frame;
  for (let count = random.integer(1, 2); count > 0; count -= 1) {
    const turn = random.between(0, 2 * Math.PI);
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    const [cx, cy] = [width * random.between(0.25, 0.75), height * random.between(0.55, 0.9)];
    const [soft, dim] = [width * random.pick([0.001, 0.004, 0.02]), random.between(0.2, 0.55)];
    each(frame, (x, y) => {
      const off = ((x - cx) * cosine + (y - cy) * sine) / soft;
      return off > 30 ? dim : off < -30 ? 1 : 1 - (1 - dim) / (1 + Math.exp(-off));
    });
  }
}

/** A window's or lamp's reflection on laminate. */
function shine(random: Random, frame: Frame, pose: Pose, paper: Paper): void {
  const along = random.between(-0.45, 0.45) * paper.width * pose.scale;
  const down = random.between(0.2, 0.48) * paper.height * pose.scale;
  const [cx, cy] = [
    pose.x + along * Math.cos(pose.roll) - down * Math.sin(pose.roll),
    pose.y + along * Math.sin(pose.roll) + down * Math.cos(pose.roll),
  ];
  const [rx, ry] = [pose.scale * random.between(6, 22), pose.scale * random.between(4, 14)];
  const strength = random.between(90, 230);
  for (let y = 0, at = 0; y < frame.height; y += 1) {
    for (let x = 0; x < frame.width; x += 1, at += 3) {
      const far = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
      if (far > 8) continue;
      const add = strength * Math.exp(-far);
      for (const channel of [0, 1, 2]) frame.data[at + channel] = (frame.data[at + channel] ?? 0) + add;
    }
  }
}

/** A thumb over an edge beside the zone, as somebody holds the document; it casts a shadow. */
function thumb(random: Random, frame: Frame, pose: Pose, paper: Paper): void {
  const side = random.pick([-1, 1]);
  const tip = paper.width / 2 - random.between(1.2, 3.2);
  const down = paper.height * random.between(0.1, 0.42);
  const [cosine, sine] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  const [red, green, blue] = random.pick([
    [224, 172, 150],
    [190, 135, 105],
    [110, 75, 58],
  ] as const);
  for (let y = 0, at = 0; y < frame.height; y += 1) {
    for (let x = 0; x < frame.width; x += 1, at += 3) {
      const along = (((x - pose.x) * cosine + (y - pose.y) * sine) / pose.scale) * side - tip;
      const across = ((y - pose.y) * cosine - (x - pose.x) * sine) / pose.scale - down;
      const far = Math.hypot(Math.min(0, along - 9), across) - 9;
      if (far > 3) continue;
      const share = Math.min(1, Math.max(0, 0.5 - far));
      const dim = far > 0 ? 1 - 0.35 * Math.exp(-far) : 1;
      const tone = 1 - 0.25 * (across / 9) ** 2;
      for (const [channel, value] of [red, green, blue].entries())
        frame.data[at + channel] = (frame.data[at + channel] ?? 0) * dim * (1 - share) + value * tone * share;
    }
  }
}

/** A screen's or print's raster against the sensor's. */
function interfere(random: Random, frame: Frame): void {
  const waves = [0, 1].map(() => {
    const [turn, length] = [random.between(0, Math.PI), random.between(5, 30)];
    return [(2 * Math.PI * Math.cos(turn)) / length, (2 * Math.PI * Math.sin(turn)) / length] as const;
  });
  const depth = random.between(0.05, 0.16);
  for (let y = 0, at = 0; y < frame.height; y += 1) {
    for (let x = 0; x < frame.width; x += 1, at += 3) {
      for (const [channel, shift] of [0, 2.1, 4.2].entries()) {
        const sum = waves.reduce((total, [a, b]) => total + Math.sin(a * x + b * y + shift), 0);
        frame.data[at + channel] = (frame.data[at + channel] ?? 0) * (1 + depth * sum);
      }
    }
  }
}

interface Sensor {
  readonly blur: number;
  readonly noise: number;
  readonly quality: number;
  readonly cast: readonly [number, number, number];
}

function sensorOf(random: Random, name: SceneName, pitch: number): Sensor {
  const usual = {
    blur: random.between(0.5, 1),
    noise: random.between(1, 3.5),
    quality: random.integer(72, 92),
    cast: [1, 1, 1] as const,
  };
  if (name.startsWith('glass')) return { ...usual, blur: random.between(0.4, 0.8), noise: random.between(0.5, 2) };
  if (name === 'low-quality') return { ...usual, quality: random.integer(8, 24) };
  if (name === 'lamp')
    return {
      ...usual,
      cast: random.pick([
        [1.1, 0.85, 0.5],
        [0.7, 0.9, 1.15],
        [0.85, 1.05, 0.75],
      ] as const),
    };
  if (name === 'dim')
    return { ...usual, noise: random.between(12, 26), cast: [0.45, 0.42, 0.36], quality: random.integer(55, 80) };
  if (name === 'soft') return { ...usual, blur: pitch * random.between(0.09, 0.17) };
  return usual;
}

const NOISES = 65_536;

async function exposed(random: Random, frame: Frame, { blur, noise, quality, cast }: Sensor): Promise<Buffer> {
  const raw = { width: frame.width, height: frame.height, channels: 3 as const };
  const lit = new Uint8ClampedArray(frame.data.length);
  for (let at = 0; at < lit.length; at += 3) {
    for (const channel of [0, 1, 2]) lit[at + channel] = (frame.data[at + channel] ?? 0) * (cast[channel] ?? 1);
  }
  const soft = await sharp(lit, { raw, limitInputPixels: false }).blur(blur).raw().toBuffer();
  const table = Float32Array.from({ length: NOISES }, () => random.normal() * noise);
  const grains = new Uint8ClampedArray(soft.length);
  for (let at = 0, from = 0; at < soft.length; at += 1) {
    if (at % 4099 === 0) from = random.integer(0, NOISES - 1);
    grains[at] = (soft[at] ?? 0) + (table[(at + from) & (NOISES - 1)] ?? 0);
  }
  return sharp(grains, { raw, limitInputPixels: false }).jpeg({ quality }).toBuffer();
}

const FORMATS: readonly MrzFormat[] = ['TD3', 'TD1', 'TD3', 'TD1', 'TD2', 'MRV-A'];

function formatOf(name: SceneName, index: number): MrzFormat {
  if (name === 'card-pattern') return 'TD1';
  return name === 'open-book' ? 'TD3' : (FORMATS[index % FORMATS.length] ?? 'TD3');
}

/** What comes between the paper and the camera. */
function disturb(random: Random, name: SceneName, frame: Frame, pose: Pose, paper: Paper): void {
  if (name === 'shadow') shade(random, frame);
  if (name === 'glare') shine(random, frame, pose, paper);
  if (name === 'thumb') thumb(random, frame, pose, paper);
  if (name === 'moire') interfere(random, frame);
}

/** Draws scene `index` of a kind; the same for the same seed. */
async function drawScene(seed: number, name: SceneName, index: number): Promise<TestedPage> {
  const random = randomFrom(seed + SCENES.indexOf(name) * 7919 + index * 104_729);
  const format = formatOf(name, index);
  const pattern = name === 'card-pattern' ? random.between(0.7, 1) : random.between(0, 0.45);
  const spread = random.pick([0, 0, 0.06, 0.12]);
  const paper = drawPaper(random, format, { pattern, isOpen: name === 'open-book', spread });
  const size = frameOf(random, name, paper);
  const isGlass = name.startsWith('glass');
  const frame = await layTable(random, isGlass ? 'glass' : random.pick(TABLES), size.width, size.height);
  const pose = poseOf(random, name, paper, size);
  await photograph(paper, pose, frame);
  disturb(random, name, frame, pose, paper);
  const jpeg = await exposed(random, frame, sensorOf(random, name, PITCH * pose.scale));
  const dpi = isGlass ? pose.scale * 25.4 : null;
  return { condition: name, source: isGlass ? 'from glass' : 'photographs', format, lines: paper.lines, jpeg, dpi };
}

/** So many scenes of each kind, in a font that the networks never saw. */
export async function drawScenes(
  perKind: number,
  onPage: (page: TestedPage, font: string) => Promise<void>,
): Promise<void> {
  for (const name of SCENES) {
    for (let index = 0; index < perKind; index += 1) await onPage(await drawScene(SEED, name, index), FONT);
  }
}

/** A photograph of 12 megapixels of a table with nothing on it that has a zone. */
export async function drawEmptyTable(index: number): Promise<Buffer> {
  const random = randomFrom(SEED + 31 + index * 104_729);
  const frame = await layTable(random, TABLES[index % TABLES.length] ?? 'plain', 4032, 3024);
  return exposed(random, frame, sensorOf(random, 'desk-small', 20));
}
