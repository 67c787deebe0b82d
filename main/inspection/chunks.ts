/** The pieces that PNG and WebP files are made of. */

export interface Chunk {
  /** Four letters. */
  readonly type: string;
  readonly content: Buffer;
}

/** Of a PNG, to its end. The last is shorter than it says where the file is cut. */
export function* pngChunks(png: Buffer): Generator<Chunk> {
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at);
    yield { type: png.toString('latin1', at + 4, at + 8), content: png.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

/** Of a WebP, as above. */
export function* webpChunks(webp: Buffer): Generator<Chunk> {
  for (let at = 12; at + 8 <= webp.length;) {
    const length = webp.readUInt32LE(at + 4);
    yield { type: webp.toString('latin1', at, at + 4), content: webp.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

/** Whether a PNG holds more pictures than one, to be shown one after the other (APNG): data of a frame beside its own. */
export function isAnimatedPng(png: Uint8Array): boolean {
  for (const { type } of pngChunks(Buffer.from(png.buffer, png.byteOffset, png.byteLength))) {
    if (type === 'fdAT') return true;
  }
  return false;
}
