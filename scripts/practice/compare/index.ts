import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { DEFAULT_CREDENTIALS, startPracticeServer, type PracticeServer } from '../../../main/practice/index.ts';
import { codeOf, reasonOf } from '../reasons.ts';
import type { Switches } from '../switch-file.ts';
import { comparedCalls, type ComparedCall } from './differences.ts';
import { personaSteps } from './persona-steps.ts';
import { personrSteps } from './personr-steps.ts';
import { signedHeaders } from './sumsub-signature.ts';
import { sumsubSteps } from './sumsub-steps.ts';
import {
  CredentialRefused,
  leftBy,
  record,
  RecordingStopped,
  type Left,
  type Memory,
  type RecordedCall,
  type Step,
  type World,
} from './recording.ts';
import { SPECIMEN_DATA, type SentFile, type Specimens } from './specimen.ts';

/** A real account (or whatever answers like one), and what its own settings are; null: what needs it is left out. */
export type Account = { readonly baseUrl: string; readonly waitMs: number } & (
  | {
      readonly api: 'persona';
      readonly apiKey: string;
      readonly version: string;
      readonly template: string | null;
      readonly transactionType: string | null;
    }
  | {
      readonly api: 'personr';
      readonly email: string;
      readonly password: string;
      readonly flowName: string;
      readonly entityFlowName: string | null;
      /** Where a page of a company lies that Personr can fetch. */
      readonly fileUrl: string | null;
    }
  | { readonly api: 'sumsub'; readonly appToken: string; readonly secretKey: string; readonly levelName: string }
);

export interface Comparison {
  readonly calls: readonly ComparedCall[];
  /** The recording as it may be written: shapes only. */
  readonly recording: string;
}

/** Comparing is not allowed, or cannot be done; the sentence says why. */
export class CompareProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'CompareProblem';
  }
}

/** Quick, but not so quick that nothing is ever under way. */
const PRACTICE_PACE = {
  'persona.processingMinMs': 1000,
  'persona.processingMaxMs': 1000,
  'personr.stageMinMs': 400,
  'personr.stageMaxMs': 400,
  'sumsub.stageMinMs': 400,
  'sumsub.stageMaxMs': 400,
} as const;
const PRACTICE_WAIT_MS = 1500;

/**
 * Makes the same calls at the account and at a fresh practice server, and says where the answers differ in status, header names
 * and the shape of their JSON. Nothing of a value is kept. Aborting `stop` ends it. Throws `CompareProblem`, which then says what has
 * become of the records that were made in the account.
 */
export async function compare(
  account: Account,
  switches: Switches,
  stop = new AbortController().signal,
): Promise<Comparison> {
  refuseProduction(account);
  const files = await specimens();
  const reference = `satchel-compare-${randomUUID()}`;
  const secrets: Memory = new Map([['reference', reference]]);
  const steps = stepsOf(account, reference, files);
  const { hostname } = new URL(account.baseUrl);
  const there = await record(steps, worldOf(account), secrets, stop).catch((error: unknown) => {
    throw error instanceof RecordingStopped
      ? new CompareProblem(stoppedSentence(error, { hostname, all: steps.length, reference }))
      : error;
  });
  const recording = `${JSON.stringify({ api: account.api, madeAt: new Date().toISOString(), calls: there }, null, 2)}\n`;
  if (holdsAny(recording, [...secrets.values(), ...credentialsOf(account), ...SPECIMEN_DATA])) {
    const what = 'The recording would hold a credential or an id. Nothing was written, and nothing is shown.';
    throw new CompareProblem(`${what} ${leftSentence(leftBy(steps, there), reference)}`);
  }
  const twin = await recordTwin(account, { switches, reference, files, stop }).catch((error: unknown) => {
    const what = `All ${steps.length} calls at ${hostname} were made. ${twinStopped(error, steps.length)}`;
    throw new CompareProblem(`${what}. Nothing was written. ${leftSentence(leftBy(steps, there), reference)}`);
  });
  return { calls: comparedCalls(twin.steps, there, twin.calls), recording };
}

/** The same calls at practice. Throws `RecordingStopped`, or what kept practice from starting. */
async function recordTwin(
  account: Account,
  { switches, reference, files, stop }: { switches: Switches; reference: string; files: Specimens; stop: AbortSignal },
): Promise<{ readonly steps: readonly Step[]; readonly calls: readonly RecordedCall[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'satchel-compare-'));
  try {
    const server = await startPracticeServer({
      databaseFile: join(folder, 'practice.sqlite3'),
      port: 0,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      random: (length) => randomBytes(length),
      switches: { ...PRACTICE_PACE, ...switches },
    });
    try {
      const twin = practiceTwin(account, server);
      const steps = stepsOf(twin, reference, files);
      return { steps, calls: await record(steps, worldOf(twin), new Map([['reference', reference]]), stop) };
    } finally {
      await server.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where a recording will be written. */
export interface ReservedFile {
  write(recording: string): Promise<void>;
  /** Leaves nothing behind; after `write` it changes nothing. */
  discard(): Promise<void>;
}

/** Made before the first call, so that no run is for nothing; never over a file that is there. Throws `CompareProblem`. */
export async function reserveRecording(file: string): Promise<ReservedFile> {
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    throw new CompareProblem(
      `${file} was not written: ${reasonOf(error, 'its folder is not there')}. No call was made.`,
    );
  });
  let isWritten = false;
  return {
    write: async (recording) => {
      await handle.writeFile(recording);
      await handle.close();
      isWritten = true;
    },
    discard: async () => {
      if (isWritten) return;
      await handle.close();
      await rm(file, { force: true });
    },
  };
}

const SPECIMENS = {
  bill: 'amelie-utility-bill.pdf',
  front: 'clara-driving-licence-front.jpg',
  back: 'clara-driving-licence-back.jpg',
} as const;

/** The files that are sent, by neutral names. */
async function specimens(): Promise<Specimens> {
  const [bill, front, back] = await Promise.all([specimen('bill'), specimen('front'), specimen('back')]);
  return { bill, front, back };
}

async function specimen(name: keyof typeof SPECIMENS): Promise<SentFile> {
  const source = SPECIMENS[name];
  const bytes = await readFile(new URL(`../../../assets/samples/${source}`, import.meta.url));
  return { data: bytes.toString('base64'), filename: `specimen-${name}${extname(source)}` };
}

function refuseProduction(account: Account): void {
  const { protocol, hostname } = new URL(account.baseUrl);
  if (protocol !== 'https:' && hostname !== '127.0.0.1' && hostname !== 'localhost') {
    throw new CompareProblem('The base URL must begin with https://: a credential is sent to it.');
  }
  const isProduction =
    (account.api === 'persona' && account.apiKey.startsWith('persona_production_')) ||
    (account.api === 'sumsub' && account.appToken.startsWith('prd:'));
  if (isProduction) {
    throw new CompareProblem(
      'This is a key of the production environment. Use one of the sandbox: the calls make records.',
    );
  }
}

function stepsOf(account: Account, reference: string, files: Specimens): Step[] {
  if (account.api === 'persona') {
    return personaSteps({ ...account, reference, files });
  }
  if (account.api === 'personr') {
    return personrSteps({ ...account, reference, file: files.bill });
  }
  return sumsubSteps({ levelName: account.levelName, reference, file: files.bill });
}

/** The same choices with practice's own credential; its flows and levels have names of their own. */
function practiceTwin(account: Account, server: PracticeServer): Account {
  const [apiKey = ''] = DEFAULT_CREDENTIALS.personaApiKeys;
  const [user = { email: '', password: '' }] = DEFAULT_CREDENTIALS.personrUsers;
  const [token = { appToken: '', secretKey: '' }] = DEFAULT_CREDENTIALS.sumsubTokens;
  const waitMs = PRACTICE_WAIT_MS;
  if (account.api === 'persona') {
    return { ...account, baseUrl: server.personaBaseUrl, waitMs, apiKey };
  }
  if (account.api === 'personr') {
    const entityFlowName = account.entityFlowName === null ? null : 'Company';
    return {
      ...account,
      baseUrl: server.personrBaseUrl,
      waitMs,
      ...user,
      flowName: 'Proof of address',
      entityFlowName,
    };
  }
  return { ...account, baseUrl: server.sumsubBaseUrl, waitMs, ...token, levelName: 'Proof of address' };
}

function worldOf(account: Account): World {
  const { baseUrl, waitMs } = account;
  return { baseUrl, waitMs, headers: headersOf(account) };
}

function headersOf(account: Account): World['headers'] {
  if (account.api === 'persona') {
    return () => ({
      authorization: `Bearer ${account.apiKey}`,
      'persona-version': account.version,
      'key-inflection': 'kebab',
    });
  }
  if (account.api === 'personr') {
    return (memory) => bearer(memory.get('token'));
  }
  return (_memory, request, step) => signedHeaders(account, request, step);
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function stoppedSentence(
  { cause, answered, left }: RecordingStopped,
  { hostname, all, reference }: { hostname: string; all: number; reference: string },
): string {
  if (cause instanceof CredentialRefused) return `${hostname} does not take this credential (401). Nothing was made.`;
  const what = isStop(cause) ? 'Stopped' : `${hostname} was not reached (${codeOf(cause)})`;
  const written = left === 'nothing' ? '' : 'Nothing was written. ';
  return `${what} after ${answered} of ${all} calls. ${written}${leftSentence(left, reference)}`;
}

/** Why practice's half did not come to its end; what became of practice's own records is of no interest. */
function twinStopped(error: unknown, all: number): string {
  if (!(error instanceof RecordingStopped)) return `Practice did not start (${codeOf(error)})`;
  const what = isStop(error.cause) ? 'Stopped' : `Practice was not reached (${codeOf(error.cause)})`;
  return `${what} after ${error.answered} of ${all} calls at practice`;
}

function isStop(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'AbortError';
}

function leftSentence(left: Left, reference: string): string {
  if (left === 'nothing') return 'Nothing was made.';
  return left === 'redacted'
    ? 'The account, inquiry and transaction that they may have made are redacted.'
    : `What they have made may still be there: look for the reference ${reference}.`;
}

function credentialsOf(account: Account): string[] {
  if (account.api === 'persona') {
    return [account.apiKey];
  }
  if (account.api === 'personr') {
    return [account.email, account.password, `${account.email}:${account.password}`];
  }
  return [account.appToken, account.secretKey];
}

/**
 * Shapes hold no values by their making, and names are written only where they look like names. One that is a secret all the same (a
 * password may be a word, and a header's name comes in small letters) is found here, in every form in which it went out.
 */
export function holdsAny(recording: string, secrets: readonly string[]): boolean {
  const text = recording.toLowerCase();
  return secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
      // As the name of a media type is written.
      secret.replace('/', ' '),
    ])
    .some((form) => text.includes(form.toLowerCase()));
}
