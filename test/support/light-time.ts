/** How long a person waits for the light after a customer's last page, in the real window. */
import type { ElectronApplication, Page } from 'playwright';
import type { InspectionPort } from '../../main/inspection/index.ts';
import { firstFlow, importFiles, newCustomer, whenInspected } from '../../scripts/screenshots/customers.ts';
import { call } from '../../scripts/screenshots/window.ts';
import type { MediaType, ProviderId, Subject } from '../../shared/domain/index.ts';
import { sample, samplePath } from './samples.ts';

declare global {
  /** Milliseconds since 1970, in the app's main process: when the file dialog was answered. */
  var dialogAnsweredAt: number | undefined;
}

/** A customer of whom one page is still missing. */
export interface LastPage {
  readonly name: string;
  readonly provider: ProviderId;
  readonly subject: Partial<Subject>;
  /** The specimen that is there already, and its slot. */
  readonly before: { readonly file: string; readonly slot: string };
  /** The specimen that comes last. */
  readonly file: string;
  readonly mediaType: MediaType;
}

const PASSPORT = 'identity/passport/single';
const AMELIE = { givenName: 'Amelie Rose', familyName: 'Example', reference: 'LIGHT-1' };
const DAVID = {
  givenName: 'David Emil',
  familyName: 'Sample',
  country: 'AUS',
  email: 'david.sample@example.invalid',
  phone: '+61491570006',
  reference: 'LIGHT-2',
};

/** One of each kind that a slot wants: an identity document, a sheet, a face. */
export const LAST_PAGES: readonly LastPage[] = [
  {
    name: 'a passport',
    provider: 'persona',
    subject: AMELIE,
    before: { file: 'amelie-utility-bill.pdf', slot: 'address/utility_bill/single' },
    file: 'amelie-passport.jpg',
    mediaType: 'image/jpeg',
  },
  {
    name: 'a bill as PDF',
    provider: 'persona',
    subject: AMELIE,
    before: { file: 'amelie-passport.jpg', slot: PASSPORT },
    file: 'amelie-utility-bill.pdf',
    mediaType: 'application/pdf',
  },
  {
    name: 'a selfie',
    provider: 'personr',
    subject: DAVID,
    before: { file: 'david-passport.jpg', slot: PASSPORT },
    file: 'david-selfie.jpg',
    mediaType: 'image/jpeg',
  },
];

/** Resolves with the moment (milliseconds since 1970) at which the window's own page has `words` in the light's place. */
function whenLightSays(window: Page, words: string): Promise<number> {
  return window.evaluate(
    (wanted) =>
      new Promise<number>((resolve, reject) => {
        const isThere = (): boolean =>
          [...document.querySelectorAll('output')].some((place) => place.textContent.includes(wanted));
        if (isThere()) reject(new Error(`the light says "${wanted}" already`));
        const observer = new MutationObserver(() => {
          if (!isThere()) return;
          observer.disconnect();
          resolve(Date.now());
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    words,
  );
}

/**
 * Makes the customer, brings the last page by the file dialog and voids the customer again. Answers the milliseconds from the moment when the
 * file, whole on the disk, was chosen until the light is green: reading, encrypting, the commit, all checks and the window are in it.
 */
export async function timeToLight(
  { app, window }: { readonly app: ElectronApplication; readonly window: Page },
  { provider, subject, before, file }: LastPage,
): Promise<number> {
  const submissionId = await newCustomer(window, await firstFlow(window, provider), { subject });
  await importFiles(app, window, [samplePath(before.file)], { submissionId, slot: before.slot });
  await whenInspected(window, submissionId);
  await window.evaluate((hash) => {
    globalThis.location.hash = hash;
  }, `#/capture/${submissionId}`);
  await window.locator('output', { hasText: 'Please wait' }).waitFor();
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => {
      globalThis.dialogAnsweredAt = Date.now();
      return Promise.resolve({ canceled: false, filePaths: [path] });
    };
  }, samplePath(file));
  const green = whenLightSays(window, 'May leave');
  await window.keyboard.press('Control+i');
  const greenAt = await green;
  const chosenAt = await app.evaluate(() => globalThis.dialogAnsweredAt);
  await call(window, 'submission.void', { submissionId, reason: 'measured' });
  if (chosenAt === undefined) throw new Error(`${file} was never chosen`);
  return greenAt - chosenAt;
}

/** Milliseconds that `inspection` takes to look at the last page by itself. */
export async function timeOfLook(inspection: InspectionPort, { file, mediaType }: LastPage): Promise<number> {
  const bytes = await sample(file);
  const began = performance.now();
  await inspection.inspect({ mediaType, read: () => Promise.resolve(bytes) });
  return performance.now() - began;
}
