import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { WritableDatabase } from '../../main/database/index.ts';
import { readLedger } from '../../main/ledger/index.ts';
import { silentLog } from '../../main/logging/index.ts';
import { bytesBody } from '../../main/network/index.ts';
import type { HttpPort, HttpRequest, HttpResponse } from '../../main/network/index.ts';
import { OperationState, operationsOfSubmission } from '../../main/outbox/index.ts';
import type { Operation } from '../../main/outbox/index.ts';
import { PROVIDERS, isNeverInDoubt } from '../../main/providers/index.ts';
import type { OperationRules, PlanDocument, Provider, TokenStore } from '../../main/providers/index.ts';
import { toReleased } from '../../main/submissions/index.ts';
import { confirmRecord, createDispatcher, decideAttention } from '../../main/sync/index.ts';
import type { ConnectionForSync, Dispatcher } from '../../main/sync/index.ts';
import { DEFAULT_SENDING_RULES, EMPTY_SUBJECT, PROVIDER_DESCRIPTORS, ProviderId } from '../../shared/domain/index.ts';
import type { ProviderDescriptor } from '../../shared/domain/index.ts';
import { problemsOf } from './delivery-problems.ts';
import { FAULTS } from './losses.ts';
import type { Loss } from './losses.ts';
import type { PracticeOverDays } from './practice-over-days.ts';
import { Store } from './sync-world.ts';
import type { VirtualClock } from './virtual-clock.ts';

/**
 * The real dispatcher, outbox and adapters over real HTTP against the practice server, on a clock that a test moves by
 * hours and days. The process can die at any point of any request and start again.
 */

/** A mistake that the tests have to find. */
export type Mistake =
  | 'new key at each attempt'
  | 'repeat before resolving'
  | 'a day forgotten'
  | 'new key after the first 500';

export interface Customer {
  readonly id: string;
  readonly provider: ProviderId;
  readonly pages: readonly { id: string; sha256: string }[];
}

class Died extends Error {}

/** One run of the program. After its death nothing of it happens any more. */
class Run {
  isDead = false;
  readonly dispatcher: Dispatcher;
  readonly #timers = new Set<() => void>();

  constructor(world: DeliveryWorld) {
    const alive = (): WritableDatabase => {
      if (this.isDead) throw new Died();
      return world.store.db;
    };
    this.dispatcher = createDispatcher({
      db: {
        get: (sql, parameters) => alive().get(sql, parameters),
        all: (sql, parameters) => alive().all(sql, parameters),
        iterate: (sql, parameters) => alive().iterate(sql, parameters),
        run: (sql, parameters) => alive().run(sql, parameters),
        runReturning: (sql, parameters) => alive().runReturning(sql, parameters),
        transaction: (work) => alive().transaction(work),
      },
      providers: world.providers,
      http: { send: (request) => world.send(this, request) },
      content: world.content,
      connections: world.connections,
      clock: world.clock,
      timers: {
        after: (delayMs, work) => {
          if (this.isDead) return () => {};
          const cancel = world.clock.after(delayMs, work);
          this.#timers.add(cancel);
          return cancel;
        },
        soon: (work) => {
          world.clock.soon(() => {
            if (!this.isDead) work();
          });
        },
      },
      random: world.random,
      rules: () => DEFAULT_SENDING_RULES,
      log: silentLog,
      onChange: () => {},
    });
    this.dispatcher.start();
  }

  die(): void {
    this.isDead = true;
    for (const cancel of this.#timers) cancel();
  }
}

export class DeliveryWorld {
  readonly store: Store;
  readonly practice: PracticeOverDays;
  readonly clock: VirtualClock;
  readonly random = { number: () => 0.5, uuid: randomUUID };
  readonly providers: ReadonlyMap<ProviderId, Provider>;
  readonly connections: { forSync: (id: string) => ConnectionForSync | null };
  readonly content;
  readonly asked: string[] = [];
  readonly #http: HttpPort;
  readonly #pages = new Map<string, Buffer>();
  readonly #mistake: Mistake | null;
  #run: Run | null = null;
  #loss: Loss | null = null;
  #seen = 0;

  constructor(practice: PracticeOverDays, http: HttpPort, mistake: Mistake | null = null) {
    this.practice = practice;
    this.clock = practice.clock;
    this.store = new Store(practice.clock);
    this.#http = http;
    this.#mistake = mistake;
    this.providers = new Map(Object.values(PROVIDERS).map((provider) => [provider.id, this.#mistaken(provider)]));
    const tokens = new Map(ProviderId.options.map((id) => [id, memoryTokens()]));
    const { origin } = practice.server;
    this.connections = {
      forSync: (id) => {
        const provider = ProviderId.parse(id);
        const { practice: described, settings }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
        const baseUrl = `${origin}${described.path}`;
        return {
          provider,
          connection: { id, environment: 'practice', baseUrl, settings: settings.parse({}), flows: [] },
          credential: () => described.credential,
          tokens: tokens.get(provider) ?? memoryTokens(),
        };
      },
    };
    this.content = {
      page: (pageId: string) => {
        const bytes = this.#pages.get(pageId) ?? Buffer.alloc(0);
        return Promise.resolve({ fileName: 'private.jpg', mediaType: 'image/jpeg', body: bytesBody(bytes) });
      },
      subject: () => ({ ...EMPTY_SUBJECT, email: 'ana@example.invalid', phone: '+61400000000', country: 'AUS' }),
    };
  }

  dispose(): void {
    this.#run?.die();
    this.store.dispose();
  }

  /** A released customer: an identity card and a selfie; `isCardOnly`, and always at Persona, the card alone. */
  release(provider: ProviderId, { isCardOnly = provider === 'persona' }: { isCardOnly?: boolean } = {}): Customer {
    const submissionId = this.store.submission({ connectionId: provider });
    const pages = (isCardOnly ? ['front', 'back'] : ['front', 'back', 'selfie']).map((side) => {
      const id = this.store.page(submissionId, `identity/id_card/${side}`);
      const bytes = Buffer.concat([
        Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
        Buffer.from(`${side} of ${randomBytes(8).toString('hex')} satchel-practice:accept `),
      ]);
      this.#pages.set(id, bytes);
      return { id, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
    const customer = { id: submissionId, provider, pages };
    this.#plan(customer);
    return customer;
  }

  #plan({ id, provider, pages }: Customer): void {
    const page = (index: number, side: 'front' | 'back' | 'single') => ({
      pageId: pages[index]?.id ?? '',
      side,
      mediaType: 'image/jpeg',
      byteLength: this.#pages.get(pages[index]?.id ?? '')?.byteLength ?? 0,
      isDelivered: false,
    });
    const card: PlanDocument = {
      documentId: `${id}-identity`,
      requirementId: 'identity',
      documentType: 'id_card',
      providerType: provider === 'persona' ? 'id_card' : 'ID_CARD',
      country: 'AUS',
      pages: [page(0, 'front'), page(1, 'back')],
    };
    const selfie: PlanDocument = {
      ...card,
      documentId: `${id}-address`,
      requirementId: 'address',
      documentType: 'selfie',
      providerType: 'SELFIE',
      pages: [page(2, 'single')],
    };
    const planned = PROVIDERS[provider].plan({
      submissionId: id,
      flow: {
        id: 'practice',
        name: pages.length === 2 ? 'Identity' : 'Identity and selfie',
        requiredFields: [],
        requirements: [],
      },
      round: 0,
      documents: pages.length === 2 ? [card] : [card, selfie],
      earlier: [],
    });
    const idOf = new Map(planned.map(({ ref }) => [ref, this.store.nextId('operation')]));
    const known = (ref: string): string => idOf.get(ref) ?? '';
    const now = this.clock.now();
    this.store.db.transaction((db) => {
      toReleased(db, id, { now, operator: 'kim' });
    });
    this.store.enqueue(
      ...planned.map((operation) =>
        this.store.newOperation(id, {
          id: known(operation.ref),
          connectionId: provider,
          pageId: operation.pageId,
          kind: operation.kind,
          payload: operation.payload,
          needs: operation.needs.map(known),
          byteLength: operation.byteLength,
          idempotencyKey: this.random.uuid(),
        }),
      ),
    );
  }

  lose(loss: Loss): void {
    this.#loss = loss;
    this.#seen = 0;
  }

  /** The loss has happened. */
  get isLost(): boolean {
    return this.#loss === null;
  }

  start(): void {
    this.#run = new Run(this);
  }

  get dispatcher(): Dispatcher {
    if (this.#run === null) throw new Error('not started');
    return this.#run.dispatcher;
  }

  die(): void {
    this.#run?.die();
    this.#run = null;
    this.store.reopen();
  }

  /** Lets time pass until `isOver`, the process has died, or nothing more happens by itself within `limitMs`. */
  async until(isOver: () => boolean, limitMs = 8 * 60 * 60_000): Promise<void> {
    const ends = this.clock.monotonic() + limitMs;
    for (;;) {
      const run = this.#run;
      if (run === null) return;
      while (!run.isDead && run.dispatcher.status().sending > 0) await pause();
      if (run.isDead || isOver()) return;
      const nextMs = this.clock.untilNextMs;
      if (nextMs === null || this.clock.monotonic() + nextMs > ends) return;
      await this.clock.advance(nextMs);
    }
  }

  /** What the timeline says, as codes. */
  said({ id }: Customer): string[] {
    return readLedger(this.store.db, { submissionId: id, limit: 10_000 }).map(
      ({ data }) => z.object({ message: z.object({ code: z.string() }) }).parse(data).message.code,
    );
  }

  operations({ id }: Customer): Operation[] {
    return operationsOfSubmission(this.store.db, id);
  }

  /** What is in doubt and waits for a person. */
  doubtful(customer: Customer): Operation | undefined {
    return this.operations(customer).find(
      ({ state, committedAt }) => state === OperationState.attention && committedAt !== null,
    );
  }

  rules(customer: Customer, kind: string): OperationRules | undefined {
    return this.providers.get(customer.provider)?.operations[kind];
  }

  /** A person looks at the provider's dashboard, as the sentence says, and decides what is true there. */
  async decide(customer: Customer, operation: Operation): Promise<void> {
    const rules = this.rules(customer, operation.kind);
    if (rules === undefined || isNeverInDoubt(rules)) throw new Error('a read is never in doubt');
    this.asked.push(operation.kind);
    const desk = {
      db: this.store.db,
      providers: this.providers,
      connections: this.connections,
      random: this.random,
    };
    const by = { now: this.clock.now(), operator: 'kim' };
    const { documents, applicants } = await this.practice.records();
    const shas = customer.pages.map(({ sha256 }) => sha256);
    const document = documents.find(({ files }) => files.join() === shas.join());
    const ours = this.operations(customer).map(({ idempotencyKey }) => idempotencyKey);
    const applicant = applicants.find(({ externalUserId }) => externalUserId.some((key) => ours.includes(key)));
    const page = customer.pages.find(({ id }) => id === operation.pageId);
    const found = {
      // The branch of this world sends documents by themselves.
      account: undefined,
      inquiry: undefined,
      transaction: undefined,
      document: document?.id,
      applicant: applicant?.id,
      submit: document?.isSubmitted === true ? 'yes' : undefined,
      page: page !== undefined && applicant?.images.includes(page.sha256) === true ? 'yes' : undefined,
      // None of these customers is a company.
      owner: undefined,
      check: (applicant?.checksUsed ?? 0) > 0 ? 'yes' : undefined,
    }[rules.person.about];
    if (found === undefined) decideAttention(desk, customer.id, 'send_again', by, operation.id);
    else if (rules.person.confirmedBy === 'word') {
      decideAttention(desk, customer.id, 'confirm_delivered', by, operation.id);
    } else {
      const { content, clock } = this;
      await confirmRecord({ ...desk, http: this.#http, content, clock }, customer.id, operation.id, found, 'kim');
    }
    this.#run?.dispatcher.wake();
  }

  /** Goes on, with a person who decides what is asked, until the customer is decided or nothing happens any more. */
  async finish(customer: Customer): Promise<void> {
    const isOver = (): boolean => this.store.submissionRow(customer.id).state === 'accepted';
    for (let question = 0; question < 5 && !isOver(); question += 1) {
      await this.until(() => isOver() || this.doubtful(customer) !== undefined);
      const doubtful = this.doubtful(customer);
      if (doubtful === undefined) break;
      await this.decide(customer, doubtful);
    }
  }

  /** Everything that is not as it must be, in words. */
  async problems(customer: Customer, { isEnd }: { isEnd: boolean }): Promise<string[]> {
    const { db } = this.store;
    return problemsOf(await this.practice.records(), {
      keys: this.operations(customer).map(({ idempotencyKey }) => idempotencyKey),
      pages: customer.pages.map(({ id, sha256 }) => ({
        id,
        sha256,
        isShownAsSent: db.get('SELECT 1 FROM pages WHERE id = ? AND delivered_at IS NOT NULL', [id]) !== undefined,
      })),
      state: this.store.submissionRow(customer.id).state,
      isEnd,
    });
  }

  /** One request of a run, lost where the test wants it. */
  async send(run: { readonly isDead: boolean; die(): void }, given: HttpRequest): Promise<HttpResponse> {
    if (run.isDead) return forever();
    const request = this.#mistake === 'new key at each attempt' ? withOtherKey(given) : given;
    const loss = this.#loss;
    const { pathname } = new URL(request.url);
    if (loss === null || request.method !== loss.method || !loss.path.test(pathname) || (this.#seen += 1) < loss.nth) {
      return this.#http.send(request);
    }
    this.#loss = null;
    const action = FAULTS[loss.place];
    if (action !== undefined) {
      await this.practice.fault({ method: loss.method, path: pathname.split('/').at(-1) ?? '', action });
      return this.#http.send(request);
    }
    if (loss.place === 'before the last byte') {
      const cut = this.#http.send({
        ...request,
        beforeLastByte: () => {
          throw new Died();
        },
      });
      await cut.catch(() => {});
    } else if (loss.place === 'after the answer') {
      await this.#http.send(request);
    }
    run.die();
    return forever();
  }

  #mistaken(provider: Provider): Provider {
    const change = (rules: OperationRules): OperationRules => {
      if (isNeverInDoubt(rules)) return rules;
      if (this.#mistake === 'repeat before resolving') {
        const { payload, size, person } = rules;
        const keyLifetimeMs = Number.POSITIVE_INFINITY;
        return { payload, size, person, repeat: 'idempotency_key', keyLifetimeMs, afterwards: 'person' };
      }
      const isForever = this.#mistake === 'a day forgotten' && rules.repeat === 'idempotency_key';
      return isForever ? { ...rules, keyLifetimeMs: Number.POSITIVE_INFINITY } : rules;
    };
    return {
      ...provider,
      perform: async (operation, context) => {
        const outcome = await provider.perform(operation, context);
        const isHasty = this.#mistake === 'new key after the first 500' && outcome.evidence.status === 500;
        return isHasty ? { kind: 'retry', evidence: outcome.evidence, freshKey: true } : outcome;
      },
      operations: Object.fromEntries(Object.entries(provider.operations).map(([kind, rules]) => [kind, change(rules)])),
    };
  }
}

function withOtherKey(request: HttpRequest): HttpRequest {
  const { headers } = request;
  return headers['idempotency-key'] === undefined
    ? request
    : { ...request, headers: { ...headers, 'idempotency-key': randomUUID() } };
}

function forever(): Promise<never> {
  return new Promise(() => {});
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}

/** The connection's one token, as it lies on the disk. */
function memoryTokens(): TokenStore {
  let stored: { token: string; expiresAtMs: number } | null = null;
  return {
    read: () => stored,
    renew: async (refused, mint) => {
      if (stored !== null && stored.token !== refused) return stored;
      stored = await mint();
      return stored;
    },
  };
}
