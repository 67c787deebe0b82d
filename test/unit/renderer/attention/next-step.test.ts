import { describe, expect, it } from 'vitest';
import { causeOf, countToDo, groupByCause, placeToFix } from '../../../../renderer/features/attention/nextStep.ts';
import type { ConnectionView } from '../../../../shared/domain/index.ts';
import { submissionRow } from '../submissions/rows.ts';
import { detailInTrouble, finding, slot } from './details.ts';

const connection = (id: string, untilMs: number | null): ConnectionView => ({
  id,
  provider: 'persona',
  name: id,
  nameKey: null,
  environment: 'production',
  baseUrl: 'https://example.invalid',
  flows: [],
  settings: {},
  hasCredential: true,
  pause: {
    cause: 'sign_in',
    message: { code: 'persona.keyRefused' },
    untilMs,
    sinceMs: null,
    failures: 0,
    seen: null,
  },
});

const waiting = (id: string, code: string): ConnectionView => ({
  ...connection(id, 5_000),
  pause: { cause: 'wait', message: { code }, untilMs: 5_000, sinceMs: null, failures: 0, seen: null },
});

/** The provider refused this field, and preflight has something to say about another one. */
const refusing = (field: string) =>
  detailInTrouble({
    findings: [finding({ field: 'phone' })],
    attention: {
      cause: 'correct_data',
      message: { code: 'personr.fieldRefused', params: { field } },
      choices: [],
      doubt: null,
    },
  });

describe('grouping by cause', () => {
  it('shows each submission once, oldest first, in the order of urgency', () => {
    const late = submissionRow({ id: 'late', cause: 'wait', beside: ['attention'], updatedAt: 20 });
    const early = submissionRow({ id: 'early', cause: 'wait', beside: ['attention'], updatedAt: 10 });
    const retake = submissionRow({ id: 'retake', state: 'retake' });
    const groups = groupByCause([late, early, retake, late]);
    expect(groups.map((group) => [group.cause, group.rows.map((row) => row.id)])).toEqual([
      ['rescan', ['retake']],
      ['wait', ['early', 'late']],
    ]);
  });

  it('shows a connection that waits under its cause, and counts only what a person can end', () => {
    const resting: ConnectionView = connection('resting', 5_000);
    if (resting.pause !== null) resting.pause = { ...resting.pause, cause: 'wait' };
    const groups = groupByCause([], [connection('stopped', null), connection('tested', 5_000), resting]);
    expect(groups.map((group) => [group.cause, group.connections.map(({ id }) => id)])).toEqual([
      ['sign_in', ['stopped', 'tested']],
      ['wait', ['resting']],
    ]);
    expect(countToDo(groups)).toBe(2);
  });

  it('shows what a connection waits for, but not the everyday pace of a provider', () => {
    const groups = groupByCause([], [waiting('down', 'network.refused'), waiting('busy', 'persona.rateLimited')]);
    expect(groups.map((group) => [group.cause, group.connections.map(({ id }) => id)])).toEqual([['wait', ['down']]]);
  });

  it('leaves out what a person only holds back', () => {
    const held = submissionRow({ id: 'held', state: 'released', beside: ['held'] });
    expect(groupByCause([held])).toEqual([]);
    expect(groupByCause([{ ...held, beside: ['held', 'attention'], cause: 'rescan' }])).toHaveLength(1);
  });

  it('never hides what has no cause, and shows what was voided only when the provider still has something of it', () => {
    expect(causeOf({ cause: null, state: 'sending' })).toBe('call_it');
    expect(groupByCause([submissionRow({ id: 'a', state: 'retake', beside: ['voided'], cause: null })])).toEqual([]);
    const refused = submissionRow({ id: 'b', beside: ['attention', 'voided'], cause: 'call_it' });
    expect(groupByCause([refused])).toMatchObject([{ cause: 'call_it', rows: [{ id: 'b' }] }]);
  });
});

describe('the place to put it right', () => {
  it('is the slot that the provider wants again, as long as the new image is missing', () => {
    const wanted = { message: { code: 'x' }, previousPageId: 'page-1' };
    const detail = detailInTrouble({
      slots: [
        slot({ key: 'a/id_card/front', pageId: 'page-2', wantsRetake: wanted }),
        slot({ key: 'a/id_card/back', pageId: 'page-1', wantsRetake: wanted }),
      ],
      findings: [],
    });
    expect(placeToFix(detail, 'rescan')).toEqual({ slot: 'a/id_card/back' });
  });

  it('is otherwise the slot of the worst finding, also when the finding only names the page', () => {
    const detail = detailInTrouble({
      findings: [finding({ severity: 'warning', slot: 'w/other/single' }), finding({ pageId: 'page-1' })],
    });
    expect(placeToFix(detail, 'rescan')).toEqual({ slot: 'identity/id_card/front' });
  });

  it('is otherwise the first required slot without a page', () => {
    const detail = detailInTrouble({
      findings: [],
      slots: [
        slot({ key: 'a/selfie/single', pageId: null, isOptional: true }),
        slot({ key: 'b/passport/single', pageId: null }),
      ],
    });
    expect(placeToFix(detail, 'rescan')).toEqual({ slot: 'b/passport/single' });
  });

  it('is the field for wrong data, and the submission as a whole when no field is named', () => {
    const detail = detailInTrouble({
      findings: [finding({ severity: 'warning', field: 'email' }), finding({ field: 'phone' })],
    });
    expect(placeToFix(detail, 'correct_data')).toEqual({ field: 'phone' });
    expect(placeToFix(detailInTrouble({ findings: [] }), 'correct_data')).toEqual({});
  });

  it('is the field that the provider refused before any finding, unless it is not one of ours', () => {
    expect(placeToFix(refusing('birthDate'), 'correct_data')).toEqual({ field: 'birthDate' });
    expect(placeToFix(refusing('name-middle'), 'correct_data')).toEqual({ field: 'phone' });
  });
});
