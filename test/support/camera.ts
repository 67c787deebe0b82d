/** A camera for tests: Chromium's own, which plays a film of a drawn selfie. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { sample } from './samples.ts';

/** What it shows, in pixels. */
export const CAMERA_SIZE = { width: 1280, height: 720 };

/** Chromium's switches for a camera whose film is made in `folder`; the film is played for ever. */
export async function filmedCamera(folder: string): Promise<string[]> {
  const { width, height } = CAMERA_SIZE;
  const frame = await sharp(await sample('david-selfie.jpg'))
    .resize(width, height, { fit: 'contain', background: '#8d949c' })
    .jpeg({ quality: 90 })
    .toBuffer();
  const path = join(folder, 'selfie.mjpeg');
  writeFileSync(path, Buffer.concat(Array.from({ length: 10 }, () => frame)));
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`];
}
