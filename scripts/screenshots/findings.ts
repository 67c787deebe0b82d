import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { sample } from '../../test/support/samples.ts';
import { identityFlow, importFiles, newCustomer, whenInspected } from './customers.ts';
import { EVERY_MODE } from './modes.ts';
import { call, pause } from './window.ts';

/** A customer whose pages have something wrong with them. */
interface Case {
  readonly name: string;
  readonly provider: 'persona' | 'personr';
  readonly pages: readonly { readonly slot: string; readonly file: () => Promise<Buffer> }[];
}

const PASSPORT = 'identity/passport/single';
const FRONT = 'identity/id_card/front';
const BACK = 'identity/id_card/back';

/** White in the middle, fading out: a lamp on the glass. */
const LAMP = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><defs><radialGradient id="g">
    <stop offset="0.5" stop-color="#fff"/><stop offset="0.8" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
    <ellipse cx="900" cy="520" rx="260" ry="190" fill="url(#g)"/></svg>`,
);

/** A specimen with something done to it, as JPEG. */
async function made(name: string, give: (picture: Sharp) => Sharp): Promise<Buffer> {
  return give(sharp(await sample(name)))
    .jpeg({ quality: 88 })
    .toBuffer();
}

function passport(name: string, give: (picture: Sharp) => Sharp, provider: Case['provider'] = 'personr'): Case {
  return { name, provider, pages: [{ slot: PASSPORT, file: () => made('david-passport.jpg', give) }] };
}

const card = (give: (picture: Sharp) => Sharp) => () => made('bruno-id-card-front.jpg', give);

function casesOf(): Case[] {
  const paper = { width: 1240, height: 1754, channels: 3 as const, background: '#f7f7f5' };
  const thumb = { create: { width: 380, height: 90, channels: 3 as const, background: '#c9957c' } };
  return [
    passport('blank', () => sharp({ create: paper })),
    passport('low-resolution', (picture) => picture.resize(500)),
    passport('blurred', (picture) => picture.blur(6)),
    passport('glare', (picture) => picture.composite([{ input: LAMP }])),
    passport('dark', (picture) => picture.linear(0.3, 0)),
    passport('overexposed', (picture) => picture.linear(1.35, 0)),
    passport('faint', (picture) => picture.linear(0.2, 190)),
    {
      name: 'cut',
      provider: 'personr',
      pages: [
        { slot: FRONT, file: card((picture) => picture.extract({ left: 300, top: 0, width: 1340, height: 1146 })) },
      ],
    },
    passport('grey', (picture) => picture.greyscale()),
    passport('grey', (picture) => picture.greyscale().modulate({ brightness: 0.99 }), 'persona'),
    passport('zone', (picture) => picture.composite([{ input: thumb, left: 900, top: 950 }])),
    {
      name: 'same-image',
      provider: 'persona',
      pages: [
        { slot: FRONT, file: card((picture) => picture) },
        { slot: BACK, file: card((picture) => picture.resize(1400)) },
      ],
    },
    {
      name: 'back-for-front',
      provider: 'personr',
      pages: [{ slot: FRONT, file: () => sample('elena-id-card-back.jpg') }],
    },
    {
      name: 'passport-for-card',
      provider: 'personr',
      pages: [{ slot: FRONT, file: () => sample('felix-passport.jpg') }],
    },
    {
      name: 'card-for-passport',
      provider: 'personr',
      pages: [{ slot: PASSPORT, file: () => sample('bruno-id-card-back.jpg') }],
    },
    { name: 'alike', provider: 'persona', pages: [{ slot: FRONT, file: card((picture) => picture.rotate(180)) }] },
    { name: 'duplicate', provider: 'persona', pages: [{ slot: FRONT, file: card((picture) => picture) }] },
  ];
}

async function capture(
  app: ElectronApplication,
  window: Page,
  folder: string,
  { name, provider, pages }: Case,
  batchId: string,
): Promise<string> {
  const submissionId = await newCustomer(window, await identityFlow(window, provider), { batchId });
  if (pages[0]?.slot === FRONT) {
    const document = { requirementId: 'identity', documentType: 'id_card', country: 'AUS' } as const;
    await call(window, 'submission.setDocument', { submissionId, ...document });
  }
  for (const [index, { slot, file }] of pages.entries()) {
    const path = join(folder, `${name}-${index + 1}.jpg`);
    await writeFile(path, await file());
    await importFiles(app, window, [path], { submissionId, slot });
    await whenInspected(window, submissionId);
  }
  return submissionId;
}

/**
 * Photographs what the desk says of each finding in a picture, in the real window, and puts the pieces below each other in
 * `findings-<light or dark>.png`.
 */
export async function findEverything(app: ElectronApplication, window: Page, folder: string): Promise<void> {
  const files = mkdtempSync(join(tmpdir(), 'satchel-screenshots-findings-'));
  const { batchId } = await call(window, 'batch.create', {});
  const shots = new Map<string, Buffer[]>();
  const modes = EVERY_MODE.slice(0, 2);
  for (const one of casesOf()) {
    const submissionId = await capture(app, window, files, one, batchId);
    await window.evaluate((hash) => {
      globalThis.location.hash = hash;
    }, `#/capture/${submissionId}`);
    await pause(1_200);
    // The last page of the customer is the one that something is said of.
    const side = one.pages.at(-1)?.slot.endsWith('/back') === true ? /back/i : /passport|front/i;
    const slots = window.getByRole('complementary', { name: 'Documents wanted' });
    // The choice of the document has its name as well, above the slot.
    await slots.getByRole('button', { name: side }).last().click();
    const section = window.locator('section[aria-labelledby="capture-findings"]');
    await section.waitFor();
    for (const { name, media } of modes) {
      await window.emulateMedia(media);
      await pause(250);
      shots.set(name, [...(shots.get(name) ?? []), await section.screenshot()]);
    }
    // The same passport under every fault: what is said of its number is said elsewhere.
    if (one.name !== 'same-image') {
      await call(window, 'submission.void', { submissionId, reason: 'photographed' });
    }
    process.stdout.write(`finding: ${one.name}\n`);
  }
  for (const [mode, pieces] of shots) await sheetOf(pieces, join(folder, `findings-${mode}.png`));
  rmSync(files, { recursive: true, force: true });
}

const COLUMNS = 3;
const GAP = 12;

/** Pieces in columns of about the same height. */
async function sheetOf(pieces: readonly Buffer[], path: string): Promise<void> {
  const sizes = await Promise.all(pieces.map((piece) => sharp(piece).metadata()));
  const width = Math.max(...sizes.map((size) => size.width));
  const bottoms = Array.from({ length: COLUMNS }, () => GAP);
  const placed = pieces.map((input, index) => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const top = bottoms[column] ?? GAP;
    bottoms[column] = top + (sizes[index]?.height ?? 0) + GAP;
    return { input, left: GAP + column * (width + GAP), top };
  });
  const size = { width: GAP + COLUMNS * (width + GAP), height: Math.max(...bottoms) };
  await sharp({ create: { ...size, channels: 3, background: '#8a929a' } })
    .composite(placed)
    .png()
    .toFile(path);
}
