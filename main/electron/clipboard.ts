import { clipboard } from 'electron';

/** What is taken from the clipboard, the form first that has not been drawn anew; each with the name that its page gets. */
const PICTURES = [
  ['image/jpeg', 'clipboard.jpg'],
  ['image/png', 'clipboard.png'],
  ['application/pdf', 'clipboard.pdf'],
] as const;

/**
 * The picture on the system's clipboard, or null. The window has no permission to look there by itself: it may only ask
 * main to take the picture in, and a person's own Ctrl+V.
 */
export async function readClipboard(): Promise<{ name: string; bytes: Uint8Array } | null> {
  for (const item of await clipboard.read()) {
    for (const [type, name] of PICTURES) {
      if (!item.types.includes(type)) continue;
      const blob = await item.getType(type);
      return { name, bytes: new Uint8Array(await blob.arrayBuffer()) };
    }
  }
  return null;
}
