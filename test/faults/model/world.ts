/** A branch, its operator, its provider and the way between them: everything that a list of commands works on. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EMPTY_SUBJECT, ProviderId } from '../../../shared/domain/index.ts';
import type { WritableDatabase } from '../../../main/database/index.ts';
import type { InspectionPort } from '../../../main/inspection/index.ts';
import { silentLog } from '../../../main/logging/index.ts';
import type { Log, LogFields } from '../../../main/logging/index.ts';
import type { HttpBody } from '../../../main/network/index.ts';
import { OperationState, WrongDecision, operationsOfSubmission } from '../../../main/outbox/index.ts';
import type { Operation } from '../../../main/outbox/index.ts';
import type { Provider as Adapter } from '../../../main/providers/index.ts';
import type { AttentionDecision } from '../../../main/outbox/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { openBranch } from '../../support/branch.ts';
import type { Branch } from '../../support/branch.ts';
import { makeFolder, removeFolder } from '../../support/folders.ts';
import { withComment } from '../../support/pictures.ts';
import { flowOf } from '../../support/flow-of.ts';
import { connectionTo } from '../../support/practice.ts';
import { VirtualClock, seededRandom } from '../../support/virtual-clock.ts';
import { Network } from './network.ts';
import type { Life } from './network.ts';
import { ORIGIN, Provider } from './provider.ts';

/** A mistake put in the place of the real thing, to see that it is found. */
export interface Mistake {
  readonly wrapProvider?: (adapter: Adapter) => Adapter;
  /** Rewrites a statement on its way to SQLite. */
  readonly rewrite?: (sql: string) => string;
}

export interface WorldOptions {
  readonly seed: number;
  readonly inspection: InspectionPort;
  readonly picture: Buffer;
  readonly mistake?: Mistake;
}

/** What the desk was told, which must hold from then on. */
export interface Customer {
  readonly submissionId: string;
  readonly provider: ProviderId;
  /** Unlike a name it tells one customer from every other, also at the provider. */
  readonly email: string;
  /** Pages whose import was acknowledged, by id, with the hash of what was handed over. */
  readonly pages: Map<string, string>;
  /** The operator took these out again before they were released. */
  readonly takenOut: Set<string>;
  isReleased: boolean;
  isVoided: boolean;
  /** Held while nothing of it was on its way: nothing may leave until it is let go. */
  isHeldStill: boolean;
  /** How often a person said "it has not arrived, send it again". */
  sentAgain: number;
  /** How often a person said "it has arrived". */
  confirmed: number;
}

export const PRIVATE_WORDS = [
  'Mustermann',
  'example.invalid',
  '+4915',
  'persona_sandbox_practice',
  'sbx:practice',
] as const;

/** A person who closes the app does not wait longer. */
const STOP_MS = 5_000;

/** Read at once: an adapter may go through a page before it sends anything, and the virtual clock knows nothing of that wait. */
async function readWhole<Page extends { readonly body: HttpBody }>(reading: Promise<Page>): Promise<Page> {
  const page = await reading;
  const pieces: Buffer[] = [];
  for await (const piece of page.body.stream()) pieces.push(Buffer.from(piece));
  return {
    ...page,
    body: {
      byteLength: page.body.byteLength,
      async *stream() {
        yield* pieces;
      },
    },
  };
}

export class World {
  readonly clock: VirtualClock;
  readonly provider: Provider;
  readonly network: Network;
  readonly customers: Customer[] = [];
  readonly logged: { event: string; fields: LogFields }[] = [];
  /** Operations that were seen as done; of these, what a person confirmed cannot be checked at the provider. */
  readonly seenDone = new Set<string>();
  readonly confirmedOperations = new Set<string>();
  /** What was found wrong while something was carried out. */
  readonly problems: string[] = [];
  #branch: Branch | null = null;
  readonly #options: WorldOptions;
  readonly #folder: string;
  readonly #random: ReturnType<typeof seededRandom>;
  #life: Life & { db: WritableDatabase | null } = { state: 'alive', db: null };
  #connections: Record<ProviderId, string> = { persona: '', personr: '', sumsub: '' };
  #pages = 0;

  private constructor(options: WorldOptions) {
    this.#options = options;
    this.#folder = makeFolder('model');
    this.#random = seededRandom(options.seed);
    const quiet: { wait: () => Promise<void> } = { wait: () => Promise.resolve() };
    this.clock = new VirtualClock(Date.UTC(2026, 8, 1, 9, 0, 0), () => quiet.wait());
    const startedAt = this.clock.now();
    this.provider = new Provider(this.#folder, options.seed, () => startedAt + this.clock.monotonic());
    this.network = new Network(this.clock, this.provider);
    quiet.wait = () => this.network.whenQuiet();
  }

  /** The present run of the app. */
  get branch(): Branch {
    if (this.#branch === null) throw new Error('the app is not open');
    return this.#branch;
  }

  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options);
    mkdirSync(join(world.#folder, 'profile'));
    world.#branch = await world.#openBranch();
    for (const provider of ProviderId.options) {
      world.#connections[provider] = world.branch.connections.create(connectionTo(provider, ORIGIN));
    }
    await world.branch.start();
    return world;
  }

  async close(): Promise<void> {
    this.#life.state = 'gone';
    await this.branch.kill();
    this.provider.close();
    removeFolder(this.#folder);
  }

  #openBranch(): Promise<Branch> {
    const life: Life & { db: WritableDatabase | null } = { state: 'alive', db: null };
    this.#life = life;
    const { clock, network } = this;
    const log: Log = {
      ...silentLog,
      warn: (event, fields = {}) => void this.logged.push({ event, fields }),
      error: (event, fields = {}) => void this.logged.push({ event, fields }),
    };
    return openBranch({
      folder: join(this.#folder, 'profile'),
      clock: {
        now: clock.now,
        monotonic: clock.monotonic,
        after: (delayMs, run) =>
          clock.after(delayMs, () => {
            if (life.state !== 'gone') run();
          }),
        soon: (run) => {
          clock.soon(() => {
            if (life.state !== 'gone') run();
          });
        },
      },
      random: this.#random,
      http: network.port(life),
      inspection: this.#options.inspection,
      log,
      wrapContent: (content) => ({
        ...content,
        page: (pageId) => network.whileBusy(() => readWhole(content.page(pageId))),
      }),
      wrapDatabase: (db) => this.#wrap(life, db),
      ...(this.#options.mistake?.wrapProvider === undefined
        ? {}
        : { wrapProvider: this.#options.mistake.wrapProvider }),
    });
  }

  /** A ghost writes to whatever database is open now, as if it had never lost it. */
  #wrap(life: Life & { db: WritableDatabase | null }, db: WritableDatabase): WritableDatabase {
    life.db = db;
    const rewrite = this.#options.mistake?.rewrite ?? ((sql: string) => sql);
    const present = (): WritableDatabase => (life.state === 'ghost' ? this.#life.db : life.db) ?? db;
    const wrapped: WritableDatabase = {
      get: (sql, parameters) => present().get(rewrite(sql), parameters),
      all: (sql, parameters) => present().all(rewrite(sql), parameters),
      iterate: (sql, parameters) => present().iterate(rewrite(sql), parameters),
      run: (sql, parameters) =>
        // Its switch for sending is its own.
        life.state === 'ghost' && sql.startsWith('INSERT INTO settings')
          ? { changes: 0 }
          : present().run(rewrite(sql), parameters),
      runReturning: (sql, parameters) => present().runReturning(rewrite(sql), parameters),
      transaction: (work) => present().transaction(() => work(wrapped)),
    };
    return wrapped;
  }

  /** The process dies. As a ghost, what it has under way still comes to its end and is written, if it is let. */
  async kill(as: 'gone' | 'ghost'): Promise<void> {
    await this.network.whenQuiet();
    const { branch } = this;
    const life = this.#life;
    if (as === 'gone') life.state = 'gone';
    await branch.kill();
    life.state = as;
    this.#branch = await this.#openBranch();
    // A ghost takes no new work.
    if (as === 'ghost') branch.dispatcher.setPaused(true);
    await this.branch.start();
  }

  /** A person closes the app and opens it again. */
  async restart(): Promise<void> {
    await this.network.whenQuiet();
    const stop = { isDone: false };
    const stopping = this.branch.dispatcher.stop().finally(() => {
      stop.isDone = true;
    });
    for (let waitedMs = 0; !stop.isDone && waitedMs <= STOP_MS; waitedMs += 500) await this.clock.advance(500);
    if (!stop.isDone) this.problems.push(`sending did not stop within ${STOP_MS} ms`);
    while (!stop.isDone) await this.clock.advance(60_000);
    await stopping;
    await this.branch.stop();
    this.#life.state = 'gone';
    this.#branch = await this.#openBranch();
    await this.branch.start();
  }

  operations(submissionId: string): Operation[] {
    return operationsOfSubmission(this.branch.db, submissionId);
  }

  connectionOf(provider: ProviderId): string {
    return this.#connections[provider];
  }

  newCustomer(provider: ProviderId, isTwoSided: boolean): void {
    const { capture } = this.branch;
    const number = this.customers.length + 1;
    const email = `customer-${number}@example.invalid`;
    const submissionId = capture.createSubmission({
      batchId: capture.createBatch(),
      connectionId: this.connectionOf(provider),
      flowId: flowOf(provider).id,
      subject: {
        ...EMPTY_SUBJECT,
        givenName: 'Erika',
        familyName: 'Mustermann',
        birthDate: '1984-08-12',
        country: 'DEU',
        email,
        phone: '+491510000000',
        reference: `M-${number}`,
      },
    });
    if (isTwoSided) {
      capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'id_card', country: 'DEU' });
    }
    this.customers.push({
      submissionId,
      provider,
      email,
      pages: new Map(),
      takenOut: new Set(),
      isReleased: false,
      isVoided: false,
      isHeldStill: false,
      sentAgain: 0,
      confirmed: 0,
    });
  }

  /** Imports up to `count` new pages into the open slots. What is acknowledged is remembered. */
  async importPages(customer: Customer, count: number): Promise<void> {
    const { capture } = this.branch;
    const open = capture
      .submission(customer.submissionId)
      .slots.filter(({ pageId, wantsRetake }) => pageId === null || wantsRetake !== null).length;
    for (let page = 0; page < Math.min(count, open); page += 1) {
      this.#pages += 1;
      const bytes = withComment(this.#options.picture, `page ${this.#pages}`);
      const file = { name: `page-${this.#pages}.jpg`, bytes };
      const report = await capture.importBytes(file, { submissionId: customer.submissionId, slot: null }, 'drop');
      for (const { pageId } of report.imported) {
        customer.pages.set(pageId, createHash('sha256').update(bytes).digest('hex'));
      }
    }
    await capture.whenInspected();
  }

  /** What a person does; that it is refused at this moment is an answer like any other. */
  attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (error instanceof SatchelFailure || error instanceof WrongDecision) return false;
      throw error;
    } finally {
      this.branch.dispatcher.wake();
    }
  }

  /**
   * A person looks at the provider and decides about the first thing that waits for it. A customer or document whose id is
   * lost cannot be taken up again and is made anew.
   */
  decide(customer: Customer): void {
    const operation = this.operations(customer.submissionId).find(({ state }) => state === OperationState.attention);
    if (operation === undefined) return;
    const choice = this.#choice(customer, operation);
    if (!this.attempt(() => this.branch.decide(customer.submissionId, choice))) return;
    if (choice === 'send_again') customer.sentAgain += 1;
    if (choice === 'confirm_delivered') {
      customer.confirmed += 1;
      this.confirmedOperations.add(operation.id);
    }
  }

  #choice(customer: Customer, operation: Operation): AttentionDecision {
    if (operation.committedAt === null) return 'retry';
    if (operation.kind.endsWith('.create')) return 'send_again';
    return this.isAtTheProvider(customer, operation) ? 'confirm_delivered' : 'send_again';
  }

  /** Whether the provider's own tables have what this operation should have brought about. */
  isAtTheProvider(customer: Customer, operation: Operation): boolean {
    const applicant = this.provider.applicants().filter(({ email }) => email === customer.email);
    switch (operation.kind) {
      case 'personr.applicant.create':
      case 'sumsub.applicant.create':
        return applicant.length > 0;
      case 'personr.document.upload':
      case 'sumsub.document.upload': {
        const sha256 = customer.pages.get(operation.pageId ?? '');
        return this.provider
          .files()
          .some((file) => file.sha256 === sha256 && applicant.some(({ id }) => id === file.ownerId));
      }
      case 'personr.check.start':
      case 'personr.check.follow':
      case 'sumsub.check.start':
      case 'sumsub.check.follow':
        return applicant.some(({ checks }) => checks > 0);
      default: {
        const pageIds = this.pageIdsOf(customer, operation);
        const files = this.provider.files();
        const owners = new Set(
          files
            .filter(({ sha256 }) => pageIds.some((id) => customer.pages.get(id) === sha256))
            .map((file) => file.ownerId),
        );
        const submitted = this.provider.submitted();
        return [...owners].some((id) => operation.kind === 'persona.document.create' || submitted.has(id));
      }
    }
  }

  /** The pages that an operation of Persona's is about: those that its document was made with. */
  pageIdsOf(customer: Customer, operation: Operation): string[] {
    const documentId = field(operation.payload, 'documentId');
    const creates = this.operations(customer.submissionId).filter(
      ({ kind, payload }) => kind === 'persona.document.create' && field(payload, 'documentId') === documentId,
    );
    return creates.flatMap(({ payload }) => {
      const ids: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'pageIds') : null;
      return Array.isArray(ids) ? ids.map(String) : [];
    });
  }
}

export function field(value: unknown, name: string): string | null {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
  return typeof found === 'string' ? found : null;
}
