import { methods } from '../../../shared/ipc/index.ts';
import { saveSeparators } from '../../separators/index.ts';
import { handle } from '../door.ts';
import type { GetServices, Shell } from './types.ts';

/** The name that the dialog offers. */
const SEPARATORS_FILE = 'satchel-separators.pdf';

/** Stacks of several customers, and the sheets that part them. */
export function stackHandlers(services: GetServices, shell: Shell) {
  return {
    'stack.create': handle(methods['stack.create'], (input) => ({
      submissionId: services().capture.createStack(input),
    })),
    'stack.get': handle(methods['stack.get'], ({ submissionId }) => services().capture.stack(submissionId)),
    'stack.set': handle(methods['stack.set'], ({ submissionId, settings }) => {
      services().capture.setStack(submissionId, settings);
      return null;
    }),
    'stack.edit': handle(methods['stack.edit'], ({ submissionId, edits }) =>
      services().capture.editStack(submissionId, edits),
    ),
    'stack.part': handle(methods['stack.part'], async ({ submissionId, pageId }) => {
      const pageIds = await services().capture.partPage(submissionId, pageId);
      return { pageIds, stack: services().capture.stack(submissionId) };
    }),
    'stack.split': handle(methods['stack.split'], async ({ submissionId, seen }) => ({
      submissionIds: await services().capture.splitStack(submissionId, seen),
    })),
    'stack.undo': handle(methods['stack.undo'], async ({ submissionId }) => {
      await services().capture.undoSplit(submissionId);
      return null;
    }),
    'stack.putAway': handle(methods['stack.putAway'], ({ submissionId }) => {
      services().capture.putStackAway(submissionId);
      return null;
    }),
    'separators.save': handle(methods['separators.save'], async (order) => {
      const path = await shell.chooseFileToSave(SEPARATORS_FILE);
      if (path === null) return { isSaved: false };
      await saveSeparators(path, order);
      return { isSaved: true };
    }),
  };
}
