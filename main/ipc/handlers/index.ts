import { methods } from '../../../shared/ipc/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Satchel, Services } from '../../app.ts';
import { handle } from '../door.ts';
import type { Handlers } from '../door.ts';
import { captureHandlers } from './capture.ts';
import { connectionHandlers } from './connections.ts';
import { deskHandlers } from './desk.ts';
import { submissionHandlers } from './submissions.ts';

/** What only the place where the app runs can answer. */
export interface Shell {
  /** Opens the system's file dialog; an empty list when it was cancelled. */
  readonly chooseFiles: () => Promise<string[]>;
  readonly version: string;
  readonly runtime: string;
  readonly profileName: string;
}

/** Gives the services, or the failure that sends the person to the recovery key while the vault is locked. */
export type GetServices = () => Services;

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
    ...submissionHandlers(services),
    ...connectionHandlers(services),
    'sample.load': handle(methods['sample.load'], async () => ({ batchId: await satchel.loadSamples() })),
  };
}
