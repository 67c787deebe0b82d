/** Texts of the submissions screen. Keys start with `submissions.`. */
export const submissions = {} as const;
