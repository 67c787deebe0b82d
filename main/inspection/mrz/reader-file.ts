import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { SHAPES } from './network.ts';
import type { Weights } from './network.ts';

/** assets/mrz/reader.json, as `npm run mrz:train` writes it: what it was trained with, and the weights. */
const ReaderFile = z.object({
  seed: z.number().int(),
  sha256: z.string(),
  scales: z.array(z.number()),
  /** Base64 of little-endian 16-bit integers, layer after layer; each layer has its own scale. */
  data: z.string(),
});

const BYTES = 2;

/** Reads the network's weights. Throws when the file is missing, is not what was trained, or does not fit the network. */
export function readWeights(file: URL): Weights {
  const { scales, data, sha256 } = ReaderFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const bytes = Buffer.from(data, 'base64');
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('the MRZ reader file is damaged');
  let at = 0;
  const layer = (name: keyof Weights): Float32Array => {
    const scale = scales[Object.keys(SHAPES).indexOf(name)] ?? 0;
    const values = Float32Array.from(
      { length: SHAPES[name] },
      (_, index) => bytes.readInt16LE(at + index * BYTES) * scale,
    );
    at += SHAPES[name] * BYTES;
    return values;
  };
  return {
    conv1: layer('conv1'),
    bias1: layer('bias1'),
    conv2: layer('conv2'),
    bias2: layer('bias2'),
    full: layer('full'),
    fullBias: layer('fullBias'),
    out: layer('out'),
    outBias: layer('outBias'),
  };
}
