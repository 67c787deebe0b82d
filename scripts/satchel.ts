/** `npm run satchel -- <command>`: the command line of main/headless, straight from the source. */
import { runCommandLine } from '../main/headless/index.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));
