import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ImportReport } from '../../../shared/domain/index.ts';
import { MAX_PASTE_BYTES } from '../../../shared/ipc/index.ts';
import { showToast } from '../../components/index.ts';
import { formatMessage, text } from '../../i18n/index.ts';
import { useAction, useBridgeEvent, useImportFiles } from '../../ipc/index.ts';

export interface IntakeOptions {
  /** The customer that pages go to; makes one when there is none. Null: nothing can be taken in (the person was told). */
  target: () => Promise<{ submissionId: string; slot: string | null } | null>;
  onReport: (report: ImportReport) => void;
}

export interface Intake {
  /** Files are being dragged over the window. */
  isDragging: boolean;
  isBusy: boolean;
  progress: { done: number; total: number; fileName: string } | null;
  importFromDialog: () => void;
  pasteFromClipboard: () => void;
  takeFromFolder: () => void;
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** The ways in by hand: the system's dialog, the clipboard, the watched folder, and files dropped anywhere on the window. */
export function useIntake({ target, onReport }: IntakeOptions): Intake {
  const importDialog = useAction('page.importDialog');
  const paste = useAction('page.paste');
  const pasteClipboard = useAction('page.pasteClipboard');
  const takeFolder = useAction('folder.take');
  const importFiles = useImportFiles();
  const [isDragging, setIsDragging] = useState(false);
  const [progress, setProgress] = useState<Intake['progress']>(null);

  useBridgeEvent('importProgress', (next) => setProgress(next.done >= next.total ? null : next));

  const isOnScreen = useRef(true);
  useEffect(() => {
    isOnScreen.current = true;
    return () => {
      isOnScreen.current = false;
    };
  }, []);
  /** A person who went to another screen meanwhile still hears of what did not come in. */
  const tell = (report: ImportReport): void => {
    if (isOnScreen.current) onReport(report);
    else if (report.refused.length > 0) showToast({ tone: 'problem', text: refusalsInOneText(report.refused) });
  };

  // A failed action was already shown by the frame, so there is nothing left to do with the rejection here.
  const settle = (work: Promise<ImportReport>) => {
    work.then(tell, () => undefined).finally(() => setProgress(null));
  };

  const takeFiles = async (files: readonly File[]) => {
    if (files.length === 0) return;
    const place = await target();
    if (place !== null) settle(importFiles.mutateAsync({ files, target: place }));
  };

  const takePasted = async (files: readonly File[]) => {
    const place = await target();
    if (place === null) return;
    const report: ImportReport = { imported: [], refused: [] };
    for (const [index, file] of files.entries()) {
      if (file.size > MAX_PASTE_BYTES) {
        showToast({ tone: 'problem', text: text('capture.paste.tooLarge', { file: file.name }) });
        continue;
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      // Only the first page goes to the chosen slot; the others fill what is open.
      const part = await paste.mutateAsync({
        submissionId: place.submissionId,
        slot: index === 0 ? place.slot : null,
        fileName: file.name === '' ? 'clipboard.png' : file.name,
        bytes,
      });
      report.imported.push(...part.imported);
      report.refused.push(...part.refused);
    }
    tell(report);
  };

  const takeChosen = async () => {
    const place = await target();
    if (place !== null) settle(importDialog.mutateAsync(place));
  };

  const takeWatched = async () => {
    const place = await target();
    if (place !== null) settle(takeFolder.mutateAsync(place));
  };

  const takeClipboard = async () => {
    const place = await target();
    if (place === null) return;
    const report = await pasteClipboard.mutateAsync(place);
    if (report.imported.length > 0 || report.refused.length > 0) tell(report);
    else showToast({ tone: 'info', text: text('capture.paste.nothing') });
  };

  const heardPaste = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    takePasted(files).catch(() => undefined);
  });
  const heardDrop = useEffectEvent((event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    setIsDragging(false);
    takeFiles([...(event.dataTransfer?.files ?? [])]).catch(() => undefined);
  });

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => heardPaste(event);
    const onDrop = (event: DragEvent) => heardDrop(event);
    const onDragOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setIsDragging(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // `relatedTarget` is null when the pointer leaves the window itself.
      if (event.relatedTarget === null) setIsDragging(false);
    };
    window.addEventListener('paste', onPaste);
    window.addEventListener('drop', onDrop);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    return () => {
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
    };
  }, []);

  return {
    isDragging,
    isBusy: [importDialog, paste, pasteClipboard, takeFolder, importFiles].some(({ isPending }) => isPending),
    progress,
    importFromDialog: () => {
      takeChosen().catch(() => undefined);
    },
    takeFromFolder: () => {
      takeWatched().catch(() => undefined);
    },
    pasteFromClipboard: () => {
      takeClipboard().catch(() => undefined);
    },
  };
}

/** A toast has room for the first reason; files of one import mostly share it. */
function refusalsInOneText(refused: ImportReport['refused']): string {
  const [first] = refused;
  const title = text('capture.report.title', { count: refused.length });
  return first === undefined ? title : `${title}. ${formatMessage(first.message)}`;
}
