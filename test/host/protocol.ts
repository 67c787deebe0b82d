/** `protocol`: custom schemes answered by the app. */

import { guardClass, notImplemented } from './guard.ts';
import { isRegisteredScheme, registerScheme } from './urls.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** The schemes of one session. */
export class HostProtocol {
  readonly #handlers = new Map<string, SchemeHandler>();

  /** @throws Error when the scheme has a handler already, or is not one the host can show in a page. */
  handle(scheme: string, handler: SchemeHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!isRegisteredScheme(scheme)) {
      throw notImplemented(`protocol.handle('${scheme}') without registerSchemesAsPrivileged({ standard: true })`);
    }
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** Electron has it on the module only, and so does the app's use of it. */
  registerSchemesAsPrivileged(customSchemes: Electron.CustomScheme[]): void {
    for (const { scheme, privileges } of customSchemes) {
      if (privileges?.standard !== true) throw notImplemented(`the non-standard scheme '${scheme}'`);
      registerScheme(scheme);
    }
  }

  /** The app's answer to a request, or undefined when the scheme has no handler. */
  async respond(request: Request): Promise<Response | undefined> {
    const handler = this.#handlers.get(new URL(request.url).protocol.slice(0, -1));
    return handler?.(request);
  }
}
guardClass('protocol', HostProtocol);
