import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { useDatedPractice } from '../../support/dated-practice.ts';
import { ID, INQUIRY, openDesk, photo } from '../../support/persona-inquiry.ts';
import { plan, run } from '../../support/provider-run.ts';

/** What the desk is told of a document whose verification failed. */

const { persona } = PROVIDERS;
const practice = useDatedPractice('checks');

describe('a check that failed because the document could not be read', () => {
  it.each([
    ['id_expired_detection', 'persona.check.id_expired_detection'],
    ['id_expired_detection.no_expiration_date', 'persona.check.no_expiration_date'],
    ['id_disallowed_type_detection', 'persona.check.id_disallowed_type_detection'],
    ['id_disallowed_type_detection.type_not_detected', 'persona.check.type_not_detected'],
    ['id_disallowed_country_detection', 'persona.check.id_disallowed_country_detection'],
    ['id_disallowed_country_detection.no_country', 'persona.check.no_country'],
    // A reason that changes nothing for the desk, and one that belongs to another check.
    ['id_portrait_detection.portrait_not_found', 'persona.check.id_portrait_detection'],
    ['id_expired_detection.no_country', 'persona.check.id_expired_detection'],
  ])('%s: %s', async (label, code) => {
    await practice.start();
    const context = openDesk(practice, { front: photo(`reject=${label}`, 'f'), back: photo('accept', 'b') });
    const { progress } = await run(persona, plan([ID], { flow: INQUIRY }), context, [], practice.passed);
    expect(progress.at(-1)).toEqual({
      state: 'retake',
      message: { code: 'persona.inquiryFailed' },
      slots: [{ requirementId: 'identity', sides: [], message: { code } }],
    });
  });
});
