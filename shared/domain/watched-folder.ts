import { z } from 'zod';

/** What becomes of a file once its page is safe in the vault. */
export const AfterTaking = z.enum(['move', 'delete']);
export type AfterTaking = z.infer<typeof AfterTaking>;

/** A folder into which a multifunction printer, or another program, puts its scans. `path` null: none is watched. */
export const WatchedFolderRules = z.object({ path: z.string().min(1).max(4_096).nullable(), afterTaking: AfterTaking });
export type WatchedFolderRules = z.infer<typeof WatchedFolderRules>;

/** Below the watched folder: where files go that were taken. */
export const DONE_FOLDER = 'done';

/**
 * Files whose pages are being captured and that are still to be put away, by their bytes and the time of their last change (a
 * name may be a customer's). `livePages`: how many pages of those bytes were there before, so that one more is this file's.
 */
export const FolderTaking = z.array(
  z.object({ sha256: z.string(), writtenAt: z.number(), livePages: z.number().int().min(0) }),
);
export type FolderTaking = z.infer<typeof FolderTaking>;
