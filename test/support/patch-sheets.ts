import sharp from 'sharp';

/** The six patch codes of Kodak's A-61599 by their bars, wide or narrow, from the leading edge. */
export const PATCHES = { 1: 'WWNN', 2: 'WNWN', 3: 'WNNW', 4: 'NWWN', 6: 'NNWW', T: 'NWNW' } as const;

export interface PatchSheet {
  readonly patch: keyof typeof PATCHES;
  /** Degrees clockwise. */
  readonly angle: number;
  readonly dpi: number;
  /** Deviation in inches. */
  readonly blur?: number;
  readonly paper?: string;
  readonly ink?: string;
}

/** An A4 sheet with a patch code near its leading edge, bars across, and print below it, as a scanner gives it. JPEG. */
export async function patchSheet({
  patch,
  angle,
  dpi,
  blur,
  paper = '#fff',
  ink = '#111',
}: PatchSheet): Promise<Buffer> {
  const inches = (length: number): number => Math.round(length * dpi);
  const filled = async (width: number, height: number): Promise<Buffer> =>
    sharp({ create: { width: inches(width), height: inches(height), channels: 3, background: ink } })
      .png()
      .toBuffer();
  const marks: { input: Buffer; left: number; top: number }[] = [];
  let top = 0.5;
  for (const bar of PATCHES[patch]) {
    const height = bar === 'W' ? 0.2 : 0.08;
    marks.push({ input: await filled(2.5, height), left: inches(2.9), top: inches(top) });
    top += height + 0.08;
  }
  for (let line = 0; line < 12; line += 1) {
    marks.push({ input: await filled(5.5 - (line % 3), 0.1), left: inches(1.2), top: inches(4 + 0.35 * line) });
  }
  const sheet = await sharp({ create: { width: inches(8.27), height: inches(11.69), channels: 3, background: paper } })
    .composite(marks)
    .png()
    .toBuffer();
  const turned = sharp(sheet).rotate(angle, { background: paper });
  return (blur === undefined ? turned : turned.blur(Math.max(0.3, blur * dpi))).jpeg({ quality: 75 }).toBuffer();
}
