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
 * Looks at a page's head before anybody is told that it is here: drivers and devices give values that nobody asked for without a
 * word. Whether it decodes to its end is found where it is taken in. Rejects with `ScanStopped`.
 */
export async function checkPage(page: ScannedPage, wantedDpi: number | null): Promise<void> {
  const header = await readPictureHeader(page.path, page.mediaType).catch((error: unknown) => {
    throw new ScanStopped('incompletePage', { cause: error });
  });
  if (header === null) throw new ScanStopped('incompletePage');
  if (wantedDpi !== null && !hasResolution(header, wantedDpi, page)) throw new ScanStopped('unsupported');
}
