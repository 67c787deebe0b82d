import { useEffect } from 'react';
import type { RefObject } from 'react';

/**
 * Puts the focus into the first field of a form when it appears, and again when `step` changes. For forms that a person
 * has just asked for, so that they can type at once.
 */
export function useFirstFieldFocus(form: RefObject<HTMLElement | null>, step = ''): void {
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input:not([type="hidden"]):not([tabindex="-1"]), textarea')?.focus();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `step` says when, the form says where
  }, [form, step]);
}
