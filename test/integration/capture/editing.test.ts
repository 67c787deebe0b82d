import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OperationState, claimNext, operationsOfSubmission } from '../../../main/outbox/index.ts';
import { toSending } from '../../../main/submissions/index.ts';
import { BILL_SLOT, PASSPORT_SLOT, PERSON, WANTED_AGAIN, newCustomer, openDesk, wantAgain } from './desk.ts';
import type { Desk } from './desk.ts';
import { jpeg } from './files.ts';
import { grantFor } from '../../support/supervisor.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

/** The reasons that the customer's timeline shows. */
const reasons = (submissionId: string) =>
  desk.capture.submission(submissionId).timeline.flatMap(({ reason }) => reason ?? []);
const detail = (submissionId: string) => desk.capture.submission(submissionId);
const rules = (submissionId: string) => {
  const { findings, pages } = detail(submissionId);
  return [...findings, ...pages.flatMap((page) => page.findings)].map((found) => found.rule);
};

async function addPage(submissionId: string, seed: number, slot: string | null = null): Promise<string> {
  const path = await desk.file(`page-${seed}.jpg`, await jpeg({ seed }));
  const report = await desk.capture.importFiles([path], { submissionId, slot }, 'drop');
  return report.imported[0]?.pageId ?? '';
}

async function readyCustomer(seed = 1, provider: 'persona' | 'personr' = 'persona') {
  const { batchId, submissionId } = newCustomer(desk, provider);
  const first = await addPage(submissionId, seed);
  const second = await addPage(submissionId, seed + 1);
  await desk.capture.whenInspected();
  return { batchId, submissionId, first, second };
}

describe('editing before a release', () => {
  it('undoes the removal of a page: same slot, same bytes, ready again', async () => {
    const { submissionId, first } = await readyCustomer();
    const before = detail(submissionId).pages[0];
    desk.capture.removePage(first);
    expect(detail(submissionId)).toMatchObject({ state: 'draft', light: 'red', pageCount: 1 });
    expect(rules(submissionId)).toContain('slot.empty');
    desk.capture.restorePage(first);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'green' });
    expect(detail(submissionId).pages[0]).toEqual(before);
  });

  it('restores into the tray when another page has taken the slot meanwhile', async () => {
    const { submissionId, first } = await readyCustomer();
    desk.capture.removePage(first);
    const other = await addPage(submissionId, 9);
    desk.capture.restorePage(first);
    expect(detail(submissionId).tray).toEqual([first]);
    expect(detail(submissionId).slots[0]?.pageId).toBe(other);
  });

  it('lays a page for a slot that is taken into the tray, and says so', async () => {
    const { submissionId, first } = await readyCustomer();
    const third = await addPage(submissionId, 7, PASSPORT_SLOT);
    expect(detail(submissionId).slots[0]?.pageId).toBe(first);
    expect(detail(submissionId).tray).toEqual([third]);
    expect(rules(submissionId)).toContain('page.inTray');
    await desk.capture.whenInspected();
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'amber' });
  });

  it('lets two pages change places', async () => {
    const { submissionId, first, second } = await readyCustomer();
    desk.capture.movePage(first, BILL_SLOT);
    expect(detail(submissionId).slots.map((slot) => slot.pageId)).toEqual([second, first]);
    desk.capture.movePage(first, null);
    expect(detail(submissionId)).toMatchObject({ state: 'draft', tray: [first] });
    expect(() => {
      desk.capture.movePage(first, 'address/selfie/single');
    }).toThrow('capture.unknownSlot');
  });

  it('takes pages along when another document is chosen, and lays the rest into the tray', async () => {
    const { submissionId } = newCustomer(desk);
    desk.capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'id_card', country: 'DEU' });
    const front = await addPage(submissionId, 1);
    const back = await addPage(submissionId, 2);
    expect(detail(submissionId).slots.map((slot) => [slot.key, slot.pageId])).toEqual([
      ['identity/id_card/front', front],
      ['identity/id_card/back', back],
      [BILL_SLOT, null],
    ]);
    desk.capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'driving_licence', country: '' });
    expect(detail(submissionId).slots.map((slot) => slot.pageId)).toEqual([front, back, null]);
    desk.capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'passport', country: '' });
    expect(detail(submissionId).slots.map((slot) => slot.pageId)).toEqual([front, null]);
    expect(detail(submissionId).tray).toEqual([back]);
    expect(() => {
      desk.capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'selfie', country: '' });
    }).toThrow('app.notFound');
  });

  it('keeps the day on which a bill was issued, sealed, and tells the window on the day on which it is too old', async () => {
    const { submissionId } = await readyCustomer();
    const bill = { requirementId: 'address', documentType: 'utility_bill', country: '' } as const;
    desk.capture.setDocument(submissionId, { ...bill, issuedOn: '' });
    expect(rules(submissionId)).toEqual(['document.issueDateMissing']);
    // 90 days before 1 December are 2 September.
    desk.capture.setDocument(submissionId, { ...bill, issuedOn: '2026-09-01' });
    expect(rules(submissionId)).toEqual([]);
    desk.capture.setDocument(submissionId, { ...bill, country: 'DEU' });
    expect(detail(submissionId).documents[1]).toEqual({ ...bill, country: 'DEU', issuedOn: '2026-09-01' });
    expect(JSON.stringify(desk.db.all('SELECT * FROM documents'))).not.toContain('2026-09-01');

    desk.changes.length = 0;
    desk.clock.at = Date.UTC(2026, 10, 30, 12);
    await desk.capture.recheckOpen(() => false, '2026-11-22');
    expect(desk.changes).toEqual([]);
    desk.clock.at = Date.UTC(2026, 11, 1);
    await desk.capture.recheckOpen(() => false, '2026-11-30');
    expect(desk.changes).toEqual([[submissionId]]);
    expect(rules(submissionId)).toEqual(['document.tooOld']);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'amber' });

    const { state } = detail(submissionId);
    desk.capture.setDocument(submissionId, { ...bill, issuedOn: '2026-11-28' });
    expect([state, detail(submissionId).light]).toEqual(['ready', 'green']);
    desk.capture.setDocument(submissionId, { ...bill, documentType: 'bank_statement' });
    expect(detail(submissionId).documents[1]).toMatchObject({ documentType: 'bank_statement', issuedOn: '' });
  });

  it('asks for the fields that the provider cannot do without, and for a country that exists', async () => {
    const { submissionId } = await readyCustomer(1, 'personr');
    expect(detail(submissionId).state).toBe('ready');
    desk.capture.setSubject(submissionId, { ...PERSON, email: '', country: '' });
    // What lies in the selfie's place is a drawing of nobody.
    expect(rules(submissionId).toSorted()).toEqual([
      'page.noFace',
      'personr.country.missing',
      'personr.country.missing',
      'subject.missing.country',
      'subject.missing.email',
    ]);
    expect(detail(submissionId).state).toBe('draft');
    desk.capture.setSubject(submissionId, { ...PERSON, country: 'XYZ' });
    expect(rules(submissionId)).toEqual(['country.unknown', 'page.noFace']);
    desk.capture.setSubject(submissionId, PERSON);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', customer: 'Mustermann, Erika' });
  });

  it('sends the customer whose identity document expires first before one who was released earlier', async () => {
    const { batchId: first, submissionId: patient } = await readyCustomer(1);
    const { batchId: second, submissionId: urgent } = await readyCustomer(11);
    const day = new Date(desk.clock.at + 2 * 24 * 3_600_000).toISOString().slice(0, 10);
    desk.capture.setSubject(urgent, { ...PERSON, documentExpiryDate: day });
    desk.capture.releaseBatch(first);
    desk.capture.releaseBatch(second);
    const now = desk.clock.at;
    const taken = ['a', 'b'].map((leaseToken) => claimNext(desk.db, { now, leaseToken })?.submissionId);
    expect(taken).toEqual([urgent, urgent]);
    expect(claimNext(desk.db, { now, leaseToken: 'c', busySubmissionIds: [urgent] })?.submissionId).toBe(patient);
  });

  it('stops an expired identity document until its date is corrected', async () => {
    const { submissionId } = await readyCustomer();
    desk.capture.setSubject(submissionId, { ...PERSON, documentExpiryDate: '2020-01-31' });
    expect(rules(submissionId)).toEqual(['subject.documentExpired']);
    expect(detail(submissionId)).toMatchObject({ state: 'draft', light: 'red' });
    desk.capture.setSubject(submissionId, { ...PERSON, documentExpiryDate: '2999-01-31' });
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'green' });
  });

  it('warns of the same file at another customer with a link, and blocks it twice in one at Personr', async () => {
    const { submissionId, first } = await readyCustomer(1);
    const { submissionId: second } = newCustomer(desk, 'personr', { reference: 'B-2' });
    const copy = await addPage(second, 1);
    const page = detail(second).pages[0];
    expect(page?.duplicateOf).toMatchObject({ pageId: first, submissionId, reference: 'B-1001' });
    expect(page?.findings).toContainEqual(expect.objectContaining({ rule: 'page.duplicate', severity: 'warning' }));
    expect(detail(submissionId).pages[0]?.duplicateOf?.pageId).toBe(copy);
    expect(rules(submissionId)).not.toContain('page.duplicate');
    await addPage(second, 1);
    await desk.capture.whenInspected();
    expect(rules(second)).toContain('personr.page.sameBytes');
    expect(detail(second).state).toBe('draft');
  });

  it('lets a supervisor override what was found, with a reason, until something changes', async () => {
    const { submissionId } = newCustomer(desk, 'personr');
    await addPage(submissionId, 1);
    expect(() => {
      desk.capture.override(submissionId, 'no selfie needed', grantFor(submissionId));
    }).toThrow('capture.overrideNotEnough');
    await addPage(submissionId, 1);
    await desk.capture.whenInspected();
    for (const grant of [grantFor('another customer'), grantFor(submissionId, 'recoveryKey')]) {
      expect(() => {
        desk.capture.override(submissionId, 'a test of two equal images', grant);
      }).toThrow('supervision.otherGrant');
    }
    const grant = grantFor(submissionId);
    desk.capture.override(submissionId, 'a test of two equal images', grant);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'amber' });
    expect(reasons(submissionId)).toEqual(['a test of two equal images']);
    const stored = desk.db.get<{ reason: Uint8Array }>('SELECT override_reason_sealed AS reason FROM submissions');
    expect(Buffer.from(stored?.reason ?? []).includes('equal')).toBe(false);
    expect(
      desk.db.all("SELECT operator, data ->> 'supervisor' AS way FROM ledger WHERE kind = 'submission.overridden'"),
    ).toEqual([{ operator: 'counter-1', way: 'pin' }]);
    desk.capture.setSubject(submissionId, { ...PERSON, givenName: 'Eva' });
    expect(detail(submissionId)).toMatchObject({ state: 'draft', light: 'red' });
    // The word was for one time.
    expect(() => {
      desk.capture.override(submissionId, 'once more', grant);
    }).toThrow('supervision.otherGrant');
  });

  it('holds an override for what the supervisor had before them: what a later day finds stops anew', async () => {
    const { batchId, submissionId } = newCustomer(desk, 'personr', { documentExpiryDate: '2026-11-30' });
    await addPage(submissionId, 1);
    await addPage(submissionId, 1);
    await desk.capture.whenInspected();
    desk.capture.override(submissionId, 'a test of two equal images', grantFor(submissionId));
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'amber' });
    desk.clock.at = Date.UTC(2026, 11, 2);
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 0, kept: 1 });
    expect(detail(submissionId)).toMatchObject({ state: 'draft', light: 'red' });
    expect(rules(submissionId)).toContain('subject.documentExpired');
    desk.capture.override(submissionId, 'the provider takes it for one more week', grantFor(submissionId));
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 1, kept: 0 });
  });

  it('turns only the working view', async () => {
    const { first } = await readyCustomer();
    const hash = desk.db.get('SELECT sha256 FROM blobs JOIN pages ON blob_id = blobs.id WHERE pages.id = ?', [first]);
    const before = await desk.capture.pictures.thumbnail(first);
    await desk.capture.rotatePage(first, 90);
    const after = await desk.capture.pictures.thumbnail(first);
    expect(Buffer.from(after ?? []).equals(Buffer.from(before ?? []))).toBe(false);
    expect(
      desk.db.get('SELECT sha256 FROM blobs JOIN pages ON blob_id = blobs.id WHERE pages.id = ?', [first]),
    ).toEqual(hash);
    expect(desk.db.get("SELECT count(*) AS n FROM blobs WHERE kind = 'thumbnail'")).toEqual({ n: 2 });
  });
});

describe('hold, void and retake', () => {
  it('keeps a held submission out of a release and its operations out of the queue', async () => {
    const { batchId, submissionId } = await readyCustomer();
    desk.capture.holdSubmission(submissionId, true);
    expect(desk.capture.releaseBatch(batchId)).toEqual({ released: 0, kept: 1 });
    desk.capture.holdSubmission(submissionId, false);
    desk.capture.releaseSubmission(submissionId);
    desk.capture.holdSubmission(submissionId, true);
    expect(operationsOfSubmission(desk.db, submissionId).every(({ state }) => state === OperationState.blocked)).toBe(
      true,
    );
    desk.capture.holdSubmission(submissionId, false);
    expect(
      operationsOfSubmission(desk.db, submissionId).filter(({ state }) => state === OperationState.pending),
    ).toHaveLength(2);
  });

  it('closes a batch when its last customer is voided and none of it went, and at the next start one of before', async () => {
    const { submissionId, batchId } = newCustomer(desk);
    const second = newCustomer(desk, 'persona', {}, batchId).submissionId;
    const state = () => desk.capture.batches().find(({ id }) => id === batchId)?.state;
    desk.capture.voidSubmission(second, 'begun twice');
    expect(state()).toBe('open');
    desk.capture.voidSubmission(submissionId, 'the customer changed his mind');
    expect([state(), desk.capture.openBatches()]).toEqual(['closed', []]);
    expect(desk.db.all("SELECT 1 FROM ledger WHERE kind = 'batch.closed'")).toHaveLength(1);
    // Whoever begins anew goes on in the same batch; one that was closed with somebody in it, as an earlier release could, takes nobody.
    const third = newCustomer(desk, 'persona', {}, batchId).submissionId;
    expect(state()).toBe('open');
    const setState = (to: string) => {
      desk.db.transaction((transaction) => {
        transaction.run('UPDATE batches SET state = ? WHERE id = ?', [to, batchId]);
      });
    };
    setState('closed');
    expect(() => newCustomer(desk, 'persona', {}, batchId)).toThrow('batch.isClosed');
    desk.capture.voidSubmission(third, 'begun twice');
    expect(state()).toBe('closed');

    // An earlier release left such a batch open.
    setState('open');
    desk.capture.createBatch();
    await desk.capture.recover({ mayRemoveFiles: false });
    expect([state(), desk.capture.openBatches().length]).toEqual(['closed', 1]);
  });

  it('voids with a reason: nothing is sent, nothing can be added', async () => {
    const { submissionId } = await readyCustomer();
    desk.capture.releaseSubmission(submissionId);
    desk.capture.voidSubmission(submissionId, 'the customer changed his mind');
    expect(detail(submissionId).beside).toEqual(['voided']);
    expect(operationsOfSubmission(desk.db, submissionId).every(({ state }) => state === OperationState.cancelled)).toBe(
      true,
    );
    await expect(addPage(submissionId, 5)).rejects.toThrow('capture.isVoided');
    expect(reasons(submissionId)).toEqual(['the customer changed his mind']);
    expect(JSON.stringify(desk.db.all('SELECT data FROM ledger'))).not.toContain('changed his mind');
  });

  it('takes a released customer back to be corrected, and sends only what the provider does not have', async () => {
    const { batchId, submissionId, first, second } = await readyCustomer();
    desk.capture.releaseBatch(batchId);
    expect(() => {
      desk.capture.removePage(second);
    }).toThrow('capture.isReleased');
    const by = { now: desk.clock.at, operator: 'system' };
    const [upload] = operationsOfSubmission(desk.db, submissionId);
    toSending(desk.db, submissionId, by);
    desk.db.transaction((transaction) => {
      transaction.run("UPDATE operations SET state = 4, result = '{}', done_at = ? WHERE id = ?", [
        desk.clock.at,
        upload?.id ?? '',
      ]);
      transaction.run('UPDATE pages SET delivered_at = ? WHERE id = ?', [desk.clock.at, first]);
    });
    desk.capture.takeBack(submissionId);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', beside: [] });
    expect(desk.capture.openBatches().map(({ id }) => id)).toEqual([batchId]);
    expect(() => {
      desk.capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'id_card', country: '' });
    }).toThrow('capture.documentIsFixed');
    desk.capture.setSubject(submissionId, { ...PERSON, familyName: 'Corrected' });
    desk.capture.releaseSubmission(submissionId);
    const open = operationsOfSubmission(desk.db, submissionId).filter(
      ({ state }) => state === OperationState.pending || state === OperationState.blocked,
    );
    expect(open.map(({ kind, pageId }) => [kind, pageId])).toEqual([
      ['plain.upload', second],
      ['plain.start', null],
    ]);
  });

  it('says which fields the provider has already, and that a change of them stays here', async () => {
    const holding = await openDesk({
      heldFields: (_provider, earlier) =>
        earlier.some(({ kind }) => kind === 'plain.upload') ? ['familyName', 'email'] : [],
    });
    try {
      const batchId = holding.capture.createBatch();
      const submissionId = holding.capture.createSubmission({
        batchId,
        connectionId: holding.personaId,
        flowId: 'proof-of-address',
      });
      const savedAs = (): unknown =>
        holding.capture
          .submission(submissionId)
          .timeline.map(({ message }) => message.code)
          .filter((code) => code.startsWith('ledger.subjectSaved'));
      holding.capture.setSubject(submissionId, PERSON);
      expect(holding.capture.submission(submissionId).heldFields).toEqual([]);
      holding.db.transaction((transaction) => {
        transaction.run(
          `INSERT INTO operations (id, submission_id, connection_id, kind, payload, idempotency_key, state, byte_length,
             run_at, created_at, done_at, result) VALUES ('op', ?, ?, 'plain.upload', '{}', 'key', 4, 0, 0, 0, 1, '{}')`,
          [submissionId, holding.personaId],
        );
      });
      expect(holding.capture.submission(submissionId).heldFields).toEqual(['familyName', 'email']);
      holding.capture.setSubject(submissionId, { ...PERSON, reference: 'another' });
      holding.capture.setSubject(submissionId, { ...PERSON, reference: 'another', familyName: 'Corrected' });
      expect(savedAs()).toEqual(['ledger.subjectSaved', 'ledger.subjectSaved', 'ledger.subjectSavedHere']);
    } finally {
      await holding.close();
    }
  });

  it('says why it waits while its connection is stopped', async () => {
    const { batchId, submissionId } = await readyCustomer();
    desk.capture.releaseBatch(batchId);
    const before = detail(submissionId);
    const pause = (value: unknown): void => {
      desk.db.transaction((transaction) => {
        transaction.run('UPDATE connections SET pause = ? WHERE id = ?', [
          value === null ? null : JSON.stringify(value),
          desk.personaId,
        ]);
      });
    };
    pause({ cause: 'sign_in', message: { code: 'persona.keyRefused' }, untilMs: null, probeOperationId: null });
    expect(detail(submissionId)).toMatchObject({
      state: 'released',
      cause: 'sign_in',
      explanation: { code: 'persona.keyRefused' },
      nextEventAt: null,
    });
    pause(null);
    expect(detail(submissionId)).toEqual(before);
  });

  it('does not take back what may have arrived', async () => {
    const { batchId, submissionId } = await readyCustomer();
    desk.capture.releaseBatch(batchId);
    toSending(desk.db, submissionId, { now: desk.clock.at, operator: 'system' });
    const [upload] = operationsOfSubmission(desk.db, submissionId);
    const set = (state: OperationState, committedAt: number | null): void => {
      desk.db.transaction((transaction) => {
        transaction.run('UPDATE operations SET state = ?, committed_at = ? WHERE id = ?', [
          state,
          committedAt,
          upload?.id ?? '',
        ]);
      });
    };
    const back = (): void => {
      desk.capture.takeBack(submissionId);
    };
    set(OperationState.claimed, null);
    expect(back).toThrow('capture.takeBackWhileSending');
    set(OperationState.unknown, desk.clock.at);
    expect(back).toThrow('capture.takeBackWhileUnknown');
    expect(detail(submissionId).state).toBe('sending');
  });

  it('does not void while a call is under way', async () => {
    const { submissionId } = await readyCustomer();
    desk.capture.releaseSubmission(submissionId);
    desk.db.transaction((db) => {
      db.run("UPDATE operations SET state = 2, lease_token = 'x' WHERE kind = 'plain.upload'");
    });
    expect(() => {
      desk.capture.voidSubmission(submissionId, 'too late');
    }).toThrow('capture.voidWhileSending');
    expect(detail(submissionId).beside).toEqual([]);
  });

  it('takes a new page in the place of the one that the provider wants again, and releases only that', async () => {
    const { batchId, submissionId, first, second } = await readyCustomer();
    desk.capture.releaseBatch(batchId);
    wantAgain(desk, submissionId, PASSPORT_SLOT);
    const asked = detail(submissionId);
    expect(asked).toMatchObject({ state: 'retake', light: 'red' });
    expect(asked.slots[0]?.wantsRetake).toEqual({ message: WANTED_AGAIN.message, previousPageId: first });
    expect(() => {
      desk.capture.removePage(second);
    }).toThrow('capture.pageIsDelivered');

    const retaken = await addPage(submissionId, 8);
    await desk.capture.whenInspected();
    const again = detail(submissionId);
    expect(again).toMatchObject({ state: 'ready', light: 'green' });
    expect(again.pages.map((page) => [page.id, page.replacesPageId])).toEqual([
      [second, null],
      [retaken, first],
    ]);

    desk.capture.removePage(retaken);
    expect(detail(submissionId)).toMatchObject({ state: 'retake' });
    expect(detail(submissionId).slots[0]?.pageId).toBe(first);
    desk.capture.restorePage(retaken);
    expect(detail(submissionId)).toMatchObject({ state: 'ready' });
    expect(detail(submissionId).slots[0]?.pageId).toBe(retaken);

    desk.capture.releaseSubmission(submissionId);
    const sent = operationsOfSubmission(desk.db, submissionId).filter(({ state }) => state !== OperationState.done);
    expect(sent.map((operation) => [operation.kind, operation.pageId])).toEqual([
      ['plain.upload', retaken],
      ['plain.start', null],
    ]);
    expect(sent[0]?.payload).toMatchObject({ round: 1 });
    expect(sent[1]?.payload).toEqual({ earlier: 3 });

    // Taken back, nothing says any more that the old page is not wanted: it does not look like a new one all the same.
    desk.capture.takeBack(submissionId);
    desk.capture.removePage(retaken);
    expect(detail(submissionId)).toMatchObject({ state: 'draft', light: 'red' });
    expect(detail(submissionId).slots[0]?.pageId).toBeNull();
    desk.capture.restorePage(retaken);
    expect(detail(submissionId)).toMatchObject({ state: 'ready', light: 'green' });
    expect(detail(submissionId).pages.find(({ id }) => id === retaken)).toMatchObject({ replacesPageId: first });
  });
});

describe('lists', () => {
  it('say of each customer what the customer itself says', async () => {
    const empty = newCustomer(desk).submissionId;
    const green = await readyCustomer(1);
    // The same bytes as those of the customer before: the only finding is one that takes a look at everybody's pages.
    const amber = await readyCustomer(1);
    const sent = await readyCustomer(5);
    desk.capture.releaseSubmission(sent.submissionId);
    const { rows } = await desk.capture.submissions({ filter: { tab: 'all' }, offset: 0, limit: 9 });
    expect(
      rows.map(({ id, light, pageCount, filledSlots }) => ({ id, light, pageCount, filledSlots })).toReversed(),
    ).toEqual([
      { id: empty, light: 'red', pageCount: 0, filledSlots: 0 },
      { id: green.submissionId, light: 'green', pageCount: 2, filledSlots: 2 },
      { id: amber.submissionId, light: 'amber', pageCount: 2, filledSlots: 2 },
      { id: sent.submissionId, light: 'green', pageCount: 2, filledSlots: 2 },
    ]);
    for (const row of rows) expect(detail(row.id)).toMatchObject(row);
  });

  it('finds customers by name and reference without case or accents, and counts the tabs', async () => {
    const { batchId } = newCustomer(desk, 'persona', { givenName: 'José', familyName: 'Núñez', reference: 'K-77' });
    newCustomer(desk, 'persona', { givenName: 'Jo', familyName: 'Smith', reference: 'K-78' }, batchId);
    const { submissionId } = await readyCustomer();
    desk.capture.voidSubmission(submissionId, 'only a test');
    const find = async (search: string) => {
      const list = await desk.capture.submissions({ filter: { tab: 'all', search }, offset: 0, limit: 50 });
      return list.rows.map((row) => row.customer);
    };
    expect(await find('nunez jose')).toEqual(['Núñez, José']);
    expect(await find('k-7')).toEqual(['Smith, Jo', 'Núñez, José']);
    expect(await find('nobody')).toEqual([]);
    const all = await desk.capture.submissions({ filter: { tab: 'draft' }, offset: 1, limit: 1 });
    expect(all).toMatchObject({ total: 2, tabCounts: { all: 3, draft: 2, voided: 1, decided: 0 } });
    expect(all.rows.map((row) => row.customer)).toEqual(['Núñez, José']);
    const inBatch = await desk.capture.submissions({ filter: { tab: 'all', batchId }, offset: 0, limit: 9 });
    expect(inBatch.total).toBe(2);
  });
});
