import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { sample } from '../../../test/support/samples.ts';
import { FRONT, PASSPORT, SELFIE, brought } from './case.ts';
import type { ComingFile, FindingCase } from './case.ts';

/** White in the middle, fading out: a lamp on the glass. */
const LAMP = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><defs><radialGradient id="g">
    <stop offset="0.5" stop-color="#fff"/><stop offset="0.8" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
    <ellipse cx="900" cy="520" rx="260" ry="190" fill="url(#g)"/></svg>`,
);

const PAPER = { create: { width: 1240, height: 1754, channels: 3 as const, background: '#f7f7f5' } };

/** A specimen with something done to it, as JPEG of its own name. */
export function changed(name: string, slot: string, give: (picture: Sharp) => Sharp): ComingFile {
  const bytes = async () =>
    give(sharp(await sample(name)))
      .jpeg({ quality: 88 })
      .toBuffer();
  return { name, slot, bytes };
}

/** Two people before the camera. */
async function twoSelfies(): Promise<Buffer> {
  const [left, right] = await Promise.all(['elena-selfie.jpg', 'david-selfie.jpg'].map(sample));
  return sharp(left)
    .extend({ right: 1200 })
    .composite([{ input: right, left: 1200, top: 0 }])
    .jpeg({ quality: 88 })
    .toBuffer();
}

const passport = (give: (picture: Sharp) => Sharp) => changed('david-passport.jpg', PASSPORT, give);

/** How good a picture is. */
export const PICTURES: readonly FindingCase[] = [
  brought(
    ['page.blank'],
    'personr',
    passport(() => sharp(PAPER)),
  ),
  brought(
    ['page.lowResolution'],
    'personr',
    passport((picture) => picture.resize(500)),
  ),
  brought(
    ['page.tooFewPixels'],
    'persona',
    changed('david-selfie.jpg', SELFIE, (picture) => picture.resize(500)),
  ),
  brought(
    ['page.blurred'],
    'personr',
    passport((picture) => picture.blur(6)),
  ),
  brought(
    ['page.glare'],
    'personr',
    passport((picture) => picture.composite([{ input: LAMP }])),
  ),
  brought(
    ['page.dark'],
    'personr',
    passport((picture) => picture.linear(0.3, 0)),
  ),
  brought(
    ['page.overexposed'],
    'personr',
    passport((picture) => picture.linear(1.35, 0)),
  ),
  brought(
    ['page.faint'],
    'personr',
    passport((picture) => picture.linear(0.2, 190)),
  ),
  brought(
    ['page.cut'],
    'personr',
    changed('bruno-id-card-front.jpg', FRONT, (picture) =>
      picture.extract({ left: 300, top: 0, width: 1340, height: 1146 }),
    ),
  ),
  brought(
    ['page.noFace'],
    'personr',
    changed('david-selfie.jpg', SELFIE, (picture) =>
      picture.extract({ left: 0, top: 0, width: 1200, height: 620 }).resize(1200, 1500),
    ),
  ),
  brought(['page.severalFaces'], 'personr', { name: 'selfie.jpg', slot: SELFIE, bytes: twoSelfies }),
  brought(
    ['personr.page.blackAndWhite'],
    'personr',
    passport((picture) => picture.greyscale()),
  ),
  brought(
    ['persona.page.blackAndWhite'],
    'persona',
    passport((picture) => picture.greyscale()),
  ),
  brought(
    ['sumsub.page.blackAndWhite'],
    'sumsub',
    passport((picture) => picture.greyscale()),
  ),
];
