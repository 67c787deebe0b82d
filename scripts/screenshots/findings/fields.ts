import { SubjectField } from '../../../shared/domain/index.ts';
import type { ProviderId, Subject } from '../../../shared/domain/index.ts';
import { call, submissions, until } from '../window.ts';
import { BILL, FRONT, LICENCE_BACK, PASSPORT } from './case.ts';
import type { FindingCase } from './case.ts';
import { licence, specimen } from './documents.ts';

/** A customer with this in the fields, and a bill. */
function entered(rule: string, subject: Partial<Subject>): FindingCase {
  return {
    rules: [rule],
    bring: async (desk) => {
      const files = [specimen('amelie-utility-bill.pdf', BILL)];
      await desk.show(rule, { submissionId: await desk.customer({ provider: 'personr', subject, files }) });
    },
  };
}

/** A bill with this day of issue; it is at its place and not under "still to do". */
function issued(rule: string, issuedOn: string): FindingCase {
  return {
    rules: [rule],
    bring: async (desk) => {
      const files = [specimen('amelie-utility-bill.pdf', BILL)];
      const submissionId = await desk.customer({ provider: 'persona', files });
      const document = { requirementId: 'address', documentType: 'utility_bill', country: '', issuedOn } as const;
      await call(desk.window, 'submission.setDocument', { submissionId, ...document });
      await desk.show(rule, { submissionId, station: BILL });
    },
  };
}

/** The specimens' customer whose document comes back in black and white. */
const RETAKEN = 'PRACTICE-1005';

/** Of a provider, or a flow of it, that wants the document's country. */
function countryCases(provider: ProviderId, flow?: 'photos'): FindingCase[] {
  const wanted = { provider, ...(flow === undefined ? {} : { flow }) };
  const [missing, differs] = [`${provider}.country.missing`, `${provider}.country.differs`];
  return [
    {
      rules: [missing],
      bring: async (desk) => {
        const files = [specimen('amelie-passport.jpg', PASSPORT)];
        const submissionId = await desk.customer({ ...wanted, files });
        await desk.show(missing, { submissionId });
      },
    },
    {
      rules: [differs],
      bring: async (desk) => {
        const submissionId = await desk.customer({
          ...wanted,
          document: 'driving_licence',
          subject: { country: 'AUS' },
          files: [licence(LICENCE_BACK, (code) => code)],
        });
        await desk.show(differs, { submissionId, station: LICENCE_BACK });
      },
    },
  ];
}

/** What is still to do: an empty place, a field that is missing or cannot be right. */
export const FIELDS: readonly FindingCase[] = [
  {
    rules: ['slot.empty', ...SubjectField.options.map((field) => `subject.missing.${field}`)],
    bring: async (desk) => {
      const submissionId = await desk.customer({ provider: 'personr', flow: 'fields' });
      await desk.show('slot.empty', { submissionId });
      for (const field of SubjectField.options) await desk.show(`subject.missing.${field}`, { submissionId });
    },
  },
  {
    rules: ['slot.otherSideEmpty'],
    bring: async (desk) => {
      const files = [specimen('bruno-id-card-front.jpg', FRONT)];
      const submissionId = await desk.customer({ provider: 'persona', document: 'id_card', files });
      await desk.show('slot.otherSideEmpty', { submissionId });
    },
  },
  {
    rules: ['slot.wantsRetake'],
    bring: async (desk) => {
      const { batchId } = await call(desk.window, 'sample.load', {});
      const retaken = async () =>
        (await submissions(desk.window)).find(
          ({ batchId: own, reference }) => own === batchId && reference === RETAKEN,
        );
      await until('the specimen to be ready', async () => (await retaken())?.state === 'ready');
      await call(desk.window, 'batch.release', { batchId });
      await until('the specimen to come back', async () => (await retaken())?.state === 'retake');
      await desk.show('slot.wantsRetake', { submissionId: (await retaken())?.id ?? '', station: FRONT });
    },
  },
  {
    rules: ['owner.voided'],
    bring: async ({ customer, show, window }) => {
      const files = [specimen('amelie-utility-bill.pdf', BILL)];
      const submissionId = await customer({ provider: 'personr', flow: 'company', files });
      const { batchId, connectionId } = await call(window, 'submission.get', { submissionId });
      const owner = await call(window, 'submission.create', { batchId, connectionId, flowId: 'pages' });
      const ownerSubmissionId = owner.submissionId;
      await call(window, 'submission.setOwner', { submissionId, ownerSubmissionId, position: 'Director' });
      await call(window, 'submission.void', { submissionId: ownerSubmissionId, reason: 'photographed' });
      await show('owner.voided', { submissionId });
    },
  },
  entered('subject.birthDateInFuture', { birthDate: '2084-08-12' }),
  entered('subject.documentExpired', { documentExpiryDate: '2024-03-01' }),
  issued('document.tooOld', '2026-01-15'),
  issued('document.issueDateMissing', ''),
  issued('document.issuedInFuture', '2084-08-12'),
  entered('country.unknown', { country: 'XYZ' }),
  ...countryCases('persona', 'photos'),
  ...countryCases('personr'),
  ...countryCases('sumsub'),
  {
    rules: ['subject.unconfirmed_one', 'subject.unconfirmed_other'],
    bring: async (desk) => {
      const subject = { familyName: 'Example' };
      const files = [specimen('amelie-passport.jpg', PASSPORT)];
      const one = await desk.customer({ provider: 'persona', subject, files });
      await desk.show('subject.unconfirmed_one', { submissionId: one });
      const more = await desk.customer({ provider: 'persona', files: [specimen('david-passport.jpg', PASSPORT)] });
      await desk.show('subject.unconfirmed_other', { submissionId: more });
    },
  },
];
