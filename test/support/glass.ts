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

const WIDE = 1_240;

/** Documents on one glass, each below the one before, somewhat askew and of one width. JPEG. */
export async function together(documents: readonly Buffer[]): Promise<Buffer> {
  const laid = await Promise.all(
    documents.map((document, index) =>
      sharp(document)
        .resize({ width: WIDE })
        .rotate(index % 2 === 0 ? 1.5 : -1, { background: LID })
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  let height = 60;
  const input = laid.map(({ data, info }, index) => {
    const top = height;
    height += info.height + 60;
    return { input: data, left: 60 + 40 * index, top };
  });
  const width = WIDE + 300;
  return sharp({ create: { width, height, channels: 3, background: LID } })
    .composite(input)
    .jpeg({ quality: 90 })
    .toBuffer();
}
