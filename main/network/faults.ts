import type { NetworkErrorCode } from './port.ts';

/**
 * One vocabulary for the errors of two network stacks. The tables name only what has a meaning of its own; whatever they
 * do not know is `other`.
 */

/** Error codes of Node's sockets, resolver and TLS (OpenSSL's X509_V_ERR_ names), and of undici. */
const NODE: readonly (readonly [RegExp, NetworkErrorCode])[] = [
  [/^(ENETUNREACH|ENETDOWN|EADDRNOTAVAIL)$/, 'offline'],
  [/^(ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_NODATA|EAI_FAIL)$/, 'name_not_found'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(EHOSTUNREACH|EHOSTDOWN|UND_ERR_CONNECT_TIMEOUT)$/, 'unreachable'],
  [/^CERT_HAS_EXPIRED$/, 'certificate_expired'],
  [/^CERT_NOT_YET_VALID$/, 'certificate_not_yet_valid'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'certificate_wrong_host'],
  [/^CERT_REVOKED$/, 'certificate_revoked'],
  [
    /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)/,
    'certificate_untrusted',
  ],
  [/^(EPROTO$|ERR_SSL_|ERR_TLS_)/, 'tls'],
  [/^UND_ERR_PRX_TLS$/, 'proxy_unreachable'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'truncated'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_ABORTED|UND_ERR_PRX_CONN)$/, 'reset'],
];

/** Chromium's net error names (net/base/net_error_list.h), which Electron puts into the message as `net::ERR_…`. */
const CHROMIUM: readonly (readonly [RegExp, NetworkErrorCode])[] = [
  [/^(INTERNET_DISCONNECTED|NETWORK_ACCESS_DENIED|NETWORK_IO_SUSPENDED)$/, 'offline'],
  [/^(NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|ICANN_NAME_COLLISION|DNS_)/, 'name_not_found'],
  [/^CONNECTION_REFUSED$/, 'refused'],
  [/^(ADDRESS_UNREACHABLE|CONNECTION_TIMED_OUT|CONNECTION_FAILED|ADDRESS_INVALID)$/, 'unreachable'],
  [
    /^(PROXY_AUTH_|INVALID_AUTH_CREDENTIALS$|MISSING_AUTH_CREDENTIALS$|UNSUPPORTED_AUTH_SCHEME$)/,
    'proxy_authentication',
  ],
  [
    /^(PROXY_CONNECTION_FAILED|PROXY_CERTIFICATE_INVALID|MANDATORY_PROXY_CONFIGURATION_FAILED|NO_SUPPORTED_PROXIES|PAC_)/,
    'proxy_unreachable',
  ],
  [/^(TUNNEL_CONNECTION_FAILED|PROXY_HTTP_1_1_REQUIRED|HTTPS_PROXY_TUNNEL_RESPONSE|PROXY_UNABLE_TO_)/, 'proxy_refused'],
  [/^CERT_DATE_INVALID$/, 'certificate_date'],
  [/^CERT_COMMON_NAME_INVALID$/, 'certificate_wrong_host'],
  [/^CERT_REVOKED$/, 'certificate_revoked'],
  [/^(CERT_|CERTIFICATE_TRANSPARENCY_)/, 'certificate_untrusted'],
  [/^(SSL_|BAD_SSL|ECH_)/, 'tls'],
  // Both also end connections that were in use, so neither says that nothing arrived.
  [/^(CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|NETWORK_CHANGED|HTTP2_|QUIC_)/, 'reset'],
  [/^TIMED_OUT$/, 'silence'],
  [/^(CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING|CONTENT_DECODING_)/, 'truncated'],
];

/** `phase`: an answer that had begun and was cut is `truncated`; a time-out before there was a connection, `unreachable`. */
export function faultOfNode(error: unknown, phase: 'connecting' | 'sending' | 'answering'): NetworkErrorCode {
  const code = codeOf(error);
  if (code === 'ETIMEDOUT') return phase === 'connecting' ? 'unreachable' : 'silence';
  const fault = NODE.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
  return fault === 'reset' && phase === 'answering' ? 'truncated' : fault;
}

export function faultOfChromium(message: string): NetworkErrorCode {
  const name = /net::ERR_([A-Z0-9_]+)/.exec(message)?.[1] ?? '';
  return CHROMIUM.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** Faults of making the connection: nothing of a request can have reached the provider. */
export function isBeforeConnection(code: NetworkErrorCode): boolean {
  return (
    code.startsWith('certificate_') ||
    code.startsWith('proxy_') ||
    code === 'offline' ||
    code === 'name_not_found' ||
    code === 'refused' ||
    code === 'unreachable'
  );
}

/** The first `code` on the way down through causes and through the attempts at several addresses of one host. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== '') ?? '';
  return codeOf(error.cause);
}
