import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInspection } from '../../../main/inspection/index.ts';
import type { InspectionPort } from '../../../main/inspection/index.ts';
import type { MediaType } from '../../../shared/domain/index.ts';
import { findingsFor } from '../../support/findings.ts';
import { sample, SAMPLES_FOLDER } from '../../support/samples.ts';
import { drawing } from '../../support/vectors.ts';
import { pdf } from '../capture/files.ts';

const MEDIA_TYPES: Readonly<Record<string, MediaType>> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.pdf': 'application/pdf',
};

/** A reflection: white in the middle, fading out. */
const LAMP = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><defs><radialGradient id="g">
  <stop offset="0" stop-color="#fff"/><stop offset="0.5" stop-color="#fff"/><stop offset="0.8" stop-color="#fff" stop-opacity="0"/>
  </radialGradient></defs><ellipse cx="900" cy="520" rx="260" ry="190" fill="url(#g)"/></svg>`;
const LINE = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754">
  <text x="300" y="400" font-size="30">Paid in full, thank you</text></svg>`;

let inspection: InspectionPort;
let passport: Buffer;
let card: Buffer;
let lamp: Buffer;
let line: Buffer;
beforeAll(async () => {
  lamp = await drawing(() => sharp(Buffer.from(LAMP)).png().toBuffer());
  line = await drawing(() => sharp(Buffer.from(LINE)).png().toBuffer());
  inspection = createInspection({ workers: 1, now: () => Date.UTC(2026, 10, 26) });
  passport = await sample('david-passport.jpg');
  card = await sample('bruno-id-card-front.jpg');
});
afterAll(async () => {
  await inspection.close();
});

/** The rules that find something in a page that lies in the slot, from its bytes. */
async function rulesOf(slot: string, bytes: Uint8Array, mediaType: MediaType = 'image/jpeg'): Promise<string[]> {
  const findings = await findingsFor(inspection, { slot, bytes, mediaType });
  return findings.map(({ rule, severity }) => (severity === 'warning' ? rule : `${rule}, ${severity}`));
}

const PASSPORT = 'identity/passport/single';
const CARD = 'identity/id_card/front';
const BILL = 'address/utility_bill/single';

const withFault = async (picture: Buffer, fault: (picture: Sharp) => Sharp): Promise<Buffer> =>
  fault(sharp(picture)).jpeg({ quality: 90 }).toBuffer();

describe('what is found on a page, from its bytes to the rules', () => {
  it('is nothing on the specimens', async () => {
    const names = (await readdir(SAMPLES_FOLDER, { recursive: true })).filter((name) => extname(name) in MEDIA_TYPES);
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const type = /passport|selfie|utility-bill|bank-statement|id-card|driving-licence/.exec(name)?.[0] ?? '';
      const slot = `any/${type.replace('-', '_')}/single`;
      const bytes = await sample(name);
      expect([name, ...(await rulesOf(slot, bytes, MEDIA_TYPES[extname(name)]))]).toEqual([name]);
    }
  });

  it('is a fault when there is one', async () => {
    const dark = await withFault(passport, (picture) => picture.linear(0.3, 0));
    expect(await rulesOf(PASSPORT, dark)).toContain('page.dark');
    const faint = await withFault(passport, (picture) => picture.linear(0.2, 190));
    expect(await rulesOf(PASSPORT, faint)).toContain('page.faint');
    const white = await withFault(passport, (picture) => picture.linear(1.35, 0));
    expect(await rulesOf(PASSPORT, white)).toContain('page.overexposed');
    const blurred = await withFault(passport, (picture) => picture.blur(5));
    expect(await rulesOf(PASSPORT, blurred)).toContain('page.blurred');
    const shining = await withFault(passport, (picture) => picture.composite([{ input: lamp }]));
    expect(await rulesOf(PASSPORT, shining)).toContain('page.glare');
    const small = await withFault(passport, (picture) => picture.resize(500));
    expect(await rulesOf(PASSPORT, small)).toEqual(['page.lowResolution']);
    const cut = await withFault(card, (picture) => picture.extract({ left: 300, top: 0, width: 1340, height: 1146 }));
    expect(await rulesOf(CARD, cut)).toEqual(['page.cut']);
    const grey = await withFault(card, (picture) => picture.greyscale());
    expect(await rulesOf(CARD, grey)).toEqual(['personr.page.blackAndWhite']);
    // Bills come from offices that print in black.
    expect(await rulesOf(BILL, grey)).toEqual([]);
  });

  it('is a page without anything on it: it stops in a slot, whatever the paper is like', async () => {
    const paper = { width: 1240, height: 1754, channels: 3 as const };
    const noise = { type: 'gaussian', mean: 240, sigma: 6 } as const;
    const blank = await sharp({ create: { ...paper, background: '#fff', noise } })
      .jpeg()
      .toBuffer();
    expect(await rulesOf(BILL, blank)).toEqual(['page.blank, blocking']);
    const short = await sharp(blank)
      .composite([{ input: line }])
      .jpeg()
      .toBuffer();
    expect(await rulesOf(BILL, short)).toEqual([]);
  });

  it('is on one of several sheets, which is named', async () => {
    const bill = await sample('clara-utility-bill.pdf');
    const findings = await findingsFor(inspection, { slot: BILL, bytes: bill, mediaType: 'application/pdf' });
    expect(findings).toEqual([]);
    const faint = pdf({ sheets: 2, colour: [0.1, 0.1, 0.1] });
    const [found] = await findingsFor(inspection, { slot: BILL, bytes: faint, mediaType: 'application/pdf' });
    expect(found).toMatchObject({ rule: 'page.dark', params: { file: 'scan (1/2)' } });
  });
});
