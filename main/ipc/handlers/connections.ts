import { methods } from '../../../shared/ipc/index.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import { handle } from '../door.ts';
import type { GetServices } from './types.ts';

/** Provider accounts. Credentials come in and never go out. */
export function connectionHandlers(services: GetServices) {
  /** The practice connections belong to the practice server: changing them would only break the lesson. */
  const assertReal = (connectionId: string): void => {
    if (services().connections.get(connectionId).environment !== 'practice') return;
    throw new SatchelFailure({ code: 'not_allowed', message: { code: 'connection.practiceIsFixed' } });
  };
  return {
    'connection.list': handle(methods['connection.list'], () => services().connections.views()),
    'connection.create': handle(methods['connection.create'], ({ connection }) => ({
      connectionId: services().connections.create(connection),
    })),
    'connection.checkUpdate': handle(methods['connection.checkUpdate'], ({ connectionId, connection }) => {
      const { changes, atDesk } = services().changing.plan(connectionId, connection);
      return { changes, atDesk };
    }),
    'connection.update': handle(methods['connection.update'], async ({ connectionId, connection, pin }) => {
      await services().changing.save(connectionId, connection, pin);
      return null;
    }),
    'connection.setCredential': handle(methods['connection.setCredential'], ({ connectionId, credential }) => {
      assertReal(connectionId);
      const { connections, dispatcher } = services();
      connections.setCredential(connectionId, credential);
      dispatcher.resumeConnection(connectionId);
      return null;
    }),
    'connection.remove': handle(methods['connection.remove'], ({ connectionId }) => {
      assertReal(connectionId);
      services().connections.remove(connectionId);
      return null;
    }),
    'connection.test': handle(methods['connection.test'], ({ connectionId }) =>
      services().testConnection(connectionId),
    ),
  };
}
