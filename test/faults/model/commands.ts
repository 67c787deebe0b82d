/** What may happen: what the desk does, what breaks, what a person decides, and time. */
import type { AsyncCommand } from 'fast-check';
import { OperationState } from '../../../main/outbox/index.ts';
import { ProviderId } from '../../../shared/domain/index.ts';
import { mustHold, problemsOf } from './invariants.ts';
import { TROUBLES } from './network.ts';
import type { Customer, World } from './world.ts';
import { grantFor } from '../../support/supervisor.ts';

/** There is no second description of the app: what is known is what the desk was told and what the provider holds. */
export type Model = Record<string, never>;

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** Whose turn it is, by the drawn number. Sumsub the least often: it refuses by itself what the others would take twice. */
const TURNS = ['persona', 'personr', 'persona', 'personr', 'sumsub'] as const satisfies ProviderId[];

function apiOf(pick: number): ProviderId {
  return TURNS[pick % TURNS.length] ?? 'persona';
}

abstract class Step implements AsyncCommand<Model, World> {
  readonly pick: number;
  constructor(pick: number) {
    this.pick = pick;
  }

  check(): boolean {
    return true;
  }

  async run(_model: Model, world: World): Promise<void> {
    await this.act(world);
    await world.network.whenQuiet();
    mustHold(problemsOf(world));
  }

  protected abstract act(world: World): Promise<void>;

  /** One of those that fit, by the drawn number. */
  protected one<Item>(items: readonly Item[]): Item | undefined {
    return items[this.pick % Math.max(items.length, 1)];
  }

  toString(): string {
    return `${this.constructor.name}(${this.pick})`;
  }
}

/** A step that is about one customer. */
abstract class CustomerStep extends Step {
  protected async act(world: World): Promise<void> {
    const customer = this.one(world.customers);
    if (customer !== undefined) await this.actOn(world, customer);
  }

  protected abstract actOn(world: World, customer: Customer): Promise<void> | void;
}

class NewCustomer extends Step {
  protected async act(world: World): Promise<void> {
    world.newCustomer(apiOf(this.pick), this.pick % 3 === 0);
    await Promise.resolve();
  }
}

/** The usual way: a customer comes, all pages are scanned, and goes. */
class WholeCustomer extends Step {
  protected async act(world: World): Promise<void> {
    world.newCustomer(apiOf(this.pick), this.pick % 3 === 0);
    const customer = world.customers.at(-1);
    if (customer === undefined) return;
    await world.importPages(customer, 4);
    release(world, customer);
  }
}

function release(world: World, customer: Customer): void {
  const isReleased = world.attempt(() => world.branch.capture.releaseSubmission(customer.submissionId));
  customer.isReleased ||= isReleased;
}

class ImportPages extends CustomerStep {
  protected async actOn(world: World, customer: Customer): Promise<void> {
    const { state, beside } = world.branch.capture.submission(customer.submissionId);
    if (beside.includes('voided') || !['draft', 'ready', 'retake'].includes(state)) return;
    await world.importPages(customer, 1 + (this.pick % 4));
  }
}

class RemovePage extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    const { capture } = world.branch;
    const pages = capture.submission(customer.submissionId).pages;
    const page = this.one(pages.filter(({ isDelivered }) => !isDelivered));
    if (page === undefined) return;
    if (world.attempt(() => capture.removePage(page.id))) customer.takenOut.add(page.id);
  }
}

class Release extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    release(world, customer);
  }
}

class ReleaseBatch extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    const { capture } = world.branch;
    const { batchId } = capture.submission(customer.submissionId);
    world.attempt(() => {
      customer.isReleased ||= capture.releaseBatch(batchId).released > 0;
    });
  }
}

class Hold extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    const isHeld = this.pick % 3 !== 0;
    const isUnderWay = world
      .operations(customer.submissionId)
      .some(({ state }) => state === OperationState.claimed || state === OperationState.unknown);
    if (!world.attempt(() => world.branch.capture.holdSubmission(customer.submissionId, isHeld))) return;
    if (isHeld) customer.isHeldStill ||= !isUnderWay;
    else customer.isHeldStill = false;
  }
}

class Void extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    const isVoided = world.attempt(() => world.branch.capture.voidSubmission(customer.submissionId, 'a mistake'));
    customer.isVoided ||= isVoided;
    // A void lets go as well.
    if (isVoided) customer.isHeldStill = false;
  }
}

class TakeBack extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    world.attempt(() => world.branch.capture.takeBack(customer.submissionId));
  }
}

class Override extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    const { capture } = world.branch;
    const { subject } = capture.submission(customer.submissionId);
    world.attempt(() => capture.setSubject(customer.submissionId, { ...subject, birthDate: '2999-01-01' }));
    if (this.pick % 2 === 0)
      world.attempt(() =>
        capture.override(customer.submissionId, 'seen by the manager', grantFor(customer.submissionId)),
      );
  }
}

class Decide extends CustomerStep {
  protected actOn(world: World, customer: Customer): void {
    world.decide(customer);
  }
}

/** The provider will want the next document again, or refuse it for good. */
class ProviderRefuses extends Step {
  protected async act(world: World): Promise<void> {
    world.provider.decideNext(apiOf(this.pick), this.pick % 5 === 0 ? 'final=FORGERY' : 'reject=UNSATISFACTORY_PHOTOS');
    await Promise.resolve();
  }
}

class ComesBackForRetake extends CustomerStep {
  protected async actOn(world: World, customer: Customer): Promise<void> {
    const { state, beside } = world.branch.capture.submission(customer.submissionId);
    if (state !== 'retake' || beside.includes('voided')) return;
    await world.importPages(customer, 4);
    release(world, customer);
  }
}

class ResumeConnection extends Step {
  protected async act(world: World): Promise<void> {
    world.branch.dispatcher.resumeConnection(world.connectionOf(apiOf(this.pick)));
    await Promise.resolve();
  }
}

class TryNow extends Step {
  protected async act(world: World): Promise<void> {
    world.branch.dispatcher.tryNow(this.one(world.customers)?.submissionId ?? null);
    await Promise.resolve();
  }
}

class Switch extends Step {
  protected async act(world: World): Promise<void> {
    if (this.pick % 2 === 0) world.branch.dispatcher.setOnline(this.pick % 4 === 0);
    else world.branch.dispatcher.setPaused(this.pick % 4 === 1);
    await Promise.resolve();
  }
}

/** The next request or requests meet this. */
class Break extends Step {
  protected async act(world: World): Promise<void> {
    const trouble = this.one(TROUBLES);
    if (trouble !== undefined) world.network.arm(Array.from({ length: 1 + (this.pick % 3) }, () => trouble));
    await Promise.resolve();
  }
}

class LoseAnswers extends Step {
  protected async act(world: World): Promise<void> {
    world.network.arm(Array.from({ length: 1 + (this.pick % 2) }, () => 'lostAnswer' as const));
    await Promise.resolve();
  }
}

/** Less than a request needs for its way: what comes next meets it in the middle. */
class Moment extends Step {
  protected async act(world: World): Promise<void> {
    await world.clock.advance(50 + this.pick * 25);
  }
}

class Minutes extends Step {
  protected async act(world: World): Promise<void> {
    await world.clock.advance((1 + this.pick) * 11 * SECOND_MS);
  }
}

class Hours extends Step {
  protected async act(world: World): Promise<void> {
    await world.clock.advance((1 + (this.pick % 30)) * HOUR_MS);
  }
}

class SetTheClock extends Step {
  protected async act(world: World): Promise<void> {
    const hours = [-2, -1, 1, 2, 24, -24, 30][this.pick % 7] ?? 0;
    world.clock.setWallBy(hours * HOUR_MS);
    await Promise.resolve();
  }
}

class Kill extends Step {
  protected act(world: World): Promise<void> {
    return world.kill('gone');
  }
}

class KillInMidCall extends Step {
  protected async act(world: World): Promise<void> {
    await world.clock.advance(50 + this.pick * 25);
    await world.kill('gone');
  }
}

/** The process was taken for dead; its calls come to their end in the next one's time. */
class LeaveAGhost extends Step {
  protected async act(world: World): Promise<void> {
    await world.clock.advance(50 + this.pick * 25);
    await world.kill('ghost');
  }
}

class Restart extends Step {
  protected act(world: World): Promise<void> {
    return world.restart();
  }
}

/** Each as often as it is likely to meet something. */
export const STEPS: readonly (new (pick: number) => Step)[] = [
  NewCustomer,
  WholeCustomer,
  WholeCustomer,
  WholeCustomer,
  ImportPages,
  RemovePage,
  Release,
  ReleaseBatch,
  Hold,
  Void,
  TakeBack,
  Override,
  Decide,
  Decide,
  ProviderRefuses,
  ComesBackForRetake,
  ResumeConnection,
  TryNow,
  Switch,
  Break,
  Break,
  Break,
  LoseAnswers,
  Moment,
  Moment,
  Minutes,
  Minutes,
  Minutes,
  Hours,
  SetTheClock,
  Kill,
  KillInMidCall,
  LeaveAGhost,
  Restart,
];

const DRAIN_TURNS = 60;

/**
 * The faults are over and a person does what there is to do: what was released comes to its end, each page once. Answers what
 * did not.
 */
export async function drain(world: World): Promise<string[]> {
  const { dispatcher, capture } = world.branch;
  world.network.heal();
  dispatcher.setOnline(true);
  dispatcher.setPaused(false);
  const unfinished = (): Customer[] =>
    world.customers.filter(({ submissionId, isReleased, isVoided }) => {
      const { state, operations } = capture.submission(submissionId);
      const isOnItsWay = state === 'released' || state === 'sending' || state === 'sent' || state === 'in_review';
      return isReleased && !isVoided && isOnItsWay && operations.length > 0;
    });
  for (let turn = 0; turn < DRAIN_TURNS && unfinished().length > 0; turn += 1) {
    for (const customer of world.customers) {
      customer.isHeldStill = false;
      world.attempt(() => capture.holdSubmission(customer.submissionId, false));
      // A document or customer that a person confirmed has no id here: nothing can follow it.
      if (customer.confirmed === 0 || turn < DRAIN_TURNS / 2) world.decide(customer);
    }
    for (const provider of ProviderId.options) dispatcher.resumeConnection(world.connectionOf(provider));
    dispatcher.tryNow(null);
    await world.clock.advance(turn < 10 ? 20 * SECOND_MS : HOUR_MS);
    const problems = problemsOf(world);
    if (problems.length > 0) return problems;
  }
  return unfinished().map(({ submissionId, provider }) => {
    const { state, beside, explanation, operations } = capture.submission(submissionId);
    const open = operations.filter((operation) => operation.state !== 'done');
    return `${provider} ${submissionId} stays ${state}: ${JSON.stringify({ beside, explanation, open })}`;
  });
}
