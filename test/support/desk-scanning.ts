/** Scanning at the desk, in its real window. */
import type { Locator } from 'playwright';
import type { PageView } from '../../shared/domain/index.ts';
import { allSubmissions } from './desk-window.ts';
import type { Desk } from './desk-window.ts';

/** The pages of the customer with this reference; none as long as there is no such customer. */
export async function pagesOf(desk: Desk, reference: string): Promise<readonly PageView[]> {
  const row = (await allSubmissions(desk)).find((candidate) => candidate.reference === reference);
  return row === undefined ? [] : (await desk.call('submission.get', { submissionId: row.id })).pages;
}

/** Opens the scanner's dialog, does something there, and closes it. */
export async function inScannerSettings({ window }: Desk, work: (dialog: Locator) => Promise<void>): Promise<void> {
  await window.getByRole('button', { name: 'Scanner and settings' }).click();
  const dialog = window.getByRole('dialog', { name: 'Scanner and settings' });
  await dialog.waitFor();
  await work(dialog);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'detached' });
}
