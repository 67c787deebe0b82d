import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { EVENT_CHANNEL, IMPORT_FILES_CHANNEL, INVOKE_CHANNEL } from '../../shared/ipc/channels.ts';
import type { SatchelBridge } from '../../shared/ipc/index.ts';

/**
 * A typed forwarder and nothing else. Dropped files become paths here, in the isolated world, and travel on a channel of
 * their own: script of the page has `File` objects but can neither read nor invent a path.
 */
const bridge: SatchelBridge<File> = {
  invoke: (name, input) => ipcRenderer.invoke(INVOKE_CHANNEL, name, input),
  importFiles: (files, target) =>
    ipcRenderer.invoke(
      IMPORT_FILES_CHANNEL,
      files.map((file) => webUtils.getPathForFile(file)),
      target,
    ),
  on: (name, listener) => {
    const forward = (_event: unknown, eventName: string, payload: Parameters<typeof listener>[0]): void => {
      if (eventName === name) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('satchel', bridge);
