export { runCommandLine } from './command-line.ts';
export { endProcess } from './ending.ts';
