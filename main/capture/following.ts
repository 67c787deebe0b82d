import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { isForEntity, nameParams, slotKey, slotParts } from '../../shared/domain/index.ts';
import type { AcceptedDocument, Flow, Requirement } from '../../shared/domain/index.ts';
import { slotsOf } from '../../shared/rules/index.ts';
import { isDiskFull } from '../../shared/util/failure.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { errorFields } from '../logging/index.ts';
import { recheck } from './check.ts';
import { earlierOperations } from './earlier.ts';
import { parseFlow, readActivePages, readDocuments, readSubmission } from './records.ts';
import type { PageRecord, SubmissionRecord } from './records.ts';
import { pageRows, record } from './timeline.ts';
import { inTurns } from './turns.ts';
import type { CaptureOptions } from './types.ts';

type FollowOptions = Pick<CaptureOptions, 'cipher' | 'clock' | 'connections' | 'newId' | 'operator' | 'servesFlow'>;

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

/**
 * What a connection has now for customers of a flow; null: that flow, or none for them. A flow of the same id for the other kind of
 * customer is not theirs.
 */
function changedFlow(flows: readonly Flow[], own: Flow): Flow | null {
  const current = flows.find((flow) => flow.id === own.id && isForEntity(flow) === isForEntity(own));
  return current === undefined || isDeepStrictEqual(current, own) ? null : current;
}

/** The provider has something of the customer that was made under their flow and does not fit the other one. */
function isBound(
  options: Pick<CaptureOptions, 'servesFlow'>,
  db: ReadableDatabase,
  { id, provider }: Pick<SubmissionRecord, 'id' | 'provider'>,
  other: Flow,
): boolean {
  return earlierOperations(db, id).some((call) => !options.servesFlow(provider, call, other));
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

/** Of a page's rows, what says that a flow, or anybody, has put it somewhere else. */
const PLACED = [
  'page.flowSetAside',
  'page.flowMoved',
  'page.moved',
  'page.removed',
  'page.restored',
  'page.setAside',
] as const;

/** Pages that nobody has touched since a flow lost their slot, and which slot that was. */
function setAsideByFlow(db: ReadableDatabase, submissionId: string): Map<string, string> {
  const lost = new Map<string, string>();
  for (const { kind, pageId, from } of pageRows(db, submissionId, PLACED)) {
    if (kind === 'page.flowSetAside' && typeof from === 'string') lost.set(pageId, from);
    else lost.delete(pageId);
  }
  return lost;
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
 * gone lie in the tray, an override ends, and the state follows. Whoever is released keeps the flow they were planned under, and so do
 * whoever was taken back after the provider had got something made under it, and whoever has slots of it that are wanted again. Inside
 * the caller's transaction. Answers whether anything changed.
 */
export function followFlow(options: FollowOptions, db: WritableDatabase, submissionId: string): boolean {
  const before = readSubmission(db, options.cipher, submissionId);
  if (before.isVoided || (before.state !== 'draft' && before.state !== 'ready')) return false;
  if (Object.keys(before.retakeSlots).length > 0) return false;
  const flow = changedFlow(options.connections.get(before.connectionId).flows, before.flow);
  if (flow === null || isBound(options, db, before, flow)) return false;
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
    facts: { flowId: flow.id, pagesMoved: pages, hadOverride: before.overridden.size > 0 ? 1 : 0 },
    isSystem: true,
  });
  recheck(options, db, submissionId);
  return true;
}

/** How many rows are looked at to find the next customers at the desk. */
const PAGE = 200;

/**
 * Customers and stacks at the desk in the order of their ids, found a few at a time: nobody is left out who goes from one state to the
 * other meanwhile, and all that were ever made are never read at once.
 */
function* atDesk(db: ReadableDatabase): Generator<string | null, void> {
  for (let last = ''; ;) {
    const rows = db.all<{ id: string; isAtDesk: number }>(
      `SELECT id, state IN ('draft', 'ready') AND voided_at IS NULL AS isAtDesk FROM submissions WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
      [last],
    );
    for (const { id, isAtDesk } of rows) if (isAtDesk === 1) yield id;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < PAGE) return;
    // Nobody in it may be at the desk: a turn may end here.
    yield null;
  }
}

/** Tells quickly of a customer at the desk whether the flow is another one now. Many share few flows, so those are compared once each. */
function lookForBehind({ db, connections }: Pick<CaptureOptions, 'db' | 'connections'>): (id: string) => boolean {
  const known = new Map<string, Map<string, boolean>>();
  return (id) => {
    const row = db.get<{ connectionId: string; flow: string }>(
      'SELECT connection_id AS connectionId, flow FROM submissions WHERE id = ? AND retake_slots IS NULL',
      [id],
    );
    if (row === undefined) return false;
    const ofConnection = known.get(row.connectionId) ?? new Map<string, boolean>();
    known.set(row.connectionId, ofConnection);
    const isBehind =
      ofConnection.get(row.flow) ?? changedFlow(connections.get(row.connectionId).flows, parseFlow(row.flow)) !== null;
    ofConnection.set(row.flow, isBehind);
    return isBehind;
  };
}

/**
 * Lets everybody at the desk follow, in short turns with one customer each: after a connection was changed, and at every start what a
 * power cut left. A release in between follows by itself. Answers how many did. `isOver`: asked before each of them.
 */
export async function followFlows(options: CaptureOptions, isOver: () => boolean): Promise<number> {
  const waiting = atDesk(options.db);
  const isBehind = lookForBehind(options);
  let followed = 0;
  /** Answers the batch of a customer who followed. One whose row cannot be read holds nobody else up. */
  const follow = (id: string): string | null => {
    try {
      if (!isBehind(id)) return null;
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
      const next = waiting.next();
      if (next.done === true || isOver()) return false;
      const id = next.value;
      const batchId = id === null ? null : follow(id);
      if (id === null || batchId === null) return true;
      followed += 1;
      options.events.changed({ submissionIds: [id], batchIds: [batchId] });
      return true;
    },
    () => options.clock.monotonic(),
  );
  return followed;
}

const Ids = z.array(z.string());

/** Customers and stacks under one flow of a connection who follow it, or will when they are taken back. */
export interface UnderFlow {
  readonly atDesk: number;
  /** Released, and not all sent. */
  readonly released: number;
}

/**
 * How many are under a flow of a connection by its id. Whoever stays under their copy does not count: who has slots of it that are wanted
 * again, and of whom the provider has something that does not fit `other`.
 */
export function countUnder(
  options: Pick<CaptureOptions, 'db' | 'connections' | 'servesFlow'>,
  connectionId: string,
  other: Flow,
): UnderFlow {
  const { db } = options;
  const { provider } = options.connections.get(connectionId);
  // Ten thousand may be at the desk: only those of whom the provider has anything come out one by one.
  const groups = db.all<{ isAtDesk: number; count: number; begun: string }>(
    `SELECT state IN ('draft', 'ready') AS isAtDesk, count(*) AS count,
       json_group_array(id) FILTER (WHERE EXISTS (
         SELECT 1 FROM operations WHERE submission_id = submissions.id AND operations.state = 4
       )) AS begun
     FROM submissions WHERE connection_id = ? AND flow_id = ? AND voided_at IS NULL
       AND state IN ('draft', 'ready', 'released', 'sending') AND retake_slots IS NULL GROUP BY isAtDesk`,
    [connectionId, other.id],
  );
  const under = (isAtDesk: number): number => {
    const { count = 0, begun = '[]' } = groups.find((group) => group.isAtDesk === isAtDesk) ?? {};
    const bound = Ids.parse(JSON.parse(begun)).filter((id) => isBound(options, db, { id, provider }, other));
    return count - bound.length;
  };
  return { atDesk: under(1), released: under(0) };
}

/** Somebody of a connection is or was under a flow of this id: who is voided does not count. */
export function isFlowIdUsed(db: ReadableDatabase, connectionId: string, flowId: string): boolean {
  const row = db.get(
    'SELECT 1 FROM submissions WHERE connection_id = ? AND flow_id = ? AND voided_at IS NULL LIMIT 1',
    [connectionId, flowId],
  );
  return row !== undefined;
}
