import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Each rule, and an import that must break it. */
const PLANTED: readonly (readonly [rule: string, file: string, source: string])[] = [
  ['shared-is-pure', 'shared/util/a.ts', "import { b } from '../../main/outbox/index.ts'; export const a = b;"],
  ['shared-is-pure', 'shared/util/b.ts', "import { readFileSync } from 'node:fs'; export const a = readFileSync;"],
  ['renderer-is-sandboxed', 'renderer/app/a.ts', "import { b } from '../../main/outbox/index.ts'; export const a = b;"],
  ['renderer-no-node', 'renderer/app/b.ts', "import { readFileSync } from 'node:fs'; export const a = readFileSync;"],
  ['features-stand-alone', 'renderer/features/today/a.ts', "import { b } from '../capture/b.ts'; export const a = b;"],
  ['preload-forwards-only', 'main/preload/a.ts', "import { b } from '../outbox/index.ts'; export const a = b;"],
  ['electron-in-two-rooms', 'main/capture/a.ts', "import { app } from 'electron'; export const a = app;"],
  ['sqlite-in-one-room', 'main/capture/b.ts', "import Sqlite from 'better-sqlite3'; export const a = Sqlite;"],
  ['database-is-the-bottom', 'main/database/a.ts', "import { b } from '../outbox/index.ts'; export const a = b;"],
  ['outbox-knows-no-network', 'main/outbox/a.ts', "import { b } from '../network/index.ts'; export const a = b;"],
  ['sync-knows-no-window', 'main/sync/a.ts', "import { b } from '../ipc/index.ts'; export const a = b;"],
  ['capture-knows-no-network', 'main/capture/c.ts', "import { b } from '../sync/index.ts'; export const a = b;"],
  ['scanning-knows-no-customer', 'main/scanning/a.ts', "import { b } from '../outbox/index.ts'; export const a = b;"],
  ['policy-alone', 'main/policy/a.ts', "import { b } from '../database/index.ts'; export const a = b;"],
  [
    'supervision-knows-no-customer',
    'main/supervision/a.ts',
    "import { b } from '../outbox/index.ts'; export const a = b;",
  ],
  ['loaded-on-demand', 'main/scanning/b.ts', "import { Bonjour } from 'bonjour-service'; export const a = Bonjour;"],
  ['loaded-on-demand', 'main/scanning/c.ts', "import { b } from './escl/parse-xml.ts'; export const a = b;"],
  ['xml-in-one-file', 'main/scanning/d.ts', "import { XMLParser } from 'fast-xml-parser'; export const a = XMLParser;"],
  [
    'handlers-call-services',
    'main/ipc/handlers/a.ts',
    "import { b } from '../../database/index.ts'; export const a = b;",
  ],
  ['practice-is-a-stranger', 'main/practice/a.ts', "import { b } from '../providers/index.ts'; export const a = b;"],
  ['nobody-knows-the-host', 'main/capture/d.ts', "import { b } from '../../test/host/b.ts'; export const a = b;"],
  ['one-index-per-room', 'main/sync/b.ts', "import { b } from '../outbox/claim.ts'; export const a = b;"],
  ['no-cycles', 'main/vault/a.ts', "import { b } from './b.ts'; export const a = b;"],
];

/** What the planted imports point at. */
const TARGETS = [
  'main/outbox/index.ts',
  'main/outbox/claim.ts',
  'main/network/index.ts',
  'main/ipc/index.ts',
  'main/sync/index.ts',
  'main/database/index.ts',
  'main/providers/index.ts',
  'main/scanning/escl/parse-xml.ts',
  'renderer/features/capture/b.ts',
  'test/host/b.ts',
];

let copy = '';

function write(file: string, source: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), source);
}

function cruise(...paths: string[]): { status: number | null; output: string } {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      ...paths,
    ],
    { cwd: copy, encoding: 'utf8' },
  );
  return { status: run.status, output: run.stdout + run.stderr };
}

describe('the import rules', () => {
  let result: { status: number | null; output: string };

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'satchel-rooms-'));
    cpSync(join(root, '.dependency-cruiser.cjs'), join(copy, '.dependency-cruiser.cjs'));
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const target of TARGETS) write(target, 'export const b = 1;');
    write('main/vault/b.ts', "import { a } from './a.ts'; export const b: number = a;");
    for (const [, file, source] of PLANTED) write(file, source);
    result = cruise('main', 'renderer', 'shared', 'test');
  });

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it.each(PLANTED)('%s finds %s', (rule, file) => {
    expect(result.status).not.toBe(0);
    expect(result.output).toContain(`error ${rule}: ${file}`);
  });
});
