/** Runs the command line of a build: the first argument is its file, the others are those of `satchel`. */
import { pathToFileURL } from 'node:url';

const [built = '', ...args] = process.argv.slice(2);
const compiled: unknown = await import(pathToFileURL(built).href);
const isThere = typeof compiled === 'object' && compiled !== null && 'runCommandLine' in compiled;
if (!isThere || typeof compiled.runCommandLine !== 'function') throw new Error('this is no build of the command line');
const code: unknown = await Reflect.apply(compiled.runCommandLine, undefined, [args]);
process.exitCode = Number(code);
