/**
 * A branch that is killed again and again at random moments. After every kill its profile is opened and compared with what
 * it had promised and with the practice server's own count. `SATCHEL_CRASH_SEED` repeats a run's moments and faults,
 * `SATCHEL_CRASH_KILLS` makes it longer.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APPLICATION_ID, migrations, openDatabase } from '../../main/database/index.ts';
import type { Services } from '../../main/app.ts';
import type { FaultInput } from '../../main/practice/index.ts';
import { jpeg } from '../integration/capture/files.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { startPractice } from '../support/practice.ts';
import type { PracticeForTests } from '../support/practice.ts';
import { until } from '../support/until.ts';
import { seededRandom } from '../support/virtual-clock.ts';
import { check, withProfile } from './checker.ts';
import type { Problem } from './checker.ts';

const BRANCH = join(import.meta.dirname, 'branch.ts');
const KILLS = Number(process.env['SATCHEL_CRASH_KILLS'] ?? 25);
const SEED = Number(process.env['SATCHEL_CRASH_SEED'] ?? Date.now() % 1_000_000);
/** A kill comes this long after the branch has started to work, at the latest. */
const LATEST_KILL_MS = 1_100;

type Mistake = 'none' | 'rowBeforeBytes' | 'newKeyPerAttempt';

let folder: string;
let practice: PracticeForTests;

beforeEach(async () => {
  folder = makeFolder('crash');
  practice = await startPractice(folder);
});
afterEach(async () => {
  await practice.close();
  removeFolder(folder);
});

class Branch {
  readonly profile: string;
  readonly inbox: string;
  readonly pages = new Map<string, string>();
  readonly released = new Set<string>();
  readonly #hashes = new Map<number, string>();
  readonly #mistake: Mistake;
  #nextFile = 0;

  constructor(mistake: Mistake) {
    this.#mistake = mistake;
    this.profile = join(folder, 'profile');
    this.inbox = join(folder, 'inbox');
  }

  /** There are always some files ahead of the branch, all different. */
  async #fillInbox(): Promise<void> {
    await mkdir(this.inbox, { recursive: true });
    for (let number = this.#nextFile; number < this.#nextFile + 24; number += 1) {
      if (this.#hashes.has(number)) continue;
      const bytes = await jpeg({ width: 320, height: 240, seed: 10_000 + number });
      this.#hashes.set(number, createHash('sha256').update(bytes).digest('hex'));
      await writeFile(join(this.inbox, `${number}.jpg`), bytes);
    }
  }

  /** Starts the branch and kills it `afterMs` after it has begun to work. Notes what it was promised until then. */
  async workAndDie(afterMs: number): Promise<void> {
    await this.#fillInbox();
    const child = spawn(
      process.execPath,
      [BRANCH, this.profile, this.inbox, String(this.#nextFile), practice.server.origin, this.#mistake],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const gone = new Promise<NodeJS.Signals | null>((resolve) => {
      child.once('exit', (_code, signal) => {
        resolve(signal);
      });
    });
    let taken = this.#nextFile - 1;
    for await (const line of createInterface({ input: child.stdout })) {
      const [word, first = '', second = ''] = line.split(' ');
      if (word === 'STARTED') setTimeout(() => child.kill('SIGKILL'), afterMs);
      if (word === 'TAKE') taken = Number(first);
      if (word === 'PAGE') this.pages.set(second, this.#hashes.get(Number(first)) ?? '');
      if (word === 'RELEASED') this.released.add(first);
    }
    if ((await gone) !== 'SIGKILL') throw new Error('the branch ended by itself');
    // Whole customers only: an odd file belongs to one that was cut short.
    this.#nextFile = Math.ceil((taken + 1) / 2) * 2;
  }

  check(): Promise<Problem[]> {
    return withProfile(this.profile, { isStarted: false }, (satchel, services) =>
      check(satchel, services, this, practice),
    );
  }
}

/**
 * Personr cannot be asked whether it took a customer whose answer was lost, so the desk asks a person. This one looks at
 * the provider, as the sentence says: a page that is there is confirmed, everything else goes again.
 */
async function decideAsAPerson(services: Services): Promise<void> {
  const stored = new Set((await practice.files()).filter((file) => file.stored > 0).map(({ sha256 }) => sha256));
  const { rows } = await services.capture.submissions({ filter: { tab: 'attention' }, offset: 0, limit: 500 });
  for (const row of rows) {
    const { attention, operations, pages } = services.capture.submission(row.id);
    if (attention?.choices.includes('send_again') !== true) continue;
    const doubtful = operations.find(({ state }) => state === 'attention');
    const page = pages.find(({ id }) => id === doubtful?.pageId);
    services.decide(row.id, page !== undefined && stored.has(page.sha256) ? 'confirm_delivered' : 'send_again');
  }
}

/** Something that goes wrong now and then, and a pace at which kills meet requests on their way. */
function someFaults(random: () => number): FaultInput[] {
  const actions: FaultInput['action'][] = [
    { kind: 'resetAfterStoring' },
    { kind: 'resetBeforeStoring' },
    { kind: 'cutAfterBytes', bytes: Math.floor(random() * 20_000) },
    { kind: 'cutAnswer' },
    { kind: 'status', status: 503 },
  ];
  const action = actions[Math.floor(random() * actions.length)];
  return [
    ...(action === undefined || random() < 0.4 ? [] : [{ method: 'POST', times: 1, action }]),
    { times: 1_000_000, action: { kind: 'delay', ms: 20 + Math.floor(random() * 60) } },
  ];
}

describe('kill -9 at random moments', () => {
  it(`loses nothing, doubles nothing and claims nothing in ${KILLS} kills (seed ${SEED})`, async () => {
    console.log(`crash: seed ${SEED}, ${KILLS} kills; repeat with SATCHEL_CRASH_SEED=${SEED}`);
    const random = seededRandom(SEED);
    const branch = new Branch('none');
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await practice.clearFaults();
      await practice.faults(...someFaults(() => random.number()));
      await branch.workAndDie(Math.floor(random.number() * LATEST_KILL_MS));
      expect({ seed: SEED, kill, problems: await branch.check() }).toEqual({ seed: SEED, kill, problems: [] });
    }
    // Otherwise the branch did too little to show anything.
    expect(branch.pages.size).toBeGreaterThan(KILLS);

    // The last start is not killed: everything that was released comes to its end, each page once.
    await practice.clearFaults();
    await withProfile(branch.profile, { isStarted: true }, async (satchel, services) => {
      const unfinished = () =>
        [...branch.released]
          .map((id) => services.capture.submission(id))
          .filter(({ state }) => state !== 'accepted')
          .map(({ reference, state, beside, explanation, operations }) => ({
            reference,
            state,
            beside,
            explanation,
            operations: operations.filter((operation) => operation.state !== 'done'),
          }));
      await until(
        'everything released to be accepted',
        async () => {
          await decideAsAPerson(services);
          services.dispatcher.tryNow(null);
          return unfinished().length === 0;
        },
        { everyMs: 400 },
      ).catch((error: unknown) => {
        throw new Error(JSON.stringify(unfinished()), { cause: error });
      });
      await services.capture.whenInspected();
      expect(await check(satchel, services, branch, practice)).toEqual([]);
      const counted = new Map((await practice.files()).map(({ sha256, stored }) => [sha256, stored]));
      for (const id of branch.released) {
        const { pages, reference } = services.capture.submission(id);
        expect([reference, ...pages.map(({ sha256 }) => counted.get(sha256))]).toEqual([reference, 1, 1]);
      }
    });

    // Rows and files agree again: what a kill left half written is gone, and nothing else is.
    const database = openDatabase({
      file: join(branch.profile, 'satchel.sqlite3'),
      applicationId: APPLICATION_ID,
      migrations,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
    });
    if (database.kind === 'refused') throw new Error(database.reason);
    const rows = database.db.get<{ n: number }>('SELECT count(*) AS n FROM blobs')?.n;
    database.close();
    const names = readdirSync(join(branch.profile, 'vault'), { recursive: true }).map(String);
    expect(names.filter((name) => name.endsWith('.page')).length).toBe(rows);
    expect(
      existsSync(join(branch.profile, 'vault', 'tmp')) && readdirSync(join(branch.profile, 'vault', 'tmp')),
    ).toEqual([]);
  });
});

describe('the checker itself', () => {
  it('finds pages whose row was written before their bytes', async () => {
    const random = seededRandom(SEED);
    const branch = new Branch('rowBeforeBytes');
    let found: Problem[] = [];
    for (let kill = 1; kill <= 10 && found.length === 0; kill += 1) {
      await branch.workAndDie(150 + Math.floor(random.number() * 300));
      found = await branch.check();
    }
    expect(found.map(({ kind }) => kind)).toContain('lost');
  });

  it('finds documents that were sent again under a new key', async () => {
    const branch = new Branch('newKeyPerAttempt');
    let found: Problem[] = [];
    for (let kill = 1; kill <= 10 && found.length === 0; kill += 1) {
      await practice.clearFaults();
      await practice.faults({ api: 'persona', method: 'POST', times: 2, action: { kind: 'resetAfterStoring' } });
      await branch.workAndDie(1_500);
      found = await branch.check();
    }
    expect(found.map(({ kind }) => kind)).toContain('doubled');
  });
});
