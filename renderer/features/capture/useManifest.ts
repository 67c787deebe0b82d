import { useState } from 'react';
import type { BeforeChoice, ConnectionView, ManifestView } from '../../../shared/domain/index.ts';
import { useAction, useBridgeEvent } from '../../ipc/index.ts';

export interface ManifestImport {
  /** The connections whose flows the manifest may name. */
  connectionIds: readonly string[];
  /** Reads the chosen folder again for the new choice. */
  setConnections: (connectionIds: readonly string[]) => void;
  /** Asks for the folder, then reads it. */
  choose: () => void;
  /** Reads the chosen folder again: its manifest may have been corrected meanwhile. */
  check: () => void;
  take: (before: BeforeChoice) => void;
  /** The folder's own name; null: none is chosen. */
  folder: string | null;
  isReading: boolean;
  /** What would be taken in; null before a folder was read. */
  preview: ManifestView | null;
  /** Files that have been taken in or refused so far; null: nothing is being taken in. */
  progress: { done: number; total: number } | null;
  /** What was taken in. */
  result: ManifestView | null;
  /** Why the manifest cannot be read at all, or null. */
  error: Error | null;
}

/** A folder with a manifest: chosen, read, looked at by a person, and only then taken in. */
export function useManifest(connections: readonly ConnectionView[]): ManifestImport {
  const chooseFolder = useAction('manifest.choose');
  const checkFolder = useAction('manifest.check', { isSilent: true });
  const importFolder = useAction('manifest.import', { isSilent: true });
  const [connectionIds, setConnectionIds] = useState<readonly string[]>(() => connections.map(({ id }) => id));
  const [folder, setFolder] = useState<string | null>(null);
  const [done, setDone] = useState(0);
  const [total, setTotal] = useState(0);
  useBridgeEvent('importProgress', (progress) => setDone(progress.done));

  const check = (ids: readonly string[]): void => {
    importFolder.reset();
    if (ids.length > 0) checkFolder.mutate({ connectionIds: [...ids] });
    else checkFolder.reset();
  };
  const preview = checkFolder.data ?? null;
  return {
    connectionIds,
    setConnections: (ids) => {
      setConnectionIds(ids);
      if (folder !== null) check(ids);
    },
    choose: () =>
      chooseFolder.mutate(
        {},
        {
          onSuccess: (chosen) => {
            if (chosen === null) return;
            setFolder(chosen.folder);
            check(connectionIds);
          },
        },
      ),
    check: () => check(connectionIds),
    take: (before) => {
      setDone(0);
      setTotal(before === 'missing' ? (preview?.missing.files ?? 0) : (preview?.fileCount ?? 0));
      importFolder.mutate({ connectionIds: [...connectionIds], before });
    },
    folder,
    isReading: chooseFolder.isPending || checkFolder.isPending,
    preview,
    progress: importFolder.isPending ? { done, total } : null,
    result: importFolder.data ?? null,
    error: checkFolder.error ?? importFolder.error,
  };
}
