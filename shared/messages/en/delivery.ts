export const delivery: Readonly<Record<string, string>> = {};
