import { z } from 'zod';
import {
  DEFAULT_NETWORK_SCANNING,
  DEFAULT_RETENTION_RULES,
  DEFAULT_SCAN_CHOICE,
  DEFAULT_SENDING_RULES,
  FolderTaking,
  NetworkScanning,
  RetentionRules,
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

/** Which files of the watched folder are being taken, until they are out of it. */
export const FOLDER_TAKING: Setting<FolderTaking> = { key: 'watchedFolder.taking', schema: FolderTaking, fallback: [] };

export const RETENTION: Setting<RetentionRules> = {
  key: 'retention',
  schema: RetentionRules,
  fallback: DEFAULT_RETENTION_RULES,
};

/** How long this PC's date has run without a jump, by the wall clock (epoch ms). Null: nobody has looked. */
const SteadyDate = z.object({ sinceMs: z.number(), lastMs: z.number() }).nullable();
export type SteadyDate = z.infer<typeof SteadyDate>;

export const STEADY_DATE: Setting<SteadyDate> = { key: 'retention.date', schema: SteadyDate, fallback: null };

/** The day (YYYY-MM-DD, UTC) on which all customers at the desk were last looked at, because documents expire. */
export const CHECKED_DAY: Setting<string | null> = {
  key: 'customers.checkedDay',
  schema: z.iso.date().nullable(),
  fallback: null,
};
