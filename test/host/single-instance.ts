/** The single-instance lock of a user data folder: an abstract Unix socket, which the kernel drops with its process. */

import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { trusted } from './trusted.ts';

/** What a second start tells the first. */
export interface SecondInstance {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

const NOTIFY_TIMEOUT_MILLISECONDS = 2_000;

function socketName(userData: string): string {
  let folder = path.resolve(userData);
  try {
    folder = realpathSync(folder);
  } catch {
    // Not there yet: its plain path names it well enough.
  }
  return `\0electron-host-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
}

function parseSecondInstance(text: string): SecondInstance {
  const value = trusted<SecondInstance>(JSON.parse(text));
  return {
    argv: value.argv.map(String),
    workingDirectory: value.workingDirectory,
    additionalData: value.additionalData,
  };
}

/** A held lock. */
export class InstanceLock {
  readonly #server: net.Server;

  private constructor(server: net.Server) {
    this.#server = server;
  }

  /**
   * Takes the lock, or tells the holder about `self`: then the promise ends when the holder has been told (or does not
   * answer), and the process should stay alive until it does.
   */
  static request(
    userData: string,
    self: SecondInstance,
    onSecondInstance: (other: SecondInstance) => void,
  ): InstanceLock | Promise<void> {
    const name = socketName(userData);
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      let text = '';
      socket.setEncoding('utf8');
      socket.on('data', (part: string) => {
        text += part;
      });
      socket.on('error', () => {});
      socket.on('end', () => {
        socket.end('ok');
        onSecondInstance(parseSecondInstance(text));
      });
    });
    server.on('error', () => {});
    // For a Unix socket Node binds and listens before listen() returns; only the events come later.
    server.listen(name);
    if (server.listening) {
      server.unref();
      return new InstanceLock(server);
    }
    return new Promise((resolve) => {
      const socket = net.connect({ path: name, allowHalfOpen: true });
      socket.setTimeout(NOTIFY_TIMEOUT_MILLISECONDS, () => socket.destroy());
      socket.on('error', () => {});
      socket.on('close', () => resolve());
      socket.on('end', () => socket.destroy());
      socket.resume();
      socket.end(JSON.stringify(self));
    });
  }

  release(): void {
    this.#server.close();
  }
}
