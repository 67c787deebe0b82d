/** Texts of the today screen. Keys start with `today.`. */
export const today = {} as const;
