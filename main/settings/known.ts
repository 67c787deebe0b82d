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
