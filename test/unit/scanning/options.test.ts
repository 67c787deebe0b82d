import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../main/scanning/sane/options.ts';
import { capabilitiesOf, duplexByOption, namedSources, settingArgs } from '../../../main/scanning/sane/sources.ts';
import { stateOf } from '../../../main/scanning/sane/status.ts';
import { dpiChoices, fitProfile, sizesOf } from '../../../shared/domain/index.ts';
import type { ScanProfile } from '../../../shared/domain/index.ts';

/** In the layouts that people published of a fujitsu sheet-fed scanner, an eSCL device, an Epson and a Canon multi-function one. */
const SHEETFED = `
All options specific to device \`fujitsu:example':
  Standard:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
        Selects the scan source (such as a document-feeder).
    --mode Lineart|Halftone|Gray|Color [Lineart]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --resolution 50..600dpi (in steps of 1) [600]
        Sets the resolution of the scanned image.
  Geometry:
    --page-width 0..221.121mm (in steps of 0.0211639) [215.872]
        Specifies the width of the media.
    --page-height 0..876.695mm (in steps of 0.0211639) [279.364]
        Specifies the height of the media.
    -l 0..215.872mm (in steps of 0.0211639) [0]
        Top-left x position of scan area.
    -t 0..279.364mm (in steps of 0.0211639) [0]
        Top-left y position of scan area.
    -x 0..215.872mm (in steps of 0.0211639) [215.872]
        Width of scan-area.
    -y 0..279.364mm (in steps of 0.0211639) [279.364]
        Height of scan-area.
  Enhancement:
    --brightness -127..127 (in steps of 1) [0]
        Controls the brightness of the acquired image.
  Advanced:
    --overscan Default|Off|On [inactive]
        Collect a few mm of background on top side of scan.
    --compression None|JPEG [None] [advanced]
        Enable compressed data.
    --lowmemory[=(yes|no)] [no] [advanced]
        Limit driver memory usage.
  Sensors:
    --page-loaded[=(yes|no)] [no] [hardware]
        Page loaded
    --error-code <int> [0] [hardware]
        Hardware error code
`;
const ESCL = `
All options specific to device \`airscan:w1:Example':
  Standard:
    --resolution 100|200|300dpi [300]
        Sets the resolution of the scanned image.
    --mode Color|Gray [Color]
        Selects the scan mode (e.g., lineart, monochrome, or color).
    --source Flatbed|ADF [Flatbed]
        Selects the scan source (such as a document-feeder).
  Geometry:
    -l 0..215.9mm [0]
    -t 0..297.18mm [0]
    -x 0..215.9mm [215.9]
    -y 0..297.18mm [297.18]
`;
const ADF_MODE = `
  Scan Mode:
    --mode Lineart|Gray|Color [Lineart]
    --depth 8|16 [8]
    --resolution 75|150|300|1200dpi [75]
    --source Flatbed|Automatic Document Feeder [Automatic Document Feeder]
    --adf-mode Simplex|Duplex [Simplex]
`;
const ODD_GEOMETRY = `
    --mode Color|Gray [Color]
    --resolution 75|100|150|200|300dpi [300]
  Geometry:
    -l 0..0.00457764pel (in steps of 1.52588e-05) [0]
    -x 0..0.00457764pel (in steps of 1.52588e-05) [0.00457764]
    --source Flatbed [inactive]
`;

const PROFILE: ScanProfile = { dpi: 300, colour: 'colour', size: 'a4', waitsForPaper: false };

const ending = (code: number | null, ...complaints: string[]) => ({ code, complaints });

describe('the options of a device', () => {
  it('are read with what they take and what they are set to', () => {
    const options = parseOptions(SHEETFED);
    expect(options.get('--source')).toEqual({
      flag: '--source',
      choices: ['ADF Front', 'ADF Back', 'ADF Duplex'],
      range: null,
      unit: '',
      value: 'ADF Front',
    });
    expect(options.get('--resolution')?.range).toEqual({ min: 50, max: 600, step: 1 });
    expect(options.get('-x')).toMatchObject({ range: { min: 0, max: 215.872 }, unit: 'mm', value: '215.872' });
    expect(options.get('--lowmemory')).toMatchObject({ choices: ['yes', 'no'], value: 'no' });
    expect(options.get('--compression')).toMatchObject({ choices: ['None', 'JPEG'], value: 'None' });
  });

  it('that cannot be set now, or not by a program, are left out', () => {
    const options = parseOptions(SHEETFED);
    expect(['--overscan', '--page-loaded', '--error-code'].filter((flag) => options.has(flag))).toEqual([]);
  });

  it('are none in text that is no list of options', () => {
    expect(parseOptions('Segmentation fault\n\n  --\n\u0000\u0001 --source\n        --not-one A|B').size).toBe(0);
  });
});

describe('what a source can do', () => {
  it('of a sheet-fed scanner: front and both sides, the back alone is none; the paper is told first', () => {
    const options = parseOptions(SHEETFED);
    const sources = namedSources(options, true);
    expect(sources).toEqual([
      { source: 'feeder', args: ['--source=ADF Front'] },
      { source: 'duplex', args: ['--source=ADF Duplex'] },
    ]);
    const [feeder] = sources;
    if (feeder === undefined) throw new Error('no feeder');
    const backFirst = parseOptions('    --source ADF Back|ADF Front [ADF Back]');
    expect(namedSources(backFirst, true)).toEqual([{ source: 'feeder', args: ['--source=ADF Front'] }]);
    const capabilities = capabilitiesOf('feeder', options);
    expect(capabilities).toMatchObject({
      colours: ['blackAndWhite', 'grey', 'colour'],
      area: { width: 221.121, height: 876.695 },
      hasFullSize: false,
    });
    expect(sizesOf(capabilities)).toEqual(['a4', 'letter', 'a5', 'a6']);
    expect(settingArgs(feeder, { source: 'feeder', dpi: 300, colour: 'grey', size: 'a4' }, options)).toEqual([
      '--source=ADF Front',
      '--mode=Gray',
      '--resolution=300',
      '--page-width=210',
      '--page-height=297',
      '-l',
      '0',
      '-t',
      '0',
      '-x',
      '210',
      '-y',
      '297',
    ]);
  });

  it('of a multi-function device: its own values only, the whole glass as a size', () => {
    const options = parseOptions(ESCL);
    const capabilities = capabilitiesOf('flatbed', options);
    expect(dpiChoices(capabilities.resolutions)).toEqual([100, 200, 300]);
    expect(sizesOf(capabilities)).toEqual(['full', 'a4', 'letter', 'a5', 'a6']);
    expect(fitProfile({ ...PROFILE, dpi: 150, colour: 'blackAndWhite' }, capabilities)).toEqual({
      ...PROFILE,
      dpi: 200,
    });
    expect(fitProfile({ ...PROFILE, dpi: 600, waitsForPaper: true }, capabilities)).toEqual(PROFILE);
  });

  it('knows both sides by an option of the feeder', () => {
    const options = parseOptions(ADF_MODE);
    const feeder = namedSources(options, false).find(({ source }) => source === 'feeder');
    if (feeder === undefined) throw new Error('no feeder');
    expect(duplexByOption(feeder, options)).toEqual({
      source: 'duplex',
      args: ['--source=Automatic Document Feeder', '--adf-mode=Duplex'],
    });
    expect(duplexByOption(feeder, parseOptions(ESCL))).toBeNull();
    expect(settingArgs(feeder, { source: 'feeder', dpi: 300, colour: 'colour', size: 'full' }, options)).toEqual([
      '--source=Automatic Document Feeder',
      '--mode=Color',
      '--depth=8',
      '--resolution=300',
    ]);
    expect(dpiChoices(capabilitiesOf('feeder', options).resolutions)).toEqual([150, 300]);
  });

  it('with a size that has no end in hundredths of a millimetre: never beyond it', () => {
    const options = parseOptions('    -x 0..215.889mm [215.889]\n    -y 0..297.18mm [297.18]\n');
    const [only] = namedSources(options, false);
    if (only === undefined) throw new Error('no source');
    const settings = { source: 'flatbed', dpi: 300, colour: 'colour', size: 'full' } as const;
    expect(settingArgs(only, settings, options)).toEqual(['-x', '215.88', '-y', '297.18']);
  });

  it('with a size that is not in millimetres: the device decides, and nothing is set', () => {
    const options = parseOptions(ODD_GEOMETRY);
    const [only] = namedSources(options, false);
    expect(only).toEqual({ source: 'flatbed', args: [] });
    const capabilities = capabilitiesOf('flatbed', options);
    expect(capabilities.area).toBeNull();
    expect(fitProfile(PROFILE, capabilities).size).toBe('full');
  });
});

describe('how a run ended', () => {
  it.each([
    [ending(0), 1, null],
    [ending(0), 0, 'deviceError'],
    [ending(0, 'scanimage: sane_start: Document feeder out of documents'), 10, null],
    [ending(0, 'scanimage: sane_start: Document feeder out of documents'), 0, 'feederEmpty'],
    [ending(0, 'scanimage: sane_read: Document feeder out of documents'), 2, 'incompletePage'],
    [ending(6, 'scanimage: sane_read: Document feeder jammed'), 2, 'paperJam'],
    [ending(6), 0, 'paperJam'],
    // What is said last is why it ended.
    [ending(0, 'scanimage: sane_read: Device busy', 'scanimage: sane_start: Document feeder jammed'), 2, 'paperJam'],
    [ending(1, 'scanimage: open of device test:9 failed: Invalid argument'), 0, 'offline'],
    [ending(1, 'scanimage: open of device a:b failed: Device busy'), 0, 'busy'],
    [ending(1, 'scanimage: open of device a:b failed: Access to resource has been denied'), 0, 'accessDenied'],
    [ending(1, 'scanimage: no SANE devices found'), 0, 'offline'],
    [ending(1, 'scanimage: setting of option --mode failed (Invalid argument)'), 0, 'unsupported'],
    [ending(null), 1, 'deviceError'],
    [ending(134, 'libpng error: No IDATs written into file'), 0, 'deviceError'],
  ])('%j after %i pages is %s', (end, pages, state) => {
    expect(stateOf(end, pages)).toBe(state);
  });
});
