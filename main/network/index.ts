import type { DirectOptions } from './direct.ts';
import type { HttpPort } from './port.ts';
import type { RoadOptions } from './roads.ts';

export * from './answering.ts';
export * from './base64-json.ts';
export * from './body.ts';
export * from './date.ts';
export { faultOfChromium, isBeforeConnection } from './faults.ts';
export { networkLooks } from './here.ts';
export * from './multipart.ts';
export * from './port.ts';
export type { DirectOptions } from './direct.ts';
export type { RoadOptions } from './roads.ts';

/** The port on undici, for the command line and the tests. Loaded on demand: the desktop app uses Electron's `net`. */
export async function openUndiciHttp(options: RoadOptions = {}): Promise<HttpPort & { close(): Promise<void> }> {
  const { createUndiciHttp } = await import('./undici.ts');
  return createUndiciHttp(options);
}

/** The port for devices in the branch's own network (see direct.ts), for the window and the command line alike. */
export async function openDirectHttp(options: DirectOptions): Promise<HttpPort & { close(): Promise<void> }> {
  const { createDirectHttp } = await import('./undici.ts');
  return createDirectHttp(options);
}
export { Line } from './throttle.ts';
