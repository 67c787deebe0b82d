import type { Page } from 'playwright';
import { call, pause, submissions } from './window.ts';
import type { Photograph } from './window.ts';

const PIN = '482915';
const WRONG_PIN = '482916';

/** Photographs who the supervisor is, and how a customer that a check stops is overridden: before there is a PIN, and with a wrong one. */
export async function overrideFindings(window: Page, photograph: Photograph): Promise<void> {
  const stopped = (await submissions(window)).find(({ state, light }) => state === 'draft' && light === 'red');
  if (stopped === undefined) throw new Error('no customer is stopped');
  const openDialog = async (): Promise<void> => {
    await window.getByRole('button', { name: /^(More for this customer|Mehr zu diesem Kunden)$/ }).click();
    await window.getByRole('menuitem', { name: /^(Override findings|Befunde übergehen)$/ }).click();
    await pause(400);
  };
  await photograph('supervisor-unset', '#/settings/supervisor');
  await photograph('override-unset', `#/capture/${stopped.id}`, openDialog);
  await window.keyboard.press('Escape');
  await call(window, 'supervision.setPin', { pin: PIN, proof: { kind: 'first' } });
  await photograph('override', `#/capture/${stopped.id}`, async () => {
    await openDialog();
    await window.getByRole('dialog').locator('textarea').fill('Mrs Example showed the original at the desk');
    const pin = window.locator('input[type="password"]');
    await pin.fill(WRONG_PIN);
    await pin.press('Enter');
    await window.getByText(/^(This is not the supervisor PIN|Das ist nicht die PIN)/).waitFor();
  });
  await window.keyboard.press('Escape');
  await photograph('supervisor', '#/settings/supervisor', async () => {
    await window.getByRole('button', { name: /^(Change the PIN|PIN ändern)$/ }).click();
  });
}
