import type { BoardFile } from '../board/types.ts';
import { element } from './dom.ts';
import { language, words } from './words.ts';

const clockTime = new Intl.DateTimeFormat(navigator.language, { timeStyle: 'medium' });
const number = new Intl.NumberFormat(language);

/** The local time, with the exact UTC time for who points at it. */
export function time(at: number): HTMLElement {
  const exact = new Date(at).toISOString();
  return element('time', { datetime: exact, title: exact }, [clockTime.format(at)]);
}

/** A provider's name as it writes it, of the word that calls and switches have for it. */
export function providerName(api: string): string {
  return api.charAt(0).toUpperCase() + api.slice(1);
}

export function count(value: number): string {
  return number.format(value);
}

/** A path that may be parted after its slashes, where a line ends. */
export function path(text: string): Node[] {
  return text
    .split('/')
    .flatMap((part, at) => (at === 0 ? [new Text(part)] : [new Text('/'), element('wbr'), new Text(part)]));
}

/** A file as practice keeps it: the beginning of its hash (all of it for who points at it), size and type. */
export function file({ sha256, byteLength, mediaType }: BoardFile): HTMLElement {
  const type = mediaType.replace(/^(image|application)\//, '');
  return element('span', { class: 'file' }, [
    element('code', { title: sha256 }, [sha256.slice(0, 10)]),
    ` ${type}, ${count(byteLength)} ${words.byteUnit}`,
  ]);
}
