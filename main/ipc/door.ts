import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { IMPORT_FILES_CHANNEL, INVOKE_CHANNEL, methods } from '../../shared/ipc/index.ts';
import type { Failure, ImportTarget, Method, MethodName, OutputOf, Reply } from '../../shared/ipc/index.ts';
import type { ImportReport } from '../../shared/domain/index.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import { toFailure } from './failures.ts';

/** One handler per method, each already bound to its schema by `handle`. */
export type Handlers = { readonly [Name in MethodName]: (raw: unknown) => Promise<OutputOf<Name>> };

/** Binds a handler to its method's schema: what the window sent is parsed before `work` sees it. */
export function handle<Input extends z.ZodType, Output>(
  method: Method<Input, Output>,
  work: (input: z.output<Input>) => Output | Promise<Output>,
): (raw: unknown) => Promise<Output> {
  return async (raw) => work(method.input.parse(raw));
}

export interface DoorOptions {
  readonly handlers: Handlers;
  readonly importFiles: (paths: string[], target: ImportTarget) => Promise<ImportReport>;
  /** True for the app's own top frame and nothing else. */
  readonly isTrustedSender: (event: IpcMainInvokeEvent) => boolean;
  readonly log: Log;
}

const ImportFilesInput = z.object({
  paths: z.array(z.string().min(1).max(32_767)).max(5_000),
  target: z.object({ submissionId: z.string().min(1).max(64), slot: z.string().max(120).nullable() }),
});

const NOT_ALLOWED: Failure = { code: 'not_allowed', message: { code: 'app.notAllowed' } };

function isMethodName(name: unknown): name is MethodName {
  return typeof name === 'string' && Object.hasOwn(methods, name);
}

/**
 * Opens the one door between window and main: sender check, then zod, then the handler, then `{ok, …}`. Returns a function
 * that closes it.
 */
export function openDoor({ handlers, importFiles, isTrustedSender, log }: DoorOptions): () => void {
  async function run(label: string, work: () => Promise<unknown>): Promise<Reply<unknown>> {
    try {
      return { ok: true, data: await work() };
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === 'internal') log.error('ipc.failed', { method: label, ...errorFields(error) });
      return { ok: false, error: failure };
    }
  }

  ipcMain.handle(INVOKE_CHANNEL, (event, name: unknown, input: unknown) => {
    if (!isTrustedSender(event) || !isMethodName(name)) {
      log.warn('ipc.refused', { isKnown: isMethodName(name) });
      return { ok: false, error: NOT_ALLOWED };
    }
    return run(name, () => handlers[name](input));
  });
  ipcMain.handle(IMPORT_FILES_CHANNEL, (event, paths: unknown, target: unknown) => {
    if (!isTrustedSender(event)) return { ok: false, error: NOT_ALLOWED };
    return run('importFiles', () => {
      const input = ImportFilesInput.parse({ paths, target });
      return importFiles(input.paths, input.target);
    });
  });
  return () => {
    ipcMain.removeHandler(INVOKE_CHANNEL);
    ipcMain.removeHandler(IMPORT_FILES_CHANNEL);
  };
}
