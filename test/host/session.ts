/** `session`: what pages may do and ask for. */

import type { PeerCertificate } from 'node:tls';
import type { CdpSession, Protocol } from './cdp.ts';
import { guardClass, guardObject, HostEmitter, notImplemented } from './guard.ts';
import { HostProtocol } from './protocol.ts';
import { isBypassed, proxyOf } from './tunnel.ts';
import type { ProxyAddress } from './tunnel.ts';
import { HostWebRequest } from './web-request.ts';

type RequestHandler = (
  contents: object,
  permission: string,
  callback: (isGranted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: object | null, permission: string, origin: string, details: object) => boolean;

type VerifyProc = (
  request: {
    hostname: string;
    certificate: { issuerName: string; subjectName: string; validStart: number; validExpiry: number };
    verificationResult: string;
    errorCode: number;
  },
  callback: (verdict: number) => void,
) => void;

/** Electron's permission names and Chromium's; the ones Chromium does not know are left out. */
const PERMISSIONS: [electron: string, chromium: Protocol.Browser.PermissionDescriptor, media?: 'video' | 'audio'][] = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }, 'video'],
  ['media', { name: 'microphone' }, 'audio'],
  ['midi', { name: 'midi' }],
  ['midiSysex', { name: 'midi', sysex: true }],
  ['clipboard-read', { name: 'clipboard-read' }],
  ['clipboard-sanitized-write', { name: 'clipboard-write' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['window-management', { name: 'window-management' }],
  ['storage-access', { name: 'storage-access' }],
  ['persistent-storage', { name: 'persistent-storage' }],
  ['display-capture', { name: 'display-capture' }],
];

/** One session. Only the default session has pages; others serve `net` alone. */
export class HostSession extends HostEmitter {
  readonly protocol = new HostProtocol();
  readonly webRequest = new HostWebRequest();
  #requestHandler: RequestHandler | null = null;
  #checkHandler: CheckHandler | null = null;
  #isSpellCheckerEnabled = true;
  #verifyProc: VerifyProc | null = null;
  #proxy: ProxyAddress | null = null;

  constructor() {
    super('session', new Set(['will-download']));
  }

  /** Chromium cannot be told to ask at request time: the handler is asked up front, before a page loads. */
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#requestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#checkHandler = handler;
  }

  /** USB, HID and serial devices need a chooser that the host's pages never get to answer: nothing is ever granted. */
  setDevicePermissionHandler(_handler: ((details: object) => boolean) | null): void {}

  /** Asked for every certificate that `net` meets in this session; only Chromium's own verdict (-3) is known here. */
  setCertificateVerifyProc(proc: VerifyProc | null): void {
    this.#verifyProc = proc;
  }

  /** Tells the verify proc about a server's certificate. `errorName` is null for a good one. */
  judgeCertificate(hostname: string, certificate: PeerCertificate, errorName: string | null): void {
    const described = {
      data: '',
      issuer: {},
      subject: {},
      issuerName: String(certificate.issuer.CN),
      subjectName: String(certificate.subject.CN),
      serialNumber: certificate.serialNumber,
      fingerprint: certificate.fingerprint256,
      validStart: Date.parse(certificate.valid_from) / 1000,
      validExpiry: Date.parse(certificate.valid_to) / 1000,
    };
    this.#verifyProc?.(
      {
        hostname,
        certificate: described,
        verificationResult: errorName === null ? 'net::OK' : `net::${errorName}`,
        // Chromium's numbers are not told apart here, only right from wrong.
        errorCode: errorName === null ? 0 : -202,
      },
      (verdict) => {
        if (verdict !== -3) throw notImplemented(`setCertificateVerifyProc verdict ${verdict}`);
      },
    );
  }

  /** Without a call there is no proxy: the host does not read the system's settings, as Chromium does. */
  setProxy(config: Electron.ProxyConfig): Promise<void> {
    this.#proxy = proxyOf(config);
    return Promise.resolve();
  }

  /** Where `net` has to go through for this address; null: straight there. */
  proxyFor(url: URL): ProxyAddress | null {
    return isBypassed(url) ? null : this.#proxy;
  }

  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.#isSpellCheckerEnabled = isEnabled;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#isSpellCheckerEnabled;
  }

  /** Asks both handlers about every permission and tells Chromium the outcome for the whole profile. */
  async applyPermissions(browser: CdpSession, contents: object, origin: string, pageOrigin: string): Promise<void> {
    const requestHandler = this.#requestHandler;
    const checkHandler = this.#checkHandler;
    if (requestHandler === null && checkHandler === null) return;
    for (const [name, permission, media] of PERMISSIONS) {
      const details = {
        requestingUrl: `${origin}/`,
        isMainFrame: true,
        securityOrigin: `${origin}/`,
        ...(media === undefined ? {} : { mediaType: media, mediaTypes: [media] }),
      };
      const isAllowed = checkHandler === null || checkHandler(contents, name, `${origin}/`, details);
      const isGranted =
        isAllowed &&
        (requestHandler === null ||
          (await new Promise<boolean>((resolve) => requestHandler(contents, name, resolve, details))));
      const setting = isGranted ? 'granted' : 'denied';
      await browser.send('Browser.setPermission', { permission, setting, origin: pageOrigin });
    }
  }
}
guardClass('session', HostSession);

/** The session of every window. */
export const defaultSession = new HostSession();

const partitions = new Map<string, HostSession>();

/** The export `session`. */
export const session = guardObject('session', {
  defaultSession,
  fromPartition(partition: string): HostSession {
    if (partition === '') return defaultSession;
    if (partition.startsWith('persist:')) throw notImplemented(`session.fromPartition('${partition}')`);
    const made = partitions.get(partition) ?? new HostSession();
    partitions.set(partition, made);
    return made;
  },
});
