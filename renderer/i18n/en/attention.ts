/** Texts of the attention screen. Keys start with `attention.`. */
export const attention = {} as const;
