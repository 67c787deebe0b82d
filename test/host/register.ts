/**
 * Makes `electron` mean the host, for import and require alike, and gives the process Electron's shape. Must be
 * imported before any code of the app.
 */

import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';

const HOST_MODULE = new URL('electron.ts', import.meta.url).href;
const NAMES = new Set(['electron', 'electron/main', 'electron/common']);

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (NAMES.has(specifier)) return { url: HOST_MODULE, shortCircuit: true };
    if (specifier === 'electron/renderer') throw new Error("electron-host: 'electron/renderer' in the main process");
    return nextResolve(specifier, context);
  },
});

const binary = path.join(import.meta.dirname, 'bin', 'electron');
// [node, boot.ts, ...arguments] becomes [electron, ...arguments].
process.argv.splice(0, 2, binary);

function electronVersion(): string {
  const file = new URL('../../node_modules/electron/package.json', import.meta.url);
  const description: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const hasVersion = typeof description === 'object' && description !== null && 'version' in description;
  return hasVersion ? String(description.version) : '0.0.0';
}

/** Tells the process which Chromium it got, once that is known. */
export function describeProcess(chrome: string): void {
  const versions = Object.freeze({ ...process.versions, electron: electronVersion(), chrome });
  Object.defineProperty(process, 'versions', { value: versions, enumerable: true, configurable: true });
}

describeProcess('0.0.0.0');
Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
Object.defineProperty(process, 'resourcesPath', { value: path.join(path.dirname(binary), 'resources') });
