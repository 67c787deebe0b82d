import { z } from 'zod';

/** An address that is longer is none of a scanner's. */
export const LONGEST_SCANNER_ADDRESS = 300;

/** A network scanner that this PC remembers: because a person added it, or because it has shown a certificate. */
export const NetworkScanner = z.object({
  /** `uuid:…` of the device, or its address when it has none. */
  id: z.string().max(400),
  name: z.string().max(120),
  /** `https://192.168.1.20/eSCL`. */
  address: z.string().max(LONGEST_SCANNER_ADDRESS),
  isAdded: z.boolean(),
  /** SHA-256 of the certificate that it has shown first; null: it is reached without TLS. */
  fingerprint: z.string().max(120).nullable(),
});
export type NetworkScanner = z.infer<typeof NetworkScanner>;

/** What this PC knows about network scanners. */
export const NetworkScanning = z.object({
  /** Whether scanners that announce themselves are listened for. */
  isDiscovering: z.boolean(),
  scanners: NetworkScanner.array(),
});
export type NetworkScanning = z.infer<typeof NetworkScanning>;

export const DEFAULT_NETWORK_SCANNING: NetworkScanning = { isDiscovering: true, scanners: [] };

/** What a person types to add one: a name or an IP address, with or without port and path. */
export const ScannerAddress = z.string().trim().min(1).max(250);
