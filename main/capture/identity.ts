import type { Subject, UnconfirmedFields } from '../../shared/domain/index.ts';
import { ReadField } from '../../shared/domain/index.ts';
import { undecided } from '../../shared/identity/index.ts';
import type { Changes } from './change.ts';
import { identityOf } from './check.ts';
import { conflict } from './conflict.ts';
import { readSubmission, sealContext, writeSubject } from './records.ts';
import { sealedReason } from './reasons.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/** Characters of base64url: nobody hits it by chance, and a person can copy it. */
const CODE_LENGTH = 12;

/** The fields of `unconfirmed` without those that `isKnown` says a person has looked at. */
export function stillUnconfirmed(
  unconfirmed: UnconfirmedFields,
  isKnown: (field: ReadField) => boolean,
): UnconfirmedFields {
  return Object.fromEntries(Object.entries(unconfirmed).filter(([field]) => !isKnown(ReadField.parse(field))));
}

/** What a person says about whose the pages are: that filled fields are right, and that different values are one customer's. */
export function createIdentity(options: CaptureOptions, { change }: Changes) {
  const { db, cipher } = options;

  /** Confirms every filled field that still says what the person saw; one that changed meanwhile waits for the next look. */
  function confirmRead(submissionId: string, seen: Subject): void {
    change(submissionId, (transaction, submission) => {
      const { subject } = submission;
      const unconfirmed = stillUnconfirmed(submission.unconfirmed, (field) => seen[field] === subject[field]);
      const confirmed = ReadField.options.filter(
        (field) => submission.unconfirmed[field] !== undefined && unconfirmed[field] === undefined,
      );
      if (confirmed.length === 0) return;
      writeSubject(transaction, cipher, submissionId, { subject, unconfirmed });
      record(options, transaction, {
        submissionId,
        kind: 'subject.confirmed',
        message: { code: 'ledger.subjectConfirmed', params: { count: confirmed.length } },
        facts: { fields: confirmed.join(' ') },
      });
    });
  }

  /**
   * A person says, with a reason, that what disagrees is one customer's all the same. It holds for the disagreements named by
   * their ids, that is for exactly these values; a new page or another value asks again. Throws `conflict` when one of them is no longer there.
   */
  function decideSameCustomer(submissionId: string, ids: readonly string[], reason: string): void {
    change(submissionId, (transaction, submission) => {
      const present = identityOf(transaction, cipher, submission);
      const decided = present.filter(({ id }) => ids.includes(id));
      if (decided.length !== new Set(ids).size || decided.length === 0) {
        throw conflict('capture.otherDisagreement');
      }
      const holding = present.filter(({ isDecided }) => isDecided).map(({ id }) => id);
      const sealed = { ids: [...new Set([...holding, ...ids])], reason };
      transaction.run('UPDATE submissions SET same_customer_sealed = ? WHERE id = ?', [
        cipher.seal(JSON.stringify(sealed), sealContext.sameCustomer(submissionId)),
        submissionId,
      ]);
      record(options, transaction, {
        submissionId,
        kind: 'identity.decided',
        message: { code: 'ledger.identityDecided', params: { count: decided.length } },
        facts: {
          fields: [...new Set(decided.map(({ field }) => field))].join(' '),
          pages: [...new Set(decided.flatMap(({ first, second }) => [first.pageId, second.pageId]))]
            .filter((pageId) => pageId !== null)
            .join(' '),
          ...sealedReason(cipher, reason, sealContext.sameCustomerReason(submissionId)),
        },
      });
    });
  }

  /**
   * Stands for exactly what is undecided now: fields, places and values. Keyed, so that it may lie in a shell's history. Null when nothing
   * disagrees.
   */
  function disagreementCode(submissionId: string): string | null {
    const open = undecided(identityOf(db, cipher, readSubmission(db, cipher, submissionId)));
    if (open.length === 0) return null;
    const ids = JSON.stringify(open.map(({ id }) => id));
    return cipher.tag(ids, sealContext.sameCustomer(submissionId)).slice(0, CODE_LENGTH);
  }

  return { confirmRead, decideSameCustomer, disagreementCode };
}
