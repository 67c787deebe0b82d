import { share } from '../harness.ts';

interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

export type Tallies = ReturnType<typeof createTallies>;

/** Counts, for each rule, how often it was found where it should be, where it should not, and not where it should. */
export function createTallies() {
  const tallies = new Map<string, Tally>();
  const wrongly: string[] = [];

  function tallyOf(rule: string): Tally {
    const tally = tallies.get(rule) ?? { right: 0, wrong: 0, missed: 0 };
    tallies.set(rule, tally);
    return tally;
  }

  return {
    /** @param what the page, for those who look for what was found wrongly or missed */
    count(wanted: readonly string[], found: readonly string[], what: string): void {
      for (const rule of new Set([...found, ...wanted])) {
        const tally = tallyOf(rule);
        if (!found.includes(rule)) {
          tally.missed += 1;
          wrongly.push(`missed: ${rule} on ${what}`);
        } else if (wanted.includes(rule)) tally.right += 1;
        else {
          tally.wrong += 1;
          wrongly.push(`wrong: ${rule} on ${what}`);
        }
      }
    },
    notes: (): string[] =>
      [...tallies].map(
        ([rule, { right, wrong, missed }]) =>
          `${rule.padEnd(28)} precision ${share(right, right + wrong).toFixed(0)} %, recall ${share(right, right + missed).toFixed(0)} % (right ${right}, wrong ${wrong}, missed ${missed})`,
      ),
    faults: (): readonly string[] => wrongly,
  };
}
