/** Channel names, used by preload and main only. In a file of their own, so that the preload bundle holds no schema. */
export const INVOKE_CHANNEL = 'satchel:invoke';
export const IMPORT_FILES_CHANNEL = 'satchel:import-files';
export const EVENT_CHANNEL = 'satchel:event';
