/** A database that turns out to be damaged while it is in use: the error is put in, the file itself stays as it is. */
import { expect, it } from 'vitest';
import { newCustomer, openDesk } from '../capture/desk.ts';
import { jpeg } from '../capture/files.ts';
import { World, done } from '../../support/sync-world.ts';

const DAMAGED = 'SQLITE_CORRUPT_INDEX';
const MINUTE = 60_000;

it('an import takes nothing that it cannot write down, says so, and keeps its bytes until the next start decides', async () => {
  let isDamaged = false;
  const desk = await openDesk({
    wrapDatabase: (db) => ({
      get: (sql, parameters) => db.get(sql, parameters),
      all: (sql, parameters) => db.all(sql, parameters),
      iterate: (sql, parameters) => db.iterate(sql, parameters),
      run: (sql, parameters) => db.run(sql, parameters),
      runReturning: (sql, parameters) => db.runReturning(sql, parameters),
      transaction: (work) => {
        if (isDamaged) throw Object.assign(new Error('database disk image is malformed'), { code: DAMAGED });
        return db.transaction(work);
      },
    }),
  });
  const { submissionId } = newCustomer(desk);
  const take = async (seed: number) => {
    const bytes = await jpeg({ width: 900, height: 700, seed });
    return desk.capture.importBytes({ name: `${seed}.jpg`, bytes }, { submissionId, slot: null }, 'drop');
  };
  expect((await take(1)).imported).toHaveLength(1);
  await desk.capture.whenInspected();
  isDamaged = true;
  const report = await take(2);
  expect(report.imported).toEqual([]);
  expect(report.refused.map(({ message }) => message.code)).toEqual(['import.diskError']);
  isDamaged = false;
  expect(desk.capture.submission(submissionId).pages).toHaveLength(1);
  await desk.close('keep');
  const again = await openDesk({ directory: desk.directory });
  const { sweep } = await again.capture.recover({ mayRemoveFiles: true });
  expect(sweep).toMatchObject({ orphanFiles: 1, missingFiles: [] });
  await again.close();
});

it('nothing more is sent, an answer that is here is kept, and it is tried again every while', async () => {
  const world = new World();
  world.diskError = DAMAGED;
  const release = (): string => {
    const id = world.submission();
    world.release(id, world.newOperation(id));
    return id;
  };
  const all = [release(), release(), release(), release(), release()];
  world.provider.script = async () => {
    await world.clock.sleep(1_000);
    return done();
  };
  world.dispatcher.start();
  await world.clock.advance(500);
  const before = world.provider.performed.length;
  world.isDiskFull = true;
  await world.clock.advance(10 * MINUTE);
  expect(world.provider.performed).toHaveLength(before);
  expect(world.logged.map(({ event, fields }) => [event, fields['code']])).toContainEqual([
    'sync.storageFailed',
    DAMAGED,
  ]);
  world.isDiskFull = false;
  world.dispatcher.wake();
  await world.clock.advance(MINUTE);
  expect(all.map((id) => world.submissionRow(id).state)).toEqual(all.map(() => 'sent'));
  expect(world.provider.performed).toHaveLength(all.length);
  world.dispatcher.stop().catch(() => undefined);
  await world.clock.advance(10_000);
  world.dispose();
});
