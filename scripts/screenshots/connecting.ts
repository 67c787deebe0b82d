import type { Page } from 'playwright';
import { DEFAULT_CREDENTIALS } from '../../main/practice/index.ts';
import { pause } from './window.ts';
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
