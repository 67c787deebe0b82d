/**
 * X.509 certificates for tests, made on the spot: no private key lies in the repository, and each test says for itself
 * what is wrong with its certificate. DER by hand (RFC 5280), because Node reads certificates but writes none.
 */
import { createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

export interface Issued {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly key: string;
}

export interface Authority {
  /** PEM, to be trusted by those who should. */
  readonly certificate: string;
  issue(options: { names: readonly string[]; validFromMs?: number; validToMs?: number }): Issued;
}

const DAY_MS = 86_400_000;

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const positive = (bytes: Uint8Array): Buffer => der(0x02, Buffer.from([0x01]), bytes);
const bits = (bytes: Uint8Array): Buffer => der(0x03, Buffer.from([0]), bytes);

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = '550403';
const ORGANISATION = '55040a';
const SUBJECT_ALTERNATIVE_NAME = '551d11';
const BASIC_CONSTRAINTS = '551d13';

function name(commonName: string): Buffer {
  const part = (type: string, text: string): Buffer =>
    der(0x31, sequence(oid(type), der(0x0c, Buffer.from(text, 'utf8'))));
  return sequence(part(ORGANISATION, 'Satchel tests'), part(COMMON_NAME, commonName));
}

/** GeneralizedTime, `YYYYMMDDHHMMSSZ`. */
function time(atMs: number): Buffer {
  const text = `${new Date(atMs).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
  return der(0x18, Buffer.from(text, 'latin1'));
}

function alternativeName(host: string): Buffer {
  if (isIP(host) !== 4) return der(0x82, Buffer.from(host, 'latin1'));
  return der(0x87, Buffer.from(host.split('.').map(Number)));
}

function extension(type: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [der(0x01, Buffer.from([0xff]))] : [];
  return sequence(oid(type), ...critical, der(0x04, value));
}

function certificate(options: {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  signingKey: KeyObject;
  validFromMs: number;
  validToMs: number;
  extensions: readonly Buffer[];
}): string {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    positive(randomBytes(8)),
    ECDSA_WITH_SHA256,
    name(options.issuer),
    sequence(time(options.validFromMs), time(options.validToMs)),
    name(options.subject),
    options.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...options.extensions)),
  );
  const whole = sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, options.signingKey)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function keyPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** An authority of its own; what it issues is good for ten years around now unless told otherwise. */
export function createAuthority(called = 'Branch test authority'): Authority {
  const own = keyPair();
  const now = Date.now();
  const isAuthority = extension(BASIC_CONSTRAINTS, true, sequence(der(0x01, Buffer.from([0xff]))));
  return {
    certificate: certificate({
      subject: called,
      issuer: called,
      publicKey: own.publicKey,
      signingKey: own.privateKey,
      validFromMs: now - 10 * 365 * DAY_MS,
      validToMs: now + 10 * 365 * DAY_MS,
      extensions: [isAuthority],
    }),
    issue({ names, validFromMs = now - 365 * DAY_MS, validToMs = now + 365 * DAY_MS }) {
      const { publicKey, privateKey } = keyPair();
      return {
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        certificate: certificate({
          subject: names[0] ?? '',
          issuer: called,
          publicKey,
          signingKey: own.privateKey,
          validFromMs,
          validToMs,
          extensions: [extension(SUBJECT_ALTERNATIVE_NAME, false, sequence(...names.map(alternativeName)))],
        }),
      };
    },
  };
}
