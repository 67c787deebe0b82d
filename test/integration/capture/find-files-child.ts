/** Prints what intake finds behind the paths given, as the account that it runs under. */
import { findFiles } from '../../../main/capture/intake.ts';

console.log(JSON.stringify(await findFiles(process.argv.slice(2))));
