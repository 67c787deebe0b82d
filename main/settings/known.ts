import { z } from 'zod';
import {
  DEFAULT_NETWORK_SCANNING,
  DEFAULT_SCAN_CHOICE,
  DEFAULT_SENDING_RULES,
  NetworkScanning,
  ScanChoice,
  SendingRules,
  WatchedFolderRules,
} from '../../shared/domain/index.ts';
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

export const SENDING: Setting<SendingRules> = {
  key: 'sending',
  schema: SendingRules,
  fallback: DEFAULT_SENDING_RULES,
};

export const SCANNING: Setting<ScanChoice> = {
  key: 'scanning',
  schema: ScanChoice,
  fallback: DEFAULT_SCAN_CHOICE,
};

export const NETWORK_SCANNING: Setting<NetworkScanning> = {
  key: 'networkScanning',
  schema: NetworkScanning,
  fallback: DEFAULT_NETWORK_SCANNING,
};

export const WATCHED_FOLDER: Setting<WatchedFolderRules> = {
  key: 'watchedFolder',
  schema: WatchedFolderRules,
  fallback: { path: null, afterTaking: 'move' },
};
