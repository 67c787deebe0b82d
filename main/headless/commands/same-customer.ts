import { z } from 'zod';
import type { IdentityClaim, ReadField, SubmissionDetail } from '../../../shared/domain/index.ts';
import { differencesOf, undecided } from '../../../shared/identity/index.ts';
import { Reason } from '../../../shared/ipc/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { inEnglish } from '../../words/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { withServices } from './with-services.ts';
import { findSubmission } from './work.ts';

/** Options of `same-customer`: a decision has its reason, and the code of what was looked at. */
export const SameCustomerOptions = z
  .object({
    values: z.boolean().default(false),
    seen: z.string().max(100).optional(),
    reason: Reason.optional(),
  })
  .refine(({ seen, reason }) => (seen === undefined) === (reason === undefined), {
    message: '--seen and --reason go together',
  });

const refusal = (code: string): SatchelFailure => new SatchelFailure({ code: 'conflict', message: { code } });

const FIELDS: Readonly<Record<ReadField, string>> = {
  givenName: 'given name',
  familyName: 'family name',
  birthDate: 'date of birth',
  documentNumber: 'document number',
  documentExpiryDate: 'date of expiry',
  country: 'country',
};

/** What disagrees, field by field: the places, and what stands there only when it was asked for, since it is personal data. */
function questionOf({ disagreements, pages }: SubmissionDetail, hasValues: boolean) {
  const placeOf = ({ pageId, value }: IdentityClaim) => {
    const page = pages.find(({ id }) => id === pageId);
    return { pageId, place: page === undefined ? 'the field' : page.fileName, ...(hasValues ? { value } : {}) };
  };
  return differencesOf(disagreements).map(({ field, claims }) => ({ field, claims: claims.map(placeOf) }));
}

/**
 * The mixed-customer alarm without a window. Says what does not agree and with which code it is decided (exit code 4), or, with that code and
 * a reason, that it is the same customer all the same. It holds for exactly what was shown.
 */
export function sameCustomer(
  { profile, output }: Invocation,
  { values, seen, reason }: z.output<typeof SameCustomerOptions>,
  name = '',
): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const { capture } = services;
    const submissionId = await findSubmission(services, name);
    const code = capture.disagreementCode(submissionId);
    if (code === null) throw refusal('capture.nothingDisagrees');
    const detail = capture.submission(submissionId);
    if (reason === undefined) {
      const question = questionOf(detail, values);
      output.result({ submissionId, question, code }, () => [
        `${detail.reference || submissionId} may be of two customers:`,
        ...question.flatMap(({ field, claims }) => [
          `  ${FIELDS[field]} does not agree:`,
          ...claims.map(({ place, value }) => `    ${place}${value === undefined ? '' : `: ${value}`}`),
        ]),
        ...(values ? [] : ['show what stands there (personal data) with: --values']),
        `if it is the same customer: satchel same-customer ${submissionId} --seen ${code} --reason "<why>"`,
      ]);
      return EXIT.attention;
    }
    if (seen !== code) throw refusal('capture.otherDisagreement');
    const ids = undecided(detail.disagreements).map(({ id }) => id);
    capture.decideSameCustomer(submissionId, ids, reason);
    const after = capture.submission(submissionId);
    output.result({ submissionId, decided: ids.length, state: after.state }, () => [
      `${after.reference || submissionId}: ${inEnglish(after.explanation)}`,
    ]);
    return EXIT.ok;
  });
}
