export const capture: Readonly<Record<string, string>> = {};
