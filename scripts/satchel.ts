/** `npm run satchel -- <command>`: the command line of main/headless, straight from the source. */
import { endProcess, runCommandLine } from '../main/headless/index.ts';

endProcess(await runCommandLine(process.argv.slice(2)));
