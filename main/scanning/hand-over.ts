import type { ScannedPage, ScanWatch } from './port.ts';

/** Pages on their way to whoever takes them in, one after the other, while the scanner goes on with the next. */
export interface HandOver {
  /** Puts a page last. Once one was refused, none is handed over any more. */
  add(page: ScannedPage): void;
  /** Aborted when a page was refused: there is no sense in scanning on. */
  readonly refused: AbortSignal;
  /** Resolves when every page was handed over. Rejects with what refused one. */
  done(): Promise<void>;
}

export function createHandOver(onPage: ScanWatch['onPage']): HandOver {
  const stop = new AbortController();
  let handedOver: Promise<void> = Promise.resolve();
  async function give(page: ScannedPage, before: Promise<void>): Promise<void> {
    await before;
    if (stop.signal.aborted) return;
    await onPage(page).catch((error: unknown) => {
      stop.abort(error);
    });
  }
  return {
    add(page) {
      handedOver = give(page, handedOver);
    },
    refused: stop.signal,
    async done() {
      await handedOver;
      stop.signal.throwIfAborted();
    },
  };
}
