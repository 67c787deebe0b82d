import type { NetworkScanner, NetworkScannerTest } from '../../../shared/domain/index.ts';
import type { Services } from '../../app/index.ts';
import { EXIT } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { findNamed } from './find-named.ts';
import { withServices } from './with-services.ts';

function lines({ scanner, sources }: NetworkScannerTest): string[] {
  const { name, address, fingerprint } = scanner;
  return [
    `${name} at ${address} (${sources.map(({ source }) => source).join(', ')})`,
    fingerprint === null ? 'not encrypted' : `encrypted, certificate SHA-256 ${fingerprint}`,
  ];
}

/** The remembered scanner of that name, address or id. Throws `SatchelFailure` when there is none. */
function find({ networkScanners }: Services, wanted: string): NetworkScanner {
  return findNamed(networkScanners.view().scanners, wanted, 'scanner.notRemembered', ({ id, name, address }) =>
    [id, name, address, `escl:${id}`].includes(wanted),
  );
}

/** Asks what answers at an address and remembers it when it is a network scanner. */
export function addScanner({ profile, output }: Invocation, _options: unknown, address = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const added = await services.networkScanners.add(address);
    output.result(added, () => lines(added));
    return EXIT.ok;
  });
}

export function testScanner({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const tested = await services.networkScanners.test(find(services, name).id);
    output.result(tested, () => lines(tested));
    return EXIT.ok;
  });
}

/** Its address and its certificate. */
export function forgetScanner({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const scanner = find(services, name);
    services.networkScanners.forget(scanner.id);
    output.result(scanner, () => [`${scanner.name} forgotten`]);
    return Promise.resolve(EXIT.ok);
  });
}
