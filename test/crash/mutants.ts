/**
 * Mistakes, planted one at a time into a copy of the sources: a method counts only after it has failed on them. A text that
 * is not found exactly once ends the run, so that a mutant cannot silently become the product.
 */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Product from '../../main/app/index.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import type { CreateSatchel } from './checker.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Change {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export interface Mutant {
  readonly name: string;
  readonly changes: readonly Change[];
  /** What finds it: kills at random moments, power cuts, or the order of the system calls. */
  readonly foundBy: 'kill' | 'power' | 'order';
}

const lateWrite: Change = {
  file: 'main/vault/worker.ts',
  find: `    return { id: job.id, kind: 'stored', stored: await ingestFile(job, wrapKey, port) };`,
  replace: `    const { readFileSync } = await import('node:fs');
    const { createHash } = await import('node:crypto');
    const bytes = 'path' in job.source ? readFileSync(job.source.path) : Buffer.from(job.source.bytes);
    const pageKey = Uint8Array.from(job.pageKey);
    setTimeout(() => void ingestFile({ ...job, pageKey }, wrapKey, { ...port, room: async () => {} }).catch(() => undefined), 400);
    return {
      id: job.id,
      kind: 'stored',
      stored: {
        byteLength: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        head: Uint8Array.from(bytes.subarray(0, 4_100)),
        tail: Uint8Array.from(bytes.subarray(-1_024)),
      },
    };`,
};

const lateCommit: readonly Change[] = [
  {
    file: 'main/database/handle.ts',
    find: '    this.#beginImmediate.run();\n',
    replace: '    if (!this.#sqlite.inTransaction) this.#beginImmediate.run();\n',
  },
  {
    file: 'main/database/handle.ts',
    find: `      this.#timed('COMMIT', () => this.#commit.run());
      this.#proveDurability();
`,
    replace: `      setTimeout(() => {
        if (this.#sqlite.open && this.#sqlite.inTransaction) this.#commit.run();
      }, 150);
`,
  },
];

const keyPerAttempt: Change = {
  file: 'main/sync/performer.ts',
  find: '        idempotencyKey: claim.idempotencyKey,\n',
  replace: '        idempotencyKey: this.#deps.random.uuid(),\n',
};

export const MUTANTS: readonly Mutant[] = [
  { name: 'the row is written before the bytes', foundBy: 'kill', changes: [lateWrite] },
  { name: 'acknowledged before the commit', foundBy: 'kill', changes: lateCommit },
  { name: 'a new idempotency key for every attempt', foundBy: 'kill', changes: [keyPerAttempt] },
  {
    name: 'what was in flight at the crash is sent again without a question',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/outbox/recover.ts',
        find: '        [row.committed_at === null ? 1 : 3, now, now, row.id],',
        replace: '        [1, now, now, row.id],',
      },
    ],
  },
  {
    name: 'the point of no return is not written',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/sync/performer.ts',
        find: '      const isOurs = markCommitted(db, { operationId: id, leaseToken, now: clock.now() });',
        replace: '      const isOurs = true;',
      },
    ],
  },
  {
    name: 'a lost answer counts as a failure and is repeated',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/sync/settle.ts',
        find: '  const isLost = !isNeverInDoubt(rules) && isInTheOpen;',
        replace: '  const isLost = false;',
      },
      {
        file: 'main/sync/settle.ts',
        find: '      return unknown(db, settling, evidence);\n    }\n\n    case',
        replace:
          "      return settleOutcome(db, { ...settling, isCommitted: false }, { kind: 'retry', evidence });\n    }\n\n    case",
      },
    ],
  },
  {
    name: 'a lost answer counts as an acknowledgement',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/sync/settle.ts',
        find: '      return unknown(db, settling, evidence);\n    }\n\n    case',
        replace:
          "      return done(db, settling, { kind: 'done', result: {}, evidence, ...(claim.pageId === null ? {} : { deliveredPageIds: [claim.pageId] }) });\n    }\n\n    case",
      },
    ],
  },
  {
    name: 'pages are marked as delivered when their call begins',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/sync/dispatcher.ts',
        find: '      flight.finished = this.#fly(flight);\n',
        replace: `      const { db } = this.#deps;
      db.transaction(() => {
        db.run('UPDATE pages SET delivered_at = ? WHERE id = ?', [1, flight.claim.pageId]);
      });
      flight.finished = this.#fly(flight);
`,
      },
    ],
  },
  {
    name: 'claims of the last run are not taken back',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/outbox/recover.ts',
        find: '    for (const row of stale) {',
        replace: '    for (const row of stale.slice(0, 0)) {',
      },
    ],
  },
  {
    name: 'the state is released in one commit, the operations are planned in the next',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/capture/releasing.ts',
        find: '    enqueue(transaction, { operations: newOperations(options, submission, planned, expiresAt), now: clock.now() });\n',
        replace: `    const operations = newOperations(options, submission, planned, expiresAt);
    setTimeout(() => enqueue(db, { operations, now: clock.now() }), 60);
`,
      },
    ],
  },
  {
    name: 'the ledger row is written a moment after the deed',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/capture/timeline.ts',
        find: '  appendLedger(transaction, {',
        replace: '  setTimeout(() => appendLedger(transaction, entry), 60);\n  const entry = {',
      },
      {
        file: 'main/capture/timeline.ts',
        find: '    data: { ...deed.facts, message: deed.message, requestId: null, nextAt: null },\n  });',
        replace: '    data: { ...deed.facts, message: deed.message, requestId: null, nextAt: null },\n  };',
      },
    ],
  },
  {
    name: 'files that no row names are left where they are',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/capture/recovery.ts',
        find: '  const sweep = await options.vault.sweep(await knownBlobIds(options));',
        replace:
          '  const sweep: SweepReport = { orphanFiles: 0, temporaryFiles: 0, missingFiles: [] };\n  await knownBlobIds(options);',
      },
    ],
  },
  {
    name: 'the sweep at the start takes too much',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/capture/recovery.ts',
        find: '  const sweep = await options.vault.sweep(await knownBlobIds(options));',
        replace: '  await knownBlobIds(options);\n  const sweep = await options.vault.sweep(new Set());',
      },
    ],
  },
  {
    name: 'a migration is several commits',
    foundBy: 'kill',
    changes: [
      {
        file: 'main/database/open.ts',
        find: `      handle.transaction(() => {
        migration.up(handle);`,
        replace: `      migration.up({ ...handle, exec: (sql: string) => {
        for (const part of migration.version === 1 ? [sql] : sql.split(';')) {
          if (part.trim() !== '') sqlite.exec(part);
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15);
        }
      } });
      handle.transaction(() => {`,
      },
    ],
  },
  {
    name: 'the bytes are not fsynced',
    foundBy: 'power',
    changes: [
      {
        file: 'main/vault/ingest.ts',
        find: '    if (job.isDurable) await storing(() => fsyncFile(target));\n',
        replace: '',
      },
    ],
  },
  {
    name: 'synchronous=NORMAL',
    foundBy: 'power',
    changes: [
      { file: 'main/database/open.ts', find: '    synchronous: 2,\n', replace: '    synchronous: 1,\n' },
      { file: 'main/database/handle.ts', find: 'const FULL = 2;', replace: 'const FULL = 1;' },
    ],
  },
  {
    name: 'the directory is not fsynced',
    foundBy: 'order',
    changes: [
      {
        file: 'main/vault/vault.ts',
        find: '        await this.#directories.sync(dirname(file));\n      } catch',
        replace: '        await Promise.resolve();\n      } catch',
      },
    ],
  },
  { name: 'the row is written before the bytes (power)', foundBy: 'power', changes: [lateWrite] },
  { name: 'acknowledged before the commit (power)', foundBy: 'power', changes: lateCommit },
  { name: 'a new idempotency key for every attempt (power)', foundBy: 'power', changes: [keyPerAttempt] },
];

/** A copy of the sources with this mistake. Answers its branch program, and how to remove it. */
export function plant(mutant: Mutant): {
  readonly program: string;
  readonly load: () => Promise<CreateSatchel>;
  readonly remove: () => void;
} {
  const folder = makeFolder('mutant');
  for (const part of ['main', 'shared', 'test/crash', 'test/support', 'package.json']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  mkdirSync(join(folder, 'assets'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const { file, find, replace } of mutant.changes) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(find).length !== 2) {
      removeFolder(folder);
      throw new Error(`"${mutant.name}" does not fit ${file} any more`);
    }
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
  }
  return {
    program: join(folder, 'test', 'crash', 'branch.ts'),
    load: async () => {
      // Whatever the copy is, it has the product's types.
      // oxlint-disable-next-line typescript/no-unsafe-assignment
      const copy: typeof Product = await import(pathToFileURL(join(folder, 'main', 'app', 'index.ts')).href);
      return copy.createSatchel;
    },
    remove: () => {
      removeFolder(folder);
    },
  };
}
