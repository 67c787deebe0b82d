/** How many silences an answer may take as a whole, whatever its size. */
const SILENCES = 5;
/** And for each so many bytes of it a millisecond more: a long answer is not given up on a line of 2 KB a second, as the slowest ones are. */
const SLOWEST_BYTES_PER_MS = 2;

/**
 * Whether a piece of an answer still counts as progress. A server that sends a byte now and then would hold a call, and whoever waits for
 * it, for ever.
 */
export function isStillAnswering(tookMs: number, receivedBytes: number, silenceMs: number): boolean {
  return tookMs < SILENCES * silenceMs + receivedBytes / SLOWEST_BYTES_PER_MS;
}
