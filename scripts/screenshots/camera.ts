import type { Page } from 'playwright';
import { call, pause } from './window.ts';

/** Photographs the camera: what it shows, and the photo before it is used. */
export async function useCamera(
  window: Page,
  photograph: (name: string, route: string, prepare?: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { batchId } = await call(window, 'batch.create', {});
  const connections = await call(window, 'connection.list', {});
  const personr = connections.find(({ provider }) => provider === 'personr');
  const { submissionId } = await call(window, 'submission.create', {
    batchId,
    connectionId: personr?.id ?? '',
    flowId: personr?.flows[0]?.id ?? '',
  });
  const route = `#/capture/${submissionId}`;
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
