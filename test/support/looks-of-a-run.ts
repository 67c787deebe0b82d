import { makeFolder, removeFolder } from './folders.ts';
import { LOOKS_FOLDER } from './remembered-looks.ts';

/** Before the files of a run: an empty folder for what they look at. Answers how to take it away after them. */
export function setup(): () => void {
  const folder = makeFolder('looks');
  process.env[LOOKS_FOLDER] = folder;
  return () => {
    removeFolder(folder);
  };
}
