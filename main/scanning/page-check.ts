import { readFile } from 'node:fs/promises';
import { THUMBNAIL_PIXELS } from '../inspection/port.ts';
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
  inspection: Pick<InspectionPort, 'preview'>,
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
  // A picture of it needs a decode to the last row, and no more: what is on the page is looked at once it is safe.
  const picture = await inspection.preview({
    mediaType: page.mediaType,
    read: () => readFile(page.path),
    sheet: 1,
    rotation: 0,
    maxPixels: THUMBNAIL_PIXELS,
  });
  if (picture === null) throw new ScanStopped('incompletePage');
}
