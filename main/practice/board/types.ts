/** What the page shows; without imports of Node's, because the page's script reads these types as well. */

/** One request that arrived. Its path has no query: a query may name a customer. */
export interface BoardRequest {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly api: string;
  readonly method: string;
  readonly path: string;
  /** What the server decided; null when a fault kept it from deciding. */
  readonly status: number | null;
  readonly fault: string | null;
  readonly idempotencyKey: string | null;
  readonly isReplay: boolean;
  readonly bodyBytes: number;
  readonly files: readonly BoardFile[];
}

export interface BoardFile {
  readonly sha256: string;
  readonly byteLength: number;
  readonly mediaType: string;
}

export type BoardKind = 'document' | 'government-id' | 'inquiry' | 'account' | 'transaction' | 'applicant';

/** One record as the provider's dashboard would list it; nothing of the customer's. */
export interface BoardRecord {
  readonly api: string;
  readonly kind: BoardKind;
  readonly id: string;
  readonly createdAt: number;
  /** Kind of document, template, type or flow, as the program that made it named it. */
  readonly name: string;
  /** The record that it belongs to. */
  readonly ownerId: string | null;
  /** The provider's own word for where it is; empty for a kind that has none. */
  readonly status: string;
  /** What was decided about it, by its files, a test or a person; see `DECISION_FORM`. */
  readonly decision: string | null;
  /** Nothing is decided yet, or it is held: a person may decide. */
  readonly isOpen: boolean;
  readonly files: readonly BoardFile[];
}

/** A record as its own API lists it, before its files are added. */
export type ListedRecord = Omit<BoardRecord, 'api' | 'files'>;

export interface BoardFault {
  readonly api: string | null;
  readonly method: string | null;
  readonly path: string | null;
  /** The action in one line, e.g. `delay ms=2000`. */
  readonly action: string;
  /** Requests that it will still happen to. */
  readonly left: number;
}

/** Everything that changes while somebody looks. */
export interface Board {
  readonly now: number;
  /** Newest first, those after the sequence that was asked for; at most `BOARD_LIMIT`. */
  readonly requests: readonly BoardRequest[];
  readonly requestCount: number;
  /** Newest first, at most `BOARD_LIMIT`. */
  readonly records: readonly BoardRecord[];
  readonly recordCount: number;
  readonly faults: readonly BoardFault[];
  /** Decisions waiting for the next documents, first one first. */
  readonly nextDecisions: readonly { readonly api: string; readonly decision: string }[];
  /** True while every new document is held for a person. */
  readonly isHolding: boolean;
  readonly switches: Readonly<Record<string, string | number>>;
}

export const BOARD_LIMIT = 200;

/** What a program needs to reach an API: its name, the path of its base URL, and a credential. */
export interface Access {
  readonly api: string;
  readonly path: string;
  readonly credential: string;
}

/** The labels that a rejection may carry, by API. */
export type KnownLabels = Readonly<Record<string, readonly string[]>>;
