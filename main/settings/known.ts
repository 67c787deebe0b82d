import { z } from 'zod';
import type { Setting } from './store.ts';

const Appearance = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'de']),
});
export type Appearance = z.infer<typeof Appearance>;

export const APPEARANCE: Setting<Appearance> = {
  key: 'appearance',
  schema: Appearance,
  fallback: { theme: 'system', language: 'system' },
};

const Sending = z.object({
  /** The operator's own online/offline switch. */
  isOnlineWanted: z.boolean(),
  isPaused: z.boolean(),
});
export type Sending = z.infer<typeof Sending>;

/** What a person last chose about sending; it holds over a restart. */
export const SENDING: Setting<Sending> = {
  key: 'sending',
  schema: Sending,
  fallback: { isOnlineWanted: true, isPaused: false },
};
