import sharp from 'sharp';
import { portrait } from '../../../scripts/samples/pieces.ts';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import type { Random } from '../../../scripts/mrz/random.ts';
import { lookOf } from './documents.ts';

/** How many people stand before the camera. */
export const PEOPLE = [0, 1, 2] as const;
export type People = (typeof PEOPLE)[number];

/** Of `portrait`, in its own unit. */
const PERSON = { width: 400, height: 500 } as const;

const WALLS = ['#cfe0dc', '#e6dcc8', '#8d949c', '#5f6c72', '#d6dbe8', '#f4f1ea', '#4b4038'];

/** A wall with something on it: a picture, a window, a shelf. */
function wallOf(random: Random, width: number, height: number): string {
  const things = Array.from({ length: random.integer(1, 5) }, () => {
    const [x, y] = [random.between(0, 0.9) * width, random.between(0, 0.7) * height];
    const [wide, high] = [random.between(0.05, 0.4) * width, random.between(0.05, 0.3) * height];
    return `<rect x="${x}" y="${y}" width="${wide}" height="${high}" fill="${random.pick(WALLS)}" stroke="#333" stroke-width="4"/>`;
  });
  return `<rect width="${width}" height="${height}" fill="${random.pick(WALLS)}"/>${things.join('')}`;
}

/** Somebody drawn at a height, upright within 8°. */
function personAt(random: Random, x: number, foot: number, height: number): string {
  const scale = height / PERSON.height;
  const turn = random.between(-8, 8);
  return (
    `<g transform="translate(${x - (scale * PERSON.width) / 2} ${foot - height}) scale(${scale}) rotate(${turn} 200 400)">` +
    `${portrait(lookOf(random), 'none')}</g>`
  );
}

/** A drawn selfie, upright or as wide as a camera on a screen takes it; the same for the same seed. */
export async function drawSelfie(seed: number, people: People): Promise<Buffer> {
  const random = randomFrom(seed);
  const [width, height] = random.pick([
    [900, 1200],
    [1280, 720],
    [1000, 1000],
  ] as [number, number][]);
  const tall = (): number => random.between(0.6, 0.95) * height;
  const places: Readonly<Record<People, readonly number[]>> = {
    0: [],
    1: [random.between(0.42, 0.58)],
    2: [random.between(0.24, 0.3), random.between(0.7, 0.76)],
  };
  const room = people === 2 ? Math.min(1, (0.5 * width) / (0.7 * height)) : 1;
  const persons = places[people].map((part) => personAt(random, part * width, height, room * tall()));
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${wallOf(random, width, height)}${persons.join('')}</svg>`;
  const noise = {
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: random.between(2, 8) },
    },
  } as const;
  return sharp(Buffer.from(drawing))
    .flatten()
    .composite([{ input: await sharp(noise).png().toBuffer(), blend: 'soft-light' }])
    .linear(random.between(0.5, 1.05), 0)
    .blur(random.between(0.5, 2))
    .jpeg({ quality: random.integer(60, 92) })
    .toBuffer();
}
