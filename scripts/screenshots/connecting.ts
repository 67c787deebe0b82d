import type { Page } from 'playwright';
import { DEFAULT_CREDENTIALS } from '../../main/practice/index.ts';
import { PROVIDER_DESCRIPTORS } from '../../shared/domain/index.ts';
import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import { call, pause } from './window.ts';
import type { Photograph } from './window.ts';

/** Photographs the wizard on its way to a connection to Persona by inquiry: provider, address, key, flow, summary. Nothing is stored. */
export async function connectPersona(window: Page, photograph: Photograph): Promise<void> {
  const proceed = async (): Promise<void> => {
    await window.getByRole('button', { name: /^(Continue|Weiter)$/ }).click();
    await pause(400);
  };
  const here = () => window.evaluate(() => globalThis.location.hash);
  await photograph('wizard-provider', '#/settings/connections', async () => {
    await window
      .getByRole('button', { name: /^(Add connection|Verbindung hinzufügen)$/ })
      .first()
      .click();
    await pause(400);
  });
  await photograph('wizard-address', await here(), async () => {
    await proceed();
    await window.getByRole('textbox', { name: 'Name' }).fill('Persona, head office');
  });
  await photograph('wizard-key', await here(), async () => {
    await proceed();
    await window.locator('input[type="password"]').fill(DEFAULT_CREDENTIALS.personaApiKeys[0] ?? '');
  });
  await photograph(
    'wizard-flow',
    await here(),
    async () => {
      await proceed();
      await window.getByRole('button', { name: /^(Inquiry|Anfrage)/ }).click();
    },
    500,
  );
}

/** Photographs a connection in use that is changed: its form, and what that will do. Nothing is saved. */
export async function changeConnection(window: Page, photograph: Photograph): Promise<void> {
  const { connectionId } = await call(window, 'connection.create', {
    connection: {
      provider: 'persona',
      name: 'Persona, head office',
      environment: 'sandbox',
      baseUrl: PROVIDER_DESCRIPTORS.persona.baseUrls[0],
      settings: {},
      flows: practiceFlows('persona').map(({ nameKey: _named, ...flow }) => ({ ...flow, name: 'New customer' })),
      credential: { apiKey: DEFAULT_CREDENTIALS.personaApiKeys[0] ?? '' },
    },
  });
  const { batchId } = await call(window, 'batch.create', {});
  for (const _customer of [1, 2]) {
    await call(window, 'submission.create', { batchId, connectionId, flowId: 'proof-of-address' });
  }
  const button = (name: RegExp, number = 0) => window.getByRole('button', { name }).nth(number);
  await photograph('connection-change', `#/settings/connections?connection=${connectionId}`, async () => {
    await button(/^(Change|Ändern)$/).click();
    await pause(600);
  });
  await photograph('connection-changes', `#/settings/connections?connection=${connectionId}`, async () => {
    const dialog = window.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Persona, branches');
    await dialog.getByText(/^(How much the checks weigh|Wie schwer die Prüfungen wiegen)$/).click();
    await dialog.getByRole('button', { name: /(Document expired|Dokument abgelaufen)/ }).click();
    await window.getByRole('option', { name: /^(Warns|Warnt)$/ }).click();
    await button(/^(Remove this requirement|Diese Anforderung entfernen)$/, 1).click();
    await button(/^(See what changes|Änderungen ansehen)$/).click();
    await pause(600);
  });
  await window.keyboard.press('Escape');
  await window.keyboard.press('Escape');
}
