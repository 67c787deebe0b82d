import { errorFields } from '../logging/index.ts';
import type { Line } from '../network/index.ts';
import type { ChangesAnswer } from '../providers/port.ts';
import { Following } from './following.ts';
import type { Question } from './following.ts';
import type { Moment } from './gates.ts';
import type { Observer } from './observe.ts';
import type { Turns } from './turns.ts';
import type { DispatcherDependencies } from './types.ts';

/** A question that is not answered by then is given up. */
const QUESTION_MS = 2 * 60_000;

interface Around {
  readonly turns: Turns;
  readonly observer: Observer;
  readonly line: Line;
  readonly onBegan: () => void;
  /** Something may be due now that was not, or the next question. */
  readonly onEnded: () => void;
  readonly onStorageFailed: (error: unknown) => void;
}

/** Asks connections what has changed at their providers, one question of each at a time, within what the limits allow. */
export class Questions {
  readonly #deps: DispatcherDependencies;
  readonly #around: Around;
  readonly #following: Following;
  readonly #open = new Map<Question, Promise<void>>();
  #isOver = false;

  constructor(dependencies: DispatcherDependencies, around: Around) {
    this.#deps = dependencies;
    this.#around = around;
    this.#following = new Following(dependencies);
    around.turns.questionsDue = () => this.#following.due();
  }

  get following(): Following {
    return this.#following;
  }

  /** Questions under way. */
  get size(): number {
    return this.#open.size;
  }

  /** Asks wherever that is due and allowed at this moment. True: somewhere it was, and there was nothing to ask about. */
  ask(moment: Moment, when: 'first' | 'afterwards'): boolean {
    const due = this.#following.due();
    if (due.length === 0) return false;
    let hadNothing = false;
    const mayAsk = this.#around.turns.askable(moment, when);
    for (const connectionId of due) {
      if (!mayAsk(connectionId)) continue;
      const question = this.#following.take(connectionId);
      hadNothing ||= question === null;
      if (question === null) continue;
      this.#around.turns.asked(connectionId);
      this.#open.set(question, this.#see(question));
      this.#around.onBegan();
    }
    return hadNothing;
  }

  /** When the next question is due where one may be asked, UTC epoch milliseconds; what is shut opens by itself. Null: none. */
  nextAt(moment: Moment): number | null {
    // Most of the time nothing is followed: then nobody has to know what is shut.
    let mayAsk: ((connectionId: string) => boolean) | undefined;
    const at = this.#following.nextAt((id) => (mayAsk ??= this.#around.turns.askable(moment, 'afterwards'))(id));
    return at === null ? null : Math.ceil(moment.now + Math.max(at - moment.monotonicMs, 0));
  }

  /** Ends for good: questions only read, so nothing is lost with them. Resolves when all have come to their end. */
  async stop(): Promise<void> {
    this.#isOver = true;
    for (const { abort } of this.#open.keys()) abort.abort();
    await Promise.all(this.#open.values());
  }

  async #see(question: Question): Promise<void> {
    const answer = await this.#answerTo(question);
    this.#open.delete(question);
    this.#count(question, answer);
    if (!this.#following.end(question) || this.#isOver) return;
    try {
      this.#deps.db.transaction((db) => {
        this.#following.settle(db, question, answer);
      });
    } catch (error) {
      this.#around.onStorageFailed(error);
    }
    this.#around.onEnded();
  }

  /** Null: it was not answered in time, or its adapter failed. */
  async #answerTo({ changes, connection, records, isKnown, abort }: Question): Promise<ChangesAnswer | null> {
    const { clock, timers, log } = this.#deps;
    const late = Promise.withResolvers<null>();
    abort.signal.addEventListener('abort', () => {
      late.resolve(null);
    });
    const cancel = timers.after(QUESTION_MS, () => {
      abort.abort();
    });
    const context = {
      ...connection,
      http: this.#around.line.over(this.#around.observer.watch(connection.connection).http),
      clock,
      signal: abort.signal,
    };
    try {
      return await Promise.race([changes.ask(records, isKnown, context), late.promise]);
    } catch (error) {
      log.error('sync.questionThrew', errorFields(error));
      return null;
    } finally {
      cancel();
    }
  }

  /** Each request counts in the provider's limit, as every other does. */
  #count({ connectionId }: Question, answer: ChangesAnswer | null): void {
    const pacing = this.#around.turns.pacings.of(connectionId);
    const now = this.#deps.clock.monotonic();
    const rateLimits = answer?.rateLimits ?? [null];
    for (const [index, rateLimit] of rateLimits.entries()) {
      if (index > 0) pacing.began(now, true);
      const isRefused = answer?.kind === 'limited' && index === rateLimits.length - 1 && rateLimit?.remaining === 0;
      pacing.answered(now, rateLimit, isRefused);
    }
  }
}
