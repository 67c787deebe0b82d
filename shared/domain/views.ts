import type { BatchState, Beside, Cause, Light, SubmissionState } from './states.ts';
import type { AfterTaking } from './watched-folder.ts';
import type { MediaType, RenditionType } from './media.ts';
import type { BuiltInName, DocumentType, Flow, Side, SubjectField } from './flow.ts';
import type { Environment } from './connection.ts';
import type { Finding } from './finding.ts';
import type { CopyDecision, CopyReason } from './installation.ts';
import type { Seen } from './pause.ts';
import type { NetworkScanner } from './network-scanner.ts';
import type { OwnerPosition } from './owner.ts';
import type { ProviderId, ProviderSettings } from './providers/index.ts';
import type { Disagreement, UnconfirmedFields } from './reading.ts';
import type { ScanState, SourceCapabilities } from './scanner.ts';
import type { CutReason, StackEdit, StackSettings, TrayReason } from './stack.ts';
import type { Subject } from './subject.ts';
import type { Message } from '../messages/types.ts';

/** All times in views are UTC epoch milliseconds; all sizes are bytes. No view holds a path, a key or a credential. */

export interface ConnectionView {
  id: string;
  provider: ProviderId;
  name: string;
  /** Set where Satchel named it, not a person. */
  nameKey: BuiltInName | null;
  environment: Environment;
  baseUrl: string;
  flows: Flow[];
  settings: ProviderSettings;
  hasCredential: boolean;
  /** Why nothing is sent over this connection at the moment, or null. */
  pause: {
    cause: Cause;
    message: Message;
    /** Next test of whether the reason is gone; null: when a person acts. */
    untilMs: number | null;
    sinceMs: number | null;
    /** Tests in a row that have failed. */
    failures: number;
    seen: Seen | null;
  } | null;
}

export interface BatchView {
  id: string;
  /** Running number of the batch on this PC, for people. */
  number: number;
  state: BatchState;
  operator: string;
  createdAt: number;
  releasedAt: number | null;
  submissionCount: number;
  pageCount: number;
  /** How many submissions are `ready` (or overridden) and would go at a release. */
  readyCount: number;
}

/** A page to compare with, maybe of another customer. */
export interface PageElsewhere {
  pageId: string;
  submissionId: string;
  reference: string;
  capturedAt: number;
}

export interface PageView {
  id: string;
  fileName: string;
  mediaType: MediaType;
  byteLength: number;
  sha256: string;
  /** What is sent in its place because a provider's rule wants another form; null: the original itself. */
  rendition: { mediaType: RenditionType; byteLength: number; sha256: string; rule: string } | null;
  widthPixels: number | null;
  heightPixels: number | null;
  /** Sheets inside the file: 1 for most images, the page count of a PDF or TIFF; null until inspected. */
  sheetCount: number | null;
  /** Sheets whose working copy is another picture than the sheet as it was captured: straightened, or cut to the document. */
  straightenedSheets: number[];
  isInspected: boolean;
  slot: string | null;
  capturedAt: number;
  source: 'dialog' | 'drop' | 'paste' | 'manifest' | 'folder' | 'scanner' | 'camera';
  /** The page whose place this one took (a retake), kept for the lineage. */
  replacesPageId: string | null;
  /** Another page with the same bytes, wherever it is. */
  duplicateOf: PageElsewhere | null;
  /** A page of another customer, not released yet, that says the same document number. */
  sameNumberAs: PageElsewhere | null;
  /** An earlier page of another customer that looks like this one. */
  alikeTo: PageElsewhere | null;
  findings: Finding[];
  /** Acknowledged by the provider. */
  isDelivered: boolean;
  /** When the retention period took its bytes: there is no picture of it any more. Null: they are there. */
  purgedAt: number | null;
}

export interface SlotView {
  key: string;
  requirementId: string;
  requirementLabel: string;
  requirementLabelKey: BuiltInName | null;
  documentType: DocumentType;
  side: Side;
  isOptional: boolean;
  pageId: string | null;
  /** The provider asked for a new image here. */
  wantsRetake: { message: Message; previousPageId: string | null } | null;
}

/** One row of the submissions table. */
export interface SubmissionRow {
  id: string;
  batchId: string;
  batchNumber: number;
  /** No customer but a stack that waits to be dealt out. */
  isStack: boolean;
  connectionId: string;
  connectionName: string;
  connectionNameKey: BuiltInName | null;
  provider: ProviderId;
  flowName: string;
  flowNameKey: BuiltInName | null;
  /** "Family, given", or the reference, or '' while nothing is typed. */
  customer: string;
  reference: string;
  state: SubmissionState;
  beside: Beside[];
  cause: Cause | null;
  light: Light;
  filledSlots: number;
  requiredSlots: number;
  pageCount: number;
  operator: string;
  createdAt: number;
  updatedAt: number;
  /** When something happens next by itself (a retry, a status check), or null. */
  nextEventAt: number | null;
  /** Where it is and why, one sentence. */
  explanation: Message;
}

/** One entry of a submission's timeline, from the ledger. */
export interface TimelineEntry {
  sequence: number;
  at: number;
  operator: string;
  message: Message;
  requestId: string | null;
  /** HTTP status of the answer; null: there was none. */
  status: number | null;
  /** Set when something will be tried again. */
  nextAt: number | null;
  kind: 'person' | 'provider' | 'system';
  /** What a person gave as the reason, in a customer's own timeline. It may name the customer. */
  reason?: string | null;
}

export interface SubmissionDetail extends SubmissionRow {
  flow: Flow;
  subject: Subject;
  /** Fields that a page filled and that nobody has confirmed. */
  unconfirmed: UnconfirmedFields;
  /** Where pages and fields do not agree, with both values; the only place at which the window gets what a page said. */
  disagreements: Disagreement[];
  /** Fields that the provider has already and takes no change of; empty where nothing can be changed anyway. */
  heldFields: SubjectField[];
  /** `issuedOn`: `YYYY-MM-DD`, or '' while nobody has typed it. */
  documents: { requirementId: string; documentType: DocumentType; country: string; issuedOn: string }[];
  /** Of a company: the customers who own or direct it; empty for a person. */
  owners: OwnerView[];
  /** A retake at the customer's own phone: it may be offered, or it is waited for it. */
  selfService: 'offered' | 'awaited' | null;
  slots: SlotView[];
  pages: PageView[];
  /** Pages of this submission that fill no slot. */
  tray: string[];
  findings: Finding[];
  operations: OperationView[];
  timeline: TimelineEntry[];
  attention: {
    cause: Cause;
    message: Message;
    choices: AttentionChoice[];
    /** The call that may have arrived and that the choices are about; null when none is in doubt. */
    doubt: { operationId: string; about: Doubt; message: Message } | null;
  } | null;
}

/** A customer who owns or directs a company. */
export interface OwnerView {
  /** Of the owner's own submission. */
  submissionId: string;
  /** "Family, given", or the reference. */
  customer: string;
  position: OwnerPosition;
  state: SubmissionState;
  isVoided: boolean;
}

/** A customer who may be made an owner of a company. */
export interface OwnerChoice {
  submissionId: string;
  customer: string;
}

/** What a person is asked about when an answer was lost and nothing else can tell. */
export type Doubt =
  | 'applicant'
  | 'document'
  | 'submit'
  | 'page'
  | 'owner'
  | 'check'
  | 'account'
  | 'inquiry'
  | 'transaction';

/**
 * What a person may decide when something needs one:
 * `retry` (try again now), `confirm_delivered` ("it has arrived": the look-up was inconclusive, a person checked),
 * `confirm_record` ("it is there, and this is the provider's own id of it": compared before it is believed),
 * `send_again` ("it has not arrived"), `leave` ("it is not done at all").
 */
export type AttentionChoice = 'retry' | 'confirm_delivered' | 'confirm_record' | 'send_again' | 'leave';

export interface OperationView {
  id: string;
  kind: string;
  state: 'blocked' | 'pending' | 'claimed' | 'unknown' | 'done' | 'attention' | 'cancelled';
  pageId: string | null;
  attempts: number;
  nextAt: number | null;
  lastError: Message | null;
  /** HTTP status of the answer that was the last error; null: there is none, or it was no answer. */
  errorStatus: number | null;
  /** What the provider calls the records that the call made or was about; opaque. */
  recordIds: string[];
}

/** The status bar. */
export interface StatusView {
  isOnlineWanted: boolean;
  isPaused: boolean;
  network: 'online' | 'offline' | 'unknown';
  networkMessage: Message;
  waiting: number;
  sending: number;
  attention: number;
  upload: { pageId: string; sentBytes: number; totalBytes: number } | null;
  /** How far this PC's clock is from the providers' (theirs minus ours), when that is far enough to do harm; else null. */
  clockOffByMs: number | null;
  /** When the queue will be empty at the present rate, or null when it is empty or cannot be told. */
  clearAt: number | null;
  /** True when every connection in use is a practice connection. */
  isPractice: boolean;
  /** This profile may be a copy: nothing is sent before a person has decided. */
  copy: { reason: CopyReason; message: Message; choices: CopyDecision[] } | null;
  /** What happened at the start that a person should know, e.g. that a damaged database was set aside. */
  notices: Message[];
  keyStore: { kind: 'os' | 'file'; isSecure: boolean; isUnlocked: boolean; hasRecoveryKey: boolean };
}

/** The till balance: captured = sent + waiting + refused + voided. */
export interface BalanceView {
  fromMs: number;
  toMs: number;
  captured: number;
  sent: number;
  waiting: number;
  refused: number;
  voided: number;
  isBalanced: boolean;
  /** How many pages the ledger and the outbox do not agree about. */
  differing: number;
  /** The first of them. */
  differences: BalanceDifference[];
}

export type BalancePlace = 'sent' | 'waiting' | 'refused' | 'voided';

export interface BalanceDifference {
  pageId: string;
  submissionId: string;
  /** Where the page is by the ledger; null: it was never captured, or was taken out again. */
  ledger: BalancePlace | null;
  /** Where it is by the finished operations of the outbox, or by the page's own mark; null: there is no such page. */
  outbox: BalancePlace | null;
}

export interface TodayView {
  openBatches: BatchView[];
  waitingForRelease: number;
  attention: number;
  balance: BalanceView;
  /** Per hour of the local day, 24 numbers each. */
  capturedByHour: number[];
  deliveredByHour: number[];
}

export interface ImportReport {
  imported: { fileName: string; pageId: string; submissionId: string; slot: string | null }[];
  refused: { fileName: string; message: Message }[];
}

/** What a folder with a manifest holds, before it is taken in and after. */
export interface ManifestView {
  /** The folder's own name. */
  folder: string;
  /** The batch that was made; null while nothing was taken in. */
  batchId: string | null;
  /** Customers that can be, or were, taken in, and the files that are named for them. */
  customerCount: number;
  fileCount: number;
  /** What is wrong, by line of the manifest (from 1; null: the whole of it). Such a line, or such a customer, is left out. */
  problems: { line: number | null; message: Message }[];
  /** How many of the customers came in by a manifest before, whole or in part: taking it in again makes them twice. */
  importedBefore: number;
  /** What of such a folder is not here yet, and can be taken in by itself. */
  missing: { customers: number; files: number };
  /** Which files came in, and which did not. Before anything is taken in: what their first and last bytes speak against. */
  files: {
    imported: ImportReport['imported'];
    /** `fileName` as the manifest has it; `reference` is the customer's, or the word of the column `customer`. */
    refused: (ImportReport['refused'][number] & { line: number; reference: string })[];
  };
}

/** A scanner that answered. */
export interface ScannerView {
  id: string;
  /** Maker and model. */
  name: string;
  /** How it is reached, to tell two entries of one device apart. */
  via: string;
}

export interface ScannerList {
  devices: ScannerView[];
  /** Why there is none and what to do; null when there is one. */
  reason: Message | null;
}

/** The network scanners that this PC remembers. */
export interface NetworkScanningView {
  isDiscovering: boolean;
  scanners: NetworkScanner[];
}

/** What a network scanner said when it was asked what it is. */
export interface NetworkScannerTest {
  scanner: NetworkScanner;
  sources: SourceCapabilities[];
}

/** The scan that runs at the moment. */
export interface ScanProgress {
  submissionId: string;
  phase: 'starting' | 'scanning' | 'waitingForPaper';
  /** The page in the scanner, counted from 1. */
  page: number;
  /** How far that page is, 0 to 1; null when the scanner does not tell. */
  fraction: number | null;
  /** Pages of this scan that are safe in the vault. */
  taken: number;
}

export interface ScanReport extends ImportReport {
  /** Why it ended before it was done; null: everything was scanned. What is in `imported` is safe all the same. */
  stopped: { state: ScanState; message: Message } | null;
}

export interface ActivityEntry extends TimelineEntry {
  submissionId: string | null;
  reference: string;
}

/** One page that still lies in a stack, and where it would go. */
export interface StackPageView {
  id: string;
  /** Its place in the stack, counted from 1. */
  position: number;
  /** Sheets inside its file: they stay together. Null until it is inspected. */
  sheetCount: number | null;
  isInspected: boolean;
  /** What a person said about it against the proposal, or null. */
  edit: StackEdit | null;
  place:
    | {
        kind: 'customer';
        /** Counts from 1. */
        customer: number;
        /** Why this customer begins; null for its further pages. */
        reason: CutReason | null;
        /** `requirement/type/side`; null where the flow has no place for it: then it lies in the customer's tray. */
        slot: string | null;
      }
    | { kind: 'tray'; why: TrayReason };
}

/** A stack in review. What is found is always what is proposed, in the tray, and dealt out already. */
export interface StackView {
  submissionId: string;
  batchId: string;
  settings: StackSettings;
  /** The proposed customers one after the other, then the tray. */
  pages: StackPageView[];
  counts: {
    found: number;
    proposed: number;
    tray: number;
    dealt: number;
    /** Proposed and made already. */
    customers: number;
    beingChecked: number;
  };
  /** Customers that were made of it. */
  dealt: { submissionId: string; pageCount: number }[];
  /** Of what is shown here; given back when it is accepted. */
  fingerprint: string;
}

/** The folder into which a multifunction printer scans. The window never sees its path. */
export interface WatchedFolderView {
  /** The folder's own name; null when none is watched. */
  name: string | null;
  /** `unreachable`: a share that is away, or a folder that is gone; it is looked for again by itself. */
  state: 'off' | 'watching' | 'unreachable';
  afterTaking: AfterTaking;
  /** Files that nobody writes to any more, in the order in which they would be taken. */
  complete: { name: string; byteLength: number }[];
  /** What a person should know of complete files before they are taken. */
  remarks: { name: string; message: Message }[];
  /** How many are still being written. */
  arriving: number;
  /** Files that stay where they are, and why. */
  refused: { name: string; message: Message }[];
}
