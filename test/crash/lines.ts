/** States in which the desk says that the provider has everything. */
export const AS_SENT: ReadonlySet<string> = new Set(['sent', 'in_review', 'accepted']);
