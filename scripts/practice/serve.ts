import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accessOf,
  DEFAULT_CREDENTIALS,
  PracticeUnavailable,
  startPracticeServer,
  type PracticeServer,
} from '../../main/practice/index.ts';
import { readPracticePage } from './page.ts';
import { followSwitches, readSwitches, type Switches } from './switch-file.ts';

export interface ServeOptions {
  readonly port: number;
  /** Null: in a temporary folder, forgotten at the end. */
  readonly database: string | null;
  /** Null: the assumed values. */
  readonly switchFile: string | null;
  /** Where webhooks go; null: nowhere. */
  readonly webhooks: { readonly persona: string | null; readonly personr: string | null };
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

/** A sentence for the person at the terminal. */
export class ServeProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'ServeProblem';
  }
}

/** Runs the practice server with its page until Ctrl+C. Throws `ServeProblem` or `SwitchFileProblem` when it cannot start. */
export async function serve(options: ServeOptions): Promise<void> {
  const switches = options.switchFile === null ? {} : await readSwitches(options.switchFile);
  const temporary = options.database === null ? await mkdtemp(join(tmpdir(), 'satchel-practice-')) : null;
  try {
    const server = await start(options, temporary, switches);
    await setWebhooks(server, options.webhooks);
    const unfollow = follow(options, server, switches);
    announce(options, server);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    unfollow();
    await server.close();
    options.say(temporary === null ? '\nEnded.' : '\nEnded. What it received is forgotten.');
  } finally {
    if (temporary !== null) await rm(temporary, { recursive: true, force: true });
  }
}

async function start(
  { port, database }: ServeOptions,
  temporary: string | null,
  switches: Switches,
): Promise<PracticeServer> {
  try {
    const server = await startPracticeServer({
      databaseFile: database ?? join(temporary ?? '', 'practice.sqlite3'),
      port,
      isPortFixed: port !== 0,
      page: await readPracticePage(),
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      random: (length) => randomBytes(length),
    });
    await setSwitches(server, switches);
    return server;
  } catch (error) {
    throw new ServeProblem(whyNot(error, port));
  }
}

function whyNot(error: unknown, port: number): string {
  if (error instanceof PracticeUnavailable) {
    return `The file given with --database cannot be used (${error.reason}). Give the name of a file that is not there yet.`;
  }
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Give another one with --port, or --port 0 for any that is free.`;
  }
  if (code === 'EACCES') return `Port ${port} is not allowed for this user. Give one above 1023 with --port.`;
  throw error;
}

async function setSwitches(server: PracticeServer, switches: Switches): Promise<void> {
  await post(server, 'switches', switches);
}

const WEBHOOK_SECRET = 'wbhsec_practice';
const WEBHOOK_TOKEN = 'practice';

async function setWebhooks(server: PracticeServer, { persona, personr }: ServeOptions['webhooks']): Promise<void> {
  const answer = await post(server, 'webhooks', {
    ...(persona === null ? {} : { persona: { url: persona, secrets: [WEBHOOK_SECRET] } }),
    ...(personr === null ? {} : { personr: { url: personr, token: WEBHOOK_TOKEN } }),
  });
  if (answer.ok) return;
  await server.close();
  throw new ServeProblem('A webhook goes to an address on this PC only, for example http://127.0.0.1:9000/webhook.');
}

function post({ origin, adminToken }: PracticeServer, call: string, body: unknown): Promise<Response> {
  return fetch(`${origin}/practice/${call}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function follow({ switchFile, say, warn }: ServeOptions, server: PracticeServer, first: Switches): () => void {
  if (switchFile === null) return () => undefined;
  return followSwitches(switchFile, first, {
    apply: async (switches) => {
      await setSwitches(server, switches);
      say(`${switchFile}: taken.`);
    },
    refuse: (problem) => {
      warn(`${problem}\nNothing was changed; the values before go on.`);
    },
  });
}

function announce({ say, database, webhooks }: ServeOptions, { origin, adminToken }: PracticeServer): void {
  say('The practice server runs on this PC only; nothing leaves it.\n');
  for (const { api, path, credential } of accessOf(DEFAULT_CREDENTIALS)) {
    say(`  ${api.padEnd(9)} ${origin}${path}`);
    say(`  ${' '.repeat(9)} ${credential}`);
  }
  if (webhooks.persona !== null) say(`  Webhooks  Persona’s go to ${webhooks.persona}, signed with ${WEBHOOK_SECRET}`);
  if (webhooks.personr !== null)
    say(`  Webhooks  Personr’s go to ${webhooks.personr}, with the token ${WEBHOOK_TOKEN}`);
  say(`\n  Page      ${origin}/#token=${adminToken}\n`);
  say(
    database === null
      ? 'It forgets everything at the end (--database keeps it).'
      : `It keeps what it receives in ${database}.`,
  );
  say('Ctrl+C ends it.');
}
