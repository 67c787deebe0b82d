/**
 * The natural way to write an import: everything in the main thread with `fs.promises`, four files at a time, and a row per
 * file. The same guarantees as the app: hashed, encrypted with a key of its own, fsynced, renamed, committed at FULL.
 */
import { createCipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { watchThread } from './heartbeat.ts';

const input = z.object({ folder: z.string(), workFolder: z.string() }).parse(JSON.parse(process.argv[2] ?? ''));
const target = await mkdtemp(join(input.workFolder, 'natural-'));
const db = new Sqlite(join(target, 'natural.sqlite3'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE pages (id TEXT PRIMARY KEY, name TEXT, sha256 TEXT, page_key BLOB, byte_length INTEGER)');
const insert = db.prepare('INSERT INTO pages VALUES (?, ?, ?, ?, ?)');

async function importOne(name: string): Promise<void> {
  const plain = await readFile(join(input.folder, name));
  const sha256 = createHash('sha256').update(plain).digest('hex');
  const key = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const id = randomUUID();
  const half = join(target, `${id}.half`);
  const handle = await open(half, 'wx');
  await handle.writeFile(sealed);
  await handle.sync();
  await handle.close();
  await rename(half, join(target, id));
  const directory = await open(target, 'r');
  await directory.sync();
  await directory.close();
  insert.run(id, name, sha256, key, plain.length);
}

const names = (await readdir(input.folder)).toSorted();
let next = 0;
async function lane(): Promise<void> {
  for (let name = names[next++]; name !== undefined; name = names[next++]) await importOne(name);
}
const startedAt = performance.now();
const { longestBlockMs, blocksOver40Ms } = await watchThread(() => Promise.all([lane(), lane(), lane(), lane()]));
const milliseconds = performance.now() - startedAt;
db.close();
await rm(target, { recursive: true, force: true });
process.stdout.write(JSON.stringify({ milliseconds, longestBlockMs, blocksOver40Ms }));
