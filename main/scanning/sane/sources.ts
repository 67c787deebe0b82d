import { SIZES } from '../../../shared/domain/index.ts';
import type { Area, ColourMode, Resolutions, ScanSource, SourceCapabilities } from '../../../shared/domain/index.ts';
import type { ScanSettings } from '../port.ts';
import type { DeviceOption } from './options.ts';

type Options = ReadonlyMap<string, DeviceOption>;

/** A paper source of a device and the arguments that choose it. */
export interface SaneSource {
  readonly source: ScanSource;
  readonly args: readonly string[];
}

/**
 * Backends name their sources as they like ("ADF", "Automatic Document Feeder(left aligned,Duplex)", "Document Table"). The
 * back side alone and the slide holder are no source for documents.
 */
function sourceNamed(name: string): ScanSource | null {
  if (/back|transparen|negative|positive|slide|film/i.test(name)) return null;
  if (/duplex/i.test(name)) return 'duplex';
  if (/adf|feed/i.test(name)) return 'feeder';
  return /flatbed|platen|table|glass|normal/i.test(name) ? 'flatbed' : null;
}

/** The sources that `--source` offers; one without a name when the device has no such option. */
export function namedSources(options: Options, isSheetfed: boolean): SaneSource[] {
  const found = new Map<ScanSource, SaneSource>();
  for (const name of options.get('--source')?.choices ?? []) {
    const source = sourceNamed(name);
    if (source !== null && !found.has(source)) found.set(source, { source, args: [`--source=${name}`] });
  }
  if (found.size > 0) return [...found.values()];
  return [{ source: isSheetfed ? 'feeder' : 'flatbed', args: [] }];
}

/** Both sides by an option of the feeder instead of a source of its own (epsonds: `--duplex`, epson2: `--adf-mode`). */
export function duplexByOption(feeder: SaneSource, options: Options): SaneSource | null {
  const mode = options.get('--adf-mode')?.choices.find((choice) => /duplex/i.test(choice));
  if (mode !== undefined) return { source: 'duplex', args: [...feeder.args, `--adf-mode=${mode}`] };
  const isSwitch = options.get('--duplex')?.choices.includes('yes') === true;
  return isSwitch ? { source: 'duplex', args: [...feeder.args, '--duplex=yes'] } : null;
}

function colourNamed(name: string): ColourMode | null {
  if (/colou?r/i.test(name)) return 'colour';
  if (/gr[ae]y/i.test(name)) return 'grey';
  return /lineart|black|binary|mono/i.test(name) ? 'blackAndWhite' : null;
}

/** The first mode of the device for each colour mode. */
function modes(options: Options): Map<ColourMode, string> {
  const found = new Map<ColourMode, string>();
  for (const name of options.get('--mode')?.choices ?? []) {
    const colour = colourNamed(name);
    if (colour !== null && !found.has(colour)) found.set(colour, name);
  }
  return found;
}

function resolutionsOf(options: Options): Resolutions | null {
  const option = options.get('--resolution');
  if (option === undefined) return null;
  if (option.range !== null) return { kind: 'range', ...option.range };
  const values = option.choices.map(Number).filter((value) => Number.isInteger(value) && value > 0);
  return values.length === 0 ? null : { kind: 'list', values };
}

function millimetres(options: Options, flag: string): number | null {
  const option = options.get(flag);
  return option?.unit === 'mm' && option.range !== null ? option.range.max : null;
}

/** A feeder that must be told the paper's size first (fujitsu, canon_dr): its scan area ends where the paper does. */
function hasPaperSize(options: Options): boolean {
  return millimetres(options, '--page-width') !== null && millimetres(options, '--page-height') !== null;
}

function areaOf(options: Options): Area | null {
  const width = millimetres(options, hasPaperSize(options) ? '--page-width' : '-x');
  const height = millimetres(options, hasPaperSize(options) ? '--page-height' : '-y');
  return width === null || height === null ? null : { width, height };
}

/** What one source can do, from the options that are listed while it is chosen. */
export function capabilitiesOf(source: ScanSource, options: Options): SourceCapabilities {
  const colours = [...modes(options).keys()];
  return {
    source,
    resolutions: resolutionsOf(options),
    colours: colours.length > 0 ? colours : ['colour'],
    area: areaOf(options),
    hasFullSize: !hasPaperSize(options),
  };
}

/** Sizes are rounded down here, so that no driver rounds them up beyond its own end. */
function round(value: number): string {
  return String(Math.floor(value * 100) / 100);
}

function sizeArgs(size: ScanSettings['size'], options: Options): string[] {
  const area = areaOf(options);
  if (area === null) return [];
  const wanted = size === 'full' ? area : SIZES[size];
  const width = round(Math.min(wanted.width, area.width));
  const height = round(Math.min(wanted.height, area.height));
  // scanimage sets options in the order given: the paper before the area inside it.
  const paper = hasPaperSize(options) ? [`--page-width=${width}`, `--page-height=${height}`] : [];
  const corner = ['-l', '-t'].flatMap((flag) => (options.has(flag) ? [flag, '0'] : []));
  return [...paper, ...corner, '-x', width, '-y', height];
}

/** The arguments of scanimage for these settings, given the options that are listed while the source is chosen. */
export function settingArgs(source: SaneSource, settings: ScanSettings, options: Options): string[] {
  const mode = modes(options).get(settings.colour);
  const isDepthEight = settings.colour !== 'blackAndWhite' && options.get('--depth')?.choices.includes('8') === true;
  return [
    ...source.args,
    ...(mode === undefined ? [] : [`--mode=${mode}`]),
    // Sixteen bits a sample would double every page for nothing that a provider looks at.
    ...(isDepthEight ? ['--depth=8'] : []),
    ...(options.has('--resolution') ? [`--resolution=${settings.dpi}`] : []),
    ...sizeArgs(settings.size, options),
  ];
}
