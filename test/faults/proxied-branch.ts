/** A branch whose provider is the practice server behind a fault proxy: real HTTP, virtual time, a person who decides. */
import { join } from 'node:path';
import type { InspectionPort } from '../../main/inspection/index.ts';
import { silentLog } from '../../main/logging/index.ts';
import { openUndiciHttp } from '../../main/network/index.ts';
import type { HttpPort } from '../../main/network/index.ts';
import { OperationState, operationsOfSubmission } from '../../main/outbox/index.ts';
import type { Operation } from '../../main/outbox/index.ts';
import { EMPTY_SUBJECT } from '../../shared/domain/index.ts';
import type { PersonaRoute, ProviderId } from '../../shared/domain/index.ts';
import type { AttentionDecision } from '../../main/outbox/index.ts';
import { openBranch } from '../support/branch.ts';
import type { Branch } from '../support/branch.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { lendInspection } from '../support/lent-inspection.ts';
import { rememberingInspection, withComment, withFiller } from '../support/pictures.ts';
import { flowOf } from '../support/flow-of.ts';
import { connectionTo, startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { VirtualClock, seededRandom } from '../support/virtual-clock.ts';
import { jpeg } from '../integration/capture/files.ts';

/**
 * How long a silence may last for a request that is about to meet one; it is a minute in the app. All others are given
 * time: this machine may be busy with other things.
 */
const SHORT_SILENCE_MS = 600;
const LONG_SILENCE_MS = 30_000;
/** Longer than any single wait of the dispatcher, so that a queue that has nothing planned is noticed. */
const LONGEST_WAIT_MS = 7 * 60 * 60_000;

/** Everything at once decided and nothing limited: what is tried here is the way, not the provider's pace. */
const SWITCHES = {
  'persona.rateLimitPerMinute': 1_000_000,
  'persona.processingMinMs': 0,
  'persona.processingMaxMs': 0,
  'personr.stageMinMs': 0,
  'personr.stageMaxMs': 0,
} as const;

/** Persona refuses photos of government ids below 10 KB. */
const PHOTO_BYTES = 12_000;

const STATES = ['blocked', 'pending', 'claimed', 'unknown', 'done', 'attention', 'cancelled'] as const;

const SUBJECT = {
  ...EMPTY_SUBJECT,
  givenName: 'Erika',
  familyName: 'Mustermann',
  birthDate: '1984-08-12',
  country: 'DEU',
  email: 'erika@example.invalid',
  phone: '+491510000000',
  reference: 'F-1',
};

export class ProxiedBranch {
  readonly branch: Branch;
  readonly proxy: FaultProxy;
  readonly practice: PracticeForTests;
  readonly clock: VirtualClock;
  readonly connectionId: string;
  readonly #provider: ProviderId;
  readonly #folder: string;
  readonly #inspection: InspectionPort;
  readonly #http: HttpPort & { close(): Promise<void> };
  readonly #picture: Buffer;
  #pages = 0;

  private constructor(parts: {
    branch: Branch;
    proxy: FaultProxy;
    practice: PracticeForTests;
    clock: VirtualClock;
    connectionId: string;
    provider: ProviderId;
    folder: string;
    inspection: InspectionPort;
    http: HttpPort & { close(): Promise<void> };
    picture: Buffer;
  }) {
    this.branch = parts.branch;
    this.proxy = parts.proxy;
    this.practice = parts.practice;
    this.clock = parts.clock;
    this.connectionId = parts.connectionId;
    this.#provider = parts.provider;
    this.#folder = parts.folder;
    this.#inspection = parts.inspection;
    this.#http = parts.http;
    this.#picture = parts.picture;
  }

  /**
   * `switches` of the practice server take the place of those above, until the next `capture`.
   * `route`: how Persona takes the documents.
   */
  static async open(
    provider: ProviderId,
    {
      switches = {},
      seed = 1,
      route,
    }: {
      switches?: Readonly<Record<string, string | number>>;
      seed?: number;
      route?: PersonaRoute;
    } = {},
  ): Promise<ProxiedBranch> {
    const folder = makeFolder('faults');
    const clock = new VirtualClock();
    const practice = await startPractice(folder, { ...SWITCHES, ...switches }, clock);
    const proxy = await startFaultProxy(practice.server.port);
    const http = await openUndiciHttp();
    const inspection = rememberingInspection(lendInspection());
    const branch = await openBranch({
      folder: join(folder, 'profile'),
      clock,
      random: seededRandom(seed),
      http: {
        send: (request) =>
          http.send({
            ...request,
            silenceTimeoutMs: proxy.willStall(request) ? SHORT_SILENCE_MS : LONG_SILENCE_MS,
          }),
      },
      inspection,
      log: silentLog,
    });
    const flow = route === undefined ? flowOf(provider) : { ...flowOf(provider), route };
    const connectionId = branch.connections.create(connectionTo(provider, proxy.origin, { flows: [flow] }));
    await branch.start();
    const picture = await jpeg({ width: 840, height: 640, seed: 7 });
    return new ProxiedBranch({
      branch,
      proxy,
      practice,
      clock,
      connectionId,
      provider,
      folder,
      inspection,
      http,
      picture,
    });
  }

  async close(): Promise<void> {
    await this.branch.kill();
    await this.#inspection.close();
    await this.#http.close();
    await this.proxy.close();
    await this.practice.close();
    removeFolder(this.#folder);
  }

  /** A customer whose pages are all there: ready to be released. `fillerBytes` makes the first of them that much larger. */
  async capture(fillerBytes = 0): Promise<string> {
    // An empty log for each customer: what stands in it afterwards is about this one.
    await this.practice.admin('POST', '/reset');
    await this.practice.admin('POST', '/switches', SWITCHES);
    this.#forgetToken();
    return this.captureAnother(fillerBytes);
  }

  /** The same beside those that the practice server knows already. */
  async captureAnother(fillerBytes = 0): Promise<string> {
    const { capture } = this.branch;
    const submissionId = capture.createSubmission({
      batchId: capture.createBatch(),
      connectionId: this.connectionId,
      flowId: flowOf(this.#provider).id,
      subject: SUBJECT,
    });
    await this.#fill(submissionId, 2, fillerBytes);
    return submissionId;
  }

  async #fill(submissionId: string, pages: number, fillerBytes = 0): Promise<void> {
    const { capture } = this.branch;
    for (let page = 0; page < pages; page += 1) {
      this.#pages += 1;
      const bytes = withComment(
        withFiller(this.#picture, PHOTO_BYTES + (page === 0 ? fillerBytes : 0)),
        `page ${this.#pages}`,
      );
      const file = { name: `page-${this.#pages}.jpg`, bytes };
      const report = await capture.importBytes(file, { submissionId, slot: null }, 'drop');
      if (report.imported.length !== 1) throw new Error(`not imported: ${JSON.stringify(report.refused)}`);
    }
    await capture.whenInspected();
    const { state } = capture.submission(submissionId);
    if (state !== 'ready') throw new Error(`the customer is ${state}`);
  }

  release(submissionId: string): void {
    this.branch.capture.releaseSubmission(submissionId);
    this.branch.dispatcher.wake();
  }

  /** Every call that is under way has ended and what came of it is written. */
  async settle(): Promise<void> {
    // Twice in a row: between the end of one call and the beginning of the next nothing is under way for a moment.
    for (let quiet = 0; quiet < 2;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      quiet = this.branch.dispatcher.status().sending > 0 ? 0 : quiet + 1;
    }
  }

  /** Goes on from one due time to the next until `isDone`. Throws when nothing is planned any more. */
  async until(what: string, isDone: () => boolean): Promise<void> {
    for (let step = 0; step < 400; step += 1) {
      await this.settle();
      if (isDone()) return;
      if (!(await this.clock.step(LONGEST_WAIT_MS))) break;
    }
    throw new Error(`it did not come to this: ${what}`);
  }

  operations(submissionId: string): Operation[] {
    return operationsOfSubmission(this.branch.db, submissionId);
  }

  /** The state of the operation of this kind that met the fault; `done` only when every one of the kind is. */
  metBy(submissionId: string, kind: string): keyof typeof OperationState | 'none' {
    const ofKind = this.operations(submissionId).filter((operation) => operation.kind === kind);
    if (ofKind.length > 0 && ofKind.every(({ state }) => state === OperationState.done)) return 'done';
    const probe = this.branch.connections.get(this.connectionId).pause?.probeOperationId;
    const { unknown, attention, cancelled } = OperationState;
    const met =
      ofKind.find(({ id }) => id === probe) ??
      ofKind.find(({ state }) => state === unknown || state === attention || state === cancelled) ??
      ofKind.find(({ lastError }) => lastError !== null) ??
      ofKind.find(({ attempts, state }) => attempts > 0 && state !== OperationState.done) ??
      // The others of its kind have not begun: the one that met it is over it already.
      ofKind.find(({ state }) => state === OperationState.done);
    return STATES.find((name) => OperationState[name] === met?.state) ?? 'none';
  }

  isPaused(): boolean {
    return this.branch.connections.get(this.connectionId).pause !== null;
  }

  /** The provider has forgotten it too: Personr's token is made again with the next call. */
  #forgetToken(): void {
    this.branch.db.transaction((db) => {
      db.run('UPDATE connections SET token_sealed = NULL, token_expires_at = NULL WHERE id = ?', [this.connectionId]);
    });
  }

  /**
   * The fault is over. Whoever is asked decides by looking at the provider: what is there is confirmed, what is not goes
   * again; what was refused is retried; a page that is wanted again is scanned again. Answers what was decided.
   */
  async recover(submissionId: string): Promise<AttentionDecision[]> {
    const { branch } = this;
    const decisions: AttentionDecision[] = [];
    this.proxy.lift();
    branch.dispatcher.resumeConnection(this.connectionId);
    branch.dispatcher.tryNow(null);
    for (let turn = 0; turn < 6; turn += 1) {
      await this.until('accepted, or a person is wanted', () => {
        const { state, beside } = branch.capture.submission(submissionId);
        return state === 'accepted' || state === 'retake' || beside.includes('attention');
      });
      const { state, slots } = branch.capture.submission(submissionId);
      if (state === 'accepted') return decisions;
      if (state === 'retake') {
        await this.#fill(submissionId, slots.filter(({ wantsRetake }) => wantsRetake !== null).length);
        this.release(submissionId);
        continue;
      }
      decisions.push(await this.decide(submissionId));
    }
    throw new Error('a person was asked again and again');
  }

  /** Answers the question about this customer as whoever looks at the provider would. */
  async decide(submissionId: string): Promise<AttentionDecision> {
    const operation = this.operations(submissionId).find(({ state }) => state === OperationState.attention);
    if (operation === undefined) throw new Error('nothing waits for a decision');
    const choice =
      operation.committedAt === null
        ? 'retry'
        : (await this.#isThere(submissionId, operation))
          ? 'confirm_delivered'
          : 'send_again';
    this.branch.decide(submissionId, choice);
    return choice;
  }

  /** What a person sees at the provider. A customer without pages has no id that could be typed in: it is made again. */
  async #isThere(submissionId: string, operation: Operation): Promise<boolean> {
    const page = this.branch.capture.submission(submissionId).pages.find(({ id }) => id === operation.pageId);
    return (
      page !== undefined &&
      (await this.practice.files()).some(({ sha256, stored }) => sha256 === page.sha256 && stored > 0)
    );
  }
}
