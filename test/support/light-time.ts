/** How long a person waits for the light after a customer's last page, in the real window. */
import type { ElectronApplication, Page } from 'playwright';
import type { InspectionPort } from '../../main/inspection/index.ts';
import { firstFlow, importFiles, newCustomer, whenInspected } from '../../scripts/screenshots/customers.ts';
import { call } from '../../scripts/screenshots/window.ts';
import type { MediaType, ProviderId, Subject } from '../../shared/domain/index.ts';
import { samplePath } from './samples.ts';

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

export const PASSPORT = 'identity/passport/single';
export const AMELIE = { givenName: 'Amelie Rose', familyName: 'Example', reference: 'LIGHT-1' };
const DAVID = {
  givenName: 'David Emil',
  familyName: 'Sample',
  country: 'AUS',
  email: 'david.sample@example.invalid',
  phone: '+61491570006',
  reference: 'LIGHT-2',
};

/** One of each kind that a slot wants: an identity document, a sheet, a face. */
export const LAST_PAGES: readonly [LastPage, ...LastPage[]] = [
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

/** When the light was green, in milliseconds since 1970, and every sentence beside it until then, in order. */
interface Seen {
  readonly at: number;
  readonly words: readonly string[];
}

/** Resolves as soon as the window's own page has `words` in the light's place. */
function whenLightSays(window: Page, words: string): Promise<Seen> {
  return window.evaluate(
    (wanted) =>
      new Promise<Seen>((resolve, reject) => {
        const said: string[] = [];
        const isThere = (): boolean => {
          const now = document.querySelector('[aria-labelledby=capture-light] output')?.textContent ?? '';
          if (now !== '' && now !== said.at(-1)) said.push(now);
          return now.includes(wanted);
        };
        if (isThere()) reject(new Error(`the light says "${wanted}" already`));
        const observer = new MutationObserver(() => {
          if (!isThere()) return;
          observer.disconnect();
          resolve({ at: Date.now(), words: said });
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    words,
  );
}

/** The app in its window. */
export interface Window {
  readonly app: ElectronApplication;
  readonly window: Page;
}

/** A customer at the desk, for whom something is still missing, and the files that are there already. */
export interface Waiting {
  readonly provider: ProviderId;
  readonly subject: Partial<Subject>;
  readonly before: readonly { readonly file: string; readonly slot: string }[];
}

/**
 * Makes the customer, lets `bring` bring what is missing, and voids the customer again. Answers the milliseconds from the moment that
 * `bring` names (milliseconds since 1970; asked for once the light is green) until the light is green, and what it said on the way.
 */
export async function timeToGreen(
  { app, window }: Window,
  { provider, subject, before }: Waiting,
  bring: () => Promise<() => number | Promise<number>>,
): Promise<{ readonly ms: number; readonly words: readonly string[] }> {
  const submissionId = await newCustomer(window, await firstFlow(window, provider), { subject });
  for (const { file, slot } of before) await importFiles(app, window, [samplePath(file)], { submissionId, slot });
  await whenInspected(window, submissionId);
  await window.evaluate((hash) => {
    globalThis.location.hash = hash;
  }, `#/capture/${submissionId}`);
  await window.locator('output', { hasText: 'Please wait' }).waitFor();
  const green = whenLightSays(window, 'May leave');
  const beganAt = await bring();
  const { at, words } = await green;
  const ms = at - (await beganAt());
  await call(window, 'submission.void', { submissionId, reason: 'measured' });
  return { ms, words };
}

/**
 * Brings the last page by the file dialog. Answers the milliseconds from the moment when the file, whole on the disk, was chosen until
 * the light is green: reading, encrypting, the commit, all checks and the window are in it.
 */
export async function timeToLight(desk: Window, { provider, subject, before, file }: LastPage): Promise<number> {
  const { ms } = await timeToGreen(desk, { provider, subject, before: [before] }, async () => {
    await desk.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => {
        globalThis.dialogAnsweredAt = Date.now();
        return Promise.resolve({ canceled: false, filePaths: [path] });
      };
    }, samplePath(file));
    await desk.window.keyboard.press('Control+i');
    return async () => {
      const chosenAt = await desk.app.evaluate(() => globalThis.dialogAnsweredAt);
      if (chosenAt === undefined) throw new Error(`${file} was never chosen`);
      return chosenAt;
    };
  });
  return ms;
}

/** Milliseconds that `inspection` takes to look at a page by itself. */
export async function timeOfLook(inspection: InspectionPort, mediaType: MediaType, bytes: Uint8Array): Promise<number> {
  const began = performance.now();
  await inspection.inspect({ mediaType, read: () => Promise.resolve(bytes) });
  return performance.now() - began;
}
