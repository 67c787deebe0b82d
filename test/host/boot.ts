/** The host's entry point: what Electron's binary does between its start and the app's 'ready' event. */

import { readFileSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeProcess } from './register.ts';
import { app } from './app.ts';
import { startChromium } from './chromium.ts';
import type { Chromium } from './chromium.ts';
import { watchParents } from './parent-watch.ts';
import { startWindows } from './windows.ts';

interface CommandLine {
  /** Files of `-r` and `--require`. */
  preloads: string[];
  inspectPort: number | undefined;
  switches: Map<string, string>;
  /** The first argument that is not a switch: the app's folder or its main file. */
  target: string | undefined;
}

function parseCommandLine(values: string[]): CommandLine {
  const commandLine: CommandLine = { preloads: [], inspectPort: undefined, switches: new Map(), target: undefined };
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? '';
    const [, name, setting] = /^--([^=]+)=?(.*)$/s.exec(value) ?? [];
    if (value === '-r' || value === '--require') {
      at += 1;
      commandLine.preloads.push(values[at] ?? '');
    } else if (name === 'inspect') commandLine.inspectPort = Number(setting === '' ? 9229 : setting);
    else if (name !== undefined) commandLine.switches.set(name, setting ?? '');
    else if (!value.startsWith('-')) commandLine.target ??= value;
  }
  return commandLine;
}

/** The app's main file, with what package.json says about the app. */
function describeApp(target: string): { main: string; name: string; version: string; appPath: string } {
  const absolute = path.resolve(target);
  if (statSync(absolute).isFile()) {
    return {
      main: absolute,
      name: 'Electron',
      version: process.versions['electron'] ?? '',
      appPath: path.dirname(absolute),
    };
  }
  const manifest: unknown = JSON.parse(readFileSync(path.join(absolute, 'package.json'), 'utf8'));
  const field = (name: string): string | undefined => {
    const value: unknown = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    main: path.join(absolute, field('main') ?? 'index.js'),
    name: field('productName') ?? field('name') ?? 'Electron',
    version: field('version') ?? '0.0.0',
    appPath: absolute,
  };
}

async function start(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(1));
  if (commandLine.switches.has('version')) {
    process.stdout.write(`v${process.versions['electron'] ?? ''} (electron-host)\n`);
    return;
  }
  if (commandLine.target === undefined) throw new Error('usage: electron [switches] <app folder or main file>');
  const description = describeApp(commandLine.target);
  app.describe(description);
  for (const [name, value] of commandLine.switches) app.commandLine.appendSwitch(name, value);
  watchParents(() => app.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  if (commandLine.inspectPort !== undefined) inspector.open(commandLine.inspectPort, '127.0.0.1');
  const require = createRequire(path.join(process.cwd(), 'electron-host.js'));
  for (const preload of commandLine.preloads) require(preload);
  // As in Electron, 'ready' waits until the main module has been evaluated.
  await import(pathToFileURL(description.main).href);
  if (app.isQuitting) return;
  const chromium = await startChromium(path.join(app.getPath('userData'), 'Electron host'), app.switches);
  process.on('exit', () => chromium.kill());
  const { product } = await chromium.connection.browser.send('Browser.getVersion');
  describeProcess(product.replace(/^.*\//, ''));
  await startWindows(chromium);
  void endWith(chromium);
  app.announceReady();
}

/** Without Chromium there is no app; once the app is quitting that is what it asked for. */
async function endWith(chromium: Chromium): Promise<void> {
  await chromium.connection.closed;
  if (app.isQuitting) return;
  process.stderr.write('electron-host: Chromium has ended unexpectedly\n');
  app.exit(1);
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  app.exit(1);
});
