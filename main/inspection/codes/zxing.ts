import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { ReaderOptions } from 'zxing-wasm/reader';
import type { Grey } from '../mrz/index.ts';

const require = createRequire(import.meta.url);

let preparing: Promise<unknown> | undefined;

/** Out of the package itself: left alone, it would fetch the file from a network. */
async function prepare(): Promise<void> {
  const file = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = new Uint8Array(file).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** 0xff000000 as the processor's own whole number: as a larger one it would be a double for each pixel. */
const OPAQUE = -0x1000000;

/** zxing takes colours; of a grey picture all three are the same. */
function inColour({ data, width, height }: Grey): {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
  colorSpace: 'srgb';
} {
  const words = new Int32Array(width * height);
  for (let at = 0; at < words.length; at += 1) words[at] = OPAQUE | ((data[at] ?? 0) * 0x010101);
  return { data: new Uint8ClampedArray(words.buffer), width, height, colorSpace: 'srgb' };
}

/**
 * Texts of the codes on a picture, control characters kept. zxing-cpp finds a PDF417 only within two degrees of level; a QR
 * code may lie in any direction.
 */
export async function readCodesOf(
  picture: Grey,
  options: Pick<ReaderOptions, 'formats' | 'tryRotate'>,
): Promise<string[]> {
  preparing ??= prepare();
  await preparing;
  const found = await readBarcodes(inColour(picture), { tryInvert: false, textMode: 'Plain', ...options });
  return found.map(({ text }) => text);
}
