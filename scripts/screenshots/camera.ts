import type { Page } from 'playwright';
import { firstFlow, newCustomer } from './customers.ts';
import { pause } from './window.ts';
import type { Photograph } from './window.ts';

/** Photographs the camera: what it shows, and the photo before it is used. */
export async function useCamera(window: Page, photograph: Photograph): Promise<void> {
  const route = `#/capture/${await newCustomer(window, await firstFlow(window, 'personr'))}`;
  await photograph('camera', route, async () => {
    await window.keyboard.press('F8');
    await window.locator('video').waitFor();
    await pause(700);
  });
  await photograph('camera-taken', route, async () => {
    await window.keyboard.press('Space');
    await pause(700);
  });
  await window.keyboard.press('Escape');
}
