/** A connection that is changed while it is in use: what is refused, what the ledger keeps, and who follows the new flow. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createChanging } from '../../../main/app/changing.ts';
import { verifyLedger } from '../../../main/ledger/index.ts';
import { OperationState, operationsOfSubmission } from '../../../main/outbox/index.ts';
import { decide, toSending } from '../../../main/submissions/index.ts';
import { ConnectionEdit } from '../../../shared/domain/index.ts';
import type { Flow } from '../../../shared/domain/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { fillStack, insertSeenPage } from '../../support/full-stack.ts';
import { grantFor, supervisionOn } from '../../support/supervisor.ts';
import { BILL_SLOT, PASSPORT_SLOT, PERSON, WANTED_AGAIN, openDesk, wantAgain } from '../capture/desk.ts';
import type { Desk } from '../capture/desk.ts';
import { jpeg } from '../capture/files.ts';

const PIN = '482915';

let desk: Desk;
let connectionId: string;
beforeEach(async () => {
  desk = await openDesk();
  connectionId = newConnection('Head office');
});
afterEach(async () => {
  await desk.close();
});

const PASSPORT = { documentType: 'passport' as const, sides: ['single' as const], providerType: 'government_id' };
const CARD = { ...PASSPORT, documentType: 'id_card' as const, sides: ['front' as const, 'back' as const] };
const BILL = { ...PASSPORT, documentType: 'utility_bill' as const, providerType: 'proof_of_address' };
const STATEMENT = { ...BILL, documentType: 'bank_statement' as const };
const IDENTITY = { id: 'identity', label: 'Identity document', isOptional: false, accepts: [PASSPORT, CARD] };
const ADDRESS = { id: 'address', label: 'Proof of address', isOptional: false, accepts: [BILL, STATEMENT] };
const FLOW: Flow = {
  id: 'customer',
  name: 'New customer',
  requiredFields: ['givenName', 'familyName', 'reference'],
  requirements: [IDENTITY, ADDRESS],
};

function newConnection(name: string): string {
  return desk.connections.create({
    provider: 'persona',
    name,
    environment: 'sandbox',
    baseUrl: 'https://api.withpersona.com/api/v1',
    flows: [FLOW],
    settings: {},
    credential: { apiKey: 'persona_sandbox_made-up' },
  });
}

function changing(supervision = supervisionOn(desk)) {
  const { db, connections, capture } = desk;
  const clock = { now: () => desk.clock.at, monotonic: () => 0 };
  return createChanging({ db, clock, operator: 'kim', connections, capture, supervision, onChange: () => {} });
}

/** The connection as it is, with other parts. */
function edit(parts: Partial<ConnectionEdit>): ConnectionEdit {
  const { provider, name, baseUrl, settings, flows } = desk.connections.get(connectionId);
  return ConnectionEdit.parse({ provider, name, baseUrl, settings, flows, ...parts });
}

async function save(parts: Partial<ConnectionEdit>, pin: string | null = null): Promise<void> {
  const { followed } = await changing().save(connectionId, edit(parts), pin);
  await followed;
}

const saveFlow = (parts: Partial<Flow>): Promise<void> => save({ flows: [{ ...FLOW, ...parts }] });

function newCustomer(batchId = desk.capture.createBatch()): { batchId: string; submissionId: string } {
  const submissionId = desk.capture.createSubmission({
    batchId,
    connectionId,
    flowId: FLOW.id,
    subject: PERSON,
    documents: [{ requirementId: 'address', documentType: 'utility_bill', issuedOn: '2026-11-20' }],
  });
  return { batchId, submissionId };
}

let seed = 0;
async function addPage(submissionId: string, slot: string | null = null): Promise<string> {
  seed += 1;
  const path = await desk.file(`page-${seed}.jpg`, await jpeg({ seed }));
  const report = await desk.capture.importFiles([path], { submissionId, slot }, 'drop');
  await desk.capture.whenInspected();
  return report.imported[0]?.pageId ?? '';
}

/** Of pages that have no file: only their places matter. */
function readyCustomer() {
  const customer = newCustomer();
  const { submissionId } = customer;
  const passport = insertSeenPage(desk, submissionId, { fileName: 'passport.jpg', slot: PASSPORT_SLOT });
  const bill = insertSeenPage(desk, submissionId, { fileName: 'bill.jpg', slot: BILL_SLOT });
  desk.capture.setSubject(submissionId, PERSON);
  expect(detail(submissionId).state).toBe('ready');
  return { ...customer, passport, bill };
}

const detail = (submissionId: string) => desk.capture.submission(submissionId);
const rules = (submissionId: string) => {
  const { findings, pages } = detail(submissionId);
  return [...findings, ...pages.flatMap((page) => page.findings)].map(({ rule }) => rule);
};
const slots = (submissionId: string) => detail(submissionId).slots.map(({ key, pageId }) => [key, pageId]);
const flowOf = (submissionId: string) =>
  desk.db.get<{ flow: string }>('SELECT flow FROM submissions WHERE id = ?', [submissionId])?.flow;
const LedgerData = z.looseObject({ message: z.object({ code: z.string() }) });
const ledger = (kind: string) =>
  desk.db
    .all<{ operator: string; data: string }>('SELECT operator, data FROM ledger WHERE kind = ? ORDER BY sequence', [
      kind,
    ])
    .map(({ operator, data }) => ({ operator, ...LedgerData.parse(JSON.parse(data)) }));

/** The first of the release's operations is acknowledged. */
function acknowledge(submissionId: string): void {
  const [first] = operationsOfSubmission(desk.db, submissionId);
  desk.db.transaction((db) => {
    toSending(db, submissionId, { now: desk.clock.at, operator: 'system' });
    db.run("UPDATE operations SET state = 4, result = '{}', done_at = 1 WHERE id = ?", [first?.id ?? '']);
    db.run('UPDATE pages SET delivered_at = 1 WHERE id = ?', [first?.pageId ?? '']);
  });
}

/** The provider has the customer's account. `onlyFor`: the one flow, by its name, that it fits. */
function accountOf(submissionId: string, payload: { onlyFor?: string } = {}): void {
  desk.db.transaction((db) => {
    db.run(
      `INSERT INTO operations (id, submission_id, connection_id, kind, payload, idempotency_key, state, byte_length,
         run_at, created_at, done_at, result) VALUES (?, ?, ?, 'plain.account', ?, ?, 4, 0, 0, 0, 1, '{}')`,
      [`account-${submissionId}`, submissionId, connectionId, JSON.stringify(payload), `key-${submissionId}`],
    );
  });
}

describe('a customer at the desk follows', () => {
  it('a requirement that is gone: its page lies in the tray, is told, and comes back with it', async () => {
    const { submissionId, passport, bill } = readyCustomer();
    await saveFlow({ requirements: [IDENTITY] });
    expect(slots(submissionId)).toEqual([[PASSPORT_SLOT, passport]]);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'amber', tray: [bill] });
    expect(rules(submissionId)).toContain('page.inTray');
    expect(detail(submissionId).timeline.map(({ message }) => message.code)).toEqual(
      expect.arrayContaining(['ledger.flowFollowed', 'ledger.flowSetAside']),
    );
    await saveFlow({});
    expect(slots(submissionId)).toEqual([
      [PASSPORT_SLOT, passport],
      [BILL_SLOT, bill],
    ]);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'green', tray: [] });
  });

  it('leaves a page where a person has put it meanwhile', async () => {
    const { submissionId, passport, bill } = readyCustomer();
    const putAway = readyCustomer();
    await saveFlow({ requirements: [IDENTITY] });
    desk.capture.movePage(bill, PASSPORT_SLOT);
    for (const slot of [PASSPORT_SLOT, null]) desk.capture.movePage(putAway.bill, slot);
    await saveFlow({});
    expect(detail(putAway.submissionId).tray).toContain(putAway.bill);
    expect(slots(submissionId)).toEqual([
      [PASSPORT_SLOT, bill],
      [BILL_SLOT, null],
    ]);
    expect(detail(submissionId).tray).toEqual([passport]);
  });

  it('a requirement more, and a check that weighs more: nobody is ready any longer, and no override holds', async () => {
    const one = readyCustomer();
    const other = readyCustomer();
    desk.capture.setDocument(other.submissionId, {
      requirementId: 'address',
      documentType: 'utility_bill',
      country: '',
      issuedOn: '2020-01-01',
    });
    expect(detail(other.submissionId)).toMatchObject({ state: 'ready' });
    await saveFlow({ severities: { 'document.tooOld': 'blocking' } });
    expect([one, other].map(({ submissionId }) => detail(submissionId).state)).toEqual(['ready', 'draft']);
    desk.capture.override(other.submissionId, 'seen by the manager', grantFor(other.submissionId));
    expect(detail(other.submissionId).state).toBe('ready');
    await saveFlow({ severities: { 'document.tooOld': 'blocking' }, requiredFields: ['givenName'] });
    expect(detail(other.submissionId).state).toBe('draft');
    const selfie = { id: 'selfie', label: 'Selfie', isOptional: false, accepts: [STATEMENT] };
    await saveFlow({ severities: { 'document.tooOld': 'blocking' }, requirements: [selfie, IDENTITY, ADDRESS] });
    expect([one, other].map(({ submissionId }) => detail(submissionId).state)).toEqual(['draft', 'draft']);
    expect(slots(one.submissionId)[0]).toEqual(['selfie/bank_statement/single', null]);
  });

  it('other sides and other documents: a page goes where it fits, and a passport is never taken for a card', async () => {
    const { submissionId, passport, bill } = readyCustomer();
    const twoSided = { ...IDENTITY, accepts: [{ ...PASSPORT, sides: CARD.sides }] };
    await saveFlow({ requirements: [twoSided, ADDRESS] });
    expect(slots(submissionId)).toEqual([
      ['identity/passport/front', passport],
      ['identity/passport/back', null],
      [BILL_SLOT, bill],
    ]);
    const statement = { ...ADDRESS, accepts: [STATEMENT] };
    await saveFlow({ requirements: [{ ...IDENTITY, accepts: [CARD] }, statement] });
    expect(slots(submissionId)).toEqual([
      ['identity/id_card/front', null],
      ['identity/id_card/back', null],
      ['address/bank_statement/single', null],
    ]);
    expect(detail(submissionId).tray.toSorted()).toEqual([passport, bill].toSorted());
    // A statement was not issued on the day that was typed for the bill.
    await addPage(submissionId, 'address/bank_statement/single');
    expect(rules(submissionId)).toContain('document.issueDateMissing');
  });

  it('at the release at the latest', async () => {
    const { batchId, submissionId } = readyCustomer();
    // As if the turns had not come to it yet.
    desk.connections.change(connectionId, edit({ flows: [{ ...FLOW, requirements: [IDENTITY] }] }));
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 1, kept: 0 });
    expect(operationsOfSubmission(desk.db, submissionId).map(({ kind }) => kind)).toEqual([
      'plain.upload',
      'plain.start',
    ]);
    const later = readyCustomer();
    desk.capture.removePage(later.bill);
    expect(detail(later.submissionId).state).toBe('ready');
    desk.connections.change(connectionId, edit({ flows: [FLOW] }));
    expect(desk.capture.releaseBatch(later.batchId)).toEqual({ released: 0, kept: 1 });
    expect(detail(later.submissionId).state).toBe('draft');
  });

  it('after a start, when a power cut came in between, also behind one who cannot be read', async () => {
    const damaged = readyCustomer();
    const { submissionId, bill } = readyCustomer();
    desk.db.transaction((db) => {
      db.run("UPDATE submissions SET subject_sealed = X'00' WHERE id = ?", [damaged.submissionId]);
    });
    const before = flowOf(damaged.submissionId);
    desk.connections.change(connectionId, edit({ flows: [{ ...FLOW, requirements: [IDENTITY] }] }));
    await desk.close('keep');
    desk = await openDesk({ directory: desk.directory });
    await desk.capture.recover({ mayRemoveFiles: false });
    expect(detail(submissionId).tray).toEqual([bill]);
    expect(flowOf(damaged.submissionId)).toBe(before);
  });

  it('with the stack that is dealt out', async () => {
    const stackId = desk.capture.createStack({
      batchId: desk.capture.createBatch(),
      connectionId,
      flowId: FLOW.id,
      settings: { splitBy: 'count', pagesEach: 2, expectedCustomers: null },
    });
    fillStack(desk, stackId, 4);
    const dealt = desk.capture.splitStack(stackId, desk.capture.stack(stackId).fingerprint);
    // What was accepted is written down, and the first customer is made in the next turn.
    desk.connections.change(connectionId, edit({ flows: [{ ...FLOW, requirements: [IDENTITY] }] }));
    for (const submissionId of await dealt) {
      expect(slots(submissionId)).toEqual([[PASSPORT_SLOT, expect.any(String)]]);
      const inSlots = 'SELECT slot FROM pages WHERE submission_id = ? AND slot IS NOT NULL';
      expect(desk.db.all(inSlots, [submissionId])).toEqual([{ slot: PASSPORT_SLOT }]);
    }
  });
});

/** The provider refused the bill, which is captured again; nothing of the customer is done there. */
async function refusedBill(): Promise<{ batchId: string; submissionId: string }> {
  const { batchId, submissionId } = readyCustomer();
  desk.capture.releaseBatch(batchId);
  const by = { now: desk.clock.at, operator: 'system' };
  desk.db.transaction((db) => {
    toSending(db, submissionId, by);
    db.run('UPDATE operations SET state = ? WHERE submission_id = ?', [OperationState.cancelled, submissionId]);
    decide(db, submissionId, { state: 'retake', slots: { [BILL_SLOT]: WANTED_AGAIN.message } }, WANTED_AGAIN, by);
  });
  await addPage(submissionId);
  expect(detail(submissionId).state).toBe('ready');
  return { batchId, submissionId };
}

const SELFIE = { id: 'selfie', label: 'Selfie', isOptional: false, accepts: [STATEMENT] };

describe('a retake that is captured', () => {
  it('stays under the flow whose slots are wanted again, and can be released', async () => {
    const { submissionId } = await refusedBill();
    const before = flowOf(submissionId);
    const more = { flows: [{ ...FLOW, requirements: [SELFIE, IDENTITY, ADDRESS] }] };
    expect(changing().plan(connectionId, edit(more)).atDesk).toBe(0);
    await save(more);
    desk.capture.releaseSubmission(submissionId);
    expect(detail(submissionId).state).toBe('released');
    expect(flowOf(submissionId)).toBe(before);
  });
});

describe('a customer who is released', () => {
  it('and refused for what the changed flow wants more: the light says so at once', () => {
    const { submissionId } = readyCustomer();
    // As if a full disk had ended the turns.
    desk.connections.change(connectionId, edit({ flows: [{ ...FLOW, requirements: [SELFIE, IDENTITY, ADDRESS] }] }));
    expect(() => {
      desk.capture.releaseSubmission(submissionId);
    }).toThrow('capture.notReady');
    expect(detail(submissionId)).toMatchObject({ state: 'draft', light: 'red' });
    expect(desk.changes.at(-1)).toEqual([submissionId]);
  });

  it('goes on as planned, through a retake of a requirement that is gone', async () => {
    const { batchId, submissionId, bill } = readyCustomer();
    desk.capture.releaseBatch(batchId);
    const planned = desk.db.all('SELECT * FROM operations ORDER BY id');
    const flow = flowOf(submissionId);
    await saveFlow({ requirements: [IDENTITY] });
    expect([desk.db.all('SELECT * FROM operations ORDER BY id'), flowOf(submissionId)]).toEqual([planned, flow]);
    wantAgain(desk, submissionId, BILL_SLOT);
    await saveFlow({ requirements: [IDENTITY], requiredFields: ['email'] });
    const wanted = detail(submissionId).slots.find(({ key }) => key === BILL_SLOT);
    expect(wanted?.wantsRetake).toEqual({ message: WANTED_AGAIN.message, previousPageId: bill });
    const retaken = await addPage(submissionId);
    expect(detail(submissionId).state).toBe('ready');
    desk.capture.releaseSubmission(submissionId);
    expect(
      operationsOfSubmission(desk.db, submissionId)
        .slice(-2)
        .map(({ pageId }) => pageId),
    ).toEqual([retaken, null]);
    expect(flowOf(submissionId)).toBe(flow);
  });

  it('and taken back follows, unless the provider has something that was made under the flow', async () => {
    const back = readyCustomer();
    desk.capture.releaseBatch(back.batchId);
    const bound = readyCustomer();
    desk.capture.releaseBatch(bound.batchId);
    acknowledge(bound.submissionId);
    const known = readyCustomer();
    desk.capture.releaseBatch(known.batchId);
    accountOf(known.submissionId);
    for (const { submissionId } of [back, bound, known]) desk.capture.takeBack(submissionId);
    const before = flowOf(bound.submissionId);
    await saveFlow({ requirements: [IDENTITY] });
    expect([back, bound, known].map(({ submissionId }) => slots(submissionId).length)).toEqual([1, 2, 1]);
    expect(flowOf(bound.submissionId)).toBe(before);
    desk.capture.releaseSubmission(bound.submissionId);
    expect(slots(bound.submissionId)).toHaveLength(2);
    const late = readyCustomer();
    desk.capture.releaseBatch(late.batchId);
    await saveFlow({ requirements: [IDENTITY, { ...ADDRESS, isOptional: true }] });
    expect(slots(late.submissionId)).toHaveLength(1);
    desk.capture.takeBack(late.submissionId);
    expect(slots(late.submissionId)).toHaveLength(2);
  });

  it('and taken back stays where what the provider has does not fit the other flow, or the flow is of another kind', async () => {
    const { batchId, submissionId } = readyCustomer();
    desk.capture.releaseBatch(batchId);
    accountOf(submissionId, { onlyFor: FLOW.name });
    desk.capture.takeBack(submissionId);
    const before = flowOf(submissionId);
    const renamed = { flows: [{ ...FLOW, name: 'Other' }] };
    expect(changing().plan(connectionId, edit(renamed)).atDesk).toBe(0);
    await save(renamed);
    expect(flowOf(submissionId)).toBe(before);
    const another = readyCustomer();
    const held = flowOf(another.submissionId);
    // By an older version of Satchel, in which an id could be used again.
    desk.connections.change(connectionId, edit({ flows: [{ ...FLOW, name: 'Company', subjectKind: 'entity' }] }));
    await desk.capture.followFlows();
    expect(flowOf(another.submissionId)).toBe(held);
  });
});

/** What a refused change says; nothing was written. */
const codeOf = async (parts: Partial<ConnectionEdit>, id = connectionId): Promise<unknown> => {
  const before = desk.db.all('SELECT * FROM connections');
  const rows = ledger('connection.changed').length;
  const failure = await changing()
    .save(id, edit(parts), null)
    .then(
      () => 'saved',
      (error: unknown) => (error instanceof SatchelFailure ? error.failure : error),
    );
  expect(desk.db.all('SELECT * FROM connections')).toEqual(before);
  expect(ledger('connection.changed')).toHaveLength(rows);
  return failure;
};

/** What main says of flows that it does not take: which input, and why. */
const problemOf = (flows: unknown): unknown => {
  const issue = ConnectionEdit.safeParse({ ...edit({}), flows }).error?.issues[0];
  return `${issue?.path.join('.')}: ${issue?.message}`;
};

describe('what may not be changed', () => {
  it('is refused with a sentence that names it, and nothing is written', async () => {
    newCustomer();
    expect(await codeOf({ flows: [{ ...FLOW, id: 'another' }] })).toMatchObject({
      field: 'flows',
      message: { code: 'connection.flowInUse', params: { flow: FLOW.name, count: 1 } },
    });
    expect(await codeOf({ flows: [{ ...FLOW, subjectKind: 'entity' }] })).toMatchObject({
      field: 'flows.0.subjectKind',
      message: { code: 'connection.flowKindFixed' },
    });
    expect(await codeOf({ baseUrl: 'https://persona.example.invalid/api/v1' })).toMatchObject({
      field: 'baseUrl',
      message: { code: 'connection.addressIsFixed' },
    });
    expect(await codeOf({ name: 'x' }, desk.personaId)).toMatchObject({
      message: { code: 'connection.practiceIsFixed' },
    });
    const { provider: _persona, ...others } = edit({ name: 'x' });
    const sumsub = ConnectionEdit.safeParse({ ...others, provider: 'sumsub', settings: {} }).data;
    expect(() => changing().plan(connectionId, sumsub ?? edit({}))).toThrow('connection.otherProvider');
  });

  it('a flow that somebody may still be taken back to; whoever does not follow is in nobody’s way', async () => {
    const without = { flows: [{ ...FLOW, id: 'another', name: 'Another' }] };
    const { batchId, submissionId } = readyCustomer();
    desk.capture.releaseBatch(batchId);
    const refused = { message: { code: 'connection.flowInUse', params: { flow: FLOW.name, count: 1 } } };
    expect(await codeOf(without)).toMatchObject(refused);
    acknowledge(submissionId);
    expect(changing().plan(connectionId, edit(without)).changes).toHaveLength(2);
    desk.capture.takeBack(submissionId);
    await refusedBill();
    expect(changing().plan(connectionId, edit({ flows: [{ ...FLOW, requirements: [IDENTITY] }] })).atDesk).toBe(0);
    await save(without);
    expect(await codeOf({ flows: [...without.flows, FLOW] })).toMatchObject({
      field: 'flows.1.id',
      message: { code: 'connection.flowIdUsed', params: { flow: FLOW.name, id: FLOW.id } },
    });
    desk.db.transaction((db) => db.run('UPDATE submissions SET voided_at = 1 WHERE connection_id = ?', [connectionId]));
    await save({ flows: [...without.flows, FLOW] });
  });

  it('names what stands there twice, is empty or unknown, in either way in', () => {
    expect(problemOf([FLOW, FLOW])).toMatch(/^flows\.1\.id: stands there twice/);
    expect(problemOf([{ ...FLOW, requirements: [IDENTITY, IDENTITY] }])).toMatch(/^flows\.0\.requirements\.1\.id/);
    expect(problemOf([{ ...FLOW, requirements: [{ ...IDENTITY, accepts: [PASSPORT, PASSPORT] }] }])).toMatch(
      /^flows\.0\.requirements\.0\.accepts\.1\.documentType: is accepted twice/,
    );
    expect(
      problemOf([{ ...FLOW, requirements: [{ ...IDENTITY, accepts: [{ ...PASSPORT, sides: ['front', 'front'] }] }] }]),
    ).toMatch(/^flows\.0\.requirements\.0\.accepts\.0\.sides\.1/);
    expect(problemOf([])).toMatch(/^flows: /);
    expect(problemOf([{ ...FLOW, severities: { 'document.tooOld': 'fatal' } }])).toMatch(
      /^flows\.0\.severities\.document\.tooOld: /,
    );
  });
});

describe('what was changed', () => {
  it('stands in the ledger, a row each, with who and by what word; the credential and the token stay', async () => {
    await desk.connections.tokens(connectionId).renew(null, () => Promise.resolve({ token: 't', expiresAtMs: 9 }));
    const other = { ...FLOW, name: 'Address', requirements: [IDENTITY, { ...ADDRESS, maxAgeDays: 30 }] };
    await save({ name: 'Branch 7', flows: [other] });
    expect(ledger('connection.changed').map(({ operator, message }) => [operator, message.code])).toEqual([
      ['kim', 'ledger.connectionChanged'],
      ['kim', 'change.connection.renamed'],
      ['kim', 'change.flow.renamed'],
      ['kim', 'change.requirement.maxAge'],
    ]);
    expect(ledger('connection.changed')[0]).toMatchObject({ connectionId, supervisor: null });
    expect((await verifyLedger(desk.db)).isIntact).toBe(true);
    expect(desk.connections.get(connectionId)).toMatchObject({ name: 'Branch 7', flows: [other] });
    expect(desk.connections.credential(connectionId)).toEqual({ apiKey: 'persona_sandbox_made-up' });
    expect(desk.connections.tokens(connectionId).read()?.token).toBe('t');
    await save({ baseUrl: 'https://withpersona.com/api/v1' });
    expect(desk.connections.tokens(connectionId).read()).toBeNull();
    const rows = ledger('connection.changed').length;
    await save({});
    expect(ledger('connection.changed')).toHaveLength(rows);
  });

  it('needs the supervisor’s word once there is one, and a wrong PIN changes nothing', async () => {
    const supervision = supervisionOn(desk);
    await supervision.setPin(PIN, { kind: 'first' });
    const weaker = { flows: [{ ...FLOW, severities: { 'document.expired': 'info' as const } }] };
    for (const [pin, code] of [
      [null, 'supervision.pinWanted'],
      ['111222', 'supervision.wrongPin'],
    ] as const) {
      await expect(save(weaker, pin)).rejects.toThrow(code);
    }
    expect(desk.connections.get(connectionId).flows).toEqual([FLOW]);
    await save(weaker, PIN);
    expect(desk.connections.get(connectionId).flows[0]?.severities).toEqual({ 'document.expired': 'info' });
    expect(ledger('connection.changed')[0]).toMatchObject({ supervisor: 'pin' });
  });
});
