/** What must hold after every step, whatever was done and whatever broke: the ladder and "what must never happen". */
import { readLedger, verifyLedger } from '../../../main/ledger/index.ts';
import { OperationState } from '../../../main/outbox/index.ts';
import { balance } from '../../../main/reports/index.ts';
import { SubmissionState, isMoveAllowed } from '../../../shared/domain/index.ts';
import { field, PRIVATE_WORDS } from './world.ts';
import type { Customer, World } from './world.ts';
import type { Arrival } from './network.ts';

interface SubmissionRow {
  readonly state: string;
  readonly voided_at: number | null;
}

const ACKNOWLEDGED_STATES: ReadonlySet<string> = new Set(['sent', 'in_review', 'accepted']);

/** Of a submission's ledger rows, those that are moves on the ladder. */
const MOVES: ReadonlyMap<string, SubmissionState> = new Map([
  ['submission.ready', 'ready'],
  ['submission.draft', 'draft'],
  ['submission.retake', 'retake'],
  ['submission.released', 'released'],
  ['submission.sending', 'sending'],
  ['submission.sent', 'sent'],
  ['submission.inReview', 'in_review'],
  ['submission.accepted', 'accepted'],
  ['submission.rejected', 'rejected'],
  ['submission.takenBack', 'ready'],
]);

export function mustHold(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join('; '));
}

/** Everything that is wrong at this moment, in words. */
export function problemsOf(world: World): string[] {
  const problems = [...world.problems];
  const bySha = new Map<string, Customer>();
  for (const customer of world.customers) for (const sha256 of customer.pages.values()) bySha.set(sha256, customer);
  const stored = new Map<string, number>();
  for (const { sha256 } of world.provider.files()) stored.set(sha256, (stored.get(sha256) ?? 0) + 1);
  problems.push(...wrongRecords(world, bySha));
  for (const customer of world.customers) {
    problems.push(
      ...lostPages(world, customer),
      ...doubled(world, customer, stored),
      ...untrue(world, customer, stored),
    );
    problems.push(...offTheLadder(world, customer));
  }
  for (const { event, fields } of world.logged) {
    const text = JSON.stringify([event, fields]);
    if (PRIVATE_WORDS.some((word) => text.includes(word))) problems.push(`the log of ${event} holds personal data`);
  }
  return problems;
}

function lostPages(world: World, customer: Customer): string[] {
  const rows = world.branch.db.all<{ id: string; sha256: string }>(
    'SELECT pages.id, blobs.sha256 FROM pages JOIN blobs ON blobs.id = pages.blob_id WHERE submission_id = ?',
    [customer.submissionId],
  );
  const present = new Map(rows.map(({ id, sha256 }) => [id, sha256]));
  return [...customer.pages]
    .filter(([pageId, sha256]) => present.get(pageId) !== sha256)
    .map(([pageId]) => `page ${pageId} was acknowledged and is lost or another`);
}

/** A record of the provider holds the pages of one customer, and of the one it was made for. */
function wrongRecords(world: World, bySha: ReadonlyMap<string, Customer>): string[] {
  const owners = new Map<string, Set<string>>();
  for (const { sha256, ownerId } of world.provider.files()) {
    const of = owners.get(ownerId) ?? new Set();
    of.add(bySha.get(sha256)?.submissionId ?? 'nobody');
    owners.set(ownerId, of);
  }
  const emails = new Map(world.provider.applicants().map(({ id, email }) => [id, email]));
  return [...owners].flatMap(([ownerId, submissions]) => {
    const [first] = submissions;
    const customer = world.customers.find(({ submissionId }) => submissionId === first);
    const email = emails.get(ownerId);
    const isRight = submissions.size === 1 && customer !== undefined && (email ?? customer.email) === customer.email;
    return isRight ? [] : [`record ${ownerId} holds pages of ${[...submissions].join(' and ')}`];
  });
}

/** Once, and once more for each time a person asked for it. */
function doubled(world: World, customer: Customer, stored: ReadonlyMap<string, number>): string[] {
  const most = 1 + customer.sentAgain;
  const problems = [...customer.pages.values()]
    .filter((sha256) => (stored.get(sha256) ?? 0) > most)
    .map(
      (sha256) =>
        `a page of ${customer.submissionId} (${sha256.slice(0, 8)}) is at the provider ${stored.get(sha256) ?? 0} times`,
    );
  const applicants = world.provider.applicants().filter(({ email }) => email === customer.email);
  if (applicants.length > most)
    problems.push(`${customer.submissionId} is ${applicants.length} customers at the provider`);
  const starts = world
    .operations(customer.submissionId)
    .filter(({ kind, attempts }) => kind.endsWith('.check.start') && attempts > 0).length;
  const checks = applicants.reduce((total, applicant) => total + applicant.checks, 0);
  if (checks > starts + customer.sentAgain) problems.push(`${customer.submissionId} was checked ${checks} times`);
  return problems;
}

/** Nothing is done or shown as sent that the provider does not have; done stays done; doubt is not forgotten. */
function untrue(world: World, customer: Customer, stored: ReadonlyMap<string, number>): string[] {
  const problems: string[] = [];
  const { submissionId } = customer;
  const operations = world.operations(submissionId);
  const submitted = world.provider.submitted();
  for (const operation of operations) {
    const isDone = operation.state === OperationState.done;
    if (world.seenDone.has(operation.id) && !isDone) problems.push(`${operation.kind} was done and is not any more`);
    if (operation.state === OperationState.pending && operation.committedAt !== null) {
      problems.push(`${operation.kind} may have arrived and waits as if it had not`);
    }
    if (!isDone) continue;
    world.seenDone.add(operation.id);
    if (world.confirmedOperations.has(operation.id)) continue;
    const documentId = field(operation.result, 'providerDocumentId');
    const isTrue =
      world.isAtTheProvider(customer, operation) &&
      (operation.kind !== 'persona.document.submit' || submitted.has(documentId ?? ''));
    if (!isTrue) problems.push(`${operation.kind} counts as done and the provider does not have it`);
  }
  const row = world.branch.db.get<SubmissionRow>('SELECT state, voided_at FROM submissions WHERE id = ?', [
    submissionId,
  ]);
  const open = operations.filter(({ kind, state }) => !kind.endsWith('.follow') && state < OperationState.done);
  if (ACKNOWLEDGED_STATES.has(row?.state ?? '') && open.length > 0) {
    problems.push(`${submissionId} is ${row?.state ?? ''} and ${open[0]?.kind ?? ''} is not acknowledged`);
  }
  const delivered = world.branch.db.all<{ id: string }>(
    'SELECT id FROM pages WHERE submission_id = ? AND delivered_at IS NOT NULL',
    [submissionId],
  );
  for (const { id } of delivered) {
    if ((stored.get(customer.pages.get(id) ?? '') ?? 0) === 0)
      problems.push(`page ${id} is shown as delivered and is not there`);
  }
  if (customer.isVoided && row?.voided_at === null) problems.push(`${submissionId} was voided and is not`);
  return problems;
}

function offTheLadder(world: World, { submissionId }: Customer): string[] {
  const rows = readLedger(world.branch.db, { submissionId, limit: 10_000 }).toSorted((a, b) => a.sequence - b.sequence);
  const problems: string[] = [];
  let state: SubmissionState = 'draft';
  let isVoided = false;
  for (const { kind } of rows) {
    if (kind === 'submission.voided') isVoided = true;
    const to = MOVES.get(kind);
    if (to === undefined) continue;
    if (isVoided) problems.push(`${submissionId} moved to ${to} after it was voided`);
    if (!isMoveAllowed(state, to)) problems.push(`${submissionId} went from ${state} to ${to}`);
    state = to;
  }
  const row = world.branch.db.get<SubmissionRow>('SELECT state, voided_at FROM submissions WHERE id = ?', [
    submissionId,
  ]);
  const shown = SubmissionState.safeParse(row?.state);
  if (shown.data !== state) problems.push(`${submissionId} is ${row?.state ?? 'nowhere'} and its ledger says ${state}`);
  return problems;
}

/** Called when the provider has carried something out: that it may not have begun is seen only at that moment. */
export function watch(world: World, { path, request }: Arrival): void {
  const told = `${path} ${request.body.toString('latin1')}`;
  const applicant = world.provider.applicants().find(({ id }) => told.includes(id));
  const customer = world.customers.find(({ email }) => email === applicant?.email || told.includes(email));
  if (customer === undefined) return;
  const isWrite = request.method !== 'GET' && path !== '/api-applicant-status' && path !== '/api-basic-auth';
  if (isWrite && customer.isVoided) world.problems.push(`${path} for ${customer.submissionId}, which is voided`);
  if (isWrite && customer.isHeldStill) world.problems.push(`${path} for ${customer.submissionId}, which is held`);
  if (path !== '/api-request-applicant-check' && !path.endsWith('/status/pending')) return;
  const stored = new Set(world.provider.files().map(({ sha256 }) => sha256));
  const missing = world
    .operations(customer.submissionId)
    .filter(
      ({ kind, state }) => /^(personr|sumsub)\.document\.upload$/.test(kind) && state !== OperationState.cancelled,
    )
    .filter(({ pageId }) => !stored.has(customer.pages.get(pageId ?? '') ?? ''));
  if (missing.length > 0)
    world.problems.push(`the check of ${customer.submissionId} began before its pages were there`);
}

/** What takes too long for every step: every page can be read, the ledger's chain holds, the day's balance adds up. */
export async function finalProblemsOf(world: World): Promise<string[]> {
  const problems: string[] = [];
  const { capture, db } = world.branch;
  for (const { pages, takenOut } of world.customers) {
    for (const pageId of pages.keys()) {
      if (takenOut.has(pageId)) continue;
      const { body } = await capture.pageForDelivery(pageId);
      let byteLength = 0;
      for await (const piece of body.stream()) byteLength += piece.byteLength;
      if (byteLength !== body.byteLength) problems.push(`page ${pageId} cannot be read whole`);
    }
  }
  const verdict = await verifyLedger(db);
  if (!verdict.isIntact) problems.push(`the ledger is broken at row ${verdict.firstBadSequence ?? 0}`);
  const shown = db.all<{ data: string }>('SELECT data FROM ledger UNION ALL SELECT explanation FROM submissions');
  if (shown.some(({ data }) => data.includes('private remark'))) problems.push("the provider's private remark is kept");
  const { captured, sent, waiting, refused, voided, isBalanced } = balance(db, {
    fromMs: 0,
    toMs: Number.MAX_SAFE_INTEGER,
  });
  if (!isBalanced) problems.push('the balance of the ledger and the outbox differ');
  if (captured !== sent + waiting + refused + voided) problems.push('the balance does not add up');
  return problems;
}
