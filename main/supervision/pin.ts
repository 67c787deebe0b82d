import { scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** scrypt's cost: block size 8 and 32 MiB, three times over (OWASP's Password Storage Cheat Sheet names N=2^15, r=8, p=3). */
export interface PinCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}
export const PIN_COST: PinCost = { N: 2 ** 15, r: 8, p: 3 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** What is kept of a PIN; it carries its own cost, so that a later version may ask for more. */
export const PinRecord = z.strictObject({
  version: z.literal(1),
  N: z.number().int(),
  r: z.number().int(),
  p: z.number().int(),
  salt: z.base64(),
  hash: z.base64(),
});
export type PinRecord = z.infer<typeof PinRecord>;

/** Works off the main thread for about a third of a second. */
function hash(pin: string, salt: Uint8Array, { N, r, p }: PinCost): Promise<Buffer> {
  // Node's own limit, 32 MiB, is just too little for what scrypt takes beside its one large array.
  const options = { N, r, p, maxmem: 2 * 128 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

export async function recordPin(
  pin: string,
  random: (byteLength: number) => Uint8Array,
  cost: PinCost,
): Promise<PinRecord> {
  const salt = random(SALT_BYTES);
  const key = await hash(pin, salt, cost);
  const { N, r, p } = cost;
  return { version: 1, N, r, p, salt: Buffer.from(salt).toString('base64'), hash: key.toString('base64') };
}

/** Takes as long for a wrong PIN as for the right one. */
export async function isPin(pin: string, record: PinRecord): Promise<boolean> {
  const expected = Buffer.from(record.hash, 'base64');
  const actual = await hash(pin, Buffer.from(record.salt, 'base64'), record);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
