import type { Page } from 'playwright';

/** One way in which a screen is looked at. */
export interface Mode {
  readonly name: string;
  /** The window's size in CSS pixels: at 200 % a window of 1280×800 has half of each. */
  readonly width: number;
  readonly height: number;
  readonly media: NonNullable<Parameters<Page['emulateMedia']>[0]>;
}

const FULL = { width: 1280, height: 800 } as const;
const PLAIN = { forcedColors: 'none', contrast: 'no-preference' } as const;

/** What docs/screenshots shows. */
export const USUAL_MODES: readonly Mode[] = [
  { name: 'light', ...FULL, media: { ...PLAIN, colorScheme: 'light' } },
  { name: 'dark', ...FULL, media: { ...PLAIN, colorScheme: 'dark' } },
];

/** For looking: high contrast of both kinds, the smallest window, and 150 % and 200 % zoom. */
export const EVERY_MODE: readonly Mode[] = [
  ...USUAL_MODES,
  { name: 'forced', ...FULL, media: { forcedColors: 'active', contrast: 'more', colorScheme: 'dark' } },
  { name: 'forced-light', ...FULL, media: { forcedColors: 'active', contrast: 'more', colorScheme: 'light' } },
  { name: 'contrast', ...FULL, media: { forcedColors: 'none', contrast: 'more', colorScheme: 'light' } },
  { name: 'contrast-dark', ...FULL, media: { forcedColors: 'none', contrast: 'more', colorScheme: 'dark' } },
  { name: 'smallest', width: 1024, height: 700, media: { ...PLAIN, colorScheme: 'light' } },
  { name: 'zoom150', width: 853, height: 533, media: { ...PLAIN, colorScheme: 'light' } },
  { name: 'zoom200', width: 640, height: 400, media: { ...PLAIN, colorScheme: 'light' } },
];
