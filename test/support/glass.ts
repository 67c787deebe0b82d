import sharp from 'sharp';

const LID = '#c9ccd0';

/** A document on the glass of a flatbed under a grey lid, turned clockwise by so many degrees, off the middle. JPEG. */
export async function onGlass(document: Buffer, angle: number): Promise<Buffer> {
  const turned = await sharp(document).resize({ width: 1_000 }).rotate(angle, { background: LID }).toBuffer();
  return sharp({ create: { width: 2_000, height: 2_800, channels: 3, background: LID } })
    .composite([{ input: turned, left: 220, top: 400 }])
    .jpeg({ quality: 90 })
    .toBuffer();
}
