import { methods } from '../../../shared/ipc/index.ts';
import { handle } from '../door.ts';
import type { GetServices, Shell } from './types.ts';

/** Batches and pages at the desk. */
export function captureHandlers(services: GetServices, shell: Shell) {
  return {
    'batch.list': handle(methods['batch.list'], () => services().capture.batches()),
    'batch.create': handle(methods['batch.create'], () => ({ batchId: services().capture.createBatch() })),
    'batch.release': handle(methods['batch.release'], ({ batchId }) => {
      const { capture, dispatcher } = services();
      const released = capture.releaseBatch(batchId);
      dispatcher.wake();
      return released;
    }),
    'page.importDialog': handle(methods['page.importDialog'], async (target) => {
      const paths = await shell.chooseFiles();
      if (paths.length === 0) return { imported: [], refused: [] };
      return services().capture.importFiles(paths, target, 'dialog');
    }),
    'page.paste': handle(methods['page.paste'], ({ fileName, bytes, ...target }) =>
      services().capture.importBytes({ name: fileName, bytes }, target, 'paste'),
    ),
    'page.pasteClipboard': handle(methods['page.pasteClipboard'], async (target) => {
      const { capture } = services();
      const picture = await shell.readClipboard();
      return picture === null ? { imported: [], refused: [] } : capture.importBytes(picture, target, 'paste');
    }),
    'page.photo': handle(methods['page.photo'], ({ bytes, ...target }) =>
      services().capture.importPhoto(bytes, target),
    ),
    'folder.get': handle(methods['folder.get'], () => services().folder.view()),
    'folder.choose': handle(methods['folder.choose'], async () => {
      const { folder } = services();
      const path = await shell.chooseFolder();
      if (path !== null) folder.watch(path);
      return folder.view();
    }),
    'folder.set': handle(methods['folder.set'], ({ afterTaking, isWatched }) => {
      const { folder } = services();
      folder.set({ afterTaking, isWatched });
      return folder.view();
    }),
    'folder.take': handle(methods['folder.take'], (target) => services().folder.take(target)),
    'page.move': handle(methods['page.move'], ({ pageId, slot }) => {
      services().capture.movePage(pageId, slot);
      return null;
    }),
    'page.remove': handle(methods['page.remove'], ({ pageId }) => {
      services().capture.removePage(pageId);
      return null;
    }),
    'page.restore': handle(methods['page.restore'], ({ pageId }) => {
      services().capture.restorePage(pageId);
      return null;
    }),
    'page.rotate': handle(methods['page.rotate'], async ({ pageId, degrees }) => {
      await services().capture.rotatePage(pageId, degrees);
      return null;
    }),
  };
}
