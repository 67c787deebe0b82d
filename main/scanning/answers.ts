/** What was asked of devices, by the driver's own name of each. */
export interface Answers<Answer> {
  /** Asked for once. An answer that failed (a device that was off, or busy) is asked for again the next time. */
  of(name: string): Promise<Answer>;
  /** Everything is asked for again. */
  forget(): void;
}

export function createAnswers<Answer>(ask: (name: string) => Promise<Answer>): Answers<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return {
    of(name) {
      const answer = known.get(name) ?? ask(name);
      known.set(name, answer);
      answer.catch(() => known.delete(name));
      return answer;
    },
    forget() {
      known.clear();
    },
  };
}
