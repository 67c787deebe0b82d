import type { Subject } from '../../shared/domain/index.ts';
import type { ReadableDatabase } from '../database/types.ts';
import type { FieldCipher } from '../vault/types.ts';
import { openSubject } from './records.ts';
import { inTurns } from './turns.ts';

/** Names decrypted in one step. */
const PAGE_ROWS = 200;
/** The newest that a search answers: whoever finds more types another letter. */
const MAX_FOUND = 2_000;

export interface SearchEntry {
  /** The company, or "Family, given", or the reference, or ''. */
  readonly customer: string;
  readonly reference: string;
}

interface IndexedEntry extends SearchEntry {
  readonly haystack: string;
}

/** Letters as people type them: without case and without accents. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

export function customerOf(subject: Subject): string {
  if (subject.companyName !== '') return subject.companyName;
  const name = [subject.familyName, subject.givenName].filter((part) => part !== '').join(', ');
  return name === '' ? subject.reference : name;
}

function entryOf(subject: Subject): IndexedEntry {
  return {
    customer: customerOf(subject),
    reference: subject.reference,
    haystack: fold(
      [
        `${subject.familyName} ${subject.givenName} ${subject.familyName}`,
        subject.companyName,
        subject.registrationNumber,
        subject.reference,
      ].join('\n'),
    ),
  };
}

export type SearchIndex = ReturnType<typeof createSearchIndex>;

/**
 * Names and references, decrypted, in memory only: the database holds them sealed, so it cannot search them. Filled once
 * in small turns and kept up to date by `refresh`.
 */
export function createSearchIndex(db: ReadableDatabase, cipher: FieldCipher, monotonic: () => number) {
  const entries = new Map<string, IndexedEntry>();
  let filling: Promise<void> | null = null;

  function put(submissionId: string, sealed: Uint8Array): IndexedEntry {
    const entry = entryOf(openSubject(cipher, submissionId, sealed));
    entries.set(submissionId, entry);
    return entry;
  }

  function refresh(submissionId: string): void {
    const row = db.get<{ subject_sealed: Uint8Array }>('SELECT subject_sealed FROM submissions WHERE id = ?', [
      submissionId,
    ]);
    if (row !== undefined) put(submissionId, row.subject_sealed);
  }

  /** Takes in the next submissions after `last`; answers the last one taken, or null when there are no more. */
  function fillMore(last: string): string | null {
    const rows = db.all<{ id: string; subject_sealed: Uint8Array }>(
      'SELECT id, subject_sealed FROM submissions WHERE id > ? ORDER BY id LIMIT ?',
      [last, PAGE_ROWS],
    );
    for (const row of rows) if (!entries.has(row.id)) put(row.id, row.subject_sealed);
    return rows.length < PAGE_ROWS ? null : (rows.at(-1)?.id ?? null);
  }

  function fill(): Promise<void> {
    let next: string | null = '';
    return inTurns(() => {
      if (next !== null) next = fillMore(next);
      return next !== null;
    }, monotonic);
  }

  /** Starts filling at the first call; resolves when every submission is in. */
  function ready(): Promise<void> {
    filling ??= fill();
    return filling;
  }

  return {
    refresh,
    ready,
    entry(submissionId: string, sealed: Uint8Array): SearchEntry {
      return entries.get(submissionId) ?? put(submissionId, sealed);
    },
    /** Ids of the newest submissions (at most 2,000) in which every word occurs. */
    async find(query: string): Promise<string[]> {
      await ready();
      const words = fold(query)
        .split(/\s+/)
        .filter((word) => word !== '');
      const found: string[] = [];
      for (const [id, entry] of entries) {
        if (words.every((word) => entry.haystack.includes(word))) found.push(id);
      }
      return found.toSorted().slice(-MAX_FOUND);
    },
  };
}
