/** Texts of the activity screen. Keys start with `activity.`. */
export const activity = {} as const;
