/**
 * Whether somebody's face is on a selfie, through the real worker. `astronaut.jpg` is a part of NASA's portrait of Eileen Collins, made
 * larger: from the NASA Great Images database, in the public domain, taken from scikit-image's `data/astronaut.png`. Everything else is
 * drawn.
 */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { Inspection, InspectionPort } from '../../../main/inspection/index.ts';
import type { MediaType } from '../../../shared/domain/index.ts';
import { judged } from '../../support/findings.ts';
import { sample } from '../../support/samples.ts';
import { drawing } from '../../support/vectors.ts';
import { pdf } from '../capture/files.ts';

const SELFIE = 'selfie/selfie/single';
const BILL = 'address/utility_bill/single';

/** A hill, a house and the sky. */
const LANDSCAPE = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"><rect width="900" height="1200" fill="#9cc4e4"/>
  <path d="M0 800Q450 560 900 800V1200H0Z" fill="#5d8a3f"/><rect x="340" y="640" width="220" height="190" fill="#b5533c"/>
  <path d="M310 640L450 520L590 640Z" fill="#5b3a2a"/><rect x="420" y="740" width="60" height="90" fill="#f2e6dc"/></svg>`;

let inspection: InspectionPort;
let portrait: Buffer;
let landscape: Buffer;
beforeAll(async () => {
  landscape = await drawing(() => sharp(Buffer.from(LANDSCAPE)).jpeg({ quality: 90 }).toBuffer());
  portrait = await readFile(new URL('astronaut.jpg', import.meta.url));
  inspection = createInspection({ workers: 1, now: () => Date.UTC(2026, 10, 26) });
});
afterAll(async () => {
  await inspection.close();
});

function look(bytes: Uint8Array, mediaType: MediaType = 'image/jpeg'): Promise<Inspection> {
  return inspection.inspect({ mediaType, read: () => Promise.resolve(bytes) });
}

/** How many faces are seen on a picture. */
async function faces(bytes: Uint8Array): Promise<number | undefined> {
  const { measures } = await look(bytes);
  expect(measures).toHaveLength(1);
  return measures[0]?.faces;
}

const changed = (picture: Buffer, change: (picture: Sharp) => Sharp): Promise<Buffer> =>
  change(sharp(picture)).jpeg({ quality: 85 }).toBuffer();

/** Two pictures of the same size beside each other. */
async function beside(left: Buffer, right: Buffer): Promise<Buffer> {
  const { width } = await sharp(left).metadata();
  return sharp(left)
    .extend({ right: width })
    .composite([{ input: right, left: width, top: 0 }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

describe('faces on a picture', () => {
  it('one is seen on a portrait, also mirrored, very dark, blurred, small, tilted, close and before more of a wall', async () => {
    expect(await faces(portrait)).toBe(1);
    expect(await faces(await changed(portrait, (picture) => picture.flop()))).toBe(1);
    expect(await faces(await changed(portrait, (picture) => picture.linear(0.1, 0)))).toBe(1);
    expect(await faces(await changed(portrait, (picture) => picture.blur(4)))).toBe(1);
    expect(await faces(await changed(portrait, (picture) => picture.resize(260)))).toBe(1);
    expect(await faces(await changed(portrait, (picture) => picture.rotate(12)))).toBe(1);
    const close = { left: 180, top: 150, width: 260, height: 260 };
    expect(await faces(await changed(portrait, (picture) => picture.extract(close)))).toBe(1);
    const wall = { left: 500, right: 500, top: 100, background: '#8d949c' };
    expect(await faces(await changed(portrait, (picture) => picture.extend(wall)))).toBe(1);
  });

  it('two are seen beside each other', async () => {
    expect(await faces(await beside(portrait, await changed(portrait, (picture) => picture.flop())))).toBe(2);
  });

  it('two are seen who are smaller in the picture, as two have to be', async () => {
    const one = await sharp(portrait).resize({ height: 290 }).toBuffer();
    const wall = sharp({ create: { width: 1280, height: 720, channels: 3, background: '#8d949c' } });
    const places = [
      { input: one, left: 240, top: 215 },
      { input: one, left: 825, top: 250 },
    ];
    expect(await faces(await wall.composite(places).jpeg().toBuffer())).toBe(2);
  });

  it('none is seen on a landscape, or on what the portrait has below the chin', async () => {
    expect(await faces(landscape)).toBe(0);
    const suit = { left: 0, top: 500, width: 600, height: 300 };
    expect(await faces(await changed(portrait, (picture) => picture.extract(suit)))).toBe(0);
  });

  it('the specimens of selfies have one, also as the camera of the tests films them', async () => {
    for (const name of ['david-selfie.jpg', 'elena-selfie.jpg']) {
      const picture = await sample(name);
      expect([name, await faces(picture)]).toEqual([name, 1]);
      const filmed = { fit: 'contain', background: '#8d949c' } as const;
      expect([name, await faces(await changed(picture, (whole) => whole.resize(1280, 720, filmed)))]).toEqual([
        name,
        1,
      ]);
    }
  });

  it('are not looked for in a PDF, which is no selfie, nor where a zone was read', async () => {
    const { measures } = await look(pdf({ sheets: 1 }), 'application/pdf');
    expect(measures.map((sheet) => sheet.faces)).toEqual([undefined]);
    for (const name of ['david-passport.jpg', 'elena-id-card-back.jpg']) {
      expect([name, await faces(await sample(name))]).toEqual([name, undefined]);
    }
  });
});

/** What is said of faces where the page lies. */
function rules(seen: Inspection, bytes: Uint8Array, slot: string): string[] {
  return judged({ ...seen, bytes, mediaType: 'image/jpeg', slot }, 'sumsub')
    .filter(({ rule }) => /face|forSelfie/i.test(rule))
    .map(({ rule, severity }) => `${rule}, ${severity}`);
}

describe('what is said of it', () => {
  it('depends on where the page lies now: it was looked at once, whichever slot that was', async () => {
    const seen = await look(landscape);
    expect(rules(seen, landscape, BILL)).toEqual([]);
    expect(rules(seen, landscape, SELFIE)).toEqual(['page.noFace, warning']);
    const two = await beside(portrait, portrait);
    const both = await look(two);
    expect(rules(both, two, BILL)).toEqual([]);
    expect(rules(both, two, SELFIE)).toEqual(['page.severalFaces, warning']);
    expect(rules(await look(portrait), portrait, SELFIE)).toEqual([]);
  });

  it('is that it is a document, also where the portrait on it passes for a face', async () => {
    const card = await sample('elena-id-card-front.jpg');
    const seen = await look(card);
    expect(seen.measures[0]?.faces).toBe(1);
    expect(rules(seen, card, SELFIE)).toEqual(['page.documentForSelfie, warning']);
    const selfie = await sample('elena-selfie.jpg');
    expect(rules(await look(selfie), selfie, SELFIE)).toEqual([]);
  });
});
