/** `nativeTheme`: light or dark, for the app and for the pages' media queries. */

import type { CdpSession } from './cdp.ts';
import { guardClass, HostEmitter } from './guard.ts';

type Source = Electron.NativeTheme['themeSource'];

/** The host's `nativeTheme`. Debian has no one switch for dark mode, so "system" means light here. */
export class HostNativeTheme
  extends HostEmitter
  implements Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource' | 'shouldUseHighContrastColors'>
{
  readonly shouldUseHighContrastColors = false;
  readonly #pages = new Set<CdpSession>();
  #source: Source = 'system';

  constructor() {
    super('nativeTheme', new Set(['updated']));
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    if (source === this.#source) return;
    this.#source = source;
    for (const page of this.#pages) this.#apply(page);
    this.emit('updated');
  }

  /** Keeps a page's prefers-color-scheme in step. */
  follow(page: CdpSession): void {
    this.#pages.add(page);
    // Left alone while the app has no wish of its own, so that a test runner's emulation stays in force.
    if (this.#source !== 'system') this.#apply(page);
  }

  #apply(page: CdpSession): void {
    const value = this.#source === 'system' ? '' : this.#source;
    page.post('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
  }
}
guardClass('nativeTheme', HostNativeTheme);

/** The one nativeTheme. */
export const nativeTheme = new HostNativeTheme();
