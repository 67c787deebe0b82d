import { readFile } from 'node:fs/promises';
import { THUMBNAIL_PIXELS } from '../inspection/port.ts';
import type { InspectionPort } from '../inspection/port.ts';
import { readPictureHeader } from './page-head.ts';
import type { PictureHeader } from './picture-header.ts';
import { ScanStopped } from './port.ts';
import type { ScannedPage } from './port.ts';

/** How far the resolution of a page may be from the one asked for: a step of the device, not another resolution. */
const TOLERANCE = 0.02;

const isNear = (value: number, wanted: number): boolean => Math.abs(value - wanted) <= wanted * TOLERANCE;

/** What many network scanners write into every file, whatever its resolution. */
const NO_RESOLUTION_DPI = 72;

/**
 * Whether a page has the resolution that was asked for, as far as that can be known. A file's own word for it counts where nothing
 * else is known; many network scanners write 72 or nothing into every file, so the pixels of the asked width say it as well.
 * Fewer pixels than that with no word are a page in a lower resolution or one that the device has cut to its paper: such a
 * page is taken, for some devices would be refused with every page, and too few pixels are a finding later on.
 */
function hasResolution({ dpi, width }: PictureHeader, wantedDpi: number, { expectedWidth }: ScannedPage): boolean {
  if (dpi !== null && isNear(dpi, wantedDpi)) return true;
  if (expectedWidth === undefined) return dpi === null;
  const isUnknown = dpi === null || isNear(dpi, NO_RESOLUTION_DPI);
  return isNear(width, expectedWidth) || (isUnknown && width < expectedWidth);
}

/**
 * Looks at a page before anybody is told that it is here. Drivers and devices give values that nobody asked for without a
 * word, and pages that end too early with a good exit code. Rejects with `ScanStopped`.
 */
export async function checkPage(
  page: ScannedPage,
  wantedDpi: number | null,
  inspection: Pick<InspectionPort, 'preview'>,
): Promise<void> {
  const header = await readPictureHeader(page.path, page.mediaType).catch((error: unknown) => {
    throw new ScanStopped('incompletePage', { cause: error });
  });
  if (header === null) throw new ScanStopped('incompletePage');
  if (wantedDpi !== null && !hasResolution(header, wantedDpi, page)) throw new ScanStopped('unsupported');
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
