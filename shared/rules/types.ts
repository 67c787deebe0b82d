import type {
  BuiltInName,
  DocumentReading,
  DocumentType,
  Finding,
  Flow,
  MediaType,
  PageView,
  ProviderId,
  RenditionType,
  Subject,
  UnconfirmedFields,
} from '../domain/index.ts';

import type { SheetMeasures } from './measures.ts';

/** What a check noticed in the bytes themselves, without knowing provider or flow. Stored with the page. */
export type PageFact = Pick<Finding, 'rule' | 'severity' | 'params'>;

/** How many bytes a picture may have, and how far it may be made smaller for that. */
export interface PictureLimit {
  readonly maxBytes: number;
  /** What its sides are multiplied with at the least, 0 to 1: with less, too little of the document could be read. */
  readonly leastScale: number;
}

/** A form that a provider's rule wants in place of the original's. */
export interface WantedRendition {
  /** The rule, e.g. `personr.sentAs`; also the code of its sentence. */
  readonly rule: string;
  readonly mediaType: RenditionType;
  /** Of a picture; null where the provider states none. */
  readonly limit: PictureLimit | null;
}

/** What decides in which form a page is sent. `byteLength` is the original's. */
export interface SizedPage {
  readonly mediaType: MediaType;
  readonly sheetCount: number | null;
  readonly byteLength: number;
  readonly measures: readonly SheetMeasures[];
  /** Whether it is a PDF that is encrypted. */
  readonly isProtected: boolean;
  /** Whether it is a PDF with something before or behind it in its file. */
  readonly isSurrounded: boolean;
}

/** Another page that looks like a page. */
export interface AlikePage {
  readonly pageId: string;
  /** Of the submission that it belongs to; '' when that has none. */
  readonly reference: string;
  readonly isSameCustomer: boolean;
}

/** The facts that a page's file has documents of two people: on two of its sheets, or together on one. */
export const TWO_PEOPLE_RULES = { onSheets: 'page.twoPeople', together: 'page.twoPeopleTogether' } as const;

/** Whether a rule says that documents of two people are on one page. */
export function isOfTwoPeople(rule: string): boolean {
  return rule === TWO_PEOPLE_RULES.onSheets || rule === TWO_PEOPLE_RULES.together;
}

/**
 * The fact that a page is the back of a card, so that its front was scanned before it. It helps to deal out a stack, and is nothing
 * that people are told.
 */
export const CARD_BACK_RULE = 'page.cardBack';

/** The fact that a page is the one of a passport that says whose it is; nothing that people are told either. */
export const PASSPORT_RULE = 'page.passport';

/** The fact that a page has waited for minutes to be checked, because its bytes cannot be read just now. */
export const CHECK_WAITS_RULE = 'page.checkWaits';

/** The fact that a file names a program for editing pictures as one that made it. */
export const EDITOR_RULE = 'page.editorNamed';

/** The fact that a photo of a phone has a film behind it. */
export const FILM_RULE = 'page.filmWithin';

/** The fact that a PDF is encrypted, though it opens without a password; the provider's own rules say what that means. */
export const PROTECTED_RULE = 'pdf.protected';

/**
 * The fact that something stands before or behind the PDF in its file, or that its header or end mark is not as it should be: readers
 * find it only by looking for it.
 */
export const SURROUNDED_RULE = 'pdf.surrounded';

/** One active page as preflight sees it. Sizes in bytes, pictures in pixels after the file's own orientation. */
export interface RulePage {
  readonly id: string;
  /** `requirement/type/side`, or null while it lies in the tray. */
  readonly slot: string | null;
  readonly fileName: string;
  /** How it came in. */
  readonly source: PageView['source'];
  /** Of what is sent: the rendition where there is one. */
  readonly mediaType: string;
  readonly byteLength: number;
  /** Of the original. */
  readonly sha256: string;
  readonly widthPixels: number | null;
  readonly heightPixels: number | null;
  readonly sheetCount: number | null;
  readonly isInspected: boolean;
  readonly isDelivered: boolean;
  /** The provider refused it when it was to be delivered. */
  readonly isRefused?: boolean;
  /** Noticed at intake and by inspection. */
  readonly facts: readonly PageFact[];
  /** Of its sheets, by inspection. */
  readonly measures: readonly SheetMeasures[];
  /** Reference of the other submission that holds the same bytes ('' when it has none), or null. */
  readonly duplicateReference: string | null;
  /** The page that looks like this one without having the same bytes, or null. */
  readonly alike: AlikePage | null;
  /** What it says of its holder. */
  readonly readings: readonly DocumentReading[];
  /** Reference of another customer, not released yet, whose page says the same document number ('' when it has none), or null. */
  readonly sameNumberReference: string | null;
}

export interface RuleDocument {
  readonly requirementId: string;
  readonly documentType: DocumentType;
  /** ISO 3166-1 alpha-3, or '' to take the subject's. */
  readonly country: string;
  /** The day on which it was issued, `YYYY-MM-DD`; '' or left out: nobody typed it. */
  readonly issuedOn?: string;
}

/** Everything preflight looks at; nothing else influences its answer. */
export interface PreflightInput {
  readonly provider: ProviderId;
  readonly flow: Flow;
  /** One per requirement: the document type the operator chose (or the first that the requirement accepts). */
  readonly documents: readonly RuleDocument[];
  readonly pages: readonly RulePage[];
  readonly subject: Subject;
  /** Fields that a page filled and that nobody has confirmed. */
  readonly unconfirmed: UnconfirmedFields;
  /** Ids of the disagreements that a person decided to be of one customer. */
  readonly decided: ReadonlySet<string>;
  /** Slots that the provider wants captured again; empty outside a retake. */
  readonly retakeSlots: readonly string[];
  /** Of a company: one of its owners was voided, and will never be at the provider. Left out: none. */
  readonly hasVoidedOwner?: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A place to fill, derived from the flow and the chosen document types. */
export interface Slot {
  readonly key: string;
  readonly requirementId: string;
  readonly requirementLabel: string;
  readonly requirementLabelKey: BuiltInName | null;
  readonly documentType: DocumentType;
  readonly side: 'front' | 'back' | 'single';
  readonly isOptional: boolean;
}
