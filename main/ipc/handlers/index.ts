import { methods } from '../../../shared/ipc/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Satchel } from '../../app/index.ts';
import { handle } from '../door.ts';
import type { Handlers } from '../door.ts';
import { captureHandlers } from './capture.ts';
import { connectionHandlers } from './connections.ts';
import { deskHandlers } from './desk.ts';
import { manifestHandlers } from './manifest.ts';
import { scanningHandlers } from './scanning.ts';
import { stackHandlers } from './stacks.ts';
import { submissionHandlers } from './submissions.ts';
import type { GetServices, Shell } from './types.ts';

/** Every method of the contract, bound to its schema. */
export function createHandlers(satchel: Satchel, shell: Shell): Handlers {
  const services: GetServices = () => {
    if (satchel.services === null) {
      throw new SatchelFailure({ code: 'key_store', message: { code: 'app.keyStoreLocked' } });
    }
    return satchel.services;
  };
  return {
    ...deskHandlers(satchel, services, shell),
    ...captureHandlers(services, shell),
    ...manifestHandlers(services, shell),
    ...scanningHandlers(services),
    ...stackHandlers(services, shell),
    ...submissionHandlers(services),
    ...connectionHandlers(services),
    'sample.load': handle(methods['sample.load'], async () => ({ batchId: await satchel.loadSamples() })),
  };
}
