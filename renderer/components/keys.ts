/** What of a keyboard event decides which shortcut it is. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** `Mod+K` → `Mod`, `K`; the sign `+` itself is the last part. */
function splitKeys(keys: string): string[] {
  if (keys === '+') return ['+'];
  return keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+');
}

/**
 * Whether a key press is this shortcut. `keys` is written `Mod+Shift+Enter`; `Mod` is Ctrl, on a Mac Command. A single
 * printable sign (`?`, `3`) is compared as the sign it makes, whatever Shift the keyboard layout needs for it.
 */
export function matchesKeys(press: KeyPress, keys: string, isMac: boolean): boolean {
  const parts = splitKeys(keys);
  const wanted = parts.at(-1) ?? '';
  const wantsMod = parts.includes('Mod');
  const wantsShift = parts.includes('Shift');
  const wantsAlt = parts.includes('Alt');
  const hasMod = isMac ? press.metaKey : press.ctrlKey;
  const hasOther = isMac ? press.ctrlKey : press.metaKey;
  if (wantsMod !== hasMod || hasOther || wantsAlt !== press.altKey) return false;
  const isSign = wanted.length === 1 && !/[a-z]/i.test(wanted);
  if (!isSign && wantsShift !== press.shiftKey) return false;
  return press.key.toLowerCase() === wanted.toLowerCase();
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵', Delete: '⌦' };
const PLAIN_SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** Keys whose name on a PC keyboard depends on the language. */
const NAMED_KEYS = ['Mod', 'Shift', 'Enter', 'Delete', 'Space', 'Home', 'End', 'PageUp', 'PageDown'] as const;
export type NamedKey = (typeof NAMED_KEYS)[number];

/** The caps to draw for a shortcut, one text each. `nameOf`: what stands on such a key in the person's language. */
export function keyCaps(keys: string, isMac: boolean, nameOf: (key: NamedKey) => string): string[] {
  return splitKeys(keys).map((part) => {
    const sign = (isMac ? MAC_SIGNS[part] : undefined) ?? PLAIN_SIGNS[part];
    if (sign !== undefined) return sign;
    const named = NAMED_KEYS.find((key) => key === part);
    if (named !== undefined) return nameOf(named);
    return part.length === 1 ? part.toUpperCase() : part;
  });
}

/** What a text field does itself with Ctrl: take back what was typed, copy, go to the next word or to the end. */
const OF_A_FIELD = /^Mod\+(Shift\+)?([ACVXYZ]|Arrow\w+|Home|End|Backspace|Delete)$/;

/** Shortcuts without Ctrl or a function key, and those that a text field has itself, must not fire while somebody types. */
export function isSafeWhileTyping(keys: string): boolean {
  return (keys.includes('Mod+') && !OF_A_FIELD.test(keys)) || /^F\d{1,2}$/.test(keys);
}
