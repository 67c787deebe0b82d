import type { ElectronApplication, Page } from 'playwright';
import type { ProviderId, Subject } from '../../shared/domain/index.ts';
import { samplePath } from '../../test/support/samples.ts';
import { firstFlow, importFiles, newCustomer, whenInspected } from './customers.ts';
import type { Photograph } from './window.ts';

/** A customer with specimens in their slots; answers the id when all was read. */
async function customerWith(
  app: ElectronApplication,
  window: Page,
  provider: ProviderId,
  files: readonly string[],
  subject: Partial<Subject>,
): Promise<string> {
  const submissionId = await newCustomer(window, await firstFlow(window, provider), { subject });
  await importFiles(app, window, files, { submissionId, slot: null });
  await whenInspected(window, submissionId);
  return submissionId;
}

/** Photographs a form that a passport filled, and the alarm when another person's passport lies beside it. */
export async function readEverything(app: ElectronApplication, window: Page, photograph: Photograph): Promise<void> {
  const passports = ['amelie-passport.jpg', 'david-passport.jpg'].map(samplePath);
  const read = await customerWith(app, window, 'persona', passports.slice(0, 1), { reference: 'DEMO-1001' });
  await photograph('fields-read', `#/capture/${read}`, async () => {
    const bar = window.getByRole('button', { name: /^(All correct|Alles richtig)/ });
    await bar.evaluate((button) => {
      button.scrollIntoView({ block: 'start' });
    });
  });
  const mixed = await customerWith(app, window, 'personr', passports, {
    givenName: 'Amelie',
    familyName: 'Exampel',
    country: 'AUS',
    reference: 'DEMO-1002',
  });
  await photograph('two-customers', `#/capture/${mixed}`);
}
