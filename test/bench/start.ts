import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { closeSatchel, describeElectron, launchSatchel } from '../host/launch.ts';
import { inRandomOrder } from './harness.ts';
import type { Bench } from './harness.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');

/** The smallest app that shows something on the same host: one window, one heading. */
const SMALLEST = `import { app, BrowserWindow, protocol } from 'electron';
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
const page = '<!doctype html><title>Smallest</title><main><h1>Ready</h1></main>';
app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  protocol.handle('app', () => new Response(page, { headers: { 'content-type': 'text/html' } }));
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://bundle/index.html');
});
`;

let folder: string | null = null;
let launches = 0;

async function setUp(): Promise<string> {
  if (folder !== null) return folder;
  folder = mkdtempSync(join(tmpdir(), 'satchel-bench-start-'));
  mkdirSync(join(folder, 'smallest'));
  writeFileSync(join(folder, 'smallest', 'main.js'), SMALLEST);
  writeFileSync(
    join(folder, 'smallest', 'package.json'),
    JSON.stringify({ name: 'smallest', version: '1.0.0', type: 'module', main: 'main.js' }),
  );
  return folder;
}

/** Milliseconds from the start of the process until `selector` is on the screen, with a new profile. */
async function firstWindow(appPath: string, selector: string): Promise<number> {
  const userDataDir = join(await setUp(), `profile-${(launches += 1)}`);
  const startedAt = performance.now();
  const application = await launchSatchel({ userDataDir, appPath, env: { SATCHEL_HOST_HEADLESS: '1' } });
  try {
    const window = await application.firstWindow();
    await window.locator(selector).first().waitFor({ state: 'visible', timeout: 30_000 });
    return performance.now() - startedAt;
  } finally {
    await closeSatchel(application);
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

export const startBenches: readonly Bench[] = [
  {
    name: 'start/first-window',
    unit: 'ms',
    peerName: 'the smallest app on the same host',
    better: 'less',
    runs: 5,
    unavailable: () => null,
    run: async () => {
      const work = await setUp();
      return inRandomOrder(
        () => firstWindow(ROOT, 'nav a, nav button'),
        () => firstWindow(join(work, 'smallest'), 'h1'),
      );
    },
    notes: () => [describeElectron()],
    close: () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      folder = null;
      return Promise.resolve();
    },
  },
];
