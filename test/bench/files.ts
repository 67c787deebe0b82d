import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

/** The largest content of one JPEG comment: the length field counts itself and has two bytes. */
const MAX_COMMENT_BYTES = 65_533;
const COMMENT_HEADER_BYTES = 4;

/** A photograph-like JPEG of about 4 megapixels, a little under a megabyte. */
export function drawPhotograph(): Promise<Buffer> {
  return sharp({
    create: {
      width: 2400,
      height: 1700,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 24 },
    },
  })
    .jpeg({ quality: 65 })
    .toBuffer();
}

/** The same picture with comments in front until it has exactly `byteLength` bytes; no two are the same. */
export function padded(jpeg: Buffer, byteLength: number): Buffer {
  const pieces: Buffer[] = [jpeg.subarray(0, 2)];
  let missing = byteLength - jpeg.length;
  if (missing < COMMENT_HEADER_BYTES + 16) throw new Error(`bench: the picture has ${jpeg.length} bytes already`);
  while (missing > 0) {
    let size = Math.min(missing - COMMENT_HEADER_BYTES, MAX_COMMENT_BYTES);
    // What is left must have room for a comment of its own.
    if (missing - size - COMMENT_HEADER_BYTES > 0 && missing - size - COMMENT_HEADER_BYTES < 32) size -= 32;
    const header = Buffer.from([0xff, 0xfe, 0, 0]);
    header.writeUInt16BE(size + 2, 2);
    const content = Buffer.alloc(size);
    randomBytes(16).copy(content);
    pieces.push(header, content);
    missing -= size + COMMENT_HEADER_BYTES;
  }
  pieces.push(jpeg.subarray(2));
  return Buffer.concat(pieces);
}

/** A folder of `count` different JPEG files, written back to the disk so that no run pays for them. */
export async function makeFolder(folder: string, count: number, byteLength: number): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const jpeg = await drawPhotograph();
  for (let index = 0; index < count; index += 1) {
    writeFileSync(join(folder, `page-${String(index).padStart(4, '0')}.jpg`), padded(jpeg, byteLength));
  }
  spawnSync('sync', ['-f', folder]);
  return folder;
}

/** True when the program can be run here. */
export function isInstalled(program: string, versionArgument = '--version'): boolean {
  return spawnSync(program, [versionArgument], { stdio: 'ignore' }).error === undefined;
}
