import { z } from 'zod';
import { ConnectionEdit, ConnectionInput } from '../domain/connection.ts';
import { TypedDate } from '../domain/dates.ts';
import { DocumentType } from '../domain/flow.ts';
import { CopyDecision } from '../domain/installation.ts';
import { BeforeChoice } from '../domain/manifest.ts';
import { OwnerPosition } from '../domain/owner.ts';
import { ScannerAddress } from '../domain/network-scanner.ts';
import { ScanChoice, ScanSource } from '../domain/scanner.ts';
import type { SourceCapabilities } from '../domain/scanner.ts';
import { SeparatorOrder } from '../domain/separator.ts';
import { RetentionRules } from '../domain/retention.ts';
import type { RetentionDue, RetentionView } from '../domain/retention.ts';
import { SendingRules } from '../domain/sending.ts';
import { Beside, Cause, SubmissionState } from '../domain/states.ts';
import { EnteredPin, PinProof, SupervisorPin } from '../domain/supervision.ts';
import type { SupervisionView } from '../domain/supervision.ts';
import { StackEdit, StackSettings } from '../domain/stack.ts';
import { Subject } from '../domain/subject.ts';
import type * as view from '../domain/views.ts';
import { AfterTaking } from '../domain/watched-folder.ts';
import type { Message } from '../messages/types.ts';

/**
 * The one door between the window and the main process. Requests are values that main parses with these schemas
 * (the window is not trusted); replies are plain types. Every method answers `Reply<Output>`: an exception would lose
 * everything but its text on the way.
 */
export type Reply<Output> = { ok: true; data: Output } | { ok: false; error: Failure };

/** `code` is for programs, `message` for people; `field` names the input at fault. */
export interface Failure {
  code: 'invalid_input' | 'not_found' | 'conflict' | 'not_allowed' | 'storage' | 'key_store' | 'internal';
  message: Message;
  field?: string;
}

const id = z.string().min(1).max(64);
/** A provider's own id, as a person copied it: opaque, without spaces. */
export const RecordId = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,200}$/);

/** Why a person decided, overrode or voided something; kept sealed. */
export const Reason = z.string().trim().min(3).max(400);

/** Phantom carrier of a method's reply type; has no value at run time. */
export interface Method<Input extends z.ZodType, Output> {
  readonly input: Input;
  readonly output?: Output;
}

function method<Output>() {
  return <Input extends z.ZodType>(input: Input): Method<Input, Output> => ({ input });
}

export const SubmissionFilter = z.object({
  tab: z.enum(['all', 'draft', 'waiting', 'in_review', 'attention', 'decided', 'voided']).default('all'),
  states: z.array(SubmissionState).optional(),
  beside: z.array(Beside).optional(),
  causes: z.array(Cause).optional(),
  connectionId: id.optional(),
  batchId: id.optional(),
  operator: z.string().max(120).optional(),
  fromMs: z.number().int().optional(),
  toMs: z.number().int().optional(),
  search: z.string().max(120).optional(),
});
export type SubmissionFilter = z.infer<typeof SubmissionFilter>;

/** Largest image that the window may hand over as bytes (paste); files go by `importFiles` and have no such limit. */
export const MAX_PASTE_BYTES = 32 * 1024 * 1024;

const PictureBytes = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_PASTE_BYTES);

/** What is scanned from where, and into which customer. */
export const ScanOrder = z.object({
  deviceId: z.string().min(1).max(400),
  source: ScanSource,
  submissionId: id,
  /** Of the first page; null: the next open slot that fits. */
  slot: z.string().max(120).nullable(),
  /** The page in that slot whose place the first page takes; it can be brought back until the release. */
  replacesPageId: id.nullable(),
});
export type ScanOrder = z.infer<typeof ScanOrder>;

export const methods = {
  'status.get': method<view.StatusView>()(z.object({})),
  'status.setOnline': method<null>()(z.object({ isOnline: z.boolean() })),
  'status.setPaused': method<null>()(z.object({ isPaused: z.boolean() })),
  /** One submission, everything of one connection, or everything that waits. */
  'status.tryNow': method<null>()(z.object({ submissionId: id.optional(), connectionId: id.optional() })),

  /** A person says what became of the original of a copied profile; recorded in the ledger. */
  'installation.decide': method<null>()(z.object({ choice: CopyDecision })),

  'sending.get': method<SendingRules>()(z.object({})),
  'sending.set': method<null>()(SendingRules),
  'retention.get': method<RetentionView>()(z.object({})),
  /** What a period of so many days would take now, so that a person knows before it is set. */
  'retention.due': method<RetentionDue>()(z.object({ keepDays: RetentionRules.shape.keepDays.unwrap() })),
  'retention.set': method<null>()(RetentionRules),
  'retention.setRedaction': method<null>()(z.object({ connectionId: id, isOn: z.boolean() })),

  'today.get': method<view.TodayView>()(z.object({})),

  'batch.list': method<view.BatchView[]>()(z.object({})),
  'batch.create': method<{ batchId: string }>()(z.object({})),
  'batch.release': method<{ released: number; kept: number }>()(z.object({ batchId: id })),

  'submission.create': method<{ submissionId: string }>()(z.object({ batchId: id, connectionId: id, flowId: id })),
  'submission.list': method<{ rows: view.SubmissionRow[]; total: number; tabCounts: Record<string, number> }>()(
    z.object({ filter: SubmissionFilter, offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
  ),
  'submission.get': method<view.SubmissionDetail>()(z.object({ submissionId: id })),
  /** `seen`: the fields as the window had them; only what differs from them was typed. Left out: everything was. */
  'submission.setSubject': method<null>()(
    z.object({ submissionId: id, subject: Subject, seen: Subject.exactOptional() }),
  ),
  /** A person has compared the fields that pages filled, as they saw them, with the document. */
  'submission.confirmRead': method<null>()(z.object({ submissionId: id, seen: Subject })),
  /** A person says that these disagreements are one customer's all the same. */
  'submission.sameCustomer': method<null>()(
    z.object({
      submissionId: id,
      disagreements: z.array(z.string().min(1).max(1000)).min(1).max(100),
      reason: Reason,
    }),
  ),
  'submission.setDocument': method<null>()(
    z.object({
      submissionId: id,
      requirementId: z.string().max(40),
      documentType: DocumentType,
      country: z.union([z.literal(''), z.string().regex(/^[A-Z]{3}$/)]),
      /** Left out: as it is, unless it is another document now. */
      issuedOn: TypedDate.exactOptional(),
    }),
  ),
  /** The persons who may be made owners of a company: of its batch and connection, the newest first. */
  'submission.ownerChoices': method<view.OwnerChoice[]>()(z.object({ submissionId: id })),
  /** `position` null: not an owner any more. */
  'submission.setOwner': method<null>()(
    z.object({ submissionId: id, ownerSubmissionId: id, position: OwnerPosition.nullable() }),
  ),
  /** A retake at the customer's own phone. The link is answered once and is a secret of theirs; `code`: the same as a QR code. */
  'submission.link': method<{ url: string; code: { side: number; path: string } }>()(z.object({ submissionId: id })),
  'submission.backFromCustomer': method<null>()(z.object({ submissionId: id })),
  /** Submits one retaken or late submission without its batch. */
  'submission.release': method<null>()(z.object({ submissionId: id })),
  'submission.hold': method<null>()(z.object({ submissionId: id, isHeld: z.boolean() })),
  /** Back to the desk to be corrected, before everything is sent; then it is released again by itself. */
  'submission.takeBack': method<null>()(z.object({ submissionId: id })),
  'submission.void': method<null>()(z.object({ submissionId: id, reason: Reason })),
  /** `pin`: the supervisor's, where the PIN says who is one; null where the policy of the PC does. */
  'submission.override': method<null>()(z.object({ submissionId: id, reason: Reason, pin: EnteredPin.nullable() })),
  'submission.decide': method<null>()(
    z.object({
      submissionId: id,
      choice: z.enum(['retry', 'confirm_delivered', 'send_again', 'leave']),
      /** The call in doubt; left out: everything that waits for this kind of decision. */
      operationId: id.optional(),
    }),
  ),
  /** It is there, under the id that the provider's dashboard shows: read there and compared before it is believed. */
  'submission.confirmRecord': method<null>()(z.object({ submissionId: id, operationId: id, recordId: RecordId })),

  /** Opens the system's file dialog in main; the window never sees a path. */
  'page.importDialog': method<view.ImportReport>()(
    z.object({ submissionId: id, slot: z.string().max(120).nullable() }),
  ),
  'page.paste': method<view.ImportReport>()(
    z.object({
      submissionId: id,
      slot: z.string().max(120).nullable(),
      fileName: z.string().min(1).max(255),
      bytes: PictureBytes,
    }),
  ),
  /** Takes in the picture on the system's clipboard, which only main may read; an empty report when there is none. */
  'page.pasteClipboard': method<view.ImportReport>()(
    z.object({ submissionId: id, slot: z.string().max(120).nullable() }),
  ),
  /** Takes in a photo that the window took with this PC's camera (JPEG). */
  'page.photo': method<view.ImportReport>()(
    z.object({
      submissionId: id,
      slot: z.string().max(120).nullable(),
      /** The page in that slot whose place the photo takes; it can be brought back until the release. */
      replacesPageId: id.nullable(),
      bytes: PictureBytes,
    }),
  ),
  'folder.get': method<view.WatchedFolderView>()(z.object({})),
  /** Opens the system's dialog in main; the window never sees a path. Cancelled, everything stays as it is. */
  'folder.choose': method<view.WatchedFolderView>()(z.object({})),
  'folder.set': method<view.WatchedFolderView>()(z.object({ afterTaking: AfterTaking, isWatched: z.boolean() })),
  /** Takes every complete file of the watched folder into a customer. */
  'folder.take': method<view.ImportReport>()(z.object({ submissionId: id, slot: z.string().max(120).nullable() })),
  /** Opens the system's dialog in main and remembers the folder; null: cancelled, and what was chosen before stays. */
  'manifest.choose': method<{ folder: string } | null>()(z.object({})),
  /** Reads the manifest of the chosen folder and every file's name, and takes nothing in. */
  'manifest.check': method<view.ManifestView>()(z.object({ connectionIds: z.array(id).min(1).max(200) })),
  /** Takes the chosen folder in, into a new batch or, to go on, into that of the earlier import; `importProgress` tells how far it is. */
  'manifest.import': method<view.ManifestView>()(
    z.object({ connectionIds: z.array(id).min(1).max(200), before: BeforeChoice }),
  ),
  'page.move': method<null>()(z.object({ pageId: id, slot: z.string().max(120).nullable() })),
  'page.remove': method<null>()(z.object({ pageId: id })),
  'page.restore': method<null>()(z.object({ pageId: id })),
  'page.rotate': method<null>()(
    z.object({ pageId: id, degrees: z.union([z.literal(90), z.literal(180), z.literal(270)]) }),
  ),

  /** Begins a stack: pages that come into it wait in its tray until it is dealt out. */
  'stack.create': method<{ submissionId: string }>()(
    z.object({ batchId: id, connectionId: id, flowId: id, settings: StackSettings }),
  ),
  'stack.get': method<view.StackView>()(z.object({ submissionId: id })),
  'stack.set': method<null>()(z.object({ submissionId: id, settings: StackSettings })),
  /** What a person says about single pages against the proposal; null takes it back. Answers what follows. */
  'stack.edit': method<view.StackView>()(z.object({ submissionId: id, edits: z.record(id, StackEdit.nullable()) })),
  /** A file of several sheets becomes as many pages, in its place. Answers their ids, and the stack as it is then. */
  'stack.part': method<{ pageIds: string[]; stack: view.StackView }>()(z.object({ submissionId: id, pageId: id })),
  /** Makes the proposed customers. `seen`: the fingerprint of the proposal that the person looked at. */
  'stack.split': method<{ submissionIds: string[] }>()(z.object({ submissionId: id, seen: z.string().max(100) })),
  /** Takes all its pages back, until one of its customers is released. */
  'stack.undo': method<null>()(z.object({ submissionId: id })),
  /** Puts away what is left in the tray, once everything else is dealt out. */
  'stack.putAway': method<null>()(z.object({ submissionId: id })),
  /** Asks where, in main, and saves a PDF of separator sheets there; false when the person cancelled. */
  'separators.save': method<{ isSaved: boolean }>()(SeparatorOrder),

  /** Asks the scanners that are there; remembered until `isFresh` asks again. May take seconds. */
  'scanner.list': method<view.ScannerList>()(z.object({ isFresh: z.boolean() })),
  'scanner.capabilities': method<SourceCapabilities[]>()(z.object({ deviceId: z.string().min(1).max(400) })),
  'scanner.choice': method<ScanChoice>()(z.object({})),
  'scanner.choose': method<null>()(ScanChoice),
  'networkScanner.get': method<view.NetworkScanningView>()(z.object({})),
  'networkScanner.setDiscovering': method<view.NetworkScanningView>()(z.object({ isDiscovering: z.boolean() })),
  /** Asks what answers at an address; remembered on this PC when it is a scanner. Fails with a sentence when it is none. */
  'networkScanner.add': method<view.NetworkScannerTest>()(z.object({ address: ScannerAddress })),
  'networkScanner.test': method<view.NetworkScannerTest>()(z.object({ id: z.string().min(1).max(400) })),
  /** Its address and its certificate. */
  'networkScanner.forget': method<view.NetworkScanningView>()(z.object({ id: z.string().min(1).max(400) })),
  /** Answers when the scan is over; `scanProgress` tells how far it is. Fails when it could not begin. */
  'scan.start': method<view.ScanReport>()(ScanOrder),
  'scan.cancel': method<null>()(z.object({})),
  /** The scan that runs, for a window that was opened after it began; null: none. */
  'scan.progress': method<view.ScanProgress | null>()(z.object({})),

  'connection.list': method<view.ConnectionView[]>()(z.object({})),
  'connection.create': method<{ connectionId: string }>()(z.object({ connection: ConnectionInput })),
  /** What saving would change, a sentence each, and how many customers at the desk follow. Changes nothing. */
  'connection.checkUpdate': method<{ changes: Message[]; atDesk: number }>()(
    z.object({ connectionId: id, connection: ConnectionEdit }),
  ),
  /** `pin`: the supervisor's, where one is set. */
  'connection.update': method<null>()(
    z.object({ connectionId: id, connection: ConnectionEdit, pin: EnteredPin.nullable() }),
  ),
  'connection.setCredential': method<null>()(
    z.object({ connectionId: id, credential: z.record(z.string(), z.string().max(4096)) }),
  ),
  'connection.remove': method<null>()(z.object({ connectionId: id })),
  /** Asks the provider something harmless; answers in words, never with the credential. */
  'connection.test': method<{ isOk: boolean; message: Message; requestId: string | null; details: Message[] }>()(
    z.object({ connectionId: id }),
  ),

  'activity.list': method<{ entries: view.ActivityEntry[]; total: number }>()(
    z.object({ search: z.string().max(120), offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) }),
  ),
  'activity.verify': method<{ isIntact: boolean; rows: number; firstBadSequence: number | null }>()(z.object({})),

  'balance.get': method<view.BalanceView>()(z.object({ fromMs: z.number().int(), toMs: z.number().int() })),

  'supervision.get': method<SupervisionView>()(z.object({})),
  'supervision.setPin': method<null>()(z.object({ pin: SupervisorPin, proof: PinProof })),

  /** Makes a recovery key and shows it once; it is stored nowhere. `pin`: the supervisor's, null while there is none. */
  'recovery.create': method<{ recoveryKey: string }>()(z.object({ pin: EnteredPin.nullable() })),
  'recovery.unlock': method<null>()(z.object({ recoveryKey: z.string().trim().min(20).max(200) })),

  'sample.load': method<{ batchId: string }>()(z.object({})),
  'settings.get': method<{ theme: 'system' | 'light' | 'dark'; language: 'system' | 'en' | 'de' }>()(z.object({})),
  'settings.set': method<null>()(
    z.object({ theme: z.enum(['system', 'light', 'dark']), language: z.enum(['system', 'en', 'de']) }),
  ),
  'app.about': method<{
    version: string;
    runtime: string;
    profileName: string;
    licences: { name: string; licence: string }[];
  }>()(z.object({})),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type InputOf<Name extends MethodName> = z.input<Methods[Name]['input']>;
export type OutputOf<Name extends MethodName> = Exclude<Methods[Name]['output'], undefined>;

/** What main tells the window without being asked. Hints only: the window asks again for what it shows. */
export interface Events {
  /** Something about these submissions changed (empty: anything may have changed). */
  changed: { submissionIds: string[]; batchIds: string[] };
  status: view.StatusView;
  watchedFolder: view.WatchedFolderView;
  importProgress: { done: number; total: number; fileName: string };
  /** `scan` null: none runs any more. */
  scanProgress: { scan: view.ScanProgress | null };
  toast: { message: Message; tone: 'info' | 'success' | 'problem'; submissionId: string | null };
}
export type EventName = keyof Events;

/** Target of files that were dropped or chosen in the window. `submissionId` null: the batch's next customer. */
export interface ImportTarget {
  submissionId: string;
  slot: string | null;
}

/**
 * What the preload puts on `window.satchel`. `importFiles` takes `File` objects of a drop or an `<input type=file>`; the
 * preload turns them into paths and hands those to main on a channel that page script cannot reach.
 */
export interface SatchelBridge<FileObject = unknown> {
  invoke<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<Reply<OutputOf<Name>>>;
  importFiles(files: readonly FileObject[], target: ImportTarget): Promise<Reply<view.ImportReport>>;
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
}

/**
 * Root-relative addresses of a page's pictures, answered by the app's own scheme by page id. `sheet` counts from 1; `isWhole`
 * asks for the sheet as it was captured in place of the working copy, which is straight and cut to the document.
 */
export const imageUrl = {
  thumbnail: (pageId: string) => `/page/${pageId}/thumbnail`,
  preview: (pageId: string, { sheet = 1, isWhole = false }: { sheet?: number; isWhole?: boolean } = {}) =>
    `/page/${pageId}/preview?sheet=${sheet}${isWhole ? '&whole' : ''}`,
};
