import type { Services } from '../../app.ts';

/** What only the place where the app runs can answer. */
export interface Shell {
  /** Opens the system's file dialog; an empty list when it was cancelled. */
  readonly chooseFiles: () => Promise<string[]>;
  readonly version: string;
  readonly runtime: string;
  readonly profileName: string;
}

/** Gives the services, or the failure that sends the person to the recovery key while the vault is locked. */
export type GetServices = () => Services;
