import sharp from 'sharp';
import { randomFrom } from '../../../scripts/mrz/random.ts';
import { passport } from '../../../scripts/samples/documents.ts';
import { AMELIE } from '../../../scripts/samples/people.ts';
import { drawLicenceBack, drawSeparator, licenceText, scanned } from '../../../test/support/coded-pages.ts';
import { together } from '../../../test/support/glass.ts';
import { sample } from '../../../test/support/samples.ts';
import { pdfOf } from '../../../test/support/sheets.ts';
import { whenInspected } from '../customers.ts';
import { call } from '../window.ts';
import { BACK, BILL, FRONT, LICENCE_BACK, PASSPORT, SELFIE, brought } from './case.ts';
import type { ComingFile, Desk, FindingCase } from './case.ts';
import { changed } from './pictures.ts';

const TREATMENT = { dpi: 200, angle: 3, blur: 0.05, noise: 2, quality: 85 } as const;
const THUMB = { create: { width: 380, height: 90, channels: 3 as const, background: '#c9957c' } };

/** A specimen as it is. */
export const specimen = (name: string, slot: string): ComingFile => ({ name, slot, bytes: () => sample(name) });

const card = (slot: string) => specimen('bruno-id-card-front.jpg', slot);

/** A scan of a licence's back; `give` changes what its code says. */
export function licence(slot: string, give: (code: string) => string): ComingFile {
  const random = randomFrom(18013);
  const bytes = async () => scanned(random, await drawLicenceBack(random, give(licenceText(random))), TREATMENT);
  return { name: 'licence-back.jpg', slot, bytes };
}

/** The last day in the code of a licence, long ago: year first in Canada, last elsewhere. */
function expired(code: string): string {
  return code.replace(/DBA\d{8}/, code.includes('DCGCAN') ? 'DBA20200131' : 'DBA01312020');
}

async function separator(): Promise<Buffer> {
  return scanned(randomFrom(7), await drawSeparator(), { ...TREATMENT, angle: 1 });
}

async function oldPassport(): Promise<Buffer> {
  const { svg } = passport({ ...AMELIE, issueDate: '2014-03-02', expiryDate: '2024-03-01' }, 'comes back as accepted');
  return sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).jpeg({ quality: 88 }).toBuffer();
}

/** A finger lies across the zone. */
async function heldCard(): Promise<Buffer> {
  const finger = { create: { ...THUMB.create, width: 100, height: 420 } };
  return sharp(await sample('elena-id-card-back.jpg'))
    .composite([{ input: finger, left: 490, top: 726 }])
    .toBuffer();
}

const PASSPORTS = ['amelie-passport.jpg', 'david-passport.jpg'];

/** Somebody's card that was captured before, with this reference, and then `again` for another customer. */
function before(rule: string, reference: string, again: ComingFile): FindingCase {
  return {
    rules: [rule],
    bring: async (desk) => {
      const { provider, document } = { provider: 'persona', document: 'id_card' } as const;
      await desk.customer({ provider, document, subject: { reference }, files: [card(FRONT)] });
      const submissionId = await desk.customer({ provider, document, files: [again] });
      await desk.show(rule, { submissionId, station: FRONT });
    },
  };
}

const turned = changed('bruno-id-card-front.jpg', FRONT, (picture) => picture.rotate(180));

/** A page of SANE's test scanner in the place of a selfie. */
async function scannedSelfie({ customer, window, show }: Desk): Promise<void> {
  const submissionId = await customer({ provider: 'personr' });
  const { devices } = await call(window, 'scanner.list', { isFresh: false });
  const [device] = devices;
  if (device === undefined) throw new Error('there is no test scanner: apt install sane-utils');
  const order = { deviceId: device.id, source: 'flatbed', submissionId, slot: SELFIE, replacesPageId: null } as const;
  await call(window, 'scan.start', order);
  await whenInspected(window, submissionId);
  await show('page.scannedSelfie', { submissionId, station: SELFIE });
}

/** What a page is: which document and side, a separator, one that was captured before. */
export const DOCUMENTS: readonly FindingCase[] = [
  brought(
    ['mrz.unsure'],
    'personr',
    changed('david-passport.jpg', PASSPORT, (picture) => picture.composite([{ input: THUMB, left: 900, top: 950 }])),
  ),
  brought(['mrz.anotherUnsure'], 'personr', {
    name: 'glass.jpg',
    slot: PASSPORT,
    bytes: async () => together([await sample('amelie-passport.jpg'), await heldCard()]),
  }),
  brought(['mrz.expired'], 'personr', { name: 'amelie-passport.jpg', slot: PASSPORT, bytes: oldPassport }),
  brought(['licence.expired'], 'personr', licence(LICENCE_BACK, expired)),
  brought(['page.backForFront'], 'personr', specimen('elena-id-card-back.jpg', FRONT)),
  brought(['page.passportForCard'], 'personr', specimen('felix-passport.jpg', FRONT)),
  brought(['page.cardForPassport'], 'personr', specimen('bruno-id-card-back.jpg', PASSPORT)),
  brought(['page.documentForSelfie'], 'personr', specimen('elena-id-card-front.jpg', SELFIE)),
  { rules: ['page.scannedSelfie'], bring: scannedSelfie },
  brought(['page.sameImage'], 'persona', card(FRONT), {
    ...changed('bruno-id-card-front.jpg', BACK, (picture) => picture.resize(1400)),
    name: 'bruno-id-card-back.jpg',
  }),
  brought(['page.separator'], 'personr', { name: 'scan-3.jpg', slot: BILL, bytes: separator }),
  brought(['page.separatorWithin'], 'personr', {
    name: 'scan.pdf',
    slot: BILL,
    bytes: async () => pdfOf([await sample('amelie-passport.jpg'), await separator()]),
  }),
  brought(['page.twoPeople'], 'personr', {
    name: 'scan.pdf',
    slot: PASSPORT,
    bytes: async () => pdfOf(await Promise.all(PASSPORTS.map(sample))),
  }),
  brought(['page.twoPeopleTogether'], 'personr', {
    name: 'glass.jpg',
    slot: PASSPORT,
    bytes: async () => together([await sample('amelie-passport.jpg'), await sample('elena-id-card-back.jpg')]),
  }),
  before('page.duplicate', 'DEMO-1001', card(FRONT)),
  before('page.duplicateUnnamed', '', card(FRONT)),
  before('page.alike', 'DEMO-1001', turned),
  before('page.alikeUnnamed', '', turned),
  brought(['page.sameBytes'], 'persona', card(FRONT), card(BACK)),
  brought(['personr.page.sameBytes'], 'personr', card(FRONT), card(BACK)),
  brought(['sumsub.page.sameBytes'], 'sumsub', card(FRONT), card(BACK)),
  {
    rules: ['page.inTray'],
    bring: async (desk) => {
      // The place of the second is taken.
      const files = ['amelie-utility-bill.pdf', 'clara-utility-bill.pdf'].map((name) => specimen(name, BILL));
      const submissionId = await desk.customer({ provider: 'persona', files });
      const { tray } = await call(desk.window, 'submission.get', { submissionId });
      await desk.show('page.inTray', { submissionId, station: tray[0] ?? '' });
    },
  },
];
