/** Longest wait for anything that happens by itself. Generous: the machine may be busy with other things. */
export const PATIENCE_MS = Number(process.env['SATCHEL_TEST_PATIENCE_MS'] ?? 60_000);

/** A machine that stood still is no evidence: so many looks are taken however late it is. */
const FEWEST_LOOKS = 20;

const EVERY_MS = 100;
/**
 * After a look there is quiet for so many times as long as it took, unless the test says how often it looks: one into a window keeps four processes
 * busy, which what is waited for needs as well.
 */
const REST = 8;
const LONGEST_REST_MS = 500;

/**
 * Asks again and again until `read` answers something other than null, undefined or false. Throws with `what` and the last
 * error when it does not come to that.
 */
export async function until<Value>(
  what: string,
  read: () => Promise<Value | null | undefined | false> | Value | null | undefined | false,
  options: { patienceMs?: number; everyMs?: number } = {},
): Promise<Value> {
  const ends = performance.now() + (options.patienceMs ?? PATIENCE_MS);
  let lastError: unknown;
  for (let looks = 1; ; looks += 1) {
    const begun = performance.now();
    try {
      const value = await read();
      if (value !== null && value !== undefined && value !== false) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (looks >= FEWEST_LOOKS && performance.now() > ends)
      throw new Error(`it did not come to this: ${what}`, { cause: lastError });
    const rest = Math.max(EVERY_MS, Math.min(LONGEST_REST_MS, REST * (performance.now() - begun)));
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? rest));
  }
}
