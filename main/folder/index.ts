export { createWatchedFolder } from './watched-folder.ts';
export type { WatchedFolder, WatchedFolderOptions } from './watched-folder.ts';
