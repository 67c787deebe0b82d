/**
 * `npm start`: the app for a person.
 * - With a display: Electron when its binary is there or can be downloaded, otherwise the Electron host (the same compiled
 *   app in Chromium).
 * - Without a display: the sample batch through the command line, with the states as they change.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './build.ts';
import { wantedRuntime } from './package.ts';
import { CHROMIUM, ensureInstalled, installCommand } from './system-packages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const electronDist = join(root, 'node_modules/electron/dist');
const hostDist = join(root, 'test/host/bin');

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return (process.env['DISPLAY'] ?? '') !== '' || (process.env['WAYLAND_DISPLAY'] ?? '') !== '';
}

/** True when Electron's binary is installed, after trying to fetch it where its host answers within 1.5 s. */
async function hasElectron(): Promise<boolean> {
  if (existsSync(electronDist)) return true;
  const runtime = wantedRuntime(process.platform, process.arch, process.env['ELECTRON_MIRROR']);
  const answers = await fetch(runtime.url, { method: 'HEAD', signal: AbortSignal.timeout(1_500) }).then(
    (answer) => answer.ok,
    () => false,
  );
  if (!answers) return false;
  say(`Downloading Electron (${runtime.archive})`);
  const install = spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], { stdio: 'inherit' });
  return install.status === 0 && existsSync(electronDist);
}

function runToEnd(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: environment });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

async function openWindow(): Promise<number> {
  const electronCli = join(root, 'node_modules/electron/cli.js');
  const args = [electronCli, '.', ...process.argv.slice(2)];
  if (await hasElectron()) return runToEnd(process.execPath, args, process.env);
  const missing = ensureInstalled([CHROMIUM]);
  if (missing.length > 0) {
    say(`Electron cannot be downloaded here and Chromium is not installed. Install it and start again:`);
    say(`  ${installCommand(missing)} && npm start`);
    return 69;
  }
  say('Electron cannot be downloaded here: Satchel runs on the Electron host (the same compiled app in Chromium).');
  return runToEnd(process.execPath, args, { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: hostDist });
}

async function runWithoutDisplay(): Promise<number> {
  const profile = join(homedir(), '.cache', 'satchel-demo');
  say('No display here, so this is the main job without a window: the specimen batch through the practice server.\n');
  const code = await runToEnd(
    process.execPath,
    [join(root, 'scripts/run.mjs'), 'satchel', '--profile', profile, 'demo'],
    process.env,
  );
  say('\nTo see the window: start it where there is a display (DISPLAY or WAYLAND_DISPLAY set) with "npm start",');
  say('or look at docs/screenshots/. To go on from here: npm run satchel -- --help');
  return code;
}

if (hasDisplay()) {
  await buildApp();
  process.exitCode = await openWindow();
} else {
  process.exitCode = await runWithoutDisplay();
}
