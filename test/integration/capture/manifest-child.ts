/**
 * Imports a folder with a manifest, and dies as a process does that is killed when so many of its files are in. Arguments: profile folder,
 * folder with the manifest, number of files.
 */
import { setImmediate } from 'node:timers/promises';
import { openDesk } from './desk.ts';

const [directory = '', folder = '', files = '0'] = process.argv.slice(2);
const desk = await openDesk({ directory, isProgram: true });
void desk.capture.importManifest(folder, { connectionIds: [desk.personaId] });
const customers = () => desk.db.get<{ count: number }>('SELECT count(*) AS count FROM submissions')?.count ?? 0;
while (customers() === 0 || desk.progress.length < Number(files)) await setImmediate();
process.kill(process.pid, 'SIGKILL');
