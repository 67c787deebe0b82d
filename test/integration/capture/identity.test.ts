/** Whose a page is: fields filled from drawn documents by the real inspection, and the alarm when they do not agree. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rankOf } from '../../../main/outbox/types.ts';
import { insertReadings } from '../../../main/capture/readings.ts';
import { EMPTY_SUBJECT, allFindings, endOfDay } from '../../../shared/domain/index.ts';
import type { Subject } from '../../../shared/domain/index.ts';
import { together } from '../../support/glass.ts';
import { readingSaying } from '../../support/readings.ts';
import { sample, SAMPLES_FOLDER } from '../../support/samples.ts';
import { pdfOf } from '../../support/sheets.ts';
import { BILL_SLOT, PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { grantFor } from '../../support/supervisor.ts';

const CARD_BACK = 'identity/id_card/back';
const SELFIE_SLOT = 'selfie/selfie/single';
const AMELIE = {
  givenName: 'Amelie Rose',
  familyName: 'Example',
  birthDate: '1988-04-17',
  documentNumber: 'U4817205A',
  documentExpiryDate: '2034-03-01',
};

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

/** Puts a specimen into a slot and waits until it was looked at; answers the page's id. */
async function capture(submissionId: string, name: string, slot: string | null): Promise<string> {
  const bytes = await sample(name);
  const report = await desk.capture.importBytes({ name, bytes }, { submissionId, slot }, 'drop');
  await desk.capture.whenInspected();
  return report.imported[0]?.pageId ?? '';
}

const empty = (provider: 'persona' | 'personr' = 'persona', subject: Partial<Subject> = {}): string =>
  newCustomer(desk, provider, { ...EMPTY_SUBJECT, reference: 'R-1', ...subject }).submissionId;
const detailOf = (submissionId: string) => desk.capture.submission(submissionId);
const rulesOf = (submissionId: string): string[] => [
  ...new Set(allFindings(detailOf(submissionId)).map(({ rule }) => rule)),
];
const identityRules = (submissionId: string): string[] =>
  rulesOf(submissionId).filter((rule) => rule.startsWith('identity.'));
const kindsOf = (submissionId: string): string[] =>
  desk.db
    .all<{ kind: string }>('SELECT kind FROM ledger WHERE submission_id = ? ORDER BY sequence', [submissionId])
    .map(({ kind }) => kind);

describe('fields from the document', () => {
  it('fills what is empty, and says what nobody has confirmed', async () => {
    const submissionId = empty();
    const pageId = await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    const detail = detailOf(submissionId);
    // The state of the specimens, UTO, is no country.
    expect(detail.subject).toMatchObject({ ...AMELIE, country: '', reference: 'R-1' });
    expect(Object.keys(detail.unconfirmed).toSorted()).toEqual(Object.keys(AMELIE).toSorted());
    expect(detail.unconfirmed.familyName).toMatchObject({ pageId, source: 'mrz', isChecked: false, mayGoOn: false });
    expect(detail.unconfirmed.documentNumber).toMatchObject({ isChecked: true });
    expect(detail.unconfirmed.documentNumber?.confidence).toBeGreaterThan(0.2);
    expect(detail.findings).toContainEqual(
      expect.objectContaining({ rule: 'subject.unconfirmed', severity: 'warning', params: { count: 2 } }),
    );
    expect(detail.customer).toBe('Example, Amelie Rose');
    expect(kindsOf(submissionId)).toContain('subject.filled');
  });

  it('never changes what somebody typed', async () => {
    const submissionId = empty('persona', { givenName: 'Amelie', birthDate: '1988-04-17' });
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    const { subject, unconfirmed } = detailOf(submissionId);
    expect(subject).toMatchObject({ ...AMELIE, givenName: 'Amelie' });
    expect(Object.keys(unconfirmed).toSorted()).toEqual(['documentExpiryDate', 'documentNumber', 'familyName']);
    expect(identityRules(submissionId)).toEqual([]);
  });

  it('is green after one key, and ready before it', async () => {
    const submissionId = empty();
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    await capture(submissionId, 'amelie-utility-bill.pdf', BILL_SLOT);
    const { subject, light, state } = detailOf(submissionId);
    expect([light, state]).toEqual(['amber', 'ready']);
    desk.capture.confirmRead(submissionId, subject);
    expect(detailOf(submissionId)).toMatchObject({ light: 'green', state: 'ready', unconfirmed: {} });
    expect(kindsOf(submissionId)).toContain('subject.confirmed');
  });

  it('confirms only what the person saw', async () => {
    const submissionId = empty();
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    const { subject } = detailOf(submissionId);
    desk.capture.confirmRead(submissionId, { ...subject, familyName: 'Exampel' });
    expect(Object.keys(detailOf(submissionId).unconfirmed)).toEqual(['familyName']);
  });

  it('takes an edited field as confirmed, and leaves a cleared one empty', async () => {
    const submissionId = empty();
    const pageId = await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    const { subject } = detailOf(submissionId);
    desk.capture.setSubject(submissionId, { ...subject, givenName: 'Amélie', documentNumber: '' });
    const after = detailOf(submissionId);
    expect(after.subject).toMatchObject({ givenName: 'Amélie', documentNumber: '' });
    expect(Object.keys(after.unconfirmed).toSorted()).toEqual(['birthDate', 'documentExpiryDate', 'familyName']);
    // Turning the page about or moving it does not fill it again.
    desk.capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'passport', country: 'AUS' });
    expect(detailOf(submissionId).subject.documentNumber).toBe('');
    expect(detailOf(submissionId).pages.some(({ id }) => id === pageId)).toBe(true);
  });

  it('does not empty what was filled while somebody typed elsewhere', async () => {
    const submissionId = empty();
    const seen = detailOf(submissionId).subject;
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    desk.capture.setSubject(submissionId, { ...seen, reference: 'R-2' }, seen);
    expect(detailOf(submissionId).subject).toMatchObject({ ...AMELIE, reference: 'R-2' });
    expect(Object.keys(detailOf(submissionId).unconfirmed)).toHaveLength(5);
  });

  it('takes what it filled back with its page, and gives it again when the page comes back', async () => {
    const submissionId = empty();
    const pageId = await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    desk.capture.removePage(pageId);
    expect(detailOf(submissionId).subject).toEqual({ ...EMPTY_SUBJECT, reference: 'R-1' });
    expect(kindsOf(submissionId)).toContain('subject.withdrawn');
    desk.capture.restorePage(pageId);
    expect(detailOf(submissionId).subject).toMatchObject(AMELIE);
    desk.capture.movePage(pageId, null);
    expect(detailOf(submissionId).subject.familyName).toBe('');
    // Confirmed, it is the customer's own and stays.
    desk.capture.movePage(pageId, PASSPORT_SLOT);
    desk.capture.confirmRead(submissionId, detailOf(submissionId).subject);
    desk.capture.removePage(pageId);
    expect(detailOf(submissionId).subject).toMatchObject(AMELIE);
  });

  it('fills nothing from a page that lies where no identity document is wanted', async () => {
    const submissionId = empty();
    const pageId = await capture(submissionId, 'amelie-passport.jpg', BILL_SLOT);
    expect(detailOf(submissionId).subject.familyName).toBe('');
    desk.capture.movePage(pageId, PASSPORT_SLOT);
    expect(detailOf(submissionId).subject).toMatchObject(AMELIE);
  });

  it('keeps what a page says sealed', async () => {
    const submissionId = empty();
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    desk.capture.confirmRead(submissionId, detailOf(submissionId).subject);
    const stored = ['readings', 'submissions', 'pages', 'ledger'].flatMap((table) =>
      desk.db.all<Record<string, unknown>>(`SELECT * FROM ${table}`).map((row) =>
        Object.entries(row)
          .map(
            ([column, value]) =>
              `${column} ${value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)}`,
          )
          .join(' '),
      ),
    );
    expect(stored.join('')).toContain('unconfirmed_fields');
    expect(stored.join('')).not.toMatch(/amelie|rose|"example|1988|880417|U4817205A|340301|2034/i);
  });
});

describe('what follows from a field that was filled', () => {
  it('is the clock of the document: sent first when it expires soon, stopped on the day after', async () => {
    desk.clock.at = Date.UTC(2034, 1, 27, 9);
    const submissionId = empty();
    const bill = { requirementId: 'address', documentType: 'utility_bill', country: '' } as const;
    desk.capture.setDocument(submissionId, { ...bill, issuedOn: '2034-02-27' });
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    await capture(submissionId, 'amelie-utility-bill.pdf', BILL_SLOT);
    desk.clock.at = Date.UTC(2034, 2, 2);
    expect(rulesOf(submissionId)).toContain('subject.documentExpired');
    desk.clock.at = Date.UTC(2034, 1, 27, 10);
    expect(desk.capture.releaseBatch(detailOf(submissionId).batchId).released).toBe(1);
    const ranks = desk.db.all<{ turn_rank: number }>('SELECT DISTINCT turn_rank FROM operations');
    expect(ranks).toEqual([{ turn_rank: rankOf(desk.clock.at, endOfDay(AMELIE.documentExpiryDate)) }]);
    expect(ranks).not.toEqual([{ turn_rank: rankOf(desk.clock.at, null) }]);
  });

  it('is the same for a manifest: what stands there is typed, and every specimen agrees with its row', async () => {
    const connectionIds = [desk.personaId, desk.personrId];
    const { customers } = await desk.capture.importManifest(SAMPLES_FOLDER, { connectionIds });
    await desk.capture.whenInspected();
    const seen = customers.map(({ customer, submissionId }) => {
      const { subject, unconfirmed, disagreements, light } = detailOf(submissionId ?? '');
      return [customer, light, subject.documentNumber, Object.keys(unconfirmed).length, disagreements.length];
    });
    expect(seen).toEqual([
      ['amelie', 'green', 'U4817205A', 2, 0],
      ['bruno', 'green', 'K20931746', 2, 0],
      // A driving licence has no zone.
      ['clara', 'green', '', 0, 0],
      ['david', 'green', 'U5503918C', 2, 0],
      ['elena', 'green', 'K31845520', 2, 0],
      ['felix', 'green', 'U6290174F', 2, 0],
    ]);
  });
});

describe('the mixed-customer alarm', () => {
  it('stops a page that says another person than the fields do', async () => {
    const submissionId = empty('persona', { givenName: 'Erika', familyName: 'Mustermann' });
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    await capture(submissionId, 'amelie-utility-bill.pdf', BILL_SLOT);
    const detail = detailOf(submissionId);
    expect(identityRules(submissionId)).toEqual(['identity.disagrees']);
    expect([detail.light, detail.state]).toEqual(['red', 'draft']);
    expect(detail.disagreements).toMatchObject([
      {
        field: 'givenName',
        severity: 'blocking',
        first: { pageId: null, value: 'Erika' },
        second: { value: 'Amelie Rose' },
      },
      { field: 'familyName', first: { value: 'Mustermann' }, second: { value: 'Example' } },
    ]);
    expect(desk.capture.releaseBatch(detail.batchId)).toEqual({ released: 0, kept: 1 });
    expect(
      desk.db.all("SELECT operator, data ->> 'fields' AS fields FROM ledger WHERE kind = 'identity.disagrees'"),
    ).toEqual([{ operator: 'system', fields: 'givenName familyName' }]);
    // Not with a general override: somebody has to look at exactly what differs.
    expect(() => desk.capture.override(submissionId, 'they said so', grantFor(submissionId))).toThrow(
      'capture.overrideNotEnough',
    );
    // The values are nowhere but in the view.
    expect(JSON.stringify(allFindings(detail))).not.toMatch(/Erika|Mustermann|Amelie R|Example/);
  });

  it('is over when the field is corrected, and when the page leaves its slot', async () => {
    const submissionId = empty('persona', { givenName: 'Amelie', familyName: 'Exampel' });
    const pageId = await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    expect(identityRules(submissionId)).toEqual(['identity.disagrees']);
    const { subject } = detailOf(submissionId);
    desk.capture.movePage(pageId, null);
    expect(identityRules(submissionId)).toEqual([]);
    desk.capture.movePage(pageId, PASSPORT_SLOT);
    desk.capture.setSubject(submissionId, { ...subject, familyName: 'Example' });
    expect(identityRules(submissionId)).toEqual([]);
  });

  it('stops two pages that say two people, in whichever slot they lie', async () => {
    const submissionId = empty('personr', { country: 'AUS', email: 'a@example.invalid', phone: '+61491570006' });
    await capture(submissionId, 'david-passport.jpg', PASSPORT_SLOT);
    await capture(submissionId, 'amelie-passport.jpg', SELFIE_SLOT);
    const detail = detailOf(submissionId);
    expect(identityRules(submissionId)).toEqual(['identity.pagesDisagree']);
    expect(detail.disagreements.map(({ field }) => field)).toEqual(['givenName', 'familyName', 'birthDate']);
    expect(detail.state).toBe('draft');
  });

  it('stops a file whose sheets are of two people, and takes one whose sheets are of one', async () => {
    const rulesIn = async (names: readonly string[]): Promise<string[]> => {
      const bytes = await pdfOf(await Promise.all(names.map(sample)));
      const submissionId = empty();
      const target = { submissionId, slot: PASSPORT_SLOT };
      await desk.capture.importBytes({ name: 'stack.pdf', bytes }, target, 'folder');
      await desk.capture.whenInspected();
      // Of two people nobody knows which is the customer.
      expect(detailOf(submissionId).subject.familyName).toBe(new Set(names).size === 1 ? 'Example' : '');
      return rulesOf(submissionId).filter((rule) => rule.startsWith('page.'));
    };
    expect(await rulesIn(['amelie-passport.jpg', 'david-passport.jpg'])).toEqual(['page.twoPeople']);
    expect(await rulesIn(['amelie-passport.jpg', 'amelie-passport.jpg'])).toEqual([]);
    const stored = JSON.stringify(desk.db.all('SELECT findings FROM pages'));
    expect(stored).toContain('page.twoPeople');
    expect(stored).not.toMatch(/David|Sample|Amelie|Example/i);
  });

  it('stops a picture that shows documents of two people, and compares each with what was typed', async () => {
    const names = ['amelie-passport.jpg', 'elena-id-card-back.jpg'];
    const bytes = await together(await Promise.all(names.map(sample)));
    const submissionId = empty();
    await desk.capture.importBytes({ name: 'glass.jpg', bytes }, { submissionId, slot: PASSPORT_SLOT }, 'drop');
    await desk.capture.whenInspected();
    const found = detailOf(submissionId);
    expect([found.light, found.state, found.subject.familyName]).toEqual(['red', 'draft', '']);
    const [page] = found.pages;
    // The card is no wrong document where the passport lies beside it.
    expect(page?.findings).toEqual([expect.objectContaining({ rule: 'page.twoPeopleTogether', severity: 'blocking' })]);
    for (const familyName of ['Example', 'Probe']) {
      desk.capture.setSubject(submissionId, { ...found.subject, familyName });
      expect(identityRules(submissionId)).toEqual(['identity.disagrees']);
    }
    expect(JSON.stringify(desk.db.all('SELECT findings FROM pages'))).not.toMatch(/Amelie|Example|Elena|Probe/i);
    desk.capture.removePage(page?.id ?? '');
    expect(detailOf(submissionId).disagreements).toEqual([]);
  });

  it('takes a picture with two documents of one person, fills from both, and compares each', async () => {
    const submissionId = empty();
    const pageId = await capture(submissionId, 'elena-id-card-front.jpg', null);
    const visa = { givenName: 'Anna', familyName: 'Berg', birthDate: '1984-08-12' };
    const passport = { ...visa, givenName: 'Anna Maria', documentNumber: 'C01X00T47' };
    desk.db.transaction((transaction) => {
      insertReadings(transaction, desk.cipher, pageId, [visa, passport].map(readingSaying));
    });
    desk.capture.movePage(pageId, PASSPORT_SLOT);
    expect(identityRules(submissionId)).toEqual([]);
    const { subject } = detailOf(submissionId);
    expect(subject).toMatchObject({ givenName: 'Anna', documentNumber: 'C01X00T47' });
    // What agrees with the visa, the passport does not say.
    desk.capture.setSubject(submissionId, { ...subject, givenName: 'Anna Sophie' });
    expect(identityRules(submissionId)).toEqual(['identity.disagrees']);
    expect(detailOf(submissionId).disagreements.map(({ second }) => second.value)).toEqual(['Anna Maria']);
  });

  it('holds a decision for exactly what was decided', async () => {
    const submissionId = empty('persona', { givenName: 'Amelie', familyName: 'Married-Name' });
    const pageId = await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    await capture(submissionId, 'amelie-utility-bill.pdf', BILL_SLOT);
    const ids = detailOf(submissionId).disagreements.map(({ id }) => id);
    for (const others of [['something else'], [...ids, 'something else']]) {
      expect(() => desk.capture.decideSameCustomer(submissionId, others, 'she married')).toThrow(
        'capture.otherDisagreement',
      );
    }
    desk.capture.decideSameCustomer(submissionId, ids, 'she married in May');
    expect(detailOf(submissionId)).toMatchObject({ light: 'amber', state: 'ready' });
    expect(identityRules(submissionId)).toEqual(['identity.decided']);
    expect(kindsOf(submissionId)).toContain('identity.decided');
    const reasons = detailOf(submissionId).timeline.flatMap(({ reason }) => reason ?? []);
    expect(reasons).toEqual(['she married in May']);
    const stored = JSON.stringify([desk.db.all('SELECT * FROM submissions'), desk.db.all('SELECT * FROM ledger')]);
    expect(stored).not.toMatch(/Married|in May/);
    const { subject } = detailOf(submissionId);
    // A second decision leaves the first one.
    desk.capture.setSubject(submissionId, { ...subject, birthDate: '1950-01-01' });
    const more = detailOf(submissionId).disagreements.flatMap(({ id, isDecided }) => (isDecided ? [] : [id]));
    desk.capture.decideSameCustomer(submissionId, more, 'the date was typed as it was told');
    expect([more.length, identityRules(submissionId)]).toEqual([1, ['identity.decided']]);
    desk.capture.setSubject(submissionId, subject);
    // Another value, or another page, asks again.
    desk.capture.setSubject(submissionId, { ...subject, familyName: 'Maiden-Name' });
    expect(identityRules(submissionId)).toEqual(['identity.disagrees']);
    desk.capture.setSubject(submissionId, subject);
    expect(identityRules(submissionId)).toEqual(['identity.decided']);
    desk.capture.removePage(pageId);
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    expect(identityRules(submissionId)).toEqual(['identity.disagrees']);
  });

  it('warns when the date of expiry was typed otherwise', async () => {
    const submissionId = empty('persona', { ...AMELIE, documentExpiryDate: '2034-03-10' });
    await capture(submissionId, 'amelie-passport.jpg', PASSPORT_SLOT);
    expect(identityRules(submissionId)).toEqual(['identity.otherExpiry']);
  });

  it('links another customer of an open batch whose page has the same document number', async () => {
    const first = empty('persona', { reference: 'FIRST' });
    await capture(first, 'bruno-id-card-back.jpg', null);
    const second = empty('persona', { reference: 'SECOND' });
    desk.capture.setDocument(second, { requirementId: 'identity', documentType: 'id_card', country: '' });
    // The same card again, from another scan.
    const bytes = Buffer.concat([await sample('bruno-id-card-back.jpg'), Buffer.from('another file')]);
    await desk.capture.importBytes({ name: 'card.jpg', bytes }, { submissionId: second, slot: CARD_BACK }, 'scanner');
    await desk.capture.whenInspected();
    expect(identityRules(second)).toEqual(['identity.sameNumber']);
    expect(detailOf(second).pages[0]?.sameNumberAs).toMatchObject({ submissionId: first, reference: 'FIRST' });
    desk.capture.voidSubmission(first, 'it was a mistake');
    expect(identityRules(second)).toEqual([]);
  });
});
