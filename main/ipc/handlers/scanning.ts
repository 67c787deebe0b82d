import { methods } from '../../../shared/ipc/index.ts';
import { handle } from '../door.ts';
import type { GetServices } from './types.ts';

/** Scanners, and the one scan that may run. */
export function scanningHandlers(services: GetServices) {
  return {
    'scanner.list': handle(methods['scanner.list'], (input) => services().scanning.list(input)),
    'scanner.capabilities': handle(methods['scanner.capabilities'], ({ deviceId }) =>
      services().scanning.capabilities(deviceId),
    ),
    'scanner.choice': handle(methods['scanner.choice'], () => services().scanning.choice.get()),
    'scanner.choose': handle(methods['scanner.choose'], (choice) => {
      services().scanning.choice.set(choice);
      return null;
    }),
    'networkScanner.get': handle(methods['networkScanner.get'], () => services().networkScanners.view()),
    'networkScanner.setDiscovering': handle(methods['networkScanner.setDiscovering'], ({ isDiscovering }) =>
      services().networkScanners.setDiscovering(isDiscovering),
    ),
    'networkScanner.add': handle(methods['networkScanner.add'], ({ address }) =>
      services().networkScanners.add(address),
    ),
    'networkScanner.test': handle(methods['networkScanner.test'], ({ id }) => services().networkScanners.test(id)),
    'networkScanner.forget': handle(methods['networkScanner.forget'], ({ id }) =>
      services().networkScanners.forget(id),
    ),
    'scan.start': handle(methods['scan.start'], (order) => services().scanning.scan(order)),
    'scan.cancel': handle(methods['scan.cancel'], () => {
      services().scanning.cancel();
      return null;
    }),
    'scan.progress': handle(methods['scan.progress'], () => services().scanning.progress()),
  };
}
