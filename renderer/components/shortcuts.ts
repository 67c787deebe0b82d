import { useEffect, useEffectEvent, useId } from 'react';
import type { TextKey } from '../i18n/index.ts';
import { isSafeWhileTyping, matchesKeys } from './keys.ts';
import { isTyping } from './typing.ts';

export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

/** One thing the keyboard can do. It is listed by `?` and offered by the palette under the same name. */
export interface Shortcut {
  /** `Mod+Enter`, `J`, `F2`. Several spellings are several entries of `alsoKeys`. */
  keys: string;
  alsoKeys?: readonly string[];
  label: TextKey;
  /** `keys` is the spelling that was pressed. */
  run: (keys: string) => void;
  isDisabled?: boolean;
  /**
   * Must not be lost: heard before a text field and before a tooltip, which closes with Escape and keeps the key to itself. A
   * list, a menu or a dialog that is open still comes first.
   */
  isUrgent?: boolean;
  /** The page hears of it in another way (a paste event), so its keys are left to the browser. */
  isNative?: boolean;
}

export interface ShortcutGroup {
  title: TextKey;
  shortcuts: readonly Shortcut[];
}

const groups = new Map<string, ShortcutGroup>();

/** Lists and menus use the arrow keys and Enter themselves. */
function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (['Enter', ' '].includes(key)) return target.closest('button, a, [role="option"], [role="menuitem"]') !== null;
  if (key.startsWith('Arrow')) {
    return (
      target.closest('[role="listbox"], [role="menu"], [role="tablist"], [role="grid"], [role="radiogroup"]') !==
        null ||
      // A box that scrolls has the focus itself: it is moved.
      'scrolls' in target.dataset
    );
  }
  return false;
}

/** Whether something modal is open, which then has the keyboard to itself. */
function isModalOpen(): boolean {
  return document.querySelector('[data-satchel-modal]') !== null;
}

/**
 * Whether a key with Enter would press what has the focus: React Aria's buttons take it for that whatever is held down with it, and keep it
 * to themselves.
 */
function isButton(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button') !== null;
}

/** A list or a menu is open, for which the keys are meant then. */
function isListOpen(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.ariaExpanded === 'true' || target.closest('[role="listbox"], [role="menu"]') !== null;
}

/**
 * Registers shortcuts while a part of the window is shown. Of two enabled ones with the same keys the part that was shown first
 * is heard, so a part that has keys of its own disables those of the screen around it.
 */
export function useShortcuts(title: TextKey, shortcuts: readonly Shortcut[]): void {
  const id = useId();
  useEffect(() => {
    groups.set(id, { title, shortcuts });
  });
  useEffect(
    () => () => {
      groups.delete(id);
    },
    [id],
  );
  const onKeyDown = useEffectEvent((event: KeyboardEvent, isFirst: boolean) => {
    if (event.defaultPrevented || isModalOpen() || (isFirst && isListOpen(event.target))) return;
    for (const shortcut of shortcuts) {
      const spelling = [shortcut.keys, ...(shortcut.alsoKeys ?? [])].find((keys) => matchesKeys(event, keys, isMac));
      if (spelling === undefined || shortcut.isDisabled === true || shortcut.isNative === true) continue;
      const isUrgent = shortcut.isUrgent === true;
      const wouldPress = spelling.endsWith('+Enter') && isButton(event.target);
      if ((isUrgent || wouldPress) !== isFirst) continue;
      if (isTyping(event.target) && !isUrgent && !isSafeWhileTyping(spelling)) continue;
      if (!spelling.includes('+') && ownsKey(event.target, event.key)) continue;
      event.preventDefault();
      if (wouldPress) event.stopPropagation();
      shortcut.run(spelling);
      return;
    }
  });
  useEffect(() => {
    const first = (event: KeyboardEvent) => onKeyDown(event, true);
    const last = (event: KeyboardEvent) => onKeyDown(event, false);
    window.addEventListener('keydown', first, { capture: true });
    window.addEventListener('keydown', last);
    return () => {
      window.removeEventListener('keydown', first, { capture: true });
      window.removeEventListener('keydown', last);
    };
  }, []);
}

/** Parts that register under the same title are one group. */
export function joinGroups(parts: readonly ShortcutGroup[]): ShortcutGroup[] {
  return [...Map.groupBy(parts, ({ title }) => title)].map(([title, own]) => ({
    title,
    shortcuts: own.flatMap(({ shortcuts }) => shortcuts),
  }));
}

/** Every shortcut of what is shown at this moment, disabled ones as well; asked when the `?` list or the palette opens. */
export function currentShortcutGroups(): readonly ShortcutGroup[] {
  return joinGroups([...groups.values()]);
}
