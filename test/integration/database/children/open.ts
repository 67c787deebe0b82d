/**
 * node open.ts <file> <what>: opens the database and says how. `hold` keeps it open, `write` also commits rows until it is
 * killed, `migrate` kills itself in the middle of the next migration.
 */
import { APPLICATION_ID, migrations, openDatabase, type Migration } from '../../../../main/database/index.ts';

const [file = '', what = ''] = process.argv.slice(2);

const deadly: Migration = {
  version: migrations.length + 1,
  name: 'deadly',
  up(db) {
    db.exec('CREATE TABLE half_a_migration (a)');
    db.run("UPDATE settings SET value = 'changed'");
    process.kill(process.pid, 'SIGKILL');
  },
};

const result = openDatabase({
  file,
  applicationId: APPLICATION_ID,
  migrations: what === 'migrate' ? [...migrations, deadly] : migrations,
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  busyTimeoutMs: 50,
});
if (result.kind === 'refused') {
  console.log(`refused ${result.reason}`);
} else {
  console.log('opened');
  if (what === 'write') {
    for (let row = 1; ; row += 1) {
      result.db.transaction((db) => {
        db.run('INSERT INTO settings (key, value) VALUES (?, ?)', [`row ${row}`, 'x'.repeat(500)]);
      });
      // A reader that is slow must not leave rows unsaid: the next one waits until this one is handed over.
      await new Promise((resolve) => process.stdout.write(`committed ${row}\n`, resolve));
    }
  }
  if (what === 'hold') setInterval(() => {}, 1000);
}
