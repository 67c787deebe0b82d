import { randomBytes } from 'node:crypto';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import {
  animatedPng,
  encryptedPdf,
  film,
  jpeg,
  labTiff,
  pdf,
  png,
  protectedPdf,
  surrounded,
  tiff,
  webp,
} from '../../../test/integration/capture/files.ts';
import { withFiller } from '../../../test/support/pictures.ts';
import { sample } from '../../../test/support/samples.ts';
import { BILL, PASSPORT, SELFIE, brought } from './case.ts';
import type { ComingFile, FindingCase } from './case.ts';
import { changed } from './pictures.ts';

const file = (name: string, slot: string, bytes: ComingFile['bytes']): ComingFile => ({ name, slot, bytes });

/** More sheets than are looked at, the last of them spoiled: only making another form of it tells. */
async function spoiledTiff(): Promise<Buffer> {
  const file = await tiff(Array.from({ length: 14 }, () => '#d8e4ee'));
  const at = Math.floor(0.97 * file.length);
  return file.fill(0xff, at, at + 300);
}

/** A picture with an end mark in its middle. */
async function halfJpeg(): Promise<Buffer> {
  const whole = await sample('david-passport.jpg');
  return Buffer.concat([whole.subarray(0, whole.length >> 1), Buffer.from([0xff, 0xd9])]);
}

const hugePng = () =>
  sharp({ create: { width: 11_000, height: 9_600, channels: 3, background: '#dde' } })
    .png()
    .toBuffer();

async function pdfWithoutSheet(): Promise<Uint8Array> {
  return (await PDFDocument.create()).save({ addDefaultPage: false });
}

/** A PDF with something large beside its sheet. */
async function largePdf(byteLength: number): Promise<Uint8Array> {
  const made = await PDFDocument.load(await sample('amelie-utility-bill.pdf'));
  // Zeros would be packed into nothing.
  await made.attach(randomBytes(byteLength), 'archive.bin', { mimeType: 'application/octet-stream' });
  return made.save();
}

/** A PDF in the place of a passport of which Persona wants a photo. */
function photographed(rule: string, bytes: ComingFile['bytes']): FindingCase {
  return {
    rules: [rule],
    bring: async (desk) => {
      const passport = file('passport.pdf', PASSPORT, bytes);
      const submissionId = await desk.customer({ provider: 'persona', flow: 'photos', files: [passport] });
      await desk.show(rule, { submissionId, station: PASSPORT });
    },
  };
}

/** What a file is: its type, size and number of sheets, and whether it opens. */
export const FILES: readonly FindingCase[] = [
  brought(['page.damaged'], 'personr', file('david-passport.jpg', PASSPORT, halfJpeg)),
  brought(['page.notConvertible', 'personr.file.type'], 'personr', file('fax.tif', BILL, spoiledTiff)),
  brought(['persona.file.type'], 'persona', file('fax.tif', BILL, spoiledTiff)),
  brought(['sumsub.file.type'], 'sumsub', file('fax.tif', BILL, spoiledTiff)),
  brought(
    ['page.tooManySheets'],
    'personr',
    file('archive.tif', BILL, () => tiff(Array.from({ length: 51 }, () => '#d8e4ee'))),
  ),
  brought(['page.foreignTiff'], 'personr', file('bill.tif', BILL, labTiff)),
  brought(['page.animated'], 'personr', file('passport.png', PASSPORT, animatedPng)),
  brought(
    ['page.filmWithin'],
    'personr',
    file('passport.jpg', PASSPORT, async () => Buffer.concat([await sample('david-passport.jpg'), film(2_400_000)])),
  ),
  brought(['page.tooManyPixels'], 'personr', file('poster.png', PASSPORT, hugePng)),
  brought(['pdf.encrypted'], 'personr', file('statement.pdf', BILL, encryptedPdf)),
  brought(
    ['pdf.several'],
    'personr',
    file('bills.pdf', BILL, async () => Buffer.concat([await sample('amelie-utility-bill.pdf'), pdf()])),
  ),
  brought(
    ['pdf.sentAlone'],
    'personr',
    file('bill.pdf', BILL, async () => surrounded(await sample('amelie-utility-bill.pdf'))),
  ),
  brought(['pdf.noSheets'], 'personr', file('statement.pdf', BILL, pdfWithoutSheet)),
  brought(
    ['slot.needsPicture'],
    'personr',
    file('selfie.pdf', SELFIE, () => pdf()),
  ),
  brought(
    ['page.wrongExtension'],
    'personr',
    file('bill.jpg', BILL, () => sample('amelie-utility-bill.pdf')),
  ),
  brought(
    ['persona.sentAs'],
    'persona',
    file('bill.webp', BILL, () => webp()),
  ),
  brought(
    ['personr.sentAs'],
    'personr',
    file('fax.tif', BILL, () => tiff(['#d8e4ee', '#eee4d8'])),
  ),
  brought(
    ['sumsub.sentAs'],
    'sumsub',
    file('fax.tif', BILL, () => tiff(['#d8e4ee', '#eee4d8'])),
  ),
  brought(
    ['persona.sentSmaller'],
    'persona',
    file('scan.png', PASSPORT, () => png({ width: 2600, height: 2000 })),
  ),
  photographed('persona.photo.wanted', pdfWithoutSheet),
  photographed('persona.photo.severalSheets', () => pdf({ sheets: 2 })),
  photographed('persona.sentAsPicture', () => pdf()),
  brought(
    ['personr.sentUnlocked'],
    'personr',
    file('statement.pdf', BILL, () => protectedPdf()),
  ),
  brought(
    ['sumsub.sentUnlocked'],
    'sumsub',
    file('statement.pdf', BILL, () => protectedPdf()),
  ),
  ...(['persona', 'personr', 'sumsub'] as const).map((provider) =>
    brought(
      [`${provider}.file.encrypted`],
      provider,
      file('statement.pdf', BILL, () => protectedPdf({ sheets: 2 })),
    ),
  ),
  brought(
    ['page.editorNamed'],
    'personr',
    changed('david-passport.jpg', PASSPORT, (picture) =>
      picture.withExif({ IFD0: { Software: 'Adobe Photoshop 26.1 (Windows)' } }),
    ),
  ),
  brought(
    ['persona.file.tooSmall'],
    'persona',
    changed('david-passport.jpg', PASSPORT, (picture) => picture.resize(180)),
  ),
  brought(
    ['persona.file.tooLarge'],
    'persona',
    file('david-passport.jpg', PASSPORT, async () => withFiller(await jpeg(), 17_400_000)),
  ),
  brought(
    ['personr.file.tooLarge'],
    'personr',
    file('bill.pdf', BILL, () => largePdf(71_000_000)),
  ),
  brought(
    ['sumsub.file.tooLarge'],
    'sumsub',
    file('bill.pdf', BILL, () => largePdf(71_000_000)),
  ),
];
