import { ReadField, isIdentitySlot } from '../../shared/domain/index.ts';
import type { Subject, UnconfirmedFields } from '../../shared/domain/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import { otherPeople } from '../../shared/identity/index.ts';
import { readPage, writeSubject } from './records.ts';
import type { SubmissionRecord } from './records.ts';
import { forgetOffer, setOffered } from './readings.ts';
import type { ReadingRecord } from './readings.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** The customer's fields while they are filled; plain values, so that several pages can add to them. */
interface Filling {
  readonly subject: Subject;
  readonly unconfirmed: UnconfirmedFields;
}

/** Fields whose page has left the slots for identity go with it: nobody had taken their word. */
function withdraw(filling: Filling, hasLeft: (pageId: string) => boolean): Map<string, ReadField[]> {
  const byPage = new Map<string, ReadField[]>();
  for (const field of ReadField.options) {
    const from = filling.unconfirmed[field];
    if (from === undefined || !hasLeft(from.pageId)) continue;
    filling.subject[field] = '';
    delete filling.unconfirmed[field];
    byPage.set(from.pageId, [...(byPage.get(from.pageId) ?? []), field]);
  }
  return byPage;
}

/** Fills empty fields with what one page says; what is there already is never changed. */
function fill(filling: Filling, { pageId, reading }: ReadingRecord): ReadField[] {
  return ReadField.options.filter((field) => {
    const read = reading.fields[field];
    if (read === undefined || filling.subject[field] !== '') return false;
    const { value, ...quality } = read;
    filling.subject[field] = value;
    filling.unconfirmed[field] = { pageId, source: reading.source, ...quality };
    return true;
  });
}

/** The pages on which documents of two people are: whose of them the customer's is, nobody knows. */
function pagesOfTwo(readings: readonly ReadingRecord[]): Set<string> {
  const byPage = Map.groupBy(readings, ({ pageId }) => pageId);
  return new Set([...byPage].flatMap(([pageId, own]) => (otherPeople(own) === null ? [] : [pageId])));
}

/**
 * Lets the customer's fields follow the pages in slots for identity: each page is offered once to the fields that are empty, unless it is
 * of two people, and what was filled from a page that left is empty again, unless a person has confirmed it. Inside the caller's
 * transaction; the ledger gets the names of the fields, never what stands in them. Answers whether a field is another one now.
 * @param all the submission's readings
 */
export function fillFromPages(
  options: Pick<CaptureOptions, 'cipher' | 'clock' | 'operator'>,
  db: WritableDatabase,
  submission: SubmissionRecord,
  all: readonly ReadingRecord[],
): boolean {
  const { cipher, clock } = options;
  const submissionId = submission.id;
  const readings = all.filter(({ slot }) => isIdentitySlot(slot));
  const ofTwo = pagesOfTwo(readings);
  const waiting = readings.filter(({ pageId, isOffered }) => !isOffered && !ofTwo.has(pageId));
  const hasUnconfirmed = Object.keys(submission.unconfirmed).length > 0;
  if (waiting.length === 0 && !hasUnconfirmed) return false;
  const filling: Filling = { subject: { ...submission.subject }, unconfirmed: { ...submission.unconfirmed } };
  const tell = (kind: 'subject.filled' | 'subject.withdrawn', pageId: string, fields: readonly ReadField[]): void => {
    record(options, db, {
      submissionId,
      kind,
      message: {
        code: kind === 'subject.filled' ? 'ledger.subjectFilled' : 'ledger.subjectWithdrawn',
        params: { count: fields.length },
      },
      facts: { pageId, fields: fields.join(' ') },
      isSystem: true,
    });
  };
  const present = new Set(readings.map(({ pageId }) => pageId));
  // What the provider has, a retake does not take back.
  const withdrawn = withdraw(filling, (pageId) => !present.has(pageId) && !readPage(db, pageId).isDelivered);
  for (const [pageId, fields] of withdrawn) {
    forgetOffer(db, pageId);
    tell('subject.withdrawn', pageId, fields);
  }
  let isChanged = withdrawn.size > 0;
  for (const reading of waiting) {
    const fields = fill(filling, reading);
    setOffered(db, reading, clock.now());
    if (fields.length === 0) continue;
    isChanged = true;
    tell('subject.filled', reading.pageId, fields);
  }
  if (isChanged) writeSubject(db, cipher, submissionId, filling);
  return isChanged;
}
