/** Exit codes of the command line, where they fit those of sysexits(3). */
export const EXIT = {
  ok: 0,
  /** It did not work; the sentence on standard error says why. */
  failed: 1,
  /** Wrong arguments or input; nothing was done. */
  usage: 2,
  /** Done in part: some files or submissions were refused, and the report says which. */
  partly: 3,
  /** Everything was tried; something needs a person. */
  attention: 4,
  /** The time given was over before everything was done. What waits is kept. */
  timeout: 5,
  internal: 70,
  /** Stopped by Ctrl+C or a signal; what waits is kept. */
  interrupted: 130,
} as const;
