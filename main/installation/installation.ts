import { realpathSync } from 'node:fs';
import { v7 as newId } from 'uuid';
import type { CopyDecision, CopyReason } from '../../shared/domain/index.ts';
import type { Clock } from '../../shared/util/clock.ts';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';
import { appendLedger } from '../ledger/index.ts';
import { errorFields } from '../logging/index.ts';
import type { Log } from '../logging/index.ts';
import { doubtEverything, takeBackRedactions } from '../outbox/index.ts';
import type { Place } from './place.ts';
import { isOpenElsewhere, machineHash, newToken, pruneRecords, readRecord, writeRecord } from './record.ts';
import type { Record } from './record.ts';

export interface InstallationOptions {
  readonly db: WritableDatabase;
  /** The profile's folder. */
  readonly profile: string;
  /** Null: not watched over (tests of other things). */
  readonly place: Place | null;
  readonly clock: Clock;
  readonly log: Log;
  /** The database is an older one on purpose (a copy took a damaged one's place), and everything in it is in doubt anyway. */
  readonly isRestored: boolean;
}

/** Whether this profile is the one that ran here last, or a copy of it. Nothing is sent while there is a question. */
export interface Installation {
  readonly question: { readonly reason: CopyReason; readonly choices: readonly CopyDecision[] } | null;
  /** The original is open in another process of this PC at this moment. */
  isOriginalOpen(): boolean;
  /** A person has decided. Throws when there is no such choice. */
  decide(choice: CopyDecision, operator: string): void;
  /**
   * Keeps the record up with the ledger, so that an older state of it is known for what it is, and says that the profile is
   * open. Call it every half minute; never throws. `isClosing`: nobody has it open from now on.
   */
  note(isClosing?: boolean): void;
}

const ID = 'installation.id';
const TOKEN = 'installation.token';

export function openInstallation(options: InstallationOptions): Installation {
  const { place } = options;
  if (place === null) return { question: null, isOriginalOpen: () => false, decide: refuse, note: () => {} };
  return new Watched(options, place);
}

function refuse(): never {
  throw new Error('installation: there is nothing to decide');
}

class Watched implements Installation {
  readonly #options: InstallationOptions;
  readonly #place: Place;
  readonly #folder: string;
  #question: Installation['question'];

  constructor(options: InstallationOptions, place: Place) {
    this.#options = options;
    this.#place = place;
    this.#folder = realpathSync(options.profile);
    this.#question = this.#examine();
    if (this.#question === null) this.#renew();
    else options.log.warn('installation.question', { reason: this.#question.reason });
  }

  get question(): Installation['question'] {
    return this.#question;
  }

  decide(choice: CopyDecision, operator: string): void {
    const { db, clock } = this.#options;
    const question = this.#question;
    if (question?.choices.includes(choice) !== true) refuse();
    const now = clock.now();
    db.transaction(() => {
      const isOlder = choice === 'older_copy';
      if (isOlder) takeBackRedactions(db, { now, operator });
      const doubted = isOlder ? doubtEverything(db, { now }) : 0;
      appendLedger(db, {
        at: now,
        operator,
        submissionId: null,
        operationId: null,
        kind: 'installation.decided',
        data: { message: { code: `ledger.installation.${choice}` }, reason: question.reason, doubted },
      });
    });
    this.#renew();
    this.#question = null;
  }

  isOriginalOpen(): boolean {
    const id = readSetting(this.#options.db, ID);
    const record = id === null ? null : readRecord(this.#place.records, id);
    return record !== null && record.folder !== this.#folder && isOpenElsewhere(record, this.#options.clock.now());
  }

  note(isClosing = false): void {
    const { db } = this.#options;
    if (this.#question !== null) return;
    try {
      const id = readSetting(db, ID);
      const token = readSetting(db, TOKEN);
      if (id === null || token === null) return;
      this.#write(id, { token, previousToken: null, sequence: headOf(db), pid: isClosing ? null : process.pid });
    } catch (error) {
      this.#options.log.warn('installation.notNoted', errorFields(error));
    }
  }

  #examine(): Installation['question'] {
    const { db, isRestored } = this.#options;
    const id = readSetting(db, ID);
    const token = readSetting(db, TOKEN);
    // New here, or from a version that kept no record: this is where it lives.
    if (id === null || token === null) return null;
    const record = readRecord(this.#place.records, id);
    if (record === null || record.machine !== machineHash(this.#place.machine, id)) {
      return { reason: 'other_pc', choices: ['moved', 'older_copy'] };
    }
    const isOlder = ![record.token, record.previousToken].includes(token) || headOf(db) < record.sequence;
    if (record.folder !== this.#folder) {
      // What ran on at the other place since has sent what this one still holds as waiting.
      return { reason: 'elsewhere', choices: isOlder ? ['older_copy'] : ['moved', 'older_copy'] };
    }
    return isOlder && !isRestored ? { reason: 'older', choices: ['older_copy'] } : null;
  }

  /**
   * Makes this profile the one that runs here. The record outside is written first and knows both tokens meanwhile, so
   * that a start cut off in between is not taken for a copy.
   */
  #renew(): void {
    const { db, clock, log } = this.#options;
    const id = readSetting(db, ID) ?? newId();
    const previousToken = readSetting(db, TOKEN);
    const known = { token: newToken(), sequence: headOf(db), pid: process.pid };
    try {
      this.#write(id, { ...known, previousToken });
      db.transaction(() => {
        writeSetting(db, ID, id);
        writeSetting(db, TOKEN, known.token);
      });
      this.#write(id, { ...known, previousToken: null });
      pruneRecords(this.#place.records, clock.now());
    } catch (error) {
      // A full disk must not keep the desk from working: the next start renews it.
      log.warn('installation.notRenewed', errorFields(error));
    }
  }

  #write(id: string, rest: Pick<Record, 'token' | 'previousToken' | 'sequence' | 'pid'>): void {
    writeRecord(this.#place.records, id, {
      version: 1,
      machine: machineHash(this.#place.machine, id),
      folder: this.#folder,
      at: this.#options.clock.now(),
      ...rest,
    });
  }
}

function headOf(db: ReadableDatabase): number {
  return db.get<{ head: number | null }>('SELECT max(sequence) AS head FROM ledger')?.head ?? 0;
}

function readSetting(db: ReadableDatabase, key: string): string | null {
  return db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key])?.value ?? null;
}

function writeSetting(db: WritableDatabase, key: string, value: string): void {
  db.run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
    key,
    value,
  ]);
}
