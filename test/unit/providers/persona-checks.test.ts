import { describe, expect, it } from 'vitest';
import { verdictOf, wantedAgain } from '../../../main/providers/persona/checks.ts';
import type { PersonaObject } from '../../../main/providers/persona/objects.ts';

/** What the verifications of one inquiry say, also those of documents that a retake has replaced. */

const BLUR = [{ name: 'id_blur_detection', status: 'failed', requirement: 'required', reasons: [] }];
const watched = (providerDocumentId: string) => ({
  providerDocumentId,
  documentId: 'd1',
  requirementId: 'identity',
  isGovernmentId: true,
});

function document(id: string, createdAt: string): PersonaObject {
  return { type: 'document/government-id', id, attributes: { 'created-at': createdAt }, relationships: {} };
}

/** `about` null: it names no document. */
function verification(
  status: string,
  createdAt: string,
  about: string | null,
  type = 'verification/government-id',
): PersonaObject {
  return {
    type,
    id: `ver_${createdAt}`,
    attributes: { status, 'created-at': createdAt, checks: BLUR },
    relationships: about === null ? {} : { document: { data: { type: 'document/government-id', id: about } } },
  };
}

const [MORNING, NOON, EVENING] = ['2026-01-02T08:00:00.000Z', '2026-01-02T12:00:00.000Z', '2026-01-02T18:00:00.000Z'];
const wanted = (...included: PersonaObject[]) =>
  wantedAgain(included, [watched('doc_new')]).map(({ message }) => message.code);

/** What a verification that failed says by these checks. */
function failedBy(...checks: object[]): ReturnType<typeof verdictOf> {
  const failed = verification('failed', NOON, 'doc_new');
  return verdictOf([{ ...failed, attributes: { ...failed.attributes, checks } }], [watched('doc_new')]);
}

describe('a failed check', () => {
  const genuine = { name: 'id_tamper_detection', status: 'failed', reasons: [] };

  it('decides nothing when it is not required, neither for the counter nor in private', () => {
    expect(failedBy({ ...BLUR[0], requirement: 'not_required' })).toEqual({ kind: 'unclear' });
    expect(failedBy({ ...genuine, requirement: 'not_required' }, ...BLUR)).toMatchObject({
      kind: 'retake',
      slots: [{ message: { code: 'persona.check.id_blur_detection' } }],
    });
  });

  it.each(['required', 'requires_retry', 'asked_for_since', undefined])('counts when it is %s', (requirement) => {
    expect(failedBy({ ...BLUR[0], requirement }).kind).toBe('retake');
    expect(failedBy({ ...genuine, requirement }, ...BLUR).kind).toBe('private');
  });

  it.each(['passed', 'not_applicable', 'skipped_since'])('is not one that is %s', (status) => {
    expect(failedBy({ ...BLUR[0], status }).kind).toBe('unclear');
  });

  it('is read of a verification that failed only', () => {
    for (const status of ['passed', 'initiated', 'submitted', 'skipped', 'canceled', 'tentatively_failed']) {
      expect(verdictOf([verification(status, NOON, 'doc_new')], [watched('doc_new')]).kind).toBe('unclear');
    }
  });
});

describe('a document that is wanted again', () => {
  it('is told by its newest verification only, in whatever order they come', () => {
    const retry = verification('requires_retry', NOON, 'doc_new');
    expect(wanted(retry)).toEqual(['persona.check.id_blur_detection']);
    expect(wanted(verification('passed', EVENING, 'doc_new'), retry)).toEqual([]);
    expect(wanted(retry, verification('submitted', EVENING, 'doc_new'))).toEqual([]);
    expect(wanted(verification('passed', MORNING, 'doc_new'), retry)).toEqual(['persona.check.id_blur_detection']);
  });

  it('is not told by the verification of one that was replaced, named or only older', () => {
    expect(wanted(verification('requires_retry', NOON, 'doc_old'))).toEqual([]);
    expect(wanted(document('doc_new', EVENING), verification('requires_retry', NOON, null))).toEqual([]);
    expect(wanted(document('doc_new', MORNING), verification('requires_retry', NOON, null))).toEqual([
      'persona.check.id_blur_detection',
    ]);
    // Without the time it cannot be told, and a retake that nobody wants would be asked for without end.
    expect(wanted(verification('requires_retry', NOON, null))).toEqual([]);
  });

  it('is not told by a verification of something else', () => {
    expect(
      wanted(document('doc_new', MORNING), verification('requires_retry', NOON, null, 'verification/selfie')),
    ).toEqual([]);
  });

  it('leaves what is no document as it is: a private reason of a selfie stays one', () => {
    const selfie = verification('requires_retry', NOON, null, 'verification/selfie');
    const attributes = { ...selfie.attributes, checks: [{ ...BLUR[0], name: 'selfie_liveness_detection' }] };
    expect(verdictOf([{ ...selfie, attributes }], [watched('doc_new')])).toEqual({ kind: 'private' });
  });

  it('and was replaced explains no failure of the inquiry', () => {
    const old = verification('requires_retry', NOON, 'doc_old');
    expect(verdictOf([old], [watched('doc_new')])).toEqual({ kind: 'unclear' });
    expect(verdictOf([old, verification('failed', EVENING, 'doc_new')], [watched('doc_new')])).toMatchObject({
      kind: 'retake',
      slots: [{ requirementId: 'identity' }],
    });
  });
});
