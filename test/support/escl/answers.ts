/** What an eSCL scanner answers to questions, in the layout that devices use. */
import type { EsclSwitches } from './switches.ts';

const NAMESPACES =
  'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"';
const RESOLUTIONS = [75, 100, 150, 200, 300, 600];

function inputCaps(mediaTypes: readonly string[], minimum: number, height: number): string {
  const resolutions = RESOLUTIONS.map(
    (dpi) =>
      `<scan:DiscreteResolution><scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution></scan:DiscreteResolution>`,
  );
  const formats = ['pwg:DocumentFormat', 'scan:DocumentFormatExt'].flatMap((element) =>
    mediaTypes.map((type) => `<${element}>${type}</${element}>`),
  );
  return `<scan:MinWidth>${minimum}</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth>
<scan:MinHeight>${minimum}</scan:MinHeight><scan:MaxHeight>${height}</scan:MaxHeight>
<scan:MaxScanRegions>1</scan:MaxScanRegions>
<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>BlackAndWhite1</scan:ColorMode><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats>${formats.join('')}</scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>${resolutions.join('\n')}</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>`;
}

export function capabilitiesXml({ hasGlass, hasFeeder, hasDuplex, uuid, model, mediaTypes }: EsclSwitches): string {
  const feeder = inputCaps(mediaTypes, 300, 4200);
  const duplex = hasDuplex ? `<scan:AdfDuplexInputCaps>${feeder}</scan:AdfDuplexInputCaps>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerCapabilities ${NAMESPACES}>
<pwg:Version>2.63</pwg:Version>
<pwg:MakeAndModel>${model}</pwg:MakeAndModel>
<pwg:SerialNumber>SIM-0001</pwg:SerialNumber>
${uuid === null ? '' : `<scan:UUID>${uuid}</scan:UUID>`}
${hasGlass ? `<scan:Platen><scan:PlatenInputCaps>${inputCaps(mediaTypes, 1, 3508)}</scan:PlatenInputCaps></scan:Platen>` : ''}
${hasFeeder ? `<scan:Adf><scan:AdfSimplexInputCaps>${feeder}</scan:AdfSimplexInputCaps>${duplex}<scan:FeederCapacity>50</scan:FeederCapacity><scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption></scan:AdfOptions></scan:Adf>` : ''}
</scan:ScannerCapabilities>`;
}

export interface ToldJob {
  readonly uri: string;
  readonly state: 'Processing' | 'Completed' | 'Canceled' | 'Aborted';
  readonly reason: string;
  readonly completed: number;
  readonly left: number;
}

export function statusXml(
  state: string,
  feeder: string | null,
  reasons: readonly string[],
  jobs: readonly ToldJob[],
): string {
  const told = jobs.map(
    (job) => `<scan:JobInfo><pwg:JobUri>${job.uri}</pwg:JobUri><scan:Age>1</scan:Age>
<pwg:ImagesCompleted>${job.completed}</pwg:ImagesCompleted><pwg:ImagesToTransfer>${job.left}</pwg:ImagesToTransfer>
<pwg:JobState>${job.state}</pwg:JobState>
<pwg:JobStateReasons><pwg:JobStateReason>${job.reason}</pwg:JobStateReason></pwg:JobStateReasons></scan:JobInfo>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScannerStatus ${NAMESPACES}>
<pwg:Version>2.63</pwg:Version>
<pwg:State>${state}</pwg:State>
${reasons.length === 0 ? '' : `<pwg:StateReasons>${reasons.map((reason) => `<pwg:StateReason>${reason}</pwg:StateReason>`).join('')}</pwg:StateReasons>`}
${feeder === null ? '' : `<scan:AdfState>${feeder}</scan:AdfState>`}
<scan:Jobs>${told.join('')}</scan:Jobs>
</scan:ScannerStatus>`;
}

export interface Ticket {
  readonly isFeeder: boolean;
  readonly isDuplex: boolean;
  readonly isGrey: boolean;
  readonly dpi: number;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
}

/** Null: what no device could do. Read without the client's parser, so that both cannot be wrong in the same way. */
export function readTicket(xml: string): Ticket | null {
  const text = (name: string): string => new RegExp(`<(?:\\w+:)?${name}>([^<]*)</`).exec(xml)?.[1]?.trim() ?? '';
  const ticket: Ticket = {
    isFeeder: text('InputSource') === 'Feeder',
    isDuplex: text('Duplex') === 'true',
    isGrey: text('ColorMode') === 'Grayscale8',
    dpi: Number(text('XResolution')),
    mediaType: text('DocumentFormatExt') || text('DocumentFormat'),
    width: Number(text('Width')),
    height: Number(text('Height')),
  };
  const isPossible =
    RESOLUTIONS.includes(ticket.dpi) &&
    text('XResolution') === text('YResolution') &&
    ['Feeder', 'Platen'].includes(text('InputSource')) &&
    ['RGB24', 'Grayscale8'].includes(text('ColorMode')) &&
    ticket.width > 0 &&
    ticket.width <= 2550 &&
    ticket.height > 0 &&
    ticket.height <= (ticket.isFeeder ? 4200 : 3508);
  return isPossible ? ticket : null;
}
