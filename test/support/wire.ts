import { afterEach, beforeEach } from 'vitest';
import { openUndiciHttp, type HttpPort } from '../../main/network/index.ts';
import { startScriptedServer, type ScriptedServer } from './scripted-server.ts';

/** Both ends of a connection: the HTTP client that Satchel uses, and a server that answers what the test says. */
export interface Wire {
  readonly http: HttpPort;
  readonly server: ScriptedServer;
}

/** A wire for each test of the file, or of the `describe`, that calls this; it is there while a test runs, not before. */
export function useWire(): Wire {
  let http: Awaited<ReturnType<typeof openUndiciHttp>>;
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer();
    http = await openUndiciHttp();
  });
  afterEach(async () => {
    await http.close();
    await server.close();
  });
  return {
    get http() {
      return http;
    },
    get server() {
      return server;
    },
  };
}
