import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { networkOf } from './network.ts';
import type { Weights } from './network.ts';

const PackedNetwork = z.object({
  sha256: z.string(),
  scales: z.array(z.number()),
  /** Base64 of little-endian 16-bit integers, layer after layer; each layer has its own scale. */
  data: z.string(),
});

/** assets/mrz/reader.json, as `npm run mrz:train` writes it: what the networks were trained with, and their weights. */
const ReaderFile = z.object({ networks: z.array(PackedNetwork).min(1) });

const BYTES = 2;

function unpacked({ scales, data, sha256 }: z.infer<typeof PackedNetwork>): Weights {
  const bytes = Buffer.from(data, 'base64');
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('the MRZ reader file is damaged');
  let at = 0;
  let index = 0;
  return networkOf((_, length) => {
    const scale = scales[index] ?? 0;
    const start = at;
    at += length * BYTES;
    index += 1;
    return Float32Array.from({ length }, (_value, place) => bytes.readInt16LE(start + place * BYTES) * scale);
  });
}

/** Reads the networks' weights. Throws when the file is missing, is not what was trained, or does not fit the network. */
export function readNetworks(file: URL): readonly Weights[] {
  return ReaderFile.parse(JSON.parse(readFileSync(file, 'utf8'))).networks.map(unpacked);
}
