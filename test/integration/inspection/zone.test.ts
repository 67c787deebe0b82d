import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { InspectedZone, InspectionPort } from '../../../main/inspection/index.ts';
import { readPage } from '../../../main/inspection/mrz/index.ts';
import type { Pyramid } from '../../../main/inspection/mrz/index.ts';
import { looksAt } from '../../../main/inspection/mrz/looks.ts';
import { CHARACTERS, CLASSES } from '../../../main/inspection/mrz/network.ts';
import { readNetworks } from '../../../main/inspection/mrz/reader-file.ts';
import {
  AS_IS,
  moved,
  recognise,
  recogniseAgain,
  upright,
  upsideDown,
} from '../../../main/inspection/mrz/recognise.ts';
import type { Recognised } from '../../../main/inspection/mrz/recognise.ts';
import { recogniseSettled } from '../../../main/inspection/mrz/settle.ts';
import type { FoundZone } from '../../../main/inspection/mrz/zones.ts';
import { openImage } from '../../../main/inspection/pictures.ts';
import { together } from '../../support/glass.ts';
import { sample } from '../../support/samples.ts';

let inspection: InspectionPort;
beforeAll(() => {
  inspection = createInspection({ workers: 1, now: () => Date.UTC(2026, 10, 26) });
});
afterAll(async () => {
  await inspection.close();
});

async function zoneOf(
  bytes: Uint8Array,
  mediaType: 'image/jpeg' | 'image/png' = 'image/jpeg',
): Promise<InspectedZone | undefined> {
  const seen = await inspection.inspect({ mediaType, read: () => Promise.resolve(bytes) });
  // Whatever the zone is, the page itself is sound.
  expect(seen.facts).toEqual([]);
  expect(seen.thumbnail).not.toBeNull();
  return seen.zone;
}

/** The documents' numbers in a picture of several; null for a zone that was seen only. */
async function numbersIn(documents: readonly Buffer[]): Promise<(string | null)[]> {
  const bytes = await together(documents);
  const seen = await inspection.inspect({ mediaType: 'image/jpeg', read: () => Promise.resolve(bytes) });
  const zones = seen.zone === undefined ? [] : [seen.zone, ...(seen.moreZones ?? [])];
  return zones.map(({ mrz }) => mrz?.documentNumber ?? null);
}

describe('the zone of a page, through the real worker', () => {
  it('is read from a passport, with its fields, place and resolution', async () => {
    const zone = await zoneOf(await sample('david-passport.jpg'));
    expect(zone?.mrz).toMatchObject({
      format: 'TD3',
      documentCode: 'P',
      issuer: 'UTO',
      familyName: 'SAMPLE',
      givenNames: 'DAVID EMIL',
      documentNumber: 'U5503918C',
      birthDate: { iso: '1969-07-23' },
      expiryDate: { iso: '2035-01-14' },
      sex: 'male',
      isValid: true,
    });
    expect(zone?.confidence.documentNumber).toBeGreaterThan(0.2);
    const { width, height } = await sharp(await sample('david-passport.jpg')).metadata();
    for (const { x, y } of zone?.corners ?? []) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(height / 2);
      expect(y).toBeLessThan(height);
    }
    // The sample's zone is drawn wider than a real one: its own pitch decides.
    expect(zone?.dpi).toBeGreaterThan(250);
  });

  it('is read from the back of a card, whichever way it lay on the glass', async () => {
    const card = await sample('elena-id-card-back.jpg');
    for (const angle of [0, 90, 180, 270, 4, 33, 236]) {
      const turned = await sharp(card).rotate(angle, { background: '#eee' }).jpeg({ quality: 90 }).toBuffer();
      const zone = await zoneOf(turned);
      expect(zone?.mrz, `turned by ${angle}`).toMatchObject({
        format: 'TD1',
        documentNumber: 'K31845520',
        familyName: 'PROBE',
      });
    }
  });

  it('is read in the pixels of the turned page when the file says that it is turned', async () => {
    const upright = await zoneOf(await sample('elena-id-card-back.jpg'));
    const lying = await sharp(await sample('elena-id-card-back.jpg'))
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const zone = await zoneOf(lying);
    expect(zone?.mrz?.documentNumber).toBe('K31845520');
    expect(Math.abs((zone?.corners[0]?.x ?? 0) - (upright?.corners[0]?.x ?? -99))).toBeLessThan(20);
  });

  it('is read from a document that is small in a large photograph of a table, whichever way it lies', async () => {
    const table = { create: { width: 4032, height: 3024, channels: 3 as const, background: '#7d8a94' } };
    for (const [name, wide, angle] of [
      ['elena-id-card-back.jpg', 400, 90],
      ['david-passport.jpg', 560, 38],
    ] as const) {
      const document = await sharp(await sample(name))
        .resize({ width: wide })
        .rotate(angle, { background: '#7d8a94' })
        .toBuffer();
      const photograph = await sharp(table)
        .composite([{ input: document, left: 2700, top: 700 }])
        .jpeg({ quality: 88 })
        .toBuffer();
      const zone = await zoneOf(photograph);
      expect(zone?.mrz?.isValid).toBe(true);
      // The corners are those in the whole photograph.
      for (const { x, y } of zone?.corners ?? []) {
        expect(x).toBeGreaterThan(2700);
        expect(x).toBeLessThan(3400);
        expect(y).toBeGreaterThan(700);
        expect(y).toBeLessThan(1400);
      }
    }
  });

  it('is said to be there when it cannot be read', async () => {
    const passport = await sample('david-passport.jpg');
    const whole = await zoneOf(passport);
    const [, , right, left] = whole?.corners ?? [];
    if (left === undefined || right === undefined) throw new Error('the zone was not found');
    // A finger over five characters of the lower line, the document number's last ones and its check digit among them.
    const finger = {
      width: Math.round((right.x - left.x) * 0.11),
      height: 60,
      channels: 3 as const,
      background: '#d9a58b',
    };
    const place = { left: Math.round(left.x + (right.x - left.x) * 0.12), top: Math.round(left.y - 50) };
    const covered = await sharp(passport)
      .composite([{ input: { create: finger }, ...place }])
      .jpeg({ quality: 90 })
      .toBuffer();
    const zone = await zoneOf(covered);
    expect(zone).toMatchObject({ mrz: null, confidence: {} });
    expect(Math.abs((zone?.dpi ?? 0) / (whole?.dpi ?? 1) - 1)).toBeLessThan(0.03);
  });

  it('is read of every document that lies in one picture, and only seen where it cannot be', async () => {
    const names = ['david-passport.jpg', 'elena-id-card-back.jpg', 'bruno-id-card-back.jpg'];
    const [passport, card, other] = await Promise.all(names.map(sample));
    if (passport === undefined || card === undefined || other === undefined) throw new Error('a specimen is missing');
    const all = await numbersIn([passport, card, other]);
    expect(new Set(all)).toEqual(new Set(['K20931746', 'K31845520', 'U5503918C']));
    expect(all).toHaveLength(3);
    expect(await numbersIn([passport, passport])).toEqual(['U5503918C', 'U5503918C']);
    expect(await numbersIn([card])).toEqual(['K31845520']);
    const { width, height } = await sharp(card).metadata();
    const finger = { create: { width: 100, height, channels: 3 as const, background: '#d9a58b' } };
    const held = await sharp(card)
      .composite([{ input: finger, left: Math.round(width * 0.3), top: 0 }])
      .toBuffer();
    expect(await numbersIn([held, passport])).toEqual(['U5503918C', null]);
  });

  it('is read of a document that lies askew beside another one', async () => {
    const turned = await sharp(await sample('elena-id-card-back.jpg'))
      .rotate(38, { background: '#c9ccd0' })
      .toBuffer();
    expect(await numbersIn([await sample('david-passport.jpg'), turned])).toEqual(['U5503918C', 'K31845520']);
  });

  it('is not seen on the front of a card, a selfie or an empty page', async () => {
    expect(await zoneOf(await sample('elena-id-card-front.jpg'))).toBeUndefined();
    expect(await zoneOf(await sample('felix-selfie.png'), 'image/png')).toBeUndefined();
    const empty = await sharp({ create: { width: 1240, height: 1754, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await zoneOf(empty, 'image/png')).toBeUndefined();
    const dot = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await zoneOf(dot, 'image/png')).toBeUndefined();
  });
});

async function pixelsOf(bytes: Uint8Array): Promise<Pyramid> {
  return (await (await openImage(bytes)).sheet(1)).pyramid();
}

/** The zone as the first look finds it. */
function foundIn(pyramid: Pyramid): FoundZone {
  const [found] = looksAt(pyramid).always[0]?.(() => false) ?? [];
  if (found === undefined) throw new Error('the zone was not found');
  return found;
}

describe('a zone that was found', () => {
  const networks = readNetworks(new URL('../../../assets/mrz/reader.json', import.meta.url));

  it('is turned the way it is read and gets the height that suits its characters', async () => {
    const pyramid = await pixelsOf(await sample('david-passport.jpg'));
    const found = foundIn(pyramid);
    const height = found.lines[0]?.h[0] ?? 0;
    // As blur and coarse pixels make it out, and more.
    const lines = found.lines.map(({ h: [atZero, rise], ...line }) => ({
      ...line,
      h: [1.45 * atZero, 1.45 * rise] as const,
    }));
    const tall = { ...found, lines };
    const way = upright(pyramid, networks, upsideDown(tall));
    expect(way.zone.lines[0]?.ux).toBeGreaterThan(0.99);
    expect(way.zone.lines[0]?.h[0]).toBeCloseTo(0.9 * 1.45 * height, 5);
    expect(way.sureness).toBeGreaterThan(-0.1);
  });

  it('is read once more from where its characters are surest, though its lines were found a little off', async () => {
    const blurred = await sharp(await sample('david-passport.jpg'))
      .blur(3)
      .jpeg()
      .toBuffer();
    const pyramid = await pixelsOf(blurred);
    const { zone } = upright(pyramid, networks, foundIn(pyramid));
    const [read] = readPage(pyramid, networks, '2026-11-26');
    const printed = read?.kind === 'read' ? read.mrz.lines : [];
    expect(printed).toHaveLength(2);
    const count = zone.last - zone.first + 1;
    expect(printed[0]).toHaveLength(count);
    /** The logarithm of the probability of the printed characters, the mean of all. */
    const surenessOf = ({ lines }: Recognised): number => {
      const scores = printed.flatMap((text, line) =>
        Array.from(text, (character, at) => lines[line]?.[at * CLASSES + CHARACTERS.indexOf(character)] ?? -30),
      );
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    };
    const middle = zone.first + count / 2;
    const off = { along: 0.08, down: -0.1, height: 1.08, shear: -0.06, stretch: -0.06, tilt: 0.1 };
    const astray = zone.lines.map((line) => moved(line, { ...AS_IS, ...off }, middle, count / 2));
    const once = recognise(pyramid, networks, astray, zone.first, count);
    const again = recogniseAgain(pyramid, networks, astray, once);
    const settled = recogniseSettled(pyramid, networks, astray, again);
    expect(surenessOf(again)).toBeLessThan(-0.25);
    expect(surenessOf(settled)).toBeGreaterThan(-0.16);
  });

  it('is read so where it was seen and not believed: small and blurred', async () => {
    const passport = await sample('amelie-passport.jpg');
    const small = await sharp(await sharp(passport).resize({ width: 290 }).png().toBuffer())
      .blur(1.1)
      .jpeg({ quality: 90 })
      .toBuffer();
    const [whole, tiny] = await Promise.all(
      [passport, small].map(async (bytes) => readPage(await pixelsOf(bytes), networks, '2026-11-26')[0]),
    );
    expect(tiny?.kind).toBe('read');
    expect(tiny).toMatchObject({ mrz: whole?.kind === 'read' ? whole.mrz : null });
  });
});
