import { join } from 'node:path';
import type { Clock } from '../../shared/util/clock.ts';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';
import type { OpenedDatabase } from '../../main/database/index.ts';

/** A new database of Satchel's with one connection `c` and one released submission `s`. */
export function openOutbox(directory: string, clock: Clock): OpenedDatabase {
  const opened = openDatabase({
    file: join(directory, 'satchel.sqlite3'),
    applicationId: APPLICATION_ID,
    migrations,
    clock,
  });
  if (opened.kind !== 'opened') throw new Error(`bench: the database was refused: ${opened.reason}`);
  const { db } = opened;
  db.transaction(() => {
    db.run(
      `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
       VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
    );
    db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
    db.run(
      `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator, created_at, updated_at)
       VALUES ('s', 'b', 'c', '{}', 'released', '{}', x'00', 'o', 0, 0)`,
    );
  });
  return opened;
}
