/**
 * What is put into `Host` in place of what belongs to the address: `localhost` in the request for a job, or the port also where
 * it is the usual one, in every request.
 */
export type HostHeader = 'usual' | 'localhost' | 'withPort';

/** What a make or model does otherwise than eSCL says. */
export interface Quirks {
  readonly host: HostHeader;
  /** Highest resolution that it really scans in; null: the ones that it names are right. */
  readonly mostDpi: number | null;
}

/** What a device says of itself: `MakeAndModel`, `Manufacturer` (empty when it does not say), and the `Server` of its answer. */
export interface DeviceNames {
  readonly model: string;
  readonly manufacturer: string;
  readonly server: string;
}

/** HP's that refuse every job unless it is asked for at `localhost`: those models, and most with that server. */
const ONLY_LOCALHOST: readonly string[] = ['HP LaserJet MFP M630', 'HP Color LaserJet FlowMFP M578'];
const ONLY_LOCALHOST_SERVER = 'HP_Compact_Server';
/** Names 600 dpi and scans in 300 at most. */
const MODEST = 'Canon iR2625/2630';
const MODEST_DPI = 300;

/** The facts are those of sane-airscan (airscan-escl.c, 2025), which people use with these devices. No such device was at hand here. */
export function quirksOf({ model, manufacturer, server }: DeviceNames): Quirks {
  const isLocalhost = ONLY_LOCALHOST.includes(model) || server === ONLY_LOCALHOST_SERVER;
  const isEpson = /^epson( |$)/i.test(manufacturer) || /^epson /i.test(model);
  return {
    host: isLocalhost ? 'localhost' : isEpson ? 'withPort' : 'usual',
    mostDpi: model === MODEST ? MODEST_DPI : null,
  };
}

/** `Host` for a request to `origin` (`http://192.168.1.20`); null: the one that belongs to it. */
export function hostFor(host: HostHeader, origin: string, isJobRequest: boolean): string | null {
  if (host === 'localhost') return isJobRequest ? 'localhost' : null;
  if (host === 'usual') return null;
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`;
}
