import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';

/**
 * Puts the database of a closed profile back to the schema of the first version, with all of its rows: what an update of
 * Satchel finds on a branch PC.
 */
export function ageProfile(profile: string): void {
  const file = join(profile, 'satchel.sqlite3');
  const old = join(profile, 'old.sqlite3');
  const opened = openDatabase({
    file: old,
    applicationId: APPLICATION_ID,
    migrations: migrations.slice(0, 1),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
  });
  if (opened.kind === 'refused') throw new Error(`no database of the first version: ${opened.reason}`);
  opened.close();
  const db = new Sqlite(old);
  db.pragma('foreign_keys = OFF');
  db.prepare('ATTACH ? AS now').run(file);
  const tables = db.prepare("SELECT name FROM main.sqlite_schema WHERE type = 'table'").pluck().all().map(String);
  for (const table of tables) {
    const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table).map(String).join(', ');
    db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM now.${table}`);
  }
  db.exec('DETACH now');
  db.close();
  rmSync(file);
  renameSync(old, file);
}
