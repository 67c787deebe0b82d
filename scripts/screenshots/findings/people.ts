import type { Subject } from '../../../shared/domain/index.ts';
import { AMELIE, DAVID } from '../../samples/people.ts';
import type { SamplePerson } from '../../samples/people.ts';
import { passport } from '../../samples/documents.ts';
import sharp from 'sharp';
import { call } from '../window.ts';
import { PASSPORT, FRONT, BACK } from './case.ts';
import type { ComingFile, FindingCase } from './case.ts';
import { specimen } from './documents.ts';

/** What somebody typed of a specimen's person. */
const typed = ({ givenNames, familyName, birthDate, documentNumber, expiryDate }: SamplePerson): Partial<Subject> => ({
  givenName: givenNames,
  familyName,
  birthDate,
  documentNumber,
  documentExpiryDate: expiryDate,
});

const amelie = specimen('amelie-passport.jpg', PASSPORT);

/** A passport of the same number in another picture. */
const again: ComingFile = {
  name: 'passport-2.jpg',
  slot: PASSPORT,
  bytes: async () => {
    const { svg } = passport({ ...DAVID, documentNumber: AMELIE.documentNumber }, 'comes back as accepted');
    return sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).jpeg({ quality: 88 }).toBuffer();
  },
};

/** A passport, typed as it is but for `changes`. */
function differing(rules: readonly string[], changes: Partial<Subject>, file: ComingFile = amelie): FindingCase {
  return {
    rules,
    bring: async (desk) => {
      const submissionId = await desk.customer({
        provider: 'persona',
        subject: { ...typed(AMELIE), ...changes },
        files: [file],
      });
      for (const rule of rules) await desk.show(rule, { submissionId, station: file.slot });
    },
  };
}

function sameNumber(rule: string, reference: string): FindingCase {
  return {
    rules: [rule],
    bring: async (desk) => {
      await desk.customer({ provider: 'persona', subject: { reference }, files: [amelie] });
      const submissionId = await desk.customer({ provider: 'persona', files: [again] });
      await desk.show(rule, { submissionId, station: PASSPORT });
    },
  };
}

/** Whose the pages are. */
export const PEOPLE: readonly FindingCase[] = [
  differing(['identity.disagrees'], { givenName: 'David', familyName: 'Sample' }),
  differing(['identity.otherExpiry'], { documentExpiryDate: '2035-03-01' }),
  {
    rules: ['identity.pagesDisagree'],
    bring: async (desk) => {
      const files = [specimen('bruno-id-card-back.jpg', FRONT), specimen('elena-id-card-back.jpg', BACK)];
      const submissionId = await desk.customer({ provider: 'persona', document: 'id_card', files });
      await desk.show('identity.pagesDisagree', { submissionId, station: BACK });
    },
  },
  {
    rules: ['identity.decided'],
    bring: async (desk) => {
      const subject = { ...typed(AMELIE), givenName: 'Mia' };
      const submissionId = await desk.customer({ provider: 'persona', subject, files: [amelie] });
      const { disagreements } = await call(desk.window, 'submission.get', { submissionId });
      await call(desk.window, 'submission.sameCustomer', {
        submissionId,
        disagreements: disagreements.map(({ id }) => id),
        reason: 'Mia is what she is called; compared with the passport',
      });
      await desk.show('identity.decided', { submissionId, station: PASSPORT });
    },
  },
  sameNumber('identity.sameNumber', 'DEMO-1001'),
  sameNumber('identity.sameNumberUnnamed', ''),
];
