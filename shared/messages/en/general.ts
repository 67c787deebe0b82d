export const general: Readonly<Record<string, string>> = {};
