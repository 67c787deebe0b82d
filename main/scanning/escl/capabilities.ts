import type { ColourMode, Resolutions, ScanSource, SourceCapabilities } from '../../../shared/domain/index.ts';
import type { ScannedPage } from '../port.ts';
import { quirksOf } from './quirks.ts';
import type { HostHeader } from './quirks.ts';
import { child, children, numberOf, textOf, textsOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** eSCL's unit of length: `escl:ThreeHundredthsOfInches`. */
const UNITS_PER_INCH = 300;
const MILLIMETRES_PER_INCH = 25.4;
const LONGEST_NAME = 80;

/**
 * eSCL's colour modes. `BlackAndWhite1` is left out: a JPEG has no such thing, so devices give it as something else or refuse.
 */
const COLOUR_MODES: readonly (readonly [mode: string, colour: ColourMode])[] = [
  ['RGB24', 'colour'],
  ['Grayscale8', 'grey'],
];

/** What Satchel takes as a page, the better first: each of a PNG's parts has a checksum, but few devices give one. */
const MEDIA_TYPES = ['image/jpeg', 'image/png'] as const satisfies readonly ScannedPage['mediaType'][];

/** One paper source of a device. Lengths in 1/300 inch. */
export interface EsclSource {
  readonly source: ScanSource;
  readonly resolutions: Resolutions;
  readonly colours: readonly ColourMode[];
  readonly mediaType: (typeof MEDIA_TYPES)[number];
  /** The device knows `DocumentFormatExt` (eSCL 2.1), which then counts instead of `DocumentFormat`. */
  readonly hasFormatExtension: boolean;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly maxWidth: number;
  readonly maxHeight: number;
}

export interface EsclCapabilities {
  /** Make and model as the device says them. */
  readonly model: string;
  /** Lower case; null when it has none. */
  readonly uuid: string | null;
  readonly sources: readonly EsclSource[];
  readonly host: HostHeader;
}

export function unitsOf(millimetres: number): number {
  return Math.round((millimetres / MILLIMETRES_PER_INCH) * UNITS_PER_INCH);
}

export function pixelsOf(units: number, dpi: number): number {
  return Math.round((units * dpi) / UNITS_PER_INCH);
}

/** A text of the device's as people may see it: one line, not endless. */
export function nameOf(text: string): string {
  return text
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
}

/** `200 × 100` is a fax's resolution: only those that are the same both ways are meant for documents. */
function discrete(resolutions: XmlElement | null): number[] {
  return children(resolutions, 'DiscreteResolution').flatMap((one) => {
    const across = numberOf(one, 'XResolution');
    return across !== null && across > 0 && across === numberOf(one, 'YResolution') ? [across] : [];
  });
}

function resolutionsOf(profile: XmlElement | null): Resolutions | null {
  const supported = child(profile, 'SupportedResolutions');
  const values = discrete(child(supported, 'DiscreteResolutions'));
  if (values.length > 0) return { kind: 'list', values };
  const range = child(supported, 'ResolutionRange', 'XResolutionRange');
  const min = numberOf(range, 'Min');
  const max = numberOf(range, 'Max');
  if (min === null || max === null || max < min) return null;
  return { kind: 'range', min, max, step: Math.max(1, numberOf(range, 'Step') ?? 1) };
}

/** What holds while one profile is chosen; null when Satchel cannot scan with it. */
function readProfile(profile: XmlElement | null) {
  const modes = textsOf(child(profile, 'ColorModes'), 'ColorMode');
  const colours = COLOUR_MODES.filter(([mode]) => modes.includes(mode)).map(([, colour]) => colour);
  const formats = child(profile, 'DocumentFormats');
  const extended = textsOf(formats, 'DocumentFormatExt');
  const named = extended.length > 0 ? extended : textsOf(formats, 'DocumentFormat');
  const mediaType = MEDIA_TYPES.find((type) => named.includes(type));
  const resolutions = resolutionsOf(profile);
  if (colours.length === 0 || mediaType === undefined || resolutions === null) return null;
  return { colours, mediaType, resolutions, hasFormatExtension: extended.length > 0 };
}

/**
 * A source from its capabilities. Of several profiles the one in colour counts: their values must not be mixed. A profile may
 * stand elsewhere and be named here (`ref`).
 */
function readSource(source: ScanSource, caps: XmlElement, shared: readonly XmlElement[]): EsclSource | null {
  const own = children(child(caps, 'SettingProfiles'), 'SettingProfile');
  const profiles = own
    .map((profile) => {
      const name = textOf(profile, '@ref');
      return name === null ? profile : (shared.find((other) => textOf(other, '@name') === name) ?? null);
    })
    .map(readProfile)
    .filter((profile) => profile !== null);
  const profile = profiles.find(({ colours }) => colours.includes('colour')) ?? profiles[0];
  const maxWidth = numberOf(caps, 'MaxWidth');
  const maxHeight = numberOf(caps, 'MaxHeight');
  if (profile === undefined || maxWidth === null || maxHeight === null) return null;
  return {
    source,
    ...profile,
    minWidth: numberOf(caps, 'MinWidth') ?? 1,
    minHeight: numberOf(caps, 'MinHeight') ?? 1,
    maxWidth,
    maxHeight,
  };
}

/** Without the resolutions that a device names and has not. */
function upTo(mostDpi: number | null, source: EsclSource): EsclSource {
  const { resolutions } = source;
  if (mostDpi === null || resolutions.kind !== 'list') return source;
  const values = resolutions.values.filter((dpi) => dpi <= mostDpi);
  return values.length === 0 ? source : { ...source, resolutions: { kind: 'list', values } };
}

/**
 * Reads `ScannerCapabilities`. What is missing is left out; a device without a source that Satchel can use has none. `server`: the
 * header of the answer, by which some makes are known; empty when there is none.
 */
export function readCapabilities(root: XmlElement, server: string): EsclCapabilities {
  const shared = children(child(root, 'SettingProfiles'), 'SettingProfile');
  const adf = child(root, 'Adf');
  const simplex = child(adf, 'AdfSimplexInputCaps');
  const hasDuplexer = textsOf(child(adf, 'AdfOptions'), 'AdfOption').includes('Duplex');
  const named: readonly (readonly [ScanSource, XmlElement | null])[] = [
    ['flatbed', child(root, 'Platen', 'PlatenInputCaps')],
    ['feeder', simplex],
    ['duplex', child(adf, 'AdfDuplexInputCaps') ?? (hasDuplexer ? simplex : null)],
  ];
  const model = nameOf(textOf(root, 'MakeAndModel') ?? '');
  const { host, mostDpi } = quirksOf({ model, manufacturer: textOf(root, 'Manufacturer') ?? '', server });
  const sources = named.flatMap(([source, caps]) => (caps === null ? [] : (readSource(source, caps, shared) ?? [])));
  return {
    model,
    uuid: textOf(root, 'UUID')?.toLowerCase() ?? null,
    sources: sources.map((source) => upTo(mostDpi, source)),
    host,
  };
}

function millimetresOf(units: number): number {
  return (units / UNITS_PER_INCH) * MILLIMETRES_PER_INCH;
}

/** The same in the words of the port. A feeder's largest area is a limit, not the size of a page. */
export function capabilitiesOf({ source, resolutions, colours, maxWidth, maxHeight }: EsclSource): SourceCapabilities {
  return {
    source,
    resolutions,
    colours,
    area: { width: millimetresOf(maxWidth), height: millimetresOf(maxHeight) },
    hasFullSize: source === 'flatbed',
  };
}
