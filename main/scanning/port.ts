import type { ScanProfile, ScanSize, ScanSource, ScanState, SourceCapabilities } from '../../shared/domain/index.ts';

/** A scanner as its driver lists it. */
export interface Device {
  /** The driver's own name of the device, for `capabilities` and `scan`. */
  readonly name: string;
  readonly vendor: string;
  readonly model: string;
  /** By which way it is reached (`SANE, airscan`; `eSCL, 192.168.1.20`), to tell two entries of one device apart. */
  readonly via: string;
}

/** What is asked of a device. Every value is one that `capabilities` named. */
export interface ScanSettings extends Omit<ScanProfile, 'waitsForPaper' | 'size'> {
  readonly source: ScanSource;
  readonly size: ScanSize;
}

/** A page that is whole, as a file in the folder given to `scan`. The driver does not touch it again. */
export interface ScannedPage {
  readonly path: string;
  /** TIFF: nothing but the device's samples, of which a PNG is kept. */
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/tiff';
  /** The PNG of the samples, where it was made while they came; null: it could not be. Never rejects. */
  readonly png?: Promise<Uint8Array | null>;
  /**
   * Pixels across that the asked size has in the asked resolution; left out where the file's own resolution is to be believed.
   * The height says nothing: feeders end a page where the paper ends.
   */
  readonly expectedWidth?: number;
}

export interface ScanWatch {
  /** Ends the scan: the device is told to stop, and pages that were whole before are still handed over. */
  readonly signal: AbortSignal;
  /** The page being scanned (counts from 1) and how far it is, 0 to 1; null when the device does not tell. */
  readonly onProgress: (page: number, fraction: number | null) => void;
  /** Called for one page after the other, as soon as each is whole. When it rejects, the scan ends with that error. */
  readonly onPage: (page: ScannedPage) => Promise<void>;
}

/**
 * One way to reach scanners. Nothing is installed, started or looked for before `list` is called.
 *
 * Every method rejects with `ScanStopped` for what the device or the system says.
 */
export interface ScannerDriver {
  /** Short, fixed; the first part of a device's id outside this room. */
  readonly id: string;
  /** False when this system has not what the driver needs: `list` would find nothing. */
  isAvailable(): boolean;
  /** The devices that answer now. May take seconds. */
  list(): Promise<Device[]>;
  /** What each source of the device can do. May take seconds. Never empty. */
  capabilities(name: string): Promise<SourceCapabilities[]>;
  /**
   * Scans one page from the glass or everything that lies in the feeder, into `folder`, which must exist, be empty and
   * be the caller's alone. Resolves when all pages were handed over. What is left in the folder after a rejection is
   * unfinished.
   */
  scan(name: string, settings: ScanSettings, folder: string, watch: ScanWatch): Promise<void>;
}

/** A scan or a question to a device that ended early, and why. Its text names no device and no page. */
export class ScanStopped extends Error {
  readonly state: ScanState;
  constructor(state: ScanState, options?: ErrorOptions) {
    super(`scan: ${state}`, options);
    this.name = 'ScanStopped';
    this.state = state;
  }
}
