export { registerAppScheme } from './app-protocol.ts';
export { runDesktop } from './desktop.ts';
export type { DesktopFiles } from './desktop.ts';
