/** Runs the command line of a build: the first argument is its file, the others are those of `satchel`. */
import { pathToFileURL } from 'node:url';

const [built = '', ...args] = process.argv.slice(2);
const compiled: unknown = await import(pathToFileURL(built).href);

function exported(name: string): (argument: unknown) => unknown {
  const found: unknown = typeof compiled === 'object' && compiled !== null ? Reflect.get(compiled, name) : null;
  if (typeof found !== 'function') throw new Error('this is no build of the command line');
  return (argument) => {
    const answer: unknown = Reflect.apply(found, undefined, [argument]);
    return answer;
  };
}

exported('endProcess')(await exported('runCommandLine')(args));
