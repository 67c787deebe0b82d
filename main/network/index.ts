import type { HttpPort } from './port.ts';
import type { RoadOptions } from './roads.ts';

export * from './base64-json.ts';
export * from './body.ts';
export * from './date.ts';
export { faultOfChromium, isBeforeConnection } from './faults.ts';
export { networkLooks } from './here.ts';
export * from './multipart.ts';
export * from './port.ts';
export type { RoadOptions } from './roads.ts';

/** The port on undici, for the command line and the tests. Loaded on demand: the desktop app uses Electron's `net`. */
export async function openUndiciHttp(options: RoadOptions = {}): Promise<HttpPort & { close(): Promise<void> }> {
  const { createUndiciHttp } = await import('./undici.ts');
  return createUndiciHttp(options);
}
export { Line } from './throttle.ts';
