import { join } from 'node:path';
import { assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { expect, test } from 'vitest';
import { listWindow } from '../../../main/capture/list-window.ts';
import { openForTest, temporaryDirectory } from '../database/support.ts';

const STATES = ['draft', 'sent', 'accepted'] as const;
const TABS = { all: '1 = 1', draft: "state = 'draft'", decided: "state = 'accepted'" };
type Tab = keyof typeof TABS;
const ROWS = 60;

test('any window of any tab is what one statement over everything would give, whatever the size of the pieces', async () => {
  const { db } = openForTest(join(temporaryDirectory(), 'satchel.sqlite'));
  db.transaction(() => {
    db.run(
      `INSERT INTO connections (id, provider, name, environment, base_url, settings, flows, created_at)
       VALUES ('c', 'persona', 'c', 'practice', 'http://127.0.0.1', '{}', '[]', 0)`,
    );
    db.run(`INSERT INTO batches (id, number, state, operator, created_at) VALUES ('b', 1, 'open', 'o', 0)`);
    for (let n = 0; n < ROWS; n += 1) {
      db.run(
        `INSERT INTO submissions (id, batch_id, connection_id, flow, state, explanation, subject_sealed, operator,
           created_at, updated_at) VALUES (?, 'b', 'c', '{}', ?, '{}', x'00', 'o', ?, 0)`,
        [String(n).padStart(3, '0'), STATES[(n * 7) % 3] ?? 'draft', n],
      );
    }
  });
  const query = record({
    from: integer({ min: 0, max: ROWS }),
    tab: constantFrom<Tab>('all', 'draft', 'decided'),
    offset: integer({ min: 0, max: ROWS + 5 }),
    limit: integer({ min: 1, max: ROWS }),
    pieceRows: integer({ min: 1, max: ROWS + 5 }),
  });
  await assert(
    asyncProperty(query, async ({ from, tab, offset, limit, pieceRows }) => {
      const where = 'created_at >= ?';
      const found = await listWindow(db, { where, parameters: [from], tabs: TABS, tab, offset, limit, pieceRows });
      const rows = db.all<{ id: string }>(
        `SELECT id FROM submissions WHERE ${where} AND ${TABS[tab]} ORDER BY id DESC LIMIT ? OFFSET ?`,
        [from, limit, offset],
      );
      expect(found.ids).toEqual(rows.map(({ id }) => id));
      for (const [name, sql] of Object.entries(TABS)) {
        const counted = db.all(`SELECT id FROM submissions WHERE ${where} AND ${sql}`, [from]).length;
        expect(found.counts[name]).toBe(counted);
      }
    }),
  );
});
