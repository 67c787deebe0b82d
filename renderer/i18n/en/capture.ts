/** Texts of the capture screen. Keys start with `capture.`. */
export const capture = {} as const;
