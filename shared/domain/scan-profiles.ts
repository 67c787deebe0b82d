import type { DocumentType } from './flow.ts';
import { sizesOf } from './scanner.ts';
import type {
  DocumentProfile,
  ProfileSize,
  ScanChoice,
  ScanProfile,
  ScanSize,
  ScanSource,
  SourceCapabilities,
} from './scanner.ts';
import type { SlotView } from './views.ts';

/** Whose document is scanned: profiles can be fixed for a connection and a document type. */
export type ScanSubject = Pick<DocumentProfile, 'connectionId' | 'documentType'>;

/**
 * The area of each document: an open passport (ICAO Doc 9303-4: 125 × 176 mm) fits A5, a card (ID-1, 85.6 × 54 mm) A6; letters
 * are A4. What may be anything is scanned whole.
 */
const DOCUMENT_SIZES: Readonly<Record<DocumentType, ScanSize>> = {
  passport: 'a5',
  id_card: 'a6',
  driving_licence: 'a6',
  residence_permit: 'a6',
  utility_bill: 'a4',
  bank_statement: 'a4',
  selfie: 'full',
  company_document: 'a4',
  other: 'full',
};

/** The size for a document, or the nearest that the source has: what holds the document is never made smaller. */
export function sizeFor(size: ProfileSize, subject: ScanSubject | null, source: SourceCapabilities): ScanSize {
  const wanted = size === 'document' ? DOCUMENT_SIZES[subject?.documentType ?? 'other'] : size;
  const possible = sizesOf(source);
  const [largest = 'full'] = possible;
  return possible.includes(wanted) ? wanted : largest;
}

const isFor =
  (subject: ScanSubject) =>
  ({ connectionId, documentType }: DocumentProfile): boolean =>
    connectionId === subject.connectionId && documentType === subject.documentType;

/** The profile that is fixed for this document, with its source; null: there is none. */
export function fixedProfile({ documents }: ScanChoice, subject: ScanSubject | null): DocumentProfile | null {
  return subject === null ? null : (documents.find(isFor(subject)) ?? null);
}

/** How a source scans this document: as it was fixed for it, else as the source usually does. */
export function profileFor(choice: ScanChoice, source: ScanSource, subject: ScanSubject | null): ScanProfile {
  const fixed = fixedProfile(choice, subject);
  return fixed?.source === source ? fixed.profile : choice.profiles[source];
}

/** Fixes source and profile for a document, in the place of what was fixed before. Pure. */
export function withFixed(
  choice: ScanChoice,
  subject: ScanSubject,
  fixed: Pick<DocumentProfile, 'source' | 'profile'>,
): ScanChoice {
  return {
    ...withoutFixed(choice, subject),
    documents: [...withoutFixed(choice, subject).documents, { ...subject, ...fixed }],
  };
}

/** From now on this document is scanned as everything else is. Pure. */
export function withoutFixed(choice: ScanChoice, subject: ScanSubject): ScanChoice {
  const isThis = isFor(subject);
  return { ...choice, documents: choice.documents.filter((fixed) => !isThis(fixed)) };
}

/** Changes the profile that holds: the one that is fixed for this document and source, else the source's own. Pure. */
export function withProfile(
  choice: ScanChoice,
  source: ScanSource,
  subject: ScanSubject | null,
  profile: ScanProfile,
): ScanChoice {
  const fixed = fixedProfile(choice, subject);
  if (subject !== null && fixed?.source === source) return withFixed(choice, subject, { source, profile });
  return { ...choice, profiles: { ...choice.profiles, [source]: profile } };
}

/**
 * What a page for this slot would show; without a slot, the next open one (as capture places it: what is wanted again, what is
 * required, the rest). Null: nothing is open.
 */
export function scanSubjectOf(
  { connectionId, slots }: { readonly connectionId: string; readonly slots: readonly SlotView[] },
  slot: string | null,
): ScanSubject | null {
  const open = slots.filter(({ pageId }) => pageId === null);
  const found =
    slots.find(({ key }) => key === slot) ??
    slots.find(({ wantsRetake }) => wantsRetake !== null) ??
    open.find(({ isOptional }) => !isOptional) ??
    open[0];
  return found === undefined ? null : { connectionId, documentType: found.documentType };
}
