import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import type { ProviderId } from '../../shared/domain/index.ts';
import { call, until } from './window.ts';

/** A customer under a practice flow with specimens in its slots, in a batch of their own; answers its id when all was read. */
async function customerWith(
  app: ElectronApplication,
  window: Page,
  provider: ProviderId,
  files: readonly string[],
  typed: Readonly<Record<string, string>>,
): Promise<string> {
  const { batchId } = await call(window, 'batch.create', {});
  const connection = (await call(window, 'connection.list', {})).find((each) => each.provider === provider);
  const { submissionId } = await call(window, 'submission.create', {
    batchId,
    connectionId: connection?.id ?? '',
    flowId: connection?.flows[0]?.id ?? '',
  });
  await call(window, 'submission.setSubject', { submissionId, subject: typed });
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
    },
    [...files],
  );
  await call(window, 'page.importDialog', { submissionId, slot: null });
  await until('every page to be read', async () =>
    (await call(window, 'submission.get', { submissionId })).pages.every(({ isInspected }) => isInspected),
  );
  return submissionId;
}

/** Photographs a form that a passport filled, and the alarm when another person's passport lies beside it. */
export async function readEverything(
  app: ElectronApplication,
  window: Page,
  samples: string,
  photograph: (name: string, route: string, prepare?: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const passports = ['amelie-passport.jpg', 'david-passport.jpg'].map((name) => join(samples, name));
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
