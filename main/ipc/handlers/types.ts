import type { Services } from '../../app/index.ts';

/** What only the place where the app runs can answer. */
export interface Shell {
  /** Opens the system's file dialog; an empty list when it was cancelled. */
  readonly chooseFiles: () => Promise<string[]>;
  /** Opens the system's dialog for one folder; null when it was cancelled. */
  readonly chooseFolder: () => Promise<string | null>;
  /** Opens the system's dialog for a new file, with a name for it; null when it was cancelled. */
  readonly chooseFileToSave: (name: string) => Promise<string | null>;
  /** The picture on the system's clipboard, under a name for it; null when there is none of a kind that is taken. */
  readonly readClipboard: () => Promise<{ name: string; bytes: Uint8Array } | null>;
  readonly version: string;
  readonly runtime: string;
  readonly profileName: string;
}

/** Gives the services, or the failure that sends the person to the recovery key while the vault is locked. */
export type GetServices = () => Services;
