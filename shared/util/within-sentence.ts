/** Unicode's marks for the direction of writing (UAX #9): they turn around what follows them, also in another text. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text from outside, a file's name say, as it may stand within a sentence: on one line, without what would steer a terminal, and without
 * marks that turn the rest of the sentence around.
 */
export function withinSentence(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').replaceAll(DIRECTION_MARKS, '');
}
