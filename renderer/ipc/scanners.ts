import type { ScannerView } from '../../shared/domain/index.ts';
import type { Message } from '../../shared/messages/index.ts';
import { failureOf } from './bridge.ts';
import { useAction, useAnswers, useMethod } from './hooks.ts';

/** The scanners that answer. */
export interface FoundScanners {
  devices: readonly ScannerView[];
  /** Why there is none, with what to do about it; null: there are some, or it is not known yet. */
  trouble: Message | null;
  /** The list is not there yet, or is being asked for again. */
  isLooking: boolean;
  lookAgain: () => void;
}

const NOTHING: readonly never[] = [];

/** Asks for the scanners once per start of the app, and again when a person wants it or what is known of them has changed. */
export function useFoundScanners(): FoundScanners {
  const answers = useAnswers();
  const list = useMethod('scanner.list', { isFresh: false });
  const look = useAction('scanner.list');
  return {
    devices: list.data?.devices ?? NOTHING,
    trouble: list.data?.reason ?? (list.error === null ? null : failureOf(list.error).message),
    isLooking: list.isFetching || look.isPending,
    lookAgain: () =>
      look.mutate(
        { isFresh: true },
        {
          onSuccess: (found) => {
            answers.set('scanner.list', { isFresh: false }, found);
            answers.askAgain('scanner.capabilities');
          },
        },
      ),
  };
}

/** For what changes the scanners that this PC knows: main tells of it by no event, so everything about them is asked again. */
export function useScannersChanged(): () => void {
  const { askAgain } = useAnswers();
  return () => {
    askAgain('networkScanner.get');
    askAgain('scanner.list');
    askAgain('scanner.capabilities');
  };
}
