import { readFile } from 'node:fs/promises';
import type { InspectionPort } from '../inspection/port.ts';
import { readPngHeader } from './png-header.ts';
import { ScanStopped } from './port.ts';
import type { ScannedPage } from './port.ts';

/** How far the resolution of a page may be from the one asked for: a step of the device, not another resolution. */
const DPI_TOLERANCE = 0.02;

/**
 * Looks at a page before anybody is told that it is here. Drivers and devices give values that nobody asked for without a
 * word, and pages that end too early with a good exit code. Rejects with `ScanStopped`.
 */
export async function checkPage(
  page: ScannedPage,
  wantedDpi: number | null,
  inspection: Pick<InspectionPort, 'inspect'>,
): Promise<void> {
  if (page.mediaType === 'image/png') {
    const header = await readPngHeader(page.path).catch((error: unknown) => {
      throw new ScanStopped('incompletePage', { cause: error });
    });
    if (header === null) throw new ScanStopped('incompletePage');
    const isOther =
      header.dpi !== null && wantedDpi !== null && Math.abs(header.dpi - wantedDpi) > wantedDpi * DPI_TOLERANCE;
    if (isOther) throw new ScanStopped('unsupported');
  }
  const seen = await inspection.inspect({ mediaType: page.mediaType, read: () => readFile(page.path) });
  if (seen.facts.some(({ severity }) => severity === 'blocking')) throw new ScanStopped('incompletePage');
}
