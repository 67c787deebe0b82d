/** Texts of the settings screen. Keys start with `settings.`. */
export const settings = {} as const;
