import { describe, expect, it } from 'vitest';
import { faultOfChromium, isBeforeConnection } from '../../../main/network/index.ts';
import { faultOfNode } from '../../../main/network/faults.ts';

/** Names from Chromium's net/base/net_error_list.h, Node's errors and OpenSSL's X509_V_ERR_ list. */
const CHROMIUM = [
  ['ERR_INTERNET_DISCONNECTED', 'offline'],
  ['ERR_NAME_NOT_RESOLVED', 'name_not_found'],
  ['ERR_DNS_TIMED_OUT', 'name_not_found'],
  ['ERR_CONNECTION_REFUSED', 'refused'],
  ['ERR_CONNECTION_TIMED_OUT', 'unreachable'],
  ['ERR_ADDRESS_UNREACHABLE', 'unreachable'],
  ['ERR_PROXY_AUTH_REQUESTED', 'proxy_authentication'],
  ['ERR_PROXY_AUTH_UNSUPPORTED', 'proxy_authentication'],
  ['ERR_PROXY_CONNECTION_FAILED', 'proxy_unreachable'],
  ['ERR_MANDATORY_PROXY_CONFIGURATION_FAILED', 'proxy_unreachable'],
  ['ERR_TUNNEL_CONNECTION_FAILED', 'proxy_refused'],
  ['ERR_CERT_AUTHORITY_INVALID', 'certificate_untrusted'],
  ['ERR_CERT_WEAK_SIGNATURE_ALGORITHM', 'certificate_untrusted'],
  ['ERR_CERT_DATE_INVALID', 'certificate_date'],
  ['ERR_CERT_COMMON_NAME_INVALID', 'certificate_wrong_host'],
  ['ERR_CERT_REVOKED', 'certificate_revoked'],
  ['ERR_SSL_PROTOCOL_ERROR', 'tls'],
  ['ERR_SSL_CLIENT_AUTH_CERT_NEEDED', 'tls'],
  ['ERR_CONNECTION_RESET', 'reset'],
  ['ERR_NETWORK_CHANGED', 'reset'],
  ['ERR_TIMED_OUT', 'silence'],
  ['ERR_CONTENT_LENGTH_MISMATCH', 'truncated'],
  ['ERR_INCOMPLETE_CHUNKED_ENCODING', 'truncated'],
  ['ERR_SOMETHING_NEW', 'other'],
] as const;

const NODE = [
  ['ENETUNREACH', 'offline'],
  ['ENOTFOUND', 'name_not_found'],
  ['EAI_AGAIN', 'name_not_found'],
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'unreachable'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate_untrusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate_untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate_untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate_untrusted'],
  ['CERT_SIGNATURE_FAILURE', 'certificate_untrusted'],
  ['CERT_HAS_EXPIRED', 'certificate_expired'],
  ['CERT_NOT_YET_VALID', 'certificate_not_yet_valid'],
  ['CERT_REVOKED', 'certificate_revoked'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_wrong_host'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['EPROTO', 'tls'],
  ['ECONNRESET', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'truncated'],
  ['EWHATEVER', 'other'],
] as const;

const nodeError = (code: string): Error => Object.assign(new Error('x'), { code });

describe('faults', () => {
  it.each(CHROMIUM)('Chromium says %s: %s', (name, fault) => {
    expect(faultOfChromium(`net::${name}`)).toBe(fault);
  });

  it.each(NODE)('Node says %s: %s', (code, fault) => {
    expect(faultOfNode(nodeError(code), 'sending')).toBe(fault);
    expect(faultOfNode(new Error('wrapped', { cause: nodeError(code) }), 'sending')).toBe(fault);
    expect(faultOfNode(new AggregateError([nodeError(code)]), 'sending')).toBe(fault);
  });

  it('tells a time-out before there was a connection, and an answer that was cut', () => {
    expect(faultOfNode(nodeError('ETIMEDOUT'), 'connecting')).toBe('unreachable');
    expect(faultOfNode(nodeError('ETIMEDOUT'), 'sending')).toBe('silence');
    expect(faultOfNode(nodeError('ECONNRESET'), 'answering')).toBe('truncated');
  });

  it('says of nothing that may end a connection in use that nothing arrived', () => {
    const mayEndOne = ['reset', 'silence', 'truncated', 'too_large', 'tls', 'other', 'aborted'] as const;
    expect(mayEndOne.filter(isBeforeConnection)).toEqual([]);
    expect(
      [...CHROMIUM, ...NODE]
        .map(([, fault]) => fault)
        .filter((fault) => fault.startsWith('certificate_'))
        .every(isBeforeConnection),
    ).toBe(true);
  });
});
