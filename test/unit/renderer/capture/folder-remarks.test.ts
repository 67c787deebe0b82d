import { expect, it } from 'vitest';
import { folderRemarks } from '../../../../renderer/features/capture/folderRemarks.ts';

const file = (name: string, code: string) => ({ name, message: { code, params: { file: name } } });

it('never says of a page that was taken that it was not, when its file could not be moved', () => {
  const folder = { name: 'scans', state: 'watching', afterTaking: 'move', arriving: 1 } as const;
  const refused = [file('a.jpg', 'folder.notMoved'), file('b.txt', 'import.unknownType')];
  expect(folderRemarks({ ...folder, complete: [], remarks: [], refused })).toEqual([
    '1 is still coming',
    '1 was taken, but could not be moved',
    '1 was not taken',
  ]);
  expect(folderRemarks({ ...folder, complete: [], remarks: [], refused: refused.slice(0, 1) })).not.toContain(
    '1 was not taken',
  );
});
