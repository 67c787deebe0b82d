import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { Inspection, InspectionPort } from '../../../main/inspection/index.ts';
import type { MediaType } from '../../../shared/domain/index.ts';
import { onGlass } from '../../support/glass.ts';
import { sample } from '../../support/samples.ts';

let inspection: InspectionPort;
beforeAll(() => {
  inspection = createInspection({ workers: 1, now: () => Date.UTC(2026, 10, 26) });
});
afterAll(async () => {
  await inspection.close();
});

/** What people are shown of a file's first sheet, and what inspection said about it. */
async function shown(
  bytes: Buffer,
  mediaType: MediaType = 'image/jpeg',
): Promise<{ picture: Buffer; seen: Inspection }> {
  const file = { mediaType, read: () => Promise.resolve(new Uint8Array(bytes)) };
  const seen = await inspection.inspect(file);
  const view = seen.measures[0]?.view;
  const picture = await inspection.preview({ ...file, sheet: 1, rotation: 0, view, maxPixels: 800 });
  if (picture === null) throw new Error('nothing can be shown');
  return { picture: Buffer.from(picture), seen };
}

/** What would tell a wrong place from a wrong picture, should one be shown. */
async function told(picture: Uint8Array, seen: Inspection): Promise<string> {
  const { width, height } = await sharp(picture).metadata();
  const { dominant, channels } = await sharp(picture).stats();
  const means = channels.map(({ mean }) => Math.round(mean)).join(' ');
  return `${width}×${height}, means ${means}, mostly ${Object.values(dominant).join(' ')}, ${JSON.stringify(seen.measures[0]?.view)}`;
}

/** How far two pictures differ in the mean, in levels of grey, when laid over each other. */
async function difference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((bytes) => sharp(bytes).greyscale().resize(96, 64, { fit: 'fill' }).blur(1).raw().toBuffer()),
  );
  if (a === undefined || b === undefined) throw new Error('two pictures');
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}

async function shape(picture: Uint8Array): Promise<number> {
  const { width, height } = await sharp(picture).metadata();
  return width / height;
}

/** A bill as a scanner gives it: print on white up to the edges. */
async function sheetOfPrint(): Promise<Buffer> {
  const bill = new Uint8Array(await sample('amelie-utility-bill.pdf'));
  const read = () => Promise.resolve(bill);
  const drawn = await inspection.preview({
    mediaType: 'application/pdf',
    read,
    sheet: 1,
    rotation: 0,
    maxPixels: 2_400,
  });
  if (drawn === null) throw new Error('the sample cannot be drawn');
  return Buffer.from(drawn);
}

/** Levels of grey apart in the mean: another picture, or the same one upside down, is more than 10 apart. */
const SAME = 5;

describe('the working copy that people are shown', () => {
  it('is the card alone, straight, wherever and however it lay on the glass', async () => {
    const card = await sample('bruno-id-card-front.jpg');
    const straight = await shown(await onGlass(card, 0));
    expect(straight.seen.measures[0]?.view?.turn).toBeCloseTo(0);
    // With a narrow rim, so that people see whether the edges are whole.
    expect(await shape(straight.picture)).toBeCloseTo(await shape(card), 1);
    expect(await difference(straight.picture, card)).toBeLessThan(20);
    for (const angle of [4, -11, 20, 40]) {
      const { picture, seen } = await shown(await onGlass(card, angle));
      expect(Math.abs((seen.measures[0]?.view?.turn ?? 0) + angle), `turned by ${angle}`).toBeLessThan(0.5);
      const off = await difference(picture, straight.picture);
      expect(off, `turned by ${angle}: ${await told(picture, seen)}`).toBeLessThan(SAME);
      expect(await shape(seen.thumbnail ?? new Uint8Array()), 'the small picture').toBeCloseTo(await shape(card), 1);
    }
  });

  it('is upright where a machine-readable zone tells which way that is', async () => {
    const card = await sample('elena-id-card-back.jpg');
    const { picture: straight } = await shown(await onGlass(card, 0));
    const upsideDown = await sharp(straight).rotate(180).toBuffer();
    expect(await difference(upsideDown, straight)).toBeGreaterThan(2 * SAME);
    for (const angle of [90, 180, 270, 33, 236]) {
      const { picture } = await shown(await onGlass(card, angle));
      expect(await difference(picture, straight), `turned by ${angle}`).toBeLessThan(SAME);
    }
  });

  it('is a sheet with its lines level, also of a scanned PDF', async () => {
    const bill = await sheetOfPrint();
    for (const angle of [2.5, -4]) {
      const askew = await sharp(bill).rotate(angle, { background: '#fff' }).jpeg({ quality: 90 }).toBuffer();
      const { seen } = await shown(askew);
      expect(Math.abs((seen.measures[0]?.view?.turn ?? 0) + angle), `turned by ${angle}`).toBeLessThan(0.3);
      const read = () => Promise.resolve(new Uint8Array(askew));
      const scanned = await inspection.convert({ mediaType: 'image/jpeg', read, to: 'application/pdf' });
      const inPdf = await shown(Buffer.from(scanned ?? ''), 'application/pdf');
      expect(inPdf.seen.measures[0]?.view?.turn).toBeCloseTo(seen.measures[0]?.view?.turn ?? 0, 0);
    }
  });

  it('is the sheet itself where nothing could be improved', async () => {
    for (const picture of [await sheetOfPrint(), await sample('david-selfie.jpg')]) {
      const { seen } = await shown(picture);
      expect(seen.measures).toHaveLength(1);
      expect(seen.measures[0]?.view).toBeUndefined();
    }
  });
});
