export { createSaneDriver } from './sane/driver.ts';
export type { SaneDriverOptions } from './sane/driver.ts';
export { ScanStopped } from './port.ts';
export type { Device, ScannedPage, ScannerDriver, ScanSettings, ScanWatch } from './port.ts';
export { createScanning } from './service.ts';
export type { Scanning, ScanningOptions, ScanTarget } from './service.ts';
