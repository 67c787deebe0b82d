import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { createAuthority } from '../../test/support/certificates.ts';
import { startEsclSimulator } from '../../test/support/escl/simulator.ts';
import { hasScanimage, saneEnvironment, slowScanner } from '../../test/support/sane.ts';
import { firstFlow, newCustomer } from './customers.ts';
import { call, pause, until } from './window.ts';
import type { Photograph } from './window.ts';

const SLOW = slowScanner(20_000, 60_000);

/** SANE with its own test scanner, which the script can change while the app runs. */
export function testScanner(): { folder: string; env: Record<string, string> } | null {
  if (!hasScanimage) return null;
  const folder = mkdtempSync(join(tmpdir(), 'satchel-screenshots-scanner-'));
  return { folder, env: saneEnvironment(folder) };
}

/** Photographs scanning with the test scanner: its settings, a scan that runs, one that ended early, and no scanner at all. */
export async function scanEverything(window: Page, folder: string, photograph: Photograph): Promise<void> {
  const route = `#/capture/${await newCustomer(window, await firstFlow(window))}`;
  saneEnvironment(folder, SLOW);
  await photograph('scan-running', route, async () => {
    // The scanner has said what it can do.
    await window.getByText('300 dpi').first().waitFor();
    await window.keyboard.press('F2');
    await until('some of the page', async () => {
      const progress = await call(window, 'scan.progress', {});
      return progress !== null && (progress.fraction ?? 0) > 0.1;
    });
  });
  await call(window, 'scan.cancel', {});
  await until('the end of the scan', async () => (await call(window, 'scan.progress', {})) === null);
  saneEnvironment(folder, { 'read-status-code': '"SANE_STATUS_JAMMED"' });
  await photograph('scan-ended', route, async () => {
    await window.keyboard.press('F2');
    await window.getByText('Paper jam').or(window.getByText('Papierstau')).first().waitFor();
    await pause(300);
  });
  await photograph('scanner', route, async () => {
    await window.getByRole('button', { name: /^(Scanner and settings|Scanner und Einstellungen)$/ }).click();
    await pause(300);
  });
  saneEnvironment(folder, { number_of_devices: 0 });
  await photograph('scanner-none', route, async () => {
    await window.getByRole('button', { name: /^(Look for scanners again|Noch einmal nach Scannern suchen)$/ }).click();
    await pause(1_500);
  });
  await window.keyboard.press('Escape');
  saneEnvironment(folder);
  await call(window, 'scanner.list', { isFresh: true });
}

/** Photographs the settings with a network scanner that was added by its address: the simulated one. */
export async function addNetworkScanner(window: Page, photograph: Photograph): Promise<void> {
  const certificate = createAuthority('A printer').issue({ names: ['printer.local'] });
  const simulator = await startEsclSimulator({}, certificate);
  try {
    const add = async (): Promise<void> => {
      await window.getByRole('textbox').fill(`127.0.0.1:${simulator.port}`);
      await window.keyboard.press('Enter');
      await window.getByRole('article').waitFor();
      await pause(300);
    };
    await photograph('scanners', '#/settings/scanners', add, 180);
    for (const { id } of (await call(window, 'networkScanner.get', {})).scanners) {
      await call(window, 'networkScanner.forget', { id });
    }
    // Its list of scanners is from before.
    await window.reload();
    await pause(1_500);
  } finally {
    await simulator.close();
  }
}
