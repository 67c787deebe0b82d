/** What eSCL devices answer, in the layouts that real ones were seen to use; values as they published them. */
import { describe, expect, it } from 'vitest';
import { addressesMeant } from '../../../main/scanning/escl/address.ts';
import { capabilitiesOf, readCapabilities } from '../../../main/scanning/escl/capabilities.ts';
import { readService } from '../../../main/scanning/escl/discovery.ts';
import { hostFor, quirksOf } from '../../../main/scanning/escl/quirks.ts';
import { endingOf, hindrance, readStatus } from '../../../main/scanning/escl/status.ts';
import { scanTicket } from '../../../main/scanning/escl/ticket.ts';
import { parseXml } from '../../../main/scanning/escl/parse-xml.ts';
import { ScanStopped } from '../../../main/scanning/index.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

const resolution = (x: number, y: number): string =>
  `<scan:DiscreteResolution>\n<scan:XResolution>${x}</scan:XResolution><scan:YResolution> ${y} </scan:YResolution>\n</scan:DiscreteResolution>`;

function profile({ modes = ['Grayscale8', 'RGB24'], formats = ['image/jpeg'], resolutions = [resolution(300, 300)] }) {
  return `<scan:SettingProfile><scan:ColorModes>${modes.map((mode) => `<scan:ColorMode>${mode}</scan:ColorMode>`).join('')}</scan:ColorModes>
<scan:DocumentFormats>${formats.map((type) => `<pwg:DocumentFormat>${type}</pwg:DocumentFormat>`).join('')}</scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>${resolutions.join('')}</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile>`;
}

function device(inside: string, prefix = 'scan'): Uint8Array {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"
 xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:MakeAndModel>Kyocera ECOSYS M2040dn</pwg:MakeAndModel><scan:UUID>4509A320-00A0-008F-00B6-002507510ECA</scan:UUID>
${inside}</scan:ScannerCapabilities>`;
  return bytes(text.replaceAll('scan:', `${prefix}:`).replaceAll('xmlns:scan', `xmlns:${prefix}`));
}

const glass = (profiles: string, more = ''): string =>
  `<scan:Platen><scan:PlatenInputCaps><scan:MinWidth>118</scan:MinWidth><scan:MaxWidth>2551</scan:MaxWidth>
<scan:MinHeight>118</scan:MinHeight><scan:MaxHeight>3508</scan:MaxHeight><scan:SettingProfiles>${profiles}</scan:SettingProfiles>${more}</scan:PlatenInputCaps></scan:Platen>`;

const read = (inside: string, prefix?: string) =>
  readCapabilities(parseXml(device(inside, prefix), 'ScannerCapabilities'), '');

describe('ScannerCapabilities', () => {
  it('offers resolutions that are the same both ways: 200 × 100 is a fax', () => {
    const resolutions = [resolution(200, 100), resolution(200, 200), resolution(300, 300), resolution(200, 400)];
    const { model, uuid, sources } = read(glass(profile({ resolutions })));
    expect([model, uuid]).toEqual(['Kyocera ECOSYS M2040dn', '4509a320-00a0-008f-00b6-002507510eca']);
    expect(sources.map(capabilitiesOf)).toEqual([
      {
        source: 'flatbed',
        resolutions: { kind: 'list', values: [200, 300] },
        colours: ['colour', 'grey'],
        area: { width: (2551 / 300) * 25.4, height: (3508 / 300) * 25.4 },
        hasFullSize: true,
      },
    ]);
  });

  it('does not mix profiles, and takes the one in colour', () => {
    const grey = profile({ modes: ['Grayscale8'], resolutions: [resolution(600, 600)] });
    const [source] = read(glass(grey + profile({ resolutions: [resolution(150, 150)] }))).sources;
    expect(source).toMatchObject({ resolutions: { values: [150] }, colours: ['colour', 'grey'] });
  });

  it('finds a profile that is named and stands elsewhere', () => {
    const shared = `<scan:SettingProfiles>${profile({}).replace('<scan:SettingProfile>', '<scan:SettingProfile name="p7">')}</scan:SettingProfiles>`;
    const { sources } = read(shared + glass('<scan:SettingProfile ref="p7"/>'));
    expect(sources).toHaveLength(1);
  });

  it('reads whatever prefix a device binds, and a range of resolutions', () => {
    const range =
      '<scan:ResolutionRange><scan:XResolutionRange><scan:Min>75</scan:Min><scan:Max>1200</scan:Max><scan:Normal>300</scan:Normal><scan:Step>1</scan:Step></scan:XResolutionRange></scan:ResolutionRange>';
    const withRange = profile({ resolutions: [] }).replace(
      '<scan:DiscreteResolutions></scan:DiscreteResolutions>',
      range,
    );
    expect(read(glass(withRange), 'hp').sources[0]?.resolutions).toEqual({
      kind: 'range',
      min: 75,
      max: 1200,
      step: 1,
    });
  });

  it('knows both sides by the option of the feeder alone', () => {
    const caps = glass(profile({})).replaceAll('Platen>', 'Adf>').replaceAll('PlatenInputCaps', 'AdfSimplexInputCaps');
    const withOption = caps.replace(
      '</scan:Adf>',
      '<scan:AdfOptions><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf>',
    );
    expect(read(withOption).sources.map(({ source }) => source)).toEqual(['feeder', 'duplex']);
    expect(read(caps).sources.map(({ source }) => source)).toEqual(['feeder']);
  });

  it('leaves out the resolutions that a model names and has not', () => {
    const resolutions = [150, 300, 600].map((dpi) => resolution(dpi, dpi));
    const modest = Buffer.from(device(glass(profile({ resolutions })))).toString('utf8');
    const named = bytes(modest.replace('Kyocera ECOSYS M2040dn', 'Canon iR2625/2630'));
    const [canon, kyocera] = [named, bytes(modest)].map((answer) =>
      readCapabilities(parseXml(answer, 'ScannerCapabilities'), '').sources.map((source) => source.resolutions),
    );
    expect(canon).toEqual([{ kind: 'list', values: [150, 300] }]);
    expect(kyocera).toEqual([{ kind: 'list', values: [150, 300, 600] }]);
  });

  it.each([
    ['HP LaserJet MFP M630', '', '', 'localhost', null],
    ['HP Color LaserJet FlowMFP M578', '', '', 'localhost', null],
    ['HP Anything', '', 'HP_Compact_Server', 'localhost', null],
    ['EPSON XP-7100 Series', '', '', null, '192.168.1.20:80'],
    ['ET-3850 Series', 'EPSON', '', null, '192.168.1.20:80'],
    ['HP LaserJet MFP M28w', 'HP', 'gSOAP/2.7', null, null],
  ])('knows which Host %s wants', (model, manufacturer, server, forJobs, forPages) => {
    const { host } = quirksOf({ model, manufacturer, server });
    const origin = 'http://192.168.1.20';
    expect([hostFor(host, origin, true), hostFor(host, origin, false)]).toEqual([forJobs ?? forPages, forPages]);
  });

  it('leaves out what Satchel cannot use', () => {
    expect(read(glass(profile({ formats: ['application/pdf'] }))).sources).toEqual([]);
    expect(read(glass(profile({ modes: ['BlackAndWhite1'] }))).sources).toEqual([]);
    expect(read('').sources).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['a web page', '<!doctype html><html><body>Sign in<br></body></html>'],
    ['another answer', '<a/>'],
    ['what is cut', device(glass(profile({}))).subarray(0, 300)],
    ['what is no text', Uint8Array.from([0, 1, 2, 255, 254])],
  ])('refuses %s', (_name, answer) => {
    const given = typeof answer === 'string' ? bytes(answer) : answer;
    expect(() => parseXml(given, 'ScannerCapabilities')).toThrow('deviceError');
  });

  it('reads any damaged answer as an answer or as an error of the device, and nothing else', () => {
    const whole = device(glass(profile({})));
    const outcomes = new Set<unknown>();
    for (let at = 40; at < whole.length; at += 11) {
      const damaged = Uint8Array.from(whole);
      damaged[at] = '<'.charCodeAt(0);
      for (const answer of [damaged, whole.subarray(0, at)]) {
        try {
          outcomes.add(readCapabilities(parseXml(answer, 'ScannerCapabilities'), '').sources.length);
        } catch (error) {
          outcomes.add(error instanceof ScanStopped ? 'error of the device' : error);
        }
      }
    }
    expect(outcomes).toEqual(new Set([1, 'error of the device']));
  });

  it.each(['&a;', '&b;'])('does not let a document define what grows: %s', (entity) => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><ScannerCapabilities><MakeAndModel>${entity}</MakeAndModel></ScannerCapabilities>`;
    let model = '';
    try {
      model = readCapabilities(parseXml(bytes(bomb), 'ScannerCapabilities'), '').model;
    } catch {
      model = 'refused';
    }
    expect(['refused', entity]).toContain(model);
  });
});

const [source] = read(glass(profile({}))).sources;
if (source === undefined) throw new Error('no source');

const askFor = (size: 'a6' | 'letter' | 'full') =>
  /<pwg:Width>(\d+)<.*<pwg:Height>(\d+)</.exec(
    scanTicket(source, { source: 'flatbed', dpi: 300, colour: 'colour', size }),
  );

describe('the ticket', () => {
  it('asks for a size in 1/300 inch within what the source can do', () => {
    expect(askFor('a6')?.slice(1)).toEqual(['1240', '1748']);
    expect(askFor('letter')?.slice(1)).toEqual(['2550', '3300']);
    expect(askFor('full')?.slice(1)).toEqual(['2551', '3508']);
  });

  it('names the format once for devices that know one way only', () => {
    const settings = { source: 'flatbed', dpi: 300, colour: 'grey', size: 'a4' } as const;
    expect(scanTicket(source, settings)).not.toContain('DocumentFormatExt');
    expect(scanTicket({ ...source, hasFormatExtension: true }, settings)).toContain('DocumentFormatExt');
  });
});

const job = (uri: string, state: string, reason = ''): string =>
  `<scan:JobInfo><pwg:JobUri>${uri}</pwg:JobUri><pwg:JobState>${state}</pwg:JobState><pwg:JobStateReasons><pwg:JobStateReason>${reason}</pwg:JobStateReason></pwg:JobStateReasons></scan:JobInfo>`;
const status = (jobs: string, feeder = '') =>
  readStatus(
    parseXml(
      bytes(
        `<scan:ScannerStatus xmlns:scan="x" xmlns:pwg="y"><pwg:State>Idle</pwg:State>${feeder === '' ? '' : `<scan:AdfState>${feeder}</scan:AdfState>`}<scan:Jobs>${jobs}</scan:Jobs></scan:ScannerStatus>`,
      ),
      'ScannerStatus',
    ),
  );

describe('ScannerStatus', () => {
  const OURS = '/eSCL/ScanJobs/urn:uuid:aa-1';

  it.each([
    ['Completed', '', 3, null],
    ['Completed', '', 0, 'feederEmpty'],
    ['Aborted', 'ResourcesAreNotReady', 1, 'deviceError'],
    ['Aborted', 'InvalidScanTicket', 0, 'unsupported'],
    ['Canceled', 'JobCanceledByUser', 2, 'cancelled'],
  ])('a job that is %s (%s) after %i pages ended with %s', (state, reason, pages, expected) => {
    // Another client's job stands before it, and the host is one that nobody resolves.
    const jobs = job('/eSCL/ScanJobs/bb-2', 'Processing') + job(`http://nowhere.local${OURS}`, state, reason);
    expect(endingOf(status(jobs), OURS, 'feeder', pages)).toEqual({ kind: 'ended', state: expected });
  });

  it('is not the end while the job goes on, nor when it is not listed and pages have come', () => {
    const whileItRuns = (feeder: string, source: 'feeder' | 'flatbed', pages = 2) =>
      endingOf(status(job(OURS, 'Processing'), feeder), OURS, source, pages);
    const notYet = { kind: 'notYet', isPageDue: false, isThrough: false };
    expect(whileItRuns('ScannerAdfEmpty', 'feeder')).toEqual({ ...notYet, isThrough: true });
    expect(whileItRuns('ScannerAdfEmpty', 'feeder', 0)).toEqual(notYet);
    expect(whileItRuns('ScannerAdfProcessing', 'feeder')).toEqual(notYet);
    expect(whileItRuns('ScannerAdfLoaded', 'feeder')).toEqual({ ...notYet, isPageDue: true });
    expect(whileItRuns('ScannerAdfEmpty', 'flatbed')).toEqual({ ...notYet, isPageDue: true });
    expect(endingOf(status(''), OURS, 'feeder', 2)).toEqual({ kind: 'ended', state: null });
    expect(endingOf(status(''), OURS, 'flatbed', 0)).toEqual({ kind: 'ended', state: 'deviceError' });
  });

  it('of a feeder is no hindrance for the glass', () => {
    expect(hindrance(status('', 'ScannerAdfJam'), 'flatbed')).toBeNull();
    expect(hindrance(status('', 'ScannerAdfJam'), 'duplex')).toBe('paperJam');
    expect(hindrance(status('', 'ScannerAdfSomethingNew'), 'feeder')).toBeNull();
  });
});

describe('addresses', () => {
  it.each([
    ['192.168.1.20', ['https://192.168.1.20/eSCL', 'http://192.168.1.20/eSCL']],
    ['mfp.branch.example:8080', ['https://mfp.branch.example:8080/eSCL', 'http://mfp.branch.example:8080/eSCL']],
    ['http://10.0.0.5/scan/', ['http://10.0.0.5/scan']],
    ['fe80::1', ['https://[fe80::1]/eSCL', 'http://[fe80::1]/eSCL']],
    ['javascript:alert(1)', []],
    ['file:///etc/passwd', []],
    [`http://10.0.0.5/${'ä'.repeat(120)}`, []],
  ])('%s', (typed, meant) => {
    expect(addressesMeant(typed)).toEqual(meant);
  });

  it('of an announcement: the number, not the name; the path that it says', () => {
    const service = {
      name: 'MFP',
      type: 'uscan',
      port: 9095,
      addresses: ['fe80::2', '10.0.0.7'],
      txt: { rs: '/eSCL/', UUID: 'AB-1' },
    };
    expect(readService(service)).toEqual({ name: 'MFP', uuid: 'ab-1', address: 'http://10.0.0.7:9095/eSCL' });
    expect(readService({ ...service, type: 'uscans', txt: undefined })?.address).toBe('https://10.0.0.7:9095/eSCL');
    expect(readService({ ...service, addresses: ['fe80::2'] })).toBeNull();
    expect(readService({ ...service, txt: { rs: 'ä'.repeat(120) } })).toBeNull();
  });
});
