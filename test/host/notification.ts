/** `Notification`: says that it is not supported, and shows nothing. */

import { guardClass, HostEmitter } from './guard.ts';

/** The host's `Notification`. */
export class HostNotification
  extends HostEmitter
  implements Pick<Electron.Notification, 'title' | 'body' | 'show' | 'close'>
{
  title: string;
  body: string;

  constructor(options: { title?: string; body?: string; silent?: boolean } = {}) {
    super('Notification', new Set(['show', 'click', 'close', 'failed', 'action', 'reply']));
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  static isSupported(): boolean {
    return false;
  }

  /** Electron too does nothing but report where notifications are not supported. */
  show(): void {
    this.emit('failed', {}, 'electron-host: notifications are not supported');
  }

  close(): void {}
}
guardClass('Notification', HostNotification);
