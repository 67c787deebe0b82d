import type { z } from 'zod';
import type {
  Cause,
  DocumentType,
  Doubt,
  Environment,
  Flow,
  OwnerPosition,
  ProviderId,
  Side,
  Subject,
  SubjectField,
} from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { HttpBody, HttpPort } from '../network/index.ts';
import type { RetakeSlot } from './self-service.ts';

export { SelfService } from './self-service.ts';
export type { RetakeSlot } from './self-service.ts';

/**
 * What every provider adapter offers. The outbox, sync, capture and the window know nothing else about a provider.
 * An adapter holds no state of its own: everything that must survive is an operation's result.
 */
export interface Provider {
  readonly id: ProviderId;
  /** Every operation kind of this provider, e.g. `persona.document.create`. */
  readonly operations: Readonly<Record<string, OperationRules>>;
  /**
   * The calls that a release needs, in order. Pure. On a retake (`round` > 0) only what is new: `delivered` names what
   * the provider already holds.
   */
  plan(input: PlanInput): PlannedOperation[];
  /**
   * Fields of the customer that the provider was given by these earlier operations and takes no change of: what a person
   * corrects in them stays at the desk. Absent: the provider is given no field at all.
   */
  readonly heldFields?: (earlier: PlanInput['earlier']) => readonly SubjectField[];
  /** Submissions of the owners whom these earlier operations linked to a company. Absent: the provider knows of no owners. */
  readonly linkedOwners?: (earlier: PlanInput['earlier']) => readonly string[];
  /** Performs one operation. Never throws for anything that the network or the provider does: that is an `Outcome`. */
  perform(operation: OperationToPerform, context: PerformContext): Promise<Outcome>;
  /** After a lost answer: finds out, by look-up, whether the provider has it. Only called when the rules say `look_up`. */
  lookUp(operation: OperationToPerform, context: PerformContext): Promise<LookUpOutcome>;
  /** One question about many records. Absent: each is asked about by itself. */
  readonly changes?: ProviderChanges;
  /** Answers to what a person asks about one customer outside of the plan. Absent: the provider has nothing of the kind. */
  readonly asks?: ProviderAsks;
  /**
   * The calls that remove for good what the provider holds of a customer whose pages are purged here. Pure. Absent or empty: it
   * stays there. `settings`: the connection's, as it keeps them.
   */
  readonly planRedaction?: (earlier: PlanInput['earlier'], settings: unknown) => readonly PlannedOperation[];
  /** What stays there all the same, in sentences: no call removes it, or it is not this customer's alone. Pure. Absent or empty: nothing does. */
  readonly staysWhenPurged?: (earlier: PlanInput['earlier'], settings: unknown) => readonly Message[];
  /**
   * A harmless call that proves base URL and credential. Where the provider only pretends (a sandbox), what the flows name
   * may be tried as well.
   */
  test(context: ConnectionContext, flows?: readonly Flow[]): Promise<ConnectionTest>;
}

export interface ConnectionTest {
  readonly isOk: boolean;
  readonly message: Message;
  /** The provider's id of the call, for its support. */
  readonly requestId: string | null;
  /** What else was learnt, for the administrator. */
  readonly details?: readonly Message[];
}

/** Each reads; nothing here is tried again by itself. `earlier`: what was done for the customer, as in `PlanInput`. */
export interface ProviderAsks {
  /** What is followed when the customer finishes a retake by themselves. Pure. Empty: it would not end well for this one. */
  readonly planSelfService: (
    input: PlanInput,
    wanted: readonly RetakeSlot[],
    nowMs: number,
  ) => readonly PlannedOperation[];
  /** The address for that. Whoever has it acts as the customer: it is shown once, and neither stored nor logged. */
  readonly link: (earlier: PlanInput['earlier'], context: ConnectionContext) => Promise<Asked<{ url: string }>>;
  /** The documents as the provider keeps them after its decision. */
  readonly kept: (
    earlier: PlanInput['earlier'],
    context: ConnectionContext,
  ) => Promise<Asked<{ documents: readonly KeptDocument[] }>>;
  /** How the customer's record stands at the provider. */
  readonly record: (earlier: PlanInput['earlier'], context: RecordContext) => Promise<Asked<RecordAtProvider>>;
}

/**
 * Following made cheap: what has changed at the provider, asked at once for many of a connection's records. It decides nothing: what
 * is named is read by its own follow call, and what is not named is read all the same, only more rarely.
 */
export interface ProviderChanges {
  /** Most records in one question. */
  readonly mostRecords: number;
  /** The provider's ids of everything that a follow call looks at. Pure. Empty: the question cannot be asked for it. */
  readonly recordsOf: (follow: FollowCall) => readonly string[];
  /** How long after a question the next one about a record comes, in milliseconds, by the age of its follow call. Pure. */
  readonly pauseMs: (ageMs: number) => number;
  /** Only reads, and never throws for what network or provider do. `isKnown`: a change that an earlier answer has named. */
  readonly ask: (
    recordIds: readonly string[],
    isKnown: (changeId: string, recordId: string) => boolean,
    context: ConnectionContext,
  ) => Promise<ChangesAnswer>;
}

export type FollowCall = Pick<OperationToPerform, 'kind' | 'payload' | 'needed'>;

/** `rateLimits`: what each request that was sent for the answer told of the limit. */
export type ChangesAnswer = { readonly rateLimits: readonly (RateLimit | null)[] } & (
  | {
      readonly kind: 'answered';
      /** Those that were not known. `changeId` is the provider's own, and says nothing of a person. */
      readonly changes: readonly { readonly changeId: string; readonly recordId: string }[];
      /** There are more than were looked through: any of the records may have changed. */
      readonly isCut: boolean;
    }
  /** This connection may not ask, or the provider does not tell: everything is asked about by itself. */
  | { readonly kind: 'not_offered' }
  | { readonly kind: 'limited'; readonly afterMs: number }
  | { readonly kind: 'failed' }
);

export type Asked<Answer> =
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'refused'; readonly message: Message };

export interface KeptDocument {
  /** The provider's word for the document; null when it cannot be told which image is which. Sides are never told. */
  readonly providerType: string | null;
  readonly bytes: Uint8Array;
}

export interface RecordAtProvider {
  /** The provider's own id. */
  readonly recordId: string;
  /** In the provider's own word; null when it is not shown. */
  readonly status: string | null;
  readonly flow: string | null;
  /** Fields in which the provider has something else than this PC. Never what it has. */
  readonly differing: readonly SubjectField[];
}

/**
 * How a repeat of this kind is made safe, how long that holds, and what happens when it no longer holds. Declared for
 * every kind; `docs/providers.md` shows the same as a table, and a test compares the two.
 */
export type OperationRules = {
  readonly payload: z.ZodType;
  /** Weight class: uploads must not starve small calls. */
  readonly size: 'small' | 'upload';
  /**
   * Whether what it brought is the customer's own and fits this flow as well, so that who was taken back after it may follow a changed
   * one. Absent: it was made under a flow and stays under it.
   */
  readonly servesFlow?: (payload: unknown, flow: Flow) => boolean;
} & RepeatRules;

export type RepeatRules =
  /** It only asks how things stand. */
  | { readonly repeat: 'read_only' }
  /**
   * It changes something, and a second one changes nothing more (RFC 9110, 9.2.2), whether or not the first one's answer was
   * lost: so it is never in doubt, and it sets no point of no return. A person may leave it undone.
   */
  | { readonly repeat: 'idempotent' }
  /**
   * The provider gives the first answer again, whatever it was, for `keyLifetimeMs` from the first attempt on; until then
   * the same bytes go again with the same key. Afterwards: the provider is asked, or a person.
   */
  | {
      readonly repeat: 'idempotency_key';
      readonly keyLifetimeMs: number;
      readonly afterwards: 'look_up' | 'person';
      readonly person: AskPerson;
    }
  /**
   * The provider is asked first, at any age. `keyLifetimeMs`: the request carries a key all the same; once it is that old,
   * a repeat (whose look-up has proved that nothing happened) takes a new one.
   */
  | { readonly repeat: 'look_up'; readonly keyLifetimeMs?: number; readonly person: AskPerson }
  /** Neither a key nor a question: a person decides. */
  | { readonly repeat: 'person'; readonly person: AskPerson };

/** What a person is asked when nothing else can tell. */
export type AskPerson = {
  readonly about: Doubt;
  /** What happened and where to look, for the person at the desk. */
  readonly question: (payload: unknown) => Message;
} &
  /** "It has arrived" is enough; `confirmed` is what its answer would have brought. */
  (
    | { readonly confirmedBy: 'word'; readonly confirmed: (operation: OperationToPerform, now: number) => Confirmed }
    /**
     * "It is there" is not enough, because later calls need the provider's own id: the person enters the one that the
     * provider's dashboard shows, and it is compared with what was sent before it is believed.
     */
    | { readonly confirmedBy: 'record'; readonly compare: CompareRecord }
  );

export interface Confirmed {
  readonly result: Readonly<Record<string, unknown>>;
  readonly deliveredPageIds: readonly string[];
}

export type CompareRecord = (
  recordId: string,
  operation: OperationToPerform,
  context: RecordContext,
) => Promise<RecordAnswer>;

/** What a comparison may use: it only reads. */
export type RecordContext = ConnectionContext & Pick<PerformContext, 'subject' | 'page'>;

export type RecordAnswer =
  /** It is the record of this very call: as if its answer had not been lost. */
  | { readonly kind: 'same'; readonly outcome: Extract<Outcome, { kind: 'done' }> }
  /** There is none of that id, or it is another one, or it cannot be told. Nothing was changed. */
  | { readonly kind: 'other'; readonly message: Message }
  /** The provider could not be asked. */
  | { readonly kind: 'failed'; readonly message: Message };

export interface PlannedOperation {
  /** Name unique inside the plan, for `needs`. */
  readonly ref: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly needs: readonly string[];
  /** The page that this operation delivers, when it is exactly one. */
  readonly pageId: string | null;
  readonly byteLength: number;
  /** It only asks how things stand (`read_only`); whoever asks for the plan adds it from the rules. */
  readonly isFollow?: boolean;
}

export interface PlanInput {
  readonly submissionId: string;
  readonly flow: Flow;
  /**
   * The connection's, as they are when it is planned. What of them goes into a request belongs into its payload: under one idempotency
   * key it must not change any more. Absent: the defaults.
   */
  readonly settings?: unknown;
  readonly round: number;
  readonly documents: readonly PlanDocument[];
  /** Results of this submission's earlier finished operations, by kind, newest last (empty on the first release). */
  readonly earlier: readonly FinishedOperation[];
  /** Of a company: the customers who own or direct it. */
  readonly owners?: readonly PlanOwner[];
}

export interface PlanOwner {
  /** The owner is a customer with a submission, and so with a record at the provider, of their own. */
  readonly submissionId: string;
  readonly position: OwnerPosition;
}

export interface PlanDocument {
  readonly documentId: string;
  readonly requirementId: string;
  readonly documentType: DocumentType;
  readonly providerType: string;
  /** ISO 3166-1 alpha-3, or '' when the flow needs none. */
  readonly country: string;
  readonly pages: readonly PlanPage[];
}

export interface PlanPage {
  readonly pageId: string;
  readonly side: Side;
  readonly mediaType: string;
  readonly byteLength: number;
  readonly isDelivered: boolean;
}

export interface OperationToPerform {
  readonly id: string;
  readonly submissionId: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly idempotencyKey: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly firstAttemptAt: number | null;
  /** When the attempt that is in doubt passed its point of no return; null: none is. */
  readonly committedAt: number | null;
  /**
   * An earlier attempt of this very request may have reached the provider. An attempt count does not tell: most failures
   * happen before anything has arrived.
   */
  readonly mayHaveArrived: boolean;
  /** HTTP status of the answer that ended the last attempt which was not a success; null: there was none, or no answer. */
  readonly lastStatus: number | null;
  /** Results of the operations it needed, by their kind, in the order of their finishing. */
  readonly needed: readonly FinishedOperation[];
  /** Every finished operation of the submission, also those it did not need; read when asked for. */
  readonly finished: () => readonly FinishedOperation[];
  /** Those of another submission, as an owner's; empty for one that does not exist. */
  readonly finishedOf: (submissionId: string) => readonly FinishedOperation[];
}

export interface FinishedOperation {
  readonly kind: string;
  readonly payload: unknown;
  readonly result: unknown;
}

export interface ConnectionContext {
  readonly connection: {
    readonly id: string;
    readonly environment: Environment;
    readonly baseUrl: string;
    readonly settings: unknown;
    /** What the provider has of purged customers is to be removed there. Absent: no. */
    readonly redactsWhenPurged?: boolean;
    /** As they are called now; a submission's own flow is what it was when the submission was made. */
    readonly flows: readonly (Pick<Flow, 'id' | 'name' | 'subjectKind'> & Partial<Pick<Flow, 'requirements'>>)[];
  };
  /** Opens the credential for the time of one call. Throws `CredentialMissing`. */
  credential(): unknown;
  readonly tokens: TokenStore;
  readonly http: HttpPort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface PerformContext extends ConnectionContext {
  /** The customer's fields, opened for this call. */
  subject(): Subject;
  /** A page's bytes, decrypted and verified piece by piece while they are read. Rejects with `PageUnreadable`. */
  page(pageId: string): Promise<{ fileName: string; mediaType: string; body: HttpBody }>;
  /** Pass on to `HttpRequest.beforeLastByte`: records durably that the provider may have the request from now on. */
  readonly beforeLastByte: () => void;
  readonly onProgress: (sentBytes: number) => void;
}

/** One token per connection, kept encrypted on disk; `mint` runs under a lock so that no two are made at once. */
export interface TokenStore {
  read(): { token: string; expiresAtMs: number } | null;
  /**
   * Runs `mint` unless the stored token is already another one than `refused` (somebody else was faster). The new token
   * is durable before it is returned.
   */
  renew(
    refused: string | null,
    mint: () => Promise<{ token: string; expiresAtMs: number }>,
  ): Promise<{ token: string; expiresAtMs: number }>;
}

/** What a finished call tells about the submission. */
export type Progress =
  | { readonly state: 'in_review' }
  | { readonly state: 'accepted'; readonly message: Message }
  | { readonly state: 'rejected'; readonly message: Message }
  | {
      readonly state: 'retake';
      readonly message: Message;
      /** Which documents and sides to capture again; `sides` empty: every side of the document. */
      readonly slots: readonly {
        readonly requirementId: string;
        readonly sides: readonly Side[];
        readonly message: Message;
      }[];
    };

/** What is kept of an answer for the timeline: nothing personal, nothing secret. */
export interface Evidence {
  readonly status: number | null;
  readonly requestId: string | null;
  readonly message: Message;
  /**
   * Proof that nothing reached the provider although the point of no return was passed: the connection was never made
   * (some networks take a small body before there is one). Left out: without an answer it may have arrived.
   */
  readonly hasNotArrived?: true;
  /** The reason lies in this PC's network, so every other connection that leaves this PC waits for the same. */
  readonly isNetworkWide?: true;
  /**
   * Something on the way answered in the provider's place, after the whole request had left: whether the provider has it is
   * not known, whatever the status says.
   */
  readonly mayHaveArrived?: true;
}

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

/** The closed union of what can come of an attempt; sync switches over it exhaustively. */
export type Outcome = { readonly rateLimit?: RateLimit } & (
  | {
      readonly kind: 'done';
      readonly result: Readonly<Record<string, unknown>>;
      readonly evidence: Evidence;
      readonly progress?: Progress;
      readonly deliveredPageIds?: readonly string[];
    }
  /** Nothing wrong, not decided yet: ask again later. Costs no failure. */
  | { readonly kind: 'again'; readonly afterMs: number; readonly evidence: Evidence; readonly progress?: Progress }
  /** Did not happen, may be tried again. `wait` causes only. */
  | {
      readonly kind: 'retry';
      readonly evidence: Evidence;
      readonly afterMs?: number;
      readonly freshKey?: boolean;
      readonly patience?: Patience;
    }
  /** The answer was lost: it may have happened. */
  | { readonly kind: 'unknown'; readonly evidence: Evidence; readonly patience?: Patience }
  /** The whole connection waits; costs no attempt. */
  | { readonly kind: 'rate_limited'; readonly evidence: Evidence; readonly afterMs: number }
  /**
   * The whole connection waits for the network, a sign-in or IT; costs no attempt. `afterMs` null: until a person acts.
   * `freshKey`: the provider keeps this refusal with the key, so that a repeat with it would be refused for ever.
   */
  | {
      readonly kind: 'pause';
      readonly cause: Cause;
      readonly evidence: Evidence;
      readonly afterMs: number | null;
      readonly freshKey?: boolean;
    }
  /**
   * The provider proves that what this operation builds on is not there any more. `by` takes the place of this operation
   * and of everything that waits for it; needs name other operations of `by` only.
   */
  | { readonly kind: 'replaced'; readonly by: readonly PlannedOperation[]; readonly evidence: Evidence }
  /**
   * This operation cannot go on without a person. `isRecordGone`: the provider itself says that it does not have what the call is
   * about, so nothing of the call is there, whatever had arrived: nobody is asked whether it has, and nobody's word says that it has.
   */
  | { readonly kind: 'attention'; readonly cause: Cause; readonly evidence: Evidence; readonly isRecordGone?: true }
);

/**
 * A provider that says "busy" may say so for ever. After so many answers of this HTTP status one after the other, `inARow` with this one, the
 * operation goes to a person (`call_it`) with `message`. Not of what is known to pass.
 */
export interface Patience {
  readonly inARow: number;
  readonly message: Message;
}

export type LookUpOutcome =
  | { readonly kind: 'happened'; readonly outcome: Extract<Outcome, { kind: 'done' }> }
  | { readonly kind: 'did_not_happen'; readonly evidence: Evidence }
  /** A person decides: confirm_delivered or send_again. */
  | { readonly kind: 'cannot_tell'; readonly evidence: Evidence }
  /** The look-up itself did not work. */
  | { readonly kind: 'failed'; readonly outcome: Exclude<Outcome, { kind: 'done' | 'again' | 'replaced' }> };

type WithRules = Pick<Provider, 'operations'>;

/** The call only asks how things stand: it is not part of what must be sent. */
export function isFollow({ operations }: WithRules, kind: string): boolean {
  return operations[kind]?.repeat === 'read_only';
}

/** The provider's plan, each operation marked with whether it only asks. */
export function planOf(provider: Provider, input: PlanInput): PlannedOperation[] {
  return provider.plan(input).map((planned) => ({ ...planned, isFollow: isFollow(provider, planned.kind) }));
}

/** The calls that follow a customer who finishes by themselves, marked as those of a plan; empty: it is not offered. */
export function selfServiceOf(
  provider: Provider,
  input: PlanInput,
  wanted: readonly RetakeSlot[],
  nowMs: number,
): PlannedOperation[] {
  const planned = provider.asks?.planSelfService(input, wanted, nowMs) ?? [];
  return planned.map((call) => ({ ...call, isFollow: isFollow(provider, call.kind) }));
}

/** Rules of a call that may simply go again whatever became of it: nobody has to find out first. */
export function isNeverInDoubt(
  rules: OperationRules | undefined,
): rules is Extract<OperationRules, { repeat: 'read_only' | 'idempotent' }> {
  return rules?.repeat === 'read_only' || rules?.repeat === 'idempotent';
}

/** A person may decide that it is not done at all: nothing else comes after it. */
export function mayBeLeft(rules: OperationRules | undefined): boolean {
  return rules?.repeat === 'idempotent';
}

/** What a person is asked about such a call when nothing else can tell; null: nothing. */
export function personOf(rules: OperationRules | undefined): AskPerson | null {
  return rules === undefined || isNeverInDoubt(rules) ? null : rules.person;
}

/** The same in words for the desk. */
export function questionAbout(
  { operations }: WithRules,
  kind: string,
  payload: unknown,
): (Pick<AskPerson, 'about' | 'confirmedBy'> & { readonly question: Message }) | null {
  const person = personOf(operations[kind]);
  if (person === null) return null;
  const { about, question, confirmedBy } = person;
  return { about, question: question(payload), confirmedBy };
}

export class CredentialMissing extends Error {
  constructor() {
    super('the connection has no credential, or the key store is locked');
    this.name = 'CredentialMissing';
  }
}

export class PageUnreadable extends Error {
  readonly pageId: string;
  constructor(pageId: string) {
    super('a page of the vault is missing or damaged');
    this.name = 'PageUnreadable';
    this.pageId = pageId;
  }
}
