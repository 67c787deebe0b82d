import { join } from 'node:path';
import { beginRunFolder, RUN_FOLDER } from './folder-of-a-run.ts';
import { removeFolder } from './folders.ts';
import { LOOKS_FOLDER } from './remembered-looks.ts';

/** What is read of Vitest's project. */
interface Run {
  readonly config: { readonly watch: boolean; readonly env: Readonly<Record<string, unknown>> };
}

/**
 * Before the files of a run: its folder, with an empty one for what they look at. Answers how to take it away after them. Who watches changes the
 * code between two rounds of one run, so nothing that it said is remembered there.
 */
export function setup({ config: { env, watch } }: Run): () => void {
  const folder = String(env[RUN_FOLDER]);
  beginRunFolder(folder);
  if (!watch) process.env[LOOKS_FOLDER] = join(folder, 'looks');
  return () => {
    removeFolder(folder);
  };
}
