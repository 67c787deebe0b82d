/** A process of which a thread waits for a named pipe that nobody writes to. Arguments: the pipe, exit code. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { endProcess, processIsHeld } from '../../../main/headless/ending.ts';

const [pipe = '', exitCode = ''] = process.argv.slice(2);
void readFile(pipe);
await setTimeout(100);
processIsHeld();
process.stdout.write('said\n');
endProcess(Number(exitCode));
