import type { Sharp } from 'sharp';
import type { Grey } from '../../main/inspection/mrz/picture.ts';

/** A picture's pixels in grey. Throws when it cannot be decoded to its end. */
export async function greyOf(picture: Sharp): Promise<Grey> {
  const { data, info } = await picture.greyscale().toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
