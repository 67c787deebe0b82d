import { open } from 'node:fs/promises';
import { readJpegHeader } from './jpeg-header.ts';
import type { PictureHeader } from './picture-header.ts';
import { readPngHeader } from './png-header.ts';
import type { ScannedPage } from './port.ts';
import { readTiffHeader } from './tiff-header.ts';

/** Everything before the picture's own bytes; a longer head (an embedded colour profile) hides the resolution at worst. */
const HEAD_BYTES = 128 * 1024;

const READERS: Readonly<Record<ScannedPage['mediaType'], (head: Buffer) => PictureHeader | null>> = {
  'image/png': readPngHeader,
  'image/jpeg': readJpegHeader,
  'image/tiff': readTiffHeader,
};

/** Width and resolution from a file's head; null: it is no picture of that type. */
export async function readPictureHeader(
  path: string,
  mediaType: ScannedPage['mediaType'],
): Promise<PictureHeader | null> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(bytes, 0, HEAD_BYTES, 0);
    return READERS[mediaType](bytes.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
