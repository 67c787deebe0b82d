import { Subject, SubjectField, nameParams } from '../../shared/domain/index.ts';
import type { DocumentType, SupervisorWay } from '../../shared/domain/index.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { isClean, isOverridable, preflight, slotsOf } from '../../shared/rules/index.ts';
import type { WritableDatabase } from '../database/types.ts';
import type { Grant } from '../supervision/index.ts';
import type { Changes } from './change.ts';
import { conflict } from './conflict.ts';
import { insertSubmission } from './customers.ts';
import type { NewSubmission } from './customers.ts';
import { checkInput, recheck } from './check.ts';
import { earlierOperations } from './earlier.ts';
import { sameSides } from './following.ts';
import { assertEditable } from './importer.ts';
import { stillUnconfirmed } from './identity.ts';
import {
  issuedOn,
  notFound,
  readActivePages,
  readDocuments,
  readPage,
  readPagesToReplace,
  readSubmission,
  sealContext,
  sealedIssuedOn,
  writeSubject,
} from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';
import { isParted } from './parting.ts';
import { sealedReason } from './reasons.ts';
import { record } from './timeline.ts';
import type { CaptureOptions } from './types.ts';

/**
 * A retaken page leaves its slot again: the page whose place it took is back, if the slot is still free. Once released, the provider's wish
 * is not known any more (it is taken back then), and what it refused or has must not look like a new page: the slot stays empty.
 * @param to the slot that the page goes to; null: the tray, or out
 */
function giveBack(
  transaction: WritableDatabase,
  page: PageRecord,
  { retakeSlots }: Pick<SubmissionRecord, 'retakeSlots'>,
  to: string | null = null,
): void {
  const old = page.replacesPageId === null ? null : readPage(transaction, page.replacesPageId);
  if (old === null || old.slot === null) return;
  if (retakeSlots[old.slot] !== undefined) {
    const isTaken = readActivePages(transaction, page.submissionId).some((other) => other.slot === old.slot);
    if (!isTaken) transaction.run("UPDATE pages SET state = 'active' WHERE id = ?", [old.id]);
  } else if (to === null) {
    // It may come back to the slot, and then it still is the one that took the old one's place.
    return;
  }
  transaction.run('UPDATE pages SET replaces_page_id = NULL WHERE id = ?', [page.id]);
}

/** Whose place a page takes, for the ledger, which tells the balance where each page is without any other table. */
function lineageOf(transaction: WritableDatabase, pageId: string): Pick<PageRecord, 'replacesPageId'> {
  const { replacesPageId } = readPage(transaction, pageId);
  return { replacesPageId };
}

/** By what the supervisor was known. Rows from before there was one say `ledger.overridden`. */
const OVERRIDDEN: Readonly<Record<SupervisorWay, string>> = {
  account: 'ledger.overriddenByAccount',
  pin: 'ledger.overriddenByPin',
};

export type Editing = ReturnType<typeof createEditing>;

/**
 * Everything a person may change before a release (and, for the slots that the provider wants again, during a retake).
 * Each change is one transaction with its ledger row and the state that follows from it.
 */
export function createEditing(options: CaptureOptions, { change, changed }: Changes) {
  const { db, cipher, clock, newId, operator } = options;

  /** One change of a page that the provider does not have. */
  function changePage(
    pageId: string,
    work: (transaction: WritableDatabase, page: PageRecord, submission: SubmissionRecord) => void,
  ): void {
    const { submissionId } = readPage(db, pageId);
    change(submissionId, (transaction, submission) => {
      const page = readPage(transaction, pageId);
      if (page.isDelivered) throw conflict('capture.pageIsDelivered');
      work(transaction, page, submission);
    });
  }

  function createBatch(): string {
    const batchId = newId();
    db.transaction((transaction) => {
      const last = transaction.get<{ number: number | null }>('SELECT max(number) AS number FROM batches');
      const number = (last?.number ?? 0) + 1;
      transaction.run("INSERT INTO batches (id, number, state, operator, created_at) VALUES (?, ?, 'open', ?, ?)", [
        batchId,
        number,
        operator,
        clock.now(),
      ]);
      record(options, transaction, {
        submissionId: null,
        kind: 'batch.created',
        message: { code: 'ledger.batchCreated', params: { number } },
        facts: { batchId },
      });
    });
    options.events.changed({ submissionIds: [], batchIds: [batchId] });
    return batchId;
  }

  function createSubmission(input: NewSubmission): string {
    const submissionId = db.transaction((transaction) => insertSubmission(options, transaction, input));
    changed(submissionId);
    return submissionId;
  }

  /** Several customers in one durable commit: all of them or none. Answers their ids in the order given. */
  function createSubmissions(inputs: readonly NewSubmission[]): string[] {
    const submissionIds = db.transaction((transaction) =>
      inputs.map((input) => insertSubmission(options, transaction, input)),
    );
    options.events.changed({ submissionIds, batchIds: [...new Set(inputs.map(({ batchId }) => batchId))] });
    return submissionIds;
  }

  /**
   * Saves what a person typed, which confirms it. `seen`: the fields as they had them in front of them, so that a field which a page
   * filled meanwhile is not emptied by somebody who typed elsewhere; left out, every field counts as typed.
   */
  function setSubject(submissionId: string, input: Subject, seen?: Subject): void {
    const typed = Subject.parse(input);
    change(submissionId, (transaction, submission) => {
      const before = submission.subject;
      const subject = { ...before };
      for (const field of SubjectField.options) {
        if (seen === undefined || typed[field] !== seen[field]) subject[field] = typed[field];
      }
      const held = options.heldFields(submission.provider, earlierOperations(transaction, submissionId));
      const unconfirmed = stillUnconfirmed(submission.unconfirmed, (field) => before[field] !== subject[field]);
      writeSubject(transaction, cipher, submissionId, { subject, unconfirmed });
      record(options, transaction, {
        submissionId,
        kind: 'subject.saved',
        message: {
          code: held.some((field) => before[field] !== subject[field])
            ? 'ledger.subjectSavedHere'
            : 'ledger.subjectSaved',
        },
      });
    });
  }

  /**
   * Chooses which document fills a requirement, and its country. Pages go to the side of the new document that matches
   * theirs, else to the tray. Once the provider has pages of the document (a retake, or taken back), its type stays.
   * `issuedOn`: the day on it, `YYYY-MM-DD`, or ''; left out, it stays, but another document has another.
   */
  function setDocument(
    submissionId: string,
    input: {
      readonly requirementId: string;
      readonly documentType: DocumentType;
      readonly country: string;
      readonly issuedOn?: string;
    },
  ): void {
    change(submissionId, (transaction, submission) => {
      const requirement = submission.flow.requirements.find((candidate) => candidate.id === input.requirementId);
      const accepted = requirement?.accepts.find((option) => option.documentType === input.documentType);
      const before = readDocuments(transaction, submissionId, submission.flow).find(
        (document) => document.requirementId === input.requirementId,
      );
      if (requirement === undefined || accepted === undefined || before === undefined) throw notFound();
      const isOtherType = before.documentType !== input.documentType;
      const pages = readActivePages(transaction, submissionId).filter(
        (page) => page.slot !== null && page.slot.startsWith(`${input.requirementId}/`),
      );
      const isFixed = Object.keys(submission.retakeSlots).length > 0 || pages.some((page) => page.isDelivered);
      if (isOtherType && isFixed) throw conflict('capture.documentIsFixed');
      const day = input.issuedOn ?? (isOtherType ? '' : issuedOn(cipher, before));
      transaction.run('UPDATE documents SET document_type = ?, country = ?, issued_on_sealed = ? WHERE id = ?', [
        input.documentType,
        input.country,
        sealedIssuedOn(cipher, before.id, day),
        before.id,
      ]);
      if (isOtherType) {
        // Out of their slots first: a slot holds one page at a time.
        for (const page of pages) transaction.run('UPDATE pages SET slot = NULL WHERE id = ?', [page.id]);
        for (const [pageId, slot] of sameSides(pages, requirement.id, accepted)) {
          transaction.run('UPDATE pages SET slot = ? WHERE id = ?', [slot, pageId]);
        }
      }
      record(options, transaction, {
        submissionId,
        kind: 'document.chosen',
        message: {
          code: 'ledger.documentChosen',
          params: {
            ...nameParams('requirement', requirement.label, requirement.labelKey),
            documentType: input.documentType,
          },
        },
        facts: { country: input.country },
      });
    });
  }

  /** Puts a page into another slot, or into the tray; a page that lies there changes places with it. */
  function movePage(pageId: string, slot: string | null): void {
    changePage(pageId, (transaction, page, submission) => {
      if (page.state !== 'active') throw notFound();
      if (page.slot === slot) return;
      if (slot !== null && submission.isStack) throw conflict('stack.hasNoSlots');
      const documents = readDocuments(transaction, page.submissionId, submission.flow);
      if (slot !== null && !slotsOf(submission.flow, documents).some((known) => known.key === slot)) {
        throw new SatchelFailure({ code: 'invalid_input', message: { code: 'capture.unknownSlot' }, field: 'slot' });
      }
      const there =
        slot === null
          ? undefined
          : readActivePages(transaction, page.submissionId).find((candidate) => candidate.slot === slot);
      transaction.run('UPDATE pages SET slot = NULL WHERE id = ?', [pageId]);
      giveBack(transaction, page, submission, slot);
      const isReplaced =
        there !== undefined && (there.isDelivered || readPagesToReplace(transaction, submission).has(there.id));
      if (isReplaced) {
        // The provider wants this slot again: the page that lay in the tray takes the old one's place.
        if (submission.retakeSlots[there.slot ?? ''] === undefined) throw conflict('capture.pageIsDelivered');
        transaction.run("UPDATE pages SET state = 'replaced' WHERE id = ?", [there.id]);
        transaction.run('UPDATE pages SET replaces_page_id = ? WHERE id = ?', [there.id, pageId]);
      } else if (there !== undefined) {
        const freed = page.replacesPageId === null ? page.slot : null;
        transaction.run('UPDATE pages SET slot = ? WHERE id = ?', [freed, there.id]);
      }
      transaction.run('UPDATE pages SET slot = ? WHERE id = ?', [slot, pageId]);
      record(options, transaction, {
        submissionId: page.submissionId,
        kind: 'page.moved',
        message: { code: slot === null ? 'ledger.pageMovedToTray' : 'ledger.pageMoved' },
        facts: { pageId, from: page.slot, to: slot, ...lineageOf(transaction, pageId) },
      });
    });
  }

  /** Takes a page out. Its bytes stay, so that `restorePage` can bring it back until the release. */
  function removePage(pageId: string): void {
    changePage(pageId, (transaction, page, submission) => {
      if (page.state !== 'active') throw notFound();
      transaction.run("UPDATE pages SET state = 'removed', removed_at = ? WHERE id = ?", [clock.now(), pageId]);
      giveBack(transaction, page, submission);
      record(options, transaction, {
        submissionId: page.submissionId,
        kind: 'page.removed',
        message: { code: 'ledger.pageRemoved' },
        facts: { pageId, slot: page.slot, sha256: page.sha256, ...lineageOf(transaction, pageId) },
      });
    });
  }

  /** Brings a removed page back: into its slot when that is free or wanted anew, else into the tray. */
  function restorePage(pageId: string): void {
    changePage(pageId, (transaction, page, submission) => {
      if (page.state !== 'removed' || page.purgedAt !== null) throw notFound();
      if (isParted(transaction, page)) throw conflict('stack.isParted');
      const documents = readDocuments(transaction, page.submissionId, submission.flow);
      const isKnown = slotsOf(submission.flow, documents).some((slot) => slot.key === page.slot);
      const there = readActivePages(transaction, page.submissionId).find((other) => other.slot === page.slot);
      const isWanted = there !== undefined && readPagesToReplace(transaction, submission).has(there.id);
      const slot = isKnown && (there === undefined || isWanted) ? page.slot : null;
      const replacesPageId = slot !== null && there !== undefined ? there.id : null;
      if (replacesPageId !== null) {
        transaction.run("UPDATE pages SET state = 'replaced' WHERE id = ?", [replacesPageId]);
        transaction.run('UPDATE pages SET replaces_page_id = ? WHERE id = ?', [replacesPageId, pageId]);
      }
      transaction.run("UPDATE pages SET state = 'active', removed_at = NULL, slot = ? WHERE id = ?", [slot, pageId]);
      record(options, transaction, {
        submissionId: page.submissionId,
        kind: 'page.restored',
        message: { code: 'ledger.pageRestored' },
        facts: { pageId, slot, ...lineageOf(transaction, pageId) },
      });
    });
  }

  /** Lets a supervisor wave through what preflight found. What the provider's calls cannot do without stays. */
  function override(submissionId: string, reason: string, grant: Grant): void {
    grant.redeem('override', submissionId);
    db.transaction((transaction) => {
      const submission = readSubmission(transaction, cipher, submissionId);
      assertEditable(submission);
      const findings = preflight(checkInput(options, transaction, submission));
      if (!isClean(findings.filter((found) => !isOverridable(found)))) throw conflict('capture.overrideNotEnough');
      transaction.run('UPDATE submissions SET override_reason_sealed = ?, updated_at = ? WHERE id = ?', [
        cipher.seal(reason, sealContext.overrideReason(submissionId)),
        clock.now(),
        submissionId,
      ]);
      const overridden = findings.filter((found) => found.severity === 'blocking').map((found) => found.rule);
      record(options, transaction, {
        submissionId,
        kind: 'submission.overridden',
        message: { code: OVERRIDDEN[grant.way], params: { count: overridden.length } },
        facts: {
          supervisor: grant.way,
          rules: [...new Set(overridden)].join(' '),
          ...sealedReason(cipher, reason, sealContext.overrideReason(submissionId)),
        },
      });
      recheck(options, transaction, submissionId);
    });
    changed(submissionId);
  }

  return {
    createBatch,
    createSubmission,
    createSubmissions,
    setSubject,
    setDocument,
    movePage,
    removePage,
    restorePage,
    override,
  };
}
