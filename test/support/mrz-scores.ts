import { CHARACTERS, CLASSES, NONE } from '../../main/inspection/mrz/network.ts';

/** The day on which the tests of the reader take place. */
export const TODAY = '2026-11-26';

/** Scores of a network that is sure of every character, but for those in `slips`: there the other one looks likelier. */
export function scoresFor(
  lines: readonly string[],
  slips: readonly { line: number; at: number; seen: string; by: number }[] = [],
) {
  return (line: number, at: number): Float32Array => {
    const scores = new Float32Array(CLASSES).fill(-8);
    const truth = CHARACTERS.indexOf(lines[line]?.[at] ?? '');
    scores[truth] = -0.1;
    const slip = slips.find((each) => each.line === line && each.at === at);
    if (slip !== undefined) scores[CHARACTERS.indexOf(slip.seen)] = -0.1 + slip.by;
    return scores;
  };
}

/** The same, but to the network one of the characters is none. */
export function scoresHiding(lines: readonly string[], hiddenLine: number, hiddenAt: number) {
  const scores = scoresFor(lines);
  return (line: number, at: number): Float32Array => {
    const here = scores(line, at);
    if (line === hiddenLine && at === hiddenAt) here[NONE] = 0;
    return here;
  };
}

/** The passport of Doc 9303-4. */
export const SPECIMEN = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
