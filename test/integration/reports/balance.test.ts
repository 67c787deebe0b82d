import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appendLedger } from '../../../main/ledger/index.ts';
import { balance, localDay, today } from '../../../main/reports/index.ts';
import { decide, toInReview, toSending, toSent } from '../../../main/submissions/index.ts';
import { PASSPORT_SLOT, newCustomer, openDesk } from '../capture/desk.ts';
import type { Desk } from '../capture/desk.ts';
import { jpeg } from '../capture/files.ts';

let desk: Desk;
let seed = 0;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

async function customer(): Promise<string> {
  const { submissionId } = newCustomer(desk);
  const paths: string[] = [];
  for (let page = 0; page < 2; page += 1) {
    seed += 1;
    paths.push(await desk.file(`p${seed}.jpg`, await jpeg({ width: 640, height: 620, seed })));
  }
  await desk.capture.importFiles(paths, { submissionId, slot: null }, 'drop');
  await desk.capture.whenInspected();
  const { state, findings, pages } = desk.capture.submission(submissionId);
  // Says what was found, should a customer not be ready: it was seen once, and nobody knew why.
  expect({ state, findings, pages: pages.map((page) => page.findings) }).toMatchObject({ state: 'ready' });
  return submissionId;
}

/** As the dispatcher leaves it: operations done, pages marked, state climbed. */
function deliver(submissionId: string, decision: 'accepted' | 'rejected' | 'retake' | null): void {
  const by = { now: desk.clock.at, operator: 'system' };
  const because = { message: { code: 'provider.said' } };
  desk.capture.releaseSubmission(submissionId);
  desk.db.transaction((db) => {
    toSending(db, submissionId, by);
    db.run('UPDATE operations SET state = 4, done_at = ? WHERE submission_id = ?', [desk.clock.at, submissionId]);
    db.run('UPDATE pages SET delivered_at = ? WHERE submission_id = ?', [desk.clock.at, submissionId]);
    for (const { id, page_id } of db.all<{ id: string; page_id: string | null }>(
      'SELECT id, page_id FROM operations WHERE submission_id = ?',
      [submissionId],
    )) {
      appendLedger(db, {
        at: desk.clock.at,
        operator: 'system',
        submissionId,
        operationId: id,
        kind: 'operation.done',
        data: { message: { code: 'provider.said' }, pageIds: page_id === null ? [] : [page_id] },
      });
    }
    toSent(db, submissionId, by);
    toInReview(db, submissionId, because, by);
    if (decision === 'retake') {
      decide(db, submissionId, { state: 'retake', slots: { [PASSPORT_SLOT]: because.message } }, because, by);
    } else if (decision !== null) decide(db, submissionId, { state: decision }, because, by);
  });
}

const span = () => localDay(desk.clock.at);
const numbers = () => {
  const { captured, sent, waiting, refused, voided, isBalanced } = balance(desk.db, span());
  return { captured, sent, waiting, refused, voided, isBalanced };
};

describe('the balance', () => {
  it('puts every captured page into exactly one place', async () => {
    expect(numbers()).toEqual({ captured: 0, sent: 0, waiting: 0, refused: 0, voided: 0, isBalanced: true });
    deliver(await customer(), 'accepted');
    deliver(await customer(), 'rejected');
    deliver(await customer(), null);
    await customer();
    const voided = await customer();
    desk.capture.voidSubmission(voided, 'only a test');
    expect(numbers()).toEqual({ captured: 10, sent: 4, waiting: 2, refused: 2, voided: 2, isBalanced: true });
  });

  it('counts the page that the provider wants again as refused, and the new one as waiting', async () => {
    const submissionId = await customer();
    deliver(submissionId, 'retake');
    expect(numbers()).toMatchObject({ captured: 2, sent: 1, refused: 1, isBalanced: true });
    const path = await desk.file('new.jpg', await jpeg({ width: 700, height: 640, seed: 999 }));
    await desk.capture.importFiles([path], { submissionId, slot: null }, 'drop');
    expect(numbers()).toMatchObject({ captured: 3, sent: 1, waiting: 1, refused: 1, isBalanced: true });
  });

  it('does not count what was taken out again, and only counts its own time', async () => {
    const submissionId = await customer();
    desk.capture.removePage(desk.capture.submission(submissionId).pages[0]?.id ?? '');
    expect(numbers()).toMatchObject({ captured: 1, waiting: 1 });
    const { fromMs, toMs } = span();
    expect(balance(desk.db, { fromMs: toMs, toMs: toMs + 1 }).captured).toBe(0);
    expect(balance(desk.db, { fromMs, toMs: desk.clock.at }).captured).toBe(0);
  });

  it('does not balance when a page is marked as sent that no finished operation names, or the other way round', async () => {
    const submissionId = await customer();
    deliver(submissionId, null);
    desk.db.transaction((db) => {
      db.run("UPDATE operations SET state = 1, done_at = NULL WHERE kind = 'plain.upload'");
    });
    expect(numbers().isBalanced).toBe(false);
    desk.db.transaction((db) => {
      db.run('UPDATE operations SET state = 4');
      db.run('UPDATE pages SET delivered_at = NULL');
    });
    expect(numbers().isBalanced).toBe(false);
  });

  it('adds up while a delivery that takes several calls is under way', async () => {
    const submissionId = await customer();
    desk.capture.releaseSubmission(submissionId);
    desk.db.transaction((db) => {
      db.run("UPDATE operations SET state = 4 WHERE kind = 'plain.upload'");
    });
    expect(numbers()).toMatchObject({ captured: 2, sent: 0, waiting: 2, isBalanced: true });
  });

  it('names the pages that ledger and outbox do not agree about', async () => {
    const submissionId = await customer();
    deliver(submissionId, null);
    const [pageId] = desk.capture.submission(submissionId).pages.map(({ id }) => id);
    desk.db.transaction((db) => {
      db.run('UPDATE pages SET delivered_at = NULL WHERE id = ?', [pageId ?? '']);
    });
    expect(balance(desk.db, span())).toMatchObject({
      sent: 2,
      differing: 1,
      differences: [{ pageId, submissionId, ledger: 'sent', outbox: 'waiting' }],
    });
  });

  it('counts a page that was delivered before the ledger named pages', async () => {
    const submissionId = await customer();
    desk.capture.releaseSubmission(submissionId);
    desk.db.transaction((db) => {
      db.run('UPDATE operations SET state = 4');
      db.run('UPDATE pages SET delivered_at = ?', [desk.clock.at]);
      appendLedger(db, {
        at: desk.clock.at,
        operator: 'system',
        submissionId,
        operationId: null,
        kind: 'operation.done',
        data: { message: { code: 'provider.said' } },
      });
    });
    expect(numbers()).toMatchObject({ sent: 2, isBalanced: true });
  });
});

describe('today', () => {
  it('counts by local hour and tells what waits', async () => {
    const submissionId = await customer();
    await customer();
    desk.clock.at += 3_600_000;
    deliver(submissionId, 'retake');
    const view = today(desk.db, { now: desk.clock.at, openBatches: desk.capture.openBatches() });
    expect(view).toMatchObject({ waitingForRelease: 1, attention: 1 });
    expect(view.openBatches).toHaveLength(1);
    const hour = new Date(desk.clock.at).getHours();
    expect([view.capturedByHour[hour - 1], view.deliveredByHour[hour]]).toEqual([4, 2]);
    expect(view.capturedByHour).toHaveLength(24);
    expect(view.balance).toMatchObject({ captured: 4, isBalanced: true });
  });

  it('asks no more questions about two customers than about one, and reads neither all customers nor their long rows', async () => {
    const asked = [vi.spyOn(desk.db, 'all'), vi.spyOn(desk.db, 'get')];
    const look = () => today(desk.db, { now: desk.clock.at, openBatches: [] });
    await customer();
    const questions = () => {
      for (const spy of asked) spy.mockClear();
      expect(look().balance.captured).toBeGreaterThan(0);
      return asked.flatMap((spy) => spy.mock.calls).filter(([sql]) => !sql.includes('WHERE sequence >= ?'));
    };
    const one = questions();
    await customer();
    const two = questions();
    expect(two.map(([sql]) => sql)).toEqual(one.map(([sql]) => sql));
    const plans = two.flatMap(([sql, parameters]) =>
      desk.db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters).map(({ detail }) => detail),
    );
    expect(plans).toContain('SEARCH submissions USING COVERING INDEX submissions_for_lists (id=?)');
    // A partial index has nobody but those who are counted.
    expect(plans.filter((detail) => /^SCAN (submissions|pages|operations)\b/.test(detail))).toEqual([
      'SCAN submissions USING COVERING INDEX submissions_needing_a_person',
    ]);
  });
});
