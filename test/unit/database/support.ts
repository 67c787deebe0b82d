import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  APPLICATION_ID,
  migrations,
  openDatabase,
  type OpenDatabaseOptions,
  type OpenedDatabase,
} from '../../../main/database/index.ts';
import type { Clock } from '../../../shared/util/clock.ts';

/** 22 November 2026, 03:00 UTC. */
export const START_MS = Date.UTC(2026, 10, 22, 3);

/** A clock that a test moves. */
export function testClock(): Clock & { advance(milliseconds: number): void } {
  let elapsed = 0;
  return {
    now: () => START_MS + elapsed,
    monotonic: () => elapsed,
    advance(milliseconds) {
      elapsed += milliseconds;
    },
  };
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'satchel-test-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

export function optionsFor(file: string, changed: Partial<OpenDatabaseOptions> = {}): OpenDatabaseOptions {
  return { file, applicationId: APPLICATION_ID, migrations, clock: testClock(), busyTimeoutMs: 50, ...changed };
}

/** Opens and expects it to work; closed at the end of the test. */
export function openForTest(file: string, changed: Partial<OpenDatabaseOptions> = {}): OpenedDatabase {
  const result = openDatabase(optionsFor(file, changed));
  if (result.kind !== 'opened') throw new Error(`refused: ${result.reason} ${result.code ?? ''}`);
  onTestFinished(() => {
    result.close();
  });
  return result;
}

/** Names and contents of a directory, to show that nothing was changed. */
export function contentOf(directory: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((name) => [name, readFileSync(join(directory, name)).toString('base64')]),
  );
}

export function setting(opened: OpenedDatabase, key: string): string | undefined {
  return opened.db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [key])?.value;
}

export function putSetting(opened: OpenedDatabase, key: string, value: string): void {
  opened.db.transaction((db) => {
    db.run('INSERT INTO settings (key, value) VALUES (?, ?)', [key, value]);
  });
}
