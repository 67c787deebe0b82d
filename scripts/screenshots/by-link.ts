import type { Page } from 'playwright';
import { pause } from './window.ts';
import type { Photograph } from './window.ts';

/** Photographs a retake that the customer does at their own phone: the offer, the link in its dialog, and the desk that waits. */
export async function giveLink(window: Page, submissionId: string, photograph: Photograph): Promise<void> {
  const route = `#/submissions/${submissionId}`;
  const offer = window.getByRole('button', {
    name: /^(Let the customer do it by phone|Den Kunden am Handy machen lassen)$/,
  });
  await photograph('link-offered', route, () => offer.waitFor());
  await photograph('link', route, async () => {
    await offer.click();
    await window.getByRole('dialog').waitFor();
    await pause(500);
  });
  await window.getByRole('dialog').getByRole('button').last().click();
  await photograph('link-awaited', route);
}
