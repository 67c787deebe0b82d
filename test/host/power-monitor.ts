/** `powerMonitor`: known to the app, silent by itself (a test emits its events). */

import { guardClass, HostEmitter } from './guard.ts';

/** The host's `powerMonitor`. */
export class HostPowerMonitor extends HostEmitter {
  constructor() {
    super(
      'powerMonitor',
      new Set(['suspend', 'resume', 'lock-screen', 'unlock-screen', 'on-ac', 'on-battery', 'shutdown']),
    );
  }
}
guardClass('powerMonitor', HostPowerMonitor);

/** The one powerMonitor. */
export const powerMonitor = new HostPowerMonitor();
