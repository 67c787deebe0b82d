import { methods } from '../../../shared/ipc/index.ts';
import { assertNotPractice } from '../../settings/index.ts';
import { handle } from '../door.ts';
import type { GetServices } from './types.ts';

/** Provider accounts. Credentials come in and never go out. */
export function connectionHandlers(services: GetServices) {
  const assertReal = (connectionId: string): void => {
    assertNotPractice(services().connections.get(connectionId));
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
