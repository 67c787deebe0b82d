import { isIPv6 } from 'node:net';
import { LONGEST_SCANNER_ADDRESS } from '../../../shared/domain/index.ts';

/** Where devices keep eSCL when nobody says otherwise. */
const USUAL_ROOT = '/eSCL';
const SCHEMES = ['https', 'http'] as const;

function withRoot(url: URL): string {
  const root = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${root === '' ? USUAL_ROOT : root}`;
}

/**
 * The addresses that a person may mean by `192.168.1.20`, `scanner.branch.example:8080` or `https://…/eSCL`, in the order in
 * which they are tried: with TLS first. Empty: it is no address. Names and passwords in it are not taken.
 */
export function addressesMeant(typed: string): string[] {
  const text = typed.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const host = isIPv6(text) ? `[${text}]` : text;
  const written = hasScheme ? [text] : SCHEMES.map((scheme) => `${scheme}://${host}`);
  return written.flatMap((candidate) => {
    if (/\s/.test(text) || text === '' || !URL.canParse(candidate)) return [];
    const url = new URL(candidate);
    const isUsual =
      (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '';
    const address = withRoot(url);
    return isUsual && address.length <= LONGEST_SCANNER_ADDRESS ? [address] : [];
  });
}
