/**
 * Appends to a file, flushes each piece and then says how long the file is and when that was (nanoseconds of the clock that all
 * processes share). Argument: the file.
 */
import { closeSync, fdatasyncSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const [file = ''] = process.argv.slice(2);
const target = openSync(file, 'w');
const folder = openSync(dirname(file), 'r');
fsyncSync(target);
fsyncSync(folder);
closeSync(folder);
/** As large as the frames that SQLite appends to its log. */
const frame = Buffer.alloc(4_120, 1);
for (let length = frame.byteLength; ; length += frame.byteLength) {
  writeSync(target, frame);
  fdatasyncSync(target);
  writeSync(1, `${length} ${process.hrtime.bigint()}\n`);
}
