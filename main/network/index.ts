import type { HttpPort } from './port.ts';

export * from './base64-json.ts';
export * from './body.ts';
export * from './multipart.ts';
export * from './port.ts';

/** The port on undici, for the command line and the tests. Loaded on demand: the desktop app uses Electron's `net`. */
export async function openUndiciHttp(): Promise<HttpPort & { close(): Promise<void> }> {
  const { createUndiciHttp } = await import('./undici.ts');
  return createUndiciHttp();
}
