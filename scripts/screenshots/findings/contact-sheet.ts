import sharp from 'sharp';
import type { OverlayOptions } from 'sharp';
import type { Shot } from './desk.ts';

const COLUMNS = 3;
const GAP = 12;
const LABEL_HEIGHT = 20;
const BACKGROUND = '#8a929a';

/** The rule's name above its picture. */
function label(rule: string, width: number): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${LABEL_HEIGHT}">` +
      `<text x="1" y="15" font-family="Liberation Mono, DejaVu Sans Mono, monospace" font-size="12.5" fill="#101418">${rule}</text></svg>`,
  );
}

/** Writes sentences with their rules into one picture, in columns of about the same height. */
export async function contactSheet(shots: readonly Shot[], path: string): Promise<void> {
  const sizes = await Promise.all(shots.map(({ picture }) => sharp(picture).metadata()));
  const width = Math.max(...sizes.map((size) => size.width));
  const bottoms = Array.from({ length: COLUMNS }, () => GAP);
  const placed = shots.flatMap(({ rule, picture }, index): OverlayOptions[] => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const top = bottoms[column] ?? GAP;
    const left = GAP + column * (width + GAP);
    bottoms[column] = top + LABEL_HEIGHT + (sizes[index]?.height ?? 0) + GAP;
    return [
      { input: label(rule, width), left, top },
      { input: picture, left, top: top + LABEL_HEIGHT },
    ];
  });
  const size = { width: GAP + COLUMNS * (width + GAP), height: Math.max(...bottoms) };
  await sharp({ create: { ...size, channels: 3, background: BACKGROUND } })
    .composite(placed)
    .png({ palette: true })
    .toFile(path);
}
