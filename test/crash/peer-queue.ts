/**
 * The peer in the table of power cuts: plainjob as it comes, adding a job every millisecond and saying so when `add` has
 * returned. Arguments: database file; or `count` and database file, which prints how many jobs there are.
 */
import { writeSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { better, defineQueue } from 'plainjob';

const [first = '', second = ''] = process.argv.slice(2);
const file = first === 'count' ? second : first;
const queue = defineQueue({ connection: better(new Sqlite(file)) });
if (first === 'count') {
  process.stdout.write(`${queue.countJobs()}\n`);
  queue.close();
} else {
  for (let number = 1; ; number += 1) {
    queue.add('page', { number, text: 'x'.repeat(260) });
    writeSync(1, `ADDED ${number}\n`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
