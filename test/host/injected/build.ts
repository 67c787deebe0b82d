/** Puts the injected runtime together as source text. Type stripping leaves functions printable as plain JavaScript. */

import vm from 'node:vm';
import { createCodec } from '../codec.ts';
import { createBridge } from './bridge.ts';
import { PRELOAD_PARAMETERS, startIsolatedWorld } from './isolated-world.ts';
import type { RuntimeConfiguration } from './isolated-world.ts';
import { startMainWorld } from './main-world.ts';

const BASE64 = '{ encode: (bytes) => bytes.toBase64(), decode: (text) => Uint8Array.fromBase64(text) }';

/** The script for the page's own world. Like Electron's, it acts only in the main frame. */
export function mainWorldScript(bridgeSecret: string): string {
  return `(() => {
if (window.top !== window) return;
(${startMainWorld.toString()})((${createBridge.toString()})(${JSON.stringify(bridgeSecret)}, 'main'));
})()`;
}

/**
 * The script for the isolated world, with the preload's source inside it.
 * @throws SyntaxError when the preload does not parse: one broken preload must not take the runtime with it.
 */
export function isolatedWorldScript(
  configuration: RuntimeConfiguration,
  bridgeSecret: string,
  preloadSource: string | undefined,
): string {
  const preload =
    preloadSource === undefined ? 'null' : `function (${PRELOAD_PARAMETERS.join(', ')}) {\n${preloadSource}\n}`;
  void new vm.Script(`(${preload})`);
  return `(() => {
if (window.top !== window) return;
const codec = (${createCodec.toString()})(${BASE64});
const bridge = (${createBridge.toString()})(${JSON.stringify(bridgeSecret)}, 'isolated');
(${startIsolatedWorld.toString()})(${JSON.stringify(configuration)}, codec, bridge, ${preload});
})()`;
}
