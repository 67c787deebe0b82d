import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ImportReport, ScanProgress, ScanReport, ScanState } from '../../../shared/domain/index.ts';
import { showToast } from '../../components/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import { formatMessage, text } from '../../i18n/index.ts';
import type { useText } from '../../i18n/index.ts';
import { useAction, useMethod } from '../../ipc/index.ts';
import { replacedBy } from './replacing.ts';
import type { ReplacedPage } from './replacing.ts';
import type { Scanner } from './useScanner.ts';

/** A scan that ended early, and how many pages had come by then. */
interface ScanEnd {
  submissionId: string;
  state: ScanState;
  message: Message;
  count: number;
}

/** Where the first page of a scan goes. */
interface Place {
  submissionId: string;
  slot: string | null;
}

export interface Scan {
  /** The scan that runs, also when another screen was shown meanwhile; null: none. */
  progress: ScanProgress | null;
  /** A scan was asked for and is not over. */
  isBusy: boolean;
  /** How the last scan into the customer in front ended, when it ended early; null once it was dismissed. */
  ended: ScanEnd | null;
  dismiss: () => void;
  /** Scans to where new pages go. Without a scanner: shows why there is none. */
  start: () => void;
  /** Scans one page into the place of another. */
  replace: (page: { pageId: string; submissionId: string; slot: string }) => void;
  stop: () => void;
}

export function takenText(count: number, t: ReturnType<typeof useText>): string {
  return count === 0 ? t('capture.scan.takenNone') : t('capture.scan.taken', { count });
}

/** Says that a scan was stopped as a person wanted it. `count`: pages that had come in by then. */
function tellStopped(message: Message, count: number): void {
  showToast({ tone: 'info', text: `${formatMessage(message)} ${takenText(count, text)}` });
}

/** Scanning with the scanner in front, and what came of it. */
export function useScan({
  scanner,
  submissionId,
  nameOf,
  target,
  onArrived,
  onReplaced,
  onNoScanner,
}: {
  scanner: Scanner;
  /** The customer in front. */
  submissionId: string | null;
  /** What a customer of the list is called; null: none of the list. */
  nameOf: (submissionId: string) => string | null;
  /** The customer that pages go to; makes one when there is none. Null: nothing can be taken in (the person was told). */
  target: () => Promise<Place | null>;
  /** Pages came in for the customer in front, or were refused. */
  onArrived: (report: ImportReport) => void;
  /** A page came into the place of another. */
  onReplaced: (page: ReplacedPage) => void;
  onNoScanner: () => void;
}): Scan {
  const begin = useAction('scan.start');
  const cancel = useAction('scan.cancel');
  const { data: progress = null } = useMethod('scan.progress', {});
  const [ended, setEnded] = useState<ScanEnd | null>(null);
  // From the key press on, before main has said that a scan is under way.
  const [isAsked, setAsked] = useState(false);
  const isStopAsked = useRef(false);
  const isOnScreen = useRef(true);
  useEffect(() => {
    isOnScreen.current = true;
    return () => {
      isOnScreen.current = false;
    };
  }, []);
  // The customer in front may be another one by the time that the scan ends.
  const heardReport = useEffectEvent((report: ScanReport, scannedFor: string, nameThen: string | null) => {
    const { stopped, imported } = report;
    const count = imported.length;
    if (scannedFor !== submissionId) {
      // Who was voided meanwhile is in the list no longer.
      const customer = nameOf(scannedFor) ?? nameThen ?? text('capture.scan.otherCustomer');
      const taken =
        count === 0
          ? text('capture.scan.takenForNone', { customer })
          : text('capture.scan.takenFor', { count, customer });
      if (stopped === null) showToast({ tone: 'info', text: taken });
      else showToast({ tone: 'problem', text: `${formatMessage(stopped.message)} ${taken}` });
      return;
    }
    onArrived(report);
    if (stopped?.state === 'cancelled') tellStopped(stopped.message, count);
    else if (stopped !== null) setEnded({ submissionId: scannedFor, count, ...stopped });
  });

  const scanInto = async (order: Place & { replacesPageId: string | null }): Promise<void> => {
    const { device, source } = scanner;
    if (device === null || source === null) return;
    setEnded(null);
    const nameThen = nameOf(order.submissionId);
    const report = await begin.mutateAsync({ ...order, deviceId: device.id, source: source.source });
    const replaced = replacedBy(report, order);
    if (replaced !== null) onReplaced(replaced);
    if (isOnScreen.current) heardReport(report, order.submissionId, nameThen);
    else if (report.stopped !== null) showToast({ tone: 'problem', text: formatMessage(report.stopped.message) });
  };
  /** `place`: where the first page goes; null: nowhere. A stop that came before it was known is kept. */
  const run = async (place: Promise<Place | null>, replacesPageId: string | null): Promise<void> => {
    setAsked(true);
    isStopAsked.current = false;
    try {
      const found = await place;
      if (found === null) return;
      if (isStopAsked.current) tellStopped({ code: 'scan.cancelled' }, 0);
      else await scanInto({ ...found, replacesPageId });
    } catch {
      // What fails before a scan begins was already shown by the frame.
    } finally {
      setAsked(false);
    }
  };
  const isBusy = progress !== null || isAsked;
  const isReady = scanner.device !== null && scanner.source !== null;
  const attempt = (place: () => Promise<Place | null>, replacesPageId: string | null): void => {
    if (isBusy) return;
    if (isReady) void run(place(), replacesPageId);
    else onNoScanner();
  };

  return {
    progress,
    isBusy,
    ended: ended?.submissionId === submissionId ? ended : null,
    dismiss: () => setEnded(null),
    start: () => attempt(target, null),
    replace: ({ pageId, ...place }) => attempt(() => Promise.resolve(place), pageId),
    stop: () => {
      isStopAsked.current = true;
      cancel.mutate({});
    },
  };
}
