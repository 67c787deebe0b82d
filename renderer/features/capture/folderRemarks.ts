import type { WatchedFolderView } from '../../../shared/domain/index.ts';
import { text } from '../../i18n/index.ts';

function ofCode(messages: WatchedFolderView['refused'], code: string): number {
  return messages.filter(({ message }) => message.code === code).length;
}

/** What a person should know of the watched folder beside how many files it offers: one short text each. */
export function folderRemarks({ name, state, arriving, remarks, refused }: WatchedFolderView): string[] {
  // That page is in the vault, so nobody may read that it was not taken.
  const notMoved = ofCode(refused, 'folder.notMoved');
  const counts = [
    ['arriving', arriving],
    ['takenBefore', ofCode(remarks, 'folder.takenBefore')],
    ['changed', ofCode(remarks, 'folder.changed')],
    ['notMoved', notMoved],
    ['refused', refused.length - notMoved],
  ] as const;
  return [
    ...(state === 'unreachable' && name !== null ? [text('capture.folder.unreachable', { folder: name })] : []),
    ...counts.flatMap(([what, count]) => (count === 0 ? [] : [text(`capture.folder.${what}`, { count })])),
  ];
}
