import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLedger, verifyLedger } from '../../../main/ledger/index.ts';
import {
  IllegalMove,
  attentionOff,
  attentionOn,
  backToReady,
  decide,
  hold,
  standing,
  toInReview,
  toIncomplete,
  toReady,
  toReleased,
  toSending,
  toSent,
  voidSubmission,
} from '../../../main/submissions/index.ts';
import { ALLOWED_MOVES, Cause, SubmissionState, isMoveAllowed, isVoidAllowed } from '../../../shared/domain/index.ts';
import { Store } from '../../support/sync-world.ts';

const STATES = SubmissionState.options;
const by = { now: 1_000, operator: 'kim' };
const because = { message: { code: 'test.why' }, requestId: 'req-1' };
let store: Store;

beforeEach(() => {
  store = new Store();
});
afterEach(() => {
  store.dispose();
});

/** The allowed pairs once more, written down apart from the table, so that a slip in it is noticed. */
const EXPECTED = [
  'draft>ready',
  'ready>draft',
  'ready>released',
  'ready>retake',
  'released>sending',
  'released>ready',
  'sending>sent',
  'sending>ready',
  'sending>retake',
  'sending>rejected',
  'sent>in_review',
  'sent>accepted',
  'sent>rejected',
  'sent>retake',
  'in_review>accepted',
  'in_review>rejected',
  'in_review>retake',
  'retake>ready',
  'retake>released',
];

/** The function that brings a submission to each state. */
const MOVES: Readonly<Record<SubmissionState, (submissionId: string) => void>> = {
  draft: (id) => {
    toIncomplete(store.db, id, by);
  },
  ready: (id) => {
    const from = standing(store.db, id)?.state;
    if (from === 'released' || from === 'sending') backToReady(store.db, id, by);
    else toReady(store.db, id, by);
  },
  released: (id) => {
    toReleased(store.db, id, by);
  },
  sending: (id) => {
    toSending(store.db, id, by);
  },
  sent: (id) => {
    toSent(store.db, id, by);
  },
  in_review: (id) => {
    toInReview(store.db, id, because, by);
  },
  accepted: (id) => {
    decide(store.db, id, { state: 'accepted' }, because, by);
  },
  rejected: (id) => {
    decide(store.db, id, { state: 'rejected' }, because, by);
  },
  retake: (id) => {
    if (standing(store.db, id)?.state === 'ready') {
      store.db.transaction((db) => db.run(`UPDATE submissions SET retake_slots = '{}' WHERE id = ?`, [id]));
      toIncomplete(store.db, id, by);
    } else decide(store.db, id, { state: 'retake', slots: { 'a/passport/single': because.message } }, because, by);
  },
};

test('the table has exactly the moves that are meant', () => {
  const found = STATES.flatMap((from) => ALLOWED_MOVES[from].map((to) => `${from}>${to}`));
  expect(found.sort()).toEqual([...EXPECTED].sort());
});

const PAIRS = STATES.flatMap((from) => STATES.map((to) => ({ from, to })));

describe('every pair of states', () => {
  test.each(PAIRS.filter(({ from, to }) => isMoveAllowed(from, to)))('$from to $to, with its row', ({ from, to }) => {
    const id = store.submission({ state: from });
    MOVES[to](id);
    expect(store.submissionRow(id).state).toBe(to);
    const rows = readLedger(store.db, { submissionId: id });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ operator: 'kim', at: 1_000 });
    const { explanation } = store.submissionRow(id);
    const entry = rows[0]?.data.message;
    // The provider's words stand in the row of its answer; the row of the move names the state.
    const isOfTheMove = entry?.code === `submission.${to === 'in_review' ? 'inReview' : to}`;
    const isExplained = explanation === JSON.stringify(because.message);
    const isProvidersMove = ['in_review', 'accepted', 'rejected'].includes(to);
    expect(isProvidersMove ? isOfTheMove && isExplained : explanation === JSON.stringify(entry) || isExplained).toBe(
      true,
    );
  });

  test.each(PAIRS.filter(({ from, to }) => !isMoveAllowed(from, to)))('$from to $to is refused', ({ from, to }) => {
    const id = store.submission({ state: from });
    const before = store.submissionRow(id);
    expect(() => {
      MOVES[to](id);
    }).toThrow(IllegalMove);
    expect(store.submissionRow(id)).toEqual(before);
    expect(store.timeline(id)).toEqual([]);
  });
});

test('a retake names its slots, begins a round and keeps the pages; releasing again clears it', () => {
  const id = store.submission({ state: 'in_review' });
  const pageId = store.page(id, 'identity/id_card/front');
  MOVES.retake(id);
  expect(store.submissionRow(id)).toMatchObject({ state: 'retake', cause: 'rescan', round: 1 });
  expect(JSON.parse(store.submissionRow(id).retake_slots ?? 'null')).toEqual({ 'a/passport/single': because.message });
  expect(store.db.get('SELECT state FROM pages WHERE id = ?', [pageId])).toEqual({ state: 'active' });
  MOVES.ready(id);
  MOVES.released(id);
  expect(store.submissionRow(id)).toMatchObject({ retake_slots: null, cause: null, round: 1 });
});

test('attention says what is wrong and goes away again; a hold keeps that sentence', () => {
  const id = store.submission({ state: 'sending' });
  attentionOn(store.db, id, 'call_it', because, by);
  hold(store.db, id, true, by);
  expect(store.submissionRow(id)).toMatchObject({ is_attention: 1, is_held: 1, cause: 'call_it' });
  expect(JSON.parse(store.submissionRow(id).explanation)).toEqual(because.message);
  attentionOff(store.db, id, { message: { code: 'test.fine' } }, by);
  attentionOff(store.db, id, { message: { code: 'test.fine' } }, by);
  hold(store.db, id, false, by);
  expect(store.submissionRow(id)).toMatchObject({ is_attention: 0, is_held: 0, cause: null, state: 'sending' });
  expect(store.timeline(id)).toEqual([
    'submission.attention',
    'submission.held',
    'submission.attentionOver',
    'submission.letGo',
  ]);
});

/** Where a submission may be, and what may have come in its way. */
const STANDINGS = STATES.flatMap((state) => [null, ...Cause.options].map((cause) => ({ state, cause })));

function standingAt({ state, cause }: (typeof STANDINGS)[number]): string {
  const id = store.submission({ state });
  if (cause !== null) attentionOn(store.db, id, cause, because, by);
  return id;
}

test('voiding is allowed until the provider has everything, then only where nothing but IT helps, never after a decision', () => {
  const allowed = STANDINGS.filter(({ state, cause }) => isVoidAllowed(state, cause));
  const statesWith = (cause: Cause | null) => allowed.filter((one) => one.cause === cause).map(({ state }) => state);
  const before = ['draft', 'ready', 'released', 'sending', 'retake'];
  expect(statesWith('call_it')).toEqual(['draft', 'ready', 'released', 'sending', 'sent', 'in_review', 'retake']);
  for (const cause of [null, 'rescan', 'correct_data', 'wait', 'sign_in'] as const)
    expect(statesWith(cause)).toEqual(before);
});

test.each(STANDINGS.filter(({ state, cause }) => !isVoidAllowed(state, cause)))(
  'voiding is refused from $state with $cause',
  (where) => {
    const id = standingAt(where);
    expect(() => {
      voidSubmission(store.db, id, new Uint8Array([1, 2]), by);
    }).toThrow(IllegalMove);
  },
);

test.each(STANDINGS.filter(({ state, cause }) => isVoidAllowed(state, cause)))(
  'voiding from $state with $cause is for ever',
  async (where) => {
    const id = standingAt(where);
    const act = () => {
      voidSubmission(store.db, id, new Uint8Array([1, 2]), by);
    };
    act();
    expect(standing(store.db, id)).toMatchObject({ isVoided: true, state: where.state, cause: null });
    expect(readLedger(store.db, { submissionId: id }).at(-1)?.data['sealedReason']).toBe('AQI=');
    expect(act).toThrow(IllegalMove);
    expect(() => {
      hold(store.db, id, true, by);
    }).toThrow(IllegalMove);
    expect((await verifyLedger(store.db)).isIntact).toBe(true);
  },
);

test('the state and its row in the ledger are there together or not at all', () => {
  const id = store.submission({ state: 'ready' });
  expect(() =>
    store.db.transaction((db) => {
      toReleased(db, id, by);
      throw new Error('the power fails');
    }),
  ).toThrow('the power fails');
  expect(store.submissionRow(id).state).toBe('ready');
  expect(store.timeline(id)).toEqual([]);
});
