/** The window's only origin. */
export const APP_ORIGIN = 'app://bundle';

/** Whether this is a page of the app's own. Compared as a parsed URL, never as a prefix; false for what is no address. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'app:' && url.host === 'bundle';
}
