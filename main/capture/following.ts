import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { nameParams, slotKey, slotParts } from '../../shared/domain/index.ts';
import type { AcceptedDocument, Flow, Requirement } from '../../shared/domain/index.ts';
import { slotsOf } from '../../shared/rules/index.ts';
import { isDiskFull } from '../../shared/util/failure.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { errorFields } from '../logging/index.ts';
import { recheck } from './check.ts';
import { earlierOperations } from './earlier.ts';
import { parseFlow, readActivePages, readDocuments, readSubmission } from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';
import { record } from './timeline.ts';
import { inTurns } from './turns.ts';
import type { CaptureOptions } from './types.ts';

type FollowOptions = Pick<CaptureOptions, 'cipher' | 'clock' | 'connections' | 'newId' | 'operator' | 'servesAnyFlow'>;

/**
 * The places of pages of one requirement when its document is another one, or has other sides: each goes to the side that matches its
 * own, a lonely front also to a single one; what matches none has no place. Pure. Each slot is given once.
 */
export function sameSides(
  pages: readonly Pick<PageRecord, 'id' | 'slot'>[],
  requirementId: string,
  { documentType, sides }: Pick<AcceptedDocument, 'documentType' | 'sides'>,
): Map<string, string> {
  const taken = new Set<string>();
  const places = new Map<string, string>();
  for (const page of pages) {
    const side = slotParts(page.slot)?.side ?? 'single';
    const alike = side === 'back' ? ['back'] : [side, 'front', 'single'];
    const match = alike
      .flatMap((wanted) => sides.filter((candidate) => candidate === wanted))
      .map((candidate) => slotKey(requirementId, documentType, candidate))
      .find((key) => !taken.has(key));
    if (match === undefined) continue;
    taken.add(match);
    places.set(page.id, match);
  }
  return places;
}

/** The flow that a customer at the desk should be under now; null: the one they are under. */
function newFlowOf({ connections }: FollowOptions, { connectionId, flow }: SubmissionRecord): Flow | null {
  const current = connections.get(connectionId).flows.find(({ id }) => id === flow.id);
  return current === undefined || isDeepStrictEqual(current, flow) ? null : current;
}

/** The provider has something of the customer that was made under their flow: with another one it would not fit together. */
function isBound(options: FollowOptions, db: ReadableDatabase, { id, provider }: SubmissionRecord): boolean {
  return earlierOperations(db, id).some(({ kind }) => !options.servesAnyFlow(provider, kind));
}

/** The document that fills a requirement of the new flow: the chosen one while it is taken, else the one that is offered first. */
function acceptedOf({ accepts }: Requirement, chosen: string | undefined): AcceptedDocument | undefined {
  return accepts.find(({ documentType }) => documentType === chosen) ?? accepts[0];
}

/** The rows of the documents under the new flow. Those of requirements that are gone stay, for they may come back. */
function alignDocuments(options: FollowOptions, db: WritableDatabase, before: SubmissionRecord, flow: Flow): void {
  const rows = db.all<{ id: string; requirement_id: string; document_type: string }>(
    'SELECT id, requirement_id, document_type FROM documents WHERE submission_id = ?',
    [before.id],
  );
  for (const requirement of flow.requirements) {
    const row = rows.find(({ requirement_id }) => requirement_id === requirement.id);
    const documentType = acceptedOf(requirement, row?.document_type)?.documentType ?? 'other';
    if (row === undefined) {
      db.run(
        `INSERT INTO documents (id, submission_id, requirement_id, document_type, country, issued_on_sealed)
         VALUES (?, ?, ?, ?, '', NULL)`,
        [options.newId(), before.id, requirement.id, documentType],
      );
    } else if (row.document_type !== documentType) {
      // Another document has another day of issue.
      db.run('UPDATE documents SET document_type = ?, issued_on_sealed = NULL WHERE id = ?', [documentType, row.id]);
    }
  }
}

const PlaceRow = z.object({ pageId: z.string(), from: z.string().nullish() });

/** Pages that nobody has touched since a flow lost their slot, and which slot that was. */
function setAsideByFlow(db: ReadableDatabase, submissionId: string): Map<string, string> {
  const rows = db.all<{ kind: string; data: string }>(
    `SELECT kind, data FROM ledger WHERE submission_id = ? AND kind IN
       ('page.flowSetAside', 'page.flowMoved', 'page.moved', 'page.removed', 'page.restored', 'page.setAside') ORDER BY sequence`,
    [submissionId],
  );
  const from = new Map<string, string>();
  for (const { kind, data } of rows) {
    const row = PlaceRow.parse(JSON.parse(data));
    if (kind === 'page.flowSetAside' && typeof row.from === 'string') from.set(row.pageId, row.from);
    else from.delete(row.pageId);
  }
  return from;
}

/** Where the pages lie under the new flow; null: in the tray. No slot twice. */
function placesUnder(
  db: ReadableDatabase,
  submissionId: string,
  flow: Flow,
  pages: readonly PageRecord[],
): Map<string, string | null> {
  const documents = readDocuments(db, submissionId, flow);
  const places = new Map<string, string | null>(pages.map(({ id }) => [id, null]));
  for (const { requirementId, documentType } of documents) {
    const requirement = flow.requirements.find(({ id }) => id === requirementId);
    const accepted = requirement?.accepts.find((option) => option.documentType === documentType);
    if (accepted === undefined) continue;
    // Pages of a document that is not taken any more are no pages of the one that is offered now.
    const own = pages.filter(({ slot }) => slot?.startsWith(`${requirementId}/${documentType}/`) === true);
    for (const [pageId, slot] of sameSides(own, requirementId, accepted)) places.set(pageId, slot);
  }
  const open = new Set(slotsOf(flow, documents).map(({ key }) => key));
  for (const slot of places.values()) if (slot !== null) open.delete(slot);
  for (const [pageId, slot] of setAsideByFlow(db, submissionId)) {
    if (places.get(pageId) === null && pages.some(({ id }) => id === pageId) && open.delete(slot)) {
      places.set(pageId, slot);
    }
  }
  return places;
}

function movePages(options: FollowOptions, db: WritableDatabase, before: SubmissionRecord, flow: Flow): number {
  const pages = readActivePages(db, before.id);
  const places = placesUnder(db, before.id, flow, pages);
  const moved = pages.filter(({ id, slot }) => places.get(id) !== slot);
  // Out of their slots first: a slot holds one page at a time.
  for (const { id } of moved) db.run('UPDATE pages SET slot = NULL WHERE id = ?', [id]);
  for (const { id, slot: from } of moved) {
    const to = places.get(id) ?? null;
    db.run('UPDATE pages SET slot = ? WHERE id = ?', [to, id]);
    const requirement = flow.requirements.find((one) => one.id === slotParts(to)?.requirementId);
    record(options, db, {
      submissionId: before.id,
      kind: to === null ? 'page.flowSetAside' : 'page.flowMoved',
      message:
        requirement === undefined
          ? { code: 'ledger.flowSetAside' }
          : {
              code: 'ledger.flowMoved',
              params: nameParams('requirement', requirement.label, requirement.labelKey),
            },
      facts: { pageId: id, from, to },
      isSystem: true,
    });
  }
  return moved.length;
}

/**
 * Lets a customer at the desk follow the flow of their connection when it is another one now: slots come and go, pages whose slot is
 * gone lie in the tray, an override ends, and the state follows. Whoever is released keeps the flow they were planned under, and so does
 * whoever was taken back after the provider had got something made under it. Inside the caller's transaction. Answers whether
 * anything changed.
 */
export function followFlow(options: FollowOptions, db: WritableDatabase, submissionId: string): boolean {
  const before = readSubmission(db, options.cipher, submissionId);
  if (before.isVoided || (before.state !== 'draft' && before.state !== 'ready')) return false;
  const flow = newFlowOf(options, before);
  if (flow === null || isBound(options, db, before)) return false;
  db.run('UPDATE submissions SET flow = ?, updated_at = ?, override_reason_sealed = NULL WHERE id = ?', [
    JSON.stringify(flow),
    options.clock.now(),
    submissionId,
  ]);
  alignDocuments(options, db, before, flow);
  // The pages of a stack wait in its tray until they are dealt out.
  const pages = before.isStack ? 0 : movePages(options, db, before, flow);
  record(options, db, {
    submissionId,
    kind: 'submission.flowFollowed',
    message: { code: 'ledger.flowFollowed', params: nameParams('flow', flow.name, flow.nameKey) },
    facts: { flowId: flow.id, pagesMoved: pages, hadOverride: before.isOverridden ? 1 : 0 },
    isSystem: true,
  });
  recheck(options, db, submissionId);
  return true;
}

/** Customers and stacks at the desk whose flow is not what their connection has under its id. */
function behind({ db, connections }: Pick<CaptureOptions, 'db' | 'connections'>): string[] {
  const atDesk = "state IN ('draft', 'ready') AND voided_at IS NULL";
  // Many customers share few flows, so those are compared once each.
  const kinds = db.all<{ connectionId: string; flow: string }>(
    `SELECT DISTINCT connection_id AS connectionId, flow FROM submissions WHERE ${atDesk}`,
  );
  const current = new Map(connections.list().map(({ id, flows }) => [id, flows]));
  return kinds.flatMap(({ connectionId, flow }) => {
    const own = parseFlow(flow);
    const now = current.get(connectionId)?.find(({ id }) => id === own.id);
    if (now === undefined || isDeepStrictEqual(now, own)) return [];
    return db
      .all<{ id: string }>(
        `SELECT id FROM submissions WHERE ${atDesk} AND connection_id = ? AND flow = ? ORDER BY id`,
        [connectionId, flow],
      )
      .map(({ id }) => id);
  });
}

/**
 * Lets everybody at the desk follow, in short turns with one customer each: after a connection was changed, and at every start what a
 * power cut left. A release in between follows by itself. Answers how many did. `isOver`: asked before each of them.
 */
export async function followFlows(options: CaptureOptions, isOver: () => boolean): Promise<number> {
  const waiting = behind(options);
  let followed = 0;
  /** Answers the batch of a customer who followed. One whose row cannot be read holds nobody else up. */
  const follow = (id: string): string | null => {
    try {
      return options.db.transaction((transaction) =>
        followFlow(options, transaction, id) ? readSubmission(transaction, options.cipher, id).batchId : null,
      );
    } catch (error) {
      if (isDiskFull(error)) throw error;
      options.log.error('flows.oneNotFollowed', errorFields(error));
      return null;
    }
  };
  await inTurns(
    () => {
      const id = waiting.shift();
      if (id === undefined || isOver()) return false;
      const batchId = follow(id);
      if (batchId === null) return true;
      followed += 1;
      options.events.changed({ submissionIds: [id], batchIds: [batchId] });
      return true;
    },
    () => options.clock.monotonic(),
  );
  return followed;
}

/** How many customers and stacks at the desk are under each flow of a connection, by its id. */
export function countAtDesk(db: ReadableDatabase, connectionId: string): Map<string, number> {
  const rows = db.all<{ flowId: string; count: number }>(
    `SELECT json_extract(flow, '$.id') AS flowId, count(*) AS count FROM submissions
     WHERE connection_id = ? AND state IN ('draft', 'ready') AND voided_at IS NULL GROUP BY flowId`,
    [connectionId],
  );
  return new Map(rows.map(({ flowId, count }) => [flowId, count]));
}
