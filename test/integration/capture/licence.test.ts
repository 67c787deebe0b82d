/** What the codes of a page say at the desk: whose licence it is and until when, or that it is a separator. */
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import { parseLicence } from '../../../shared/aamva/index.ts';
import { drawLicenceBack, drawSeparator, licenceText, scanned } from '../../support/coded-pages.ts';
import { together } from '../../support/glass.ts';
import { sample } from '../../support/samples.ts';
import { PASSPORT_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

const TREATMENT = { dpi: 200, angle: 5, blur: 0.04, noise: 2, quality: 85 } as const;
const random = randomFrom(18013);
const text = licenceText(random);
const licence = await scanned(random, await drawLicenceBack(random, text), TREATMENT);
const card = await sharp(await drawLicenceBack(random, text))
  .resize(1500)
  .toBuffer();
/** A passport and somebody else's licence on one glass. */
const both = await together([await sample('amelie-passport.jpg'), card]);
const separator = await scanned(random, await drawSeparator(), { ...TREATMENT, angle: 180 });

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

async function capture(
  bytes: Uint8Array,
  slot: string | null,
  subject = { givenName: '', familyName: '', birthDate: '' },
) {
  const { submissionId } = newCustomer(desk, 'persona', subject);
  await desk.capture.importBytes({ name: 'page.jpg', bytes }, { submissionId, slot }, 'drop');
  await desk.capture.whenInspected();
  return desk.capture.submission(submissionId);
}

it('fills the customer’s fields from a licence, and keeps nothing of it in clear', async () => {
  const { subject } = await capture(licence, PASSPORT_SLOT);
  const said = parseLicence(text);
  expect(subject).toMatchObject({
    birthDate: said?.birthDate,
    documentNumber: said?.documentNumber,
    documentExpiryDate: said?.expiryDate,
  });
  expect(`${subject.givenName} ${subject.familyName}`.toUpperCase()).toBe(`${said?.givenNames} ${said?.familyName}`);
  const stored = JSON.stringify(desk.db.all('SELECT data FROM ledger UNION ALL SELECT findings FROM pages'));
  expect(stored).not.toContain(said?.documentNumber);
  expect(stored).not.toContain(said?.familyName);
});

it('stops a licence that is past its last day', async () => {
  desk.clock.at = Date.UTC(2036, 0, 1);
  const { pages } = await capture(licence, PASSPORT_SLOT);
  expect(pages[0]?.findings.map(({ rule }) => rule)).toContain('licence.expired');
});

it('tells the ledger once that a page is of somebody else, also when its zone and a licence’s code both say so', async () => {
  const { pages } = await capture(both, PASSPORT_SLOT, {
    givenName: 'Erika',
    familyName: 'Mustermann',
    birthDate: '1970-01-01',
  });
  const read = desk.db.all('SELECT source FROM readings ORDER BY source');
  expect(read).toEqual([{ source: 'barcode' }, { source: 'mrz' }]);
  expect(
    desk.db.all(
      "SELECT data ->> 'pageId' AS page, data ->> 'fields' AS fields FROM ledger WHERE kind = 'identity.disagrees'",
    ),
  ).toEqual([{ page: pages[0]?.id, fields: 'givenName familyName birthDate' }]);
  expect(pages[0]?.findings.map(({ rule }) => rule)).toContain('page.twoPeopleTogether');
});

it('stops a separator sheet in a slot, and lets it lie in the tray', async () => {
  const inSlot = await capture(separator, PASSPORT_SLOT);
  expect(inSlot.pages[0]?.findings.find(({ rule }) => rule === 'page.separator')?.severity).toBe('blocking');
  const [page] = inSlot.pages;
  if (page === undefined) throw new Error('no page');
  desk.capture.movePage(page.id, null);
  const { pages } = desk.capture.submission(inSlot.id);
  expect(pages[0]?.findings.map(({ rule }) => rule)).not.toContain('page.separator');
});
