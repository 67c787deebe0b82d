import { z } from 'zod';
import { DocumentType } from './flow.ts';

/** Where a scanner takes paper from: the glass, the feeder with one side, the feeder with both sides. */
export const ScanSource = z.enum(['flatbed', 'feeder', 'duplex']);
export type ScanSource = z.infer<typeof ScanSource>;

export const ColourMode = z.enum(['colour', 'grey', 'blackAndWhite']);
export type ColourMode = z.infer<typeof ColourMode>;

/** `full`: everything that the source can reach. */
export const ScanSize = z.enum(['full', 'a4', 'letter', 'a5', 'a6']);
export type ScanSize = z.infer<typeof ScanSize>;

/** `document`: what the document that is scanned needs (scan-profiles.ts). */
export const ProfileSize = z.enum(['document', ...ScanSize.options]);
export type ProfileSize = z.infer<typeof ProfileSize>;

/** How pages of one source are scanned. */
export const ScanProfile = z.object({
  /** Dots per inch. */
  dpi: z.number().int().min(50).max(1200),
  colour: ColourMode,
  size: ProfileSize,
  /** With an empty feeder: look again until there is paper, instead of ending. Means nothing for the glass. */
  waitsForPaper: z.boolean(),
});
export type ScanProfile = z.infer<typeof ScanProfile>;

const ScanProfiles = z.object({ flatbed: ScanProfile, feeder: ScanProfile, duplex: ScanProfile });

/** A source and how it scans, fixed for one type of document of one connection. */
export const DocumentProfile = z.object({
  connectionId: z.string().min(1).max(64),
  documentType: DocumentType,
  source: ScanSource,
  profile: ScanProfile,
});
export type DocumentProfile = z.infer<typeof DocumentProfile>;

/** What this PC remembers about scanning: the device and source chosen last, one profile per source, and those that were fixed. */
export const ScanChoice = z.object({
  deviceId: z.string().max(400).nullable(),
  source: ScanSource,
  profiles: ScanProfiles,
  /** Absent in what earlier versions have written. */
  documents: DocumentProfile.array().max(500).default([]),
});
export type ScanChoice = z.infer<typeof ScanChoice>;

const USUAL: ScanProfile = { dpi: 300, colour: 'colour', size: 'document', waitsForPaper: false };

export const DEFAULT_SCAN_CHOICE: ScanChoice = {
  deviceId: null,
  source: 'flatbed',
  profiles: { flatbed: USUAL, feeder: { ...USUAL, size: 'a4' }, duplex: { ...USUAL, size: 'a4' } },
  documents: [],
};

/** What a source can do, as its driver says. Dots per inch either as a list or as a range. */
export type Resolutions =
  | { readonly kind: 'list'; readonly values: readonly number[] }
  | { readonly kind: 'range'; readonly min: number; readonly max: number; readonly step: number };

/** Millimetres. */
export interface Area {
  readonly width: number;
  readonly height: number;
}

export interface SourceCapabilities {
  readonly source: ScanSource;
  /** Null: the device has one resolution and does not say which. */
  readonly resolutions: Resolutions | null;
  /** Never empty. */
  readonly colours: readonly ColourMode[];
  /** The largest area; null: the device decides the size by itself. */
  readonly area: Area | null;
  /** Whether `full` means a size known before the scan; a feeder that takes any length has none. */
  readonly hasFullSize: boolean;
}

/** Width and height in millimetres (ISO 216; ANSI/ASME Y14.1 for letter). A6 holds a card, A5 an open passport. */
export const SIZES: Readonly<Record<Exclude<ScanSize, 'full'>, Area>> = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
  a5: { width: 148, height: 210 },
  a6: { width: 105, height: 148 },
};

/** Glass that is this much shorter than the paper still counts as holding it: some devices say 296.9 mm for A4. */
const AREA_TOLERANCE_MM = 2;

const NAMED_SIZES = ScanSize.exclude(['full']).options;

/** The sizes that a source can scan. Never empty. */
export function sizesOf({ area, hasFullSize }: Pick<SourceCapabilities, 'area' | 'hasFullSize'>): ScanSize[] {
  if (area === null) return ['full'];
  const fitting = NAMED_SIZES.filter(
    (size) =>
      SIZES[size].width <= area.width + AREA_TOLERANCE_MM && SIZES[size].height <= area.height + AREA_TOLERANCE_MM,
  );
  return hasFullSize || fitting.length === 0 ? ['full', ...fitting] : fitting;
}

/** Offered of a range. Under 150 small print is lost; above 600 one A4 page has more pixels than Satchel takes. */
const USUAL_DPI = [150, 200, 300, 400, 600];
const LEAST_DPI = 100;
const MOST_DPI = 600;

/** The resolutions to choose from, in dots per inch, rising; empty when the device does not say. */
export function dpiChoices(resolutions: Resolutions | null): number[] {
  if (resolutions === null) return [];
  if (resolutions.kind === 'list') {
    const values = [...new Set(resolutions.values)].toSorted((a, b) => a - b);
    const useful = values.filter((dpi) => dpi >= LEAST_DPI && dpi <= MOST_DPI);
    return useful.length > 0 ? useful : values;
  }
  const { min, max, step } = resolutions;
  const usual = USUAL_DPI.filter((dpi) => dpi >= min && dpi <= max && (step <= 1 || (dpi - min) % step === 0));
  return usual.length > 0 ? usual : [Math.min(max, MOST_DPI)];
}

/**
 * The profile as this source can do it: its own values where they are possible, else the nearest resolution that is not
 * lower (or the highest), the first colour mode, the first size. Pure.
 */
export function fitProfile(profile: ScanProfile, capabilities: SourceCapabilities): ScanProfile {
  const dpis = dpiChoices(capabilities.resolutions);
  const sizes = sizesOf(capabilities);
  const [firstColour = profile.colour] = capabilities.colours;
  const [firstSize = 'full'] = sizes;
  return {
    dpi: dpis.find((dpi) => dpi >= profile.dpi) ?? dpis.at(-1) ?? profile.dpi,
    colour: capabilities.colours.includes(profile.colour) ? profile.colour : firstColour,
    size: profile.size === 'document' || sizes.includes(profile.size) ? profile.size : firstSize,
    waitsForPaper: capabilities.source !== 'flatbed' && profile.waitsForPaper,
  };
}

/** Why a scan ended before it was done, in the words of the field. The sentence is `scan.<state>`. */
export const SCAN_STATES = [
  'busy',
  'paperJam',
  'multiFeed',
  'feederEmpty',
  'coverOpen',
  'offline',
  'cancelled',
  'accessDenied',
  'otherCertificate',
  'unsupported',
  'incompletePage',
  'diskFull',
  'readOnly',
  'diskError',
  'notStored',
  'customerReleased',
  'customerVoided',
  'deviceError',
] as const;
export type ScanState = (typeof SCAN_STATES)[number];
