import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A profile that can be sent again from the start: sending changes the database only, so its pages are shared. */
export function copyProfile(profile: string, copy: string): string {
  mkdirSync(copy);
  for (const name of ['satchel.sqlite3', 'satchel.sqlite3-wal', 'key']) {
    if (existsSync(join(profile, name))) cpSync(join(profile, name), join(copy, name));
  }
  symlinkSync(join(profile, 'vault'), join(copy, 'vault'));
  return copy;
}
