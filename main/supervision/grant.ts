import type { SupervisorAction, SupervisorWay } from '../../shared/domain/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';

/**
 * A supervisor's word for one thing, once. Only this room makes them, after it has looked at the account or the PIN, and
 * whoever does the thing redeems it: without one the service does not do it, whoever asks.
 */
export class Grant {
  /** By what the supervisor was known, for the ledger. */
  readonly way: SupervisorWay;
  readonly #action: SupervisorAction;
  readonly #about: string;
  #isRedeemed = false;

  constructor(action: SupervisorAction, about: string, way: SupervisorWay) {
    this.way = way;
    this.#action = action;
    this.#about = about;
  }

  /** `about`: the id of what it is done to. Throws `SatchelFailure` when the word was for something else, or was used already. */
  redeem(action: SupervisorAction, about: string): void {
    if (this.#isRedeemed || action !== this.#action || about !== this.#about) {
      throw new SatchelFailure({ code: 'not_allowed', message: { code: 'supervision.otherGrant' } });
    }
    this.#isRedeemed = true;
  }
}
