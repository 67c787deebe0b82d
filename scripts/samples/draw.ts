import sharp from 'sharp';
import type { SampleFile } from './catalogue.ts';
import type { Drawing } from './documents.ts';
import { markJpeg, markPng, pdfOfJpegs } from './files.ts';

/** Pixels per inch written into the images: the size at which the cards would have been scanned. */
const DENSITY = 300;

function jpegOf(drawing: Drawing, quality: number): Promise<Buffer> {
  return sharp(Buffer.from(drawing.svg))
    .flatten({ background: '#ffffff' })
    .withMetadata({ density: DENSITY })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
}

/** The bytes of one sample: the same on every run with the same fonts. */
export async function drawSample(sample: SampleFile): Promise<Buffer> {
  const [first] = sample.sheets;
  if (first === undefined) throw new Error(`${sample.file} has no sheet`);
  if (sample.file.endsWith('.pdf')) {
    const pages: { jpeg: Buffer; widthPixels: number; heightPixels: number }[] = [];
    for (const sheet of sample.sheets) {
      const { widthPixels, heightPixels } = sheet;
      pages.push({ jpeg: await jpegOf(sheet, 72), widthPixels, heightPixels });
    }
    return pdfOfJpegs(pages, sample.decision);
  }
  if (sample.file.endsWith('.png')) {
    const png = await sharp(Buffer.from(first.svg))
      .flatten({ background: '#ffffff' })
      .png({ palette: true, colours: 128 })
      .toBuffer();
    return markPng(png, sample.decision);
  }
  return markJpeg(await jpegOf(first, 76), sample.decision);
}
