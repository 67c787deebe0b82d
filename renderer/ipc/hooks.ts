import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type {
  EventName,
  Events,
  Failure,
  ImportTarget,
  InputOf,
  MethodName,
  OutputOf,
} from '../../shared/ipc/index.ts';
import type { ImportReport } from '../../shared/domain/index.ts';
import { call, failureOf, unwrap } from './bridge.ts';
import { push, refresh } from './client.ts';

/**
 * How a question behaves. `isEnabled` false: not asked yet. `keepsPrevious`: show the old answer while the new one loads.
 * `isAskedAnew`: each time something begins to show it, because no event tells that the answer is old.
 */
export interface MethodOptions {
  isEnabled?: boolean;
  keepsPrevious?: boolean;
  isAskedAnew?: boolean;
}

/** Asks main and keeps the answer up to date: `changed` and `status` events refresh it. `error` is a `SatchelError`. */
export function useMethod<Name extends MethodName>(
  name: Name,
  input: InputOf<Name>,
  options: MethodOptions = {},
): UseQueryResult<OutputOf<Name>> {
  return useQuery<OutputOf<Name>>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: options.isEnabled ?? true,
    ...(options.isAskedAnew === true ? { refetchOnMount: 'always' as const } : {}),
    ...(options.keepsPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}

/** The same question with several inputs (the pages of a list), as one. `data` null: not every answer has come yet. */
export function useMethods<Name extends MethodName>(
  name: Name,
  inputs: readonly InputOf<Name>[],
): { data: OutputOf<Name>[] | null } {
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: [name, input],
      queryFn: () => call(name, input),
      placeholderData: keepPreviousData,
    })),
    combine: (results) => {
      const answers = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
      return { data: answers.length === results.length ? answers : null };
    },
  });
}

type FailureListener = (failure: Failure) => void;
const failureListeners = new Set<FailureListener>();

/** Hears of every action that failed and was not handled where it was started (the frame shows it as a toast). */
export function onActionFailure(listener: FailureListener): () => void {
  failureListeners.add(listener);
  return () => failureListeners.delete(listener);
}

/**
 * Does something in main, then refreshes what may have changed. A failure is shown by the frame unless `isSilent`, which
 * is for places that show it themselves (a form that names the field).
 */
export function useAction<Name extends MethodName>(
  name: Name,
  options: { isSilent?: boolean } = {},
): UseMutationResult<OutputOf<Name>, Error, InputOf<Name>> {
  const client = useQueryClient();
  return useMutation<OutputOf<Name>, Error, InputOf<Name>>({
    mutationKey: [name],
    mutationFn: (input) => call(name, input),
    onError: (error) => {
      if (options.isSilent !== true) for (const listener of failureListeners) listener(failureOf(error));
    },
    onSettled: () => refresh(client, { submissionIds: [], batchIds: [] }),
  });
}

/** Hands dropped or chosen files to main (by the preload, which alone may turn them into paths). */
export function useImportFiles(): UseMutationResult<
  ImportReport,
  Error,
  { files: readonly File[]; target: ImportTarget }
> {
  const client = useQueryClient();
  return useMutation<ImportReport, Error, { files: readonly File[]; target: ImportTarget }>({
    mutationKey: ['importFiles'],
    mutationFn: async ({ files, target }) => unwrap(await window.satchel.importFiles(files, target)),
    onError: (error) => {
      for (const listener of failureListeners) listener(failureOf(error));
    },
    onSettled: () => refresh(client, { submissionIds: [], batchIds: [] }),
  });
}

/** Listens to main while the component is on the screen. */
export function useBridgeEvent<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): void {
  const heard = useEffectEvent(listener);
  useEffect(() => window.satchel.on(name, (payload) => heard(payload)), [name]);
}

/** Keeps every answer fresh; mounted once, by the frame. */
export function useLiveAnswers(): void {
  const client = useQueryClient();
  useBridgeEvent('changed', (changed) => refresh(client, changed));
  useBridgeEvent('status', (status) => push(client, 'status.get', status));
  useBridgeEvent('scanProgress', ({ scan }) => push(client, 'scan.progress', scan));
  useBridgeEvent('watchedFolder', (view) => push(client, 'folder.get', view));
}

/**
 * Puts an answer that came with something else where the matching question looks, or has a question asked again. `isAnsweredAnew`
 * is settled when what is on the screen has an answer that was asked for after the call, never one that was under way before it.
 */
export function useAnswers(): {
  set: <Name extends MethodName>(name: Name, input: InputOf<Name>, answer: OutputOf<Name>) => void;
  askAgain: (name: MethodName) => void;
  isAnsweredAnew: <Name extends MethodName>(name: Name, input: InputOf<Name>) => Promise<void>;
} {
  const client = useQueryClient();
  return {
    set: (name, input, answer) => void client.setQueryData([name, input], answer),
    askAgain: (name) => void client.invalidateQueries({ queryKey: [name] }),
    isAnsweredAnew: (name, input) =>
      client.refetchQueries({ queryKey: [name, input], exact: true, type: 'active' }, { cancelRefetch: true }),
  };
}
