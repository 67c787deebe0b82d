import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';

export interface ToastContentData {
  tone: 'info' | 'success' | 'problem';
  /** The sentence, already in words. */
  text: string;
  /** One thing to do about it (`Undo`, `Open`). */
  action?: { label: string; run: () => void };
}

/** The messages on the screen, newest last. */
export const toastQueue = new ToastQueue<ToastContentData>({ maxVisibleToasts: 4 });

/** Long enough to read and to reach for Undo; problems stay until they are closed. */
const TOAST_MS = 8_000;

/** Shows a short message at the corner; returns a function that takes it away. */
export function showToast(content: ToastContentData): () => void {
  const key = toastQueue.add(content, content.tone === 'problem' ? {} : { timeout: TOAST_MS });
  return () => toastQueue.close(key);
}
