import { SIZES } from '../../../shared/domain/index.ts';
import type { ColourMode } from '../../../shared/domain/index.ts';
import type { ScanSettings } from '../port.ts';
import { unitsOf } from './capabilities.ts';
import type { EsclSource } from './capabilities.ts';

const MODES: Readonly<Record<ColourMode, string>> = {
  colour: 'RGB24',
  grey: 'Grayscale8',
  blackAndWhite: 'BlackAndWhite1',
};

/** In 1/300 inch. */
export interface Region {
  readonly width: number;
  readonly height: number;
}

/** The size that is asked for, within what the source can do. */
export function regionOf({ minWidth, minHeight, maxWidth, maxHeight }: EsclSource, size: ScanSettings['size']): Region {
  if (size === 'full') return { width: maxWidth, height: maxHeight };
  const { width, height } = SIZES[size];
  return {
    width: Math.max(minWidth, Math.min(maxWidth, unitsOf(width))),
    height: Math.max(minHeight, Math.min(maxHeight, unitsOf(height))),
  };
}

/**
 * `ScanSettings` for these values, which must be the source's own: devices answer 201 to values that they have not and then
 * give something else. The order of the elements is the one in which common clients send them.
 */
export function scanTicket(source: EsclSource, settings: ScanSettings): string {
  const { width, height } = regionOf(source, settings.size);
  const isFeeder = source.source !== 'flatbed';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">',
    '<pwg:Version>2.0</pwg:Version>',
    '<pwg:ScanRegions><pwg:ScanRegion>',
    '<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>',
    '<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>',
    `<pwg:Width>${width}</pwg:Width><pwg:Height>${height}</pwg:Height>`,
    '</pwg:ScanRegion></pwg:ScanRegions>',
    `<pwg:InputSource>${isFeeder ? 'Feeder' : 'Platen'}</pwg:InputSource>`,
    `<scan:ColorMode>${MODES[settings.colour]}</scan:ColorMode>`,
    `<pwg:DocumentFormat>${source.mediaType}</pwg:DocumentFormat>`,
    ...(source.hasFormatExtension ? [`<scan:DocumentFormatExt>${source.mediaType}</scan:DocumentFormatExt>`] : []),
    `<scan:XResolution>${settings.dpi}</scan:XResolution><scan:YResolution>${settings.dpi}</scan:YResolution>`,
    ...(isFeeder ? [`<scan:Duplex>${source.source === 'duplex'}</scan:Duplex>`] : []),
    '</scan:ScanSettings>',
  ].join('\n');
}
