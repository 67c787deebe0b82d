export const providers: Readonly<Record<string, string>> = {};
