/** A desk of real parts on a temporary folder: database, vault, field cipher, inspection. Only the clock is set. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4, v7 } from 'uuid';
import { z } from 'zod';
import { EMPTY_SUBJECT } from '../../../shared/domain/index.ts';
import { createCapture } from '../../../main/capture/index.ts';
import type { Capture, CaptureOptions } from '../../../main/capture/index.ts';
import { APPLICATION_ID, migrations, openDatabase } from '../../../main/database/index.ts';
import type { WritableDatabase } from '../../../main/database/index.ts';
import { createInspection } from '../../../main/inspection/index.ts';
import { silentLog } from '../../../main/logging/index.ts';
import type { PlanInput, PlannedOperation } from '../../../main/providers/port.ts';
import { createConnections, ensurePracticeConnections } from '../../../main/settings/index.ts';
import type { Connections } from '../../../main/settings/index.ts';
import { decide, toInReview, toSending, toSent } from '../../../main/submissions/index.ts';
import {
  createFieldCipher,
  createFileKeyStore,
  createVault,
  freeBytesOf,
  openKeys,
} from '../../../main/vault/index.ts';
import type { FieldCipher, Vault } from '../../../main/vault/index.ts';
import { lendInspection } from '../../support/lent-inspection.ts';

export interface Desk {
  readonly directory: string;
  readonly capture: Capture;
  readonly db: WritableDatabase;
  readonly vault: Vault;
  readonly cipher: FieldCipher;
  readonly connections: Connections;
  readonly personaId: string;
  readonly personrId: string;
  readonly clock: { at: number };
  readonly changes: string[][];
  readonly progress: { done: number; total: number }[];
  /** Writes a file into the desk's folder for files and answers its path. */
  file(name: string, bytes: Uint8Array): Promise<string>;
  /** Ends the desk; with `keep` its folder stays for the next one. */
  close(keep?: 'keep'): Promise<void>;
}

/** `onlyFor`: the name of the one flow that the account fits. */
const AccountPayload = z.object({ onlyFor: z.string().optional() });

/** One upload per page and one start that needs them all: the shape of a plan without a provider. */
export function plainPlan(input: PlanInput): PlannedOperation[] {
  const uploads = input.documents.flatMap((document) =>
    document.pages
      .filter((page) => !page.isDelivered)
      .map((page) => ({
        ref: page.pageId,
        kind: 'plain.upload',
        payload: { pageId: page.pageId, side: page.side, country: document.country, round: input.round },
        needs: [],
        pageId: page.pageId,
        byteLength: page.byteLength,
      })),
  );
  return [
    ...uploads,
    {
      ref: 'start',
      kind: 'plain.start',
      payload: { earlier: input.earlier.length },
      needs: uploads.map((upload) => upload.ref),
      pageId: null,
      byteLength: 0,
    },
  ];
}

const random = (length: number): Buffer => randomBytes(length);

export async function openDesk(
  options: {
    directory?: string;
    wrapVault?: (vault: Vault) => Vault;
    wrapDatabase?: (db: WritableDatabase) => WritableDatabase;
    plan?: CaptureOptions['plan'];
    heldFields?: CaptureOptions['heldFields'];
    answerLimitMs?: number;
    files?: CaptureOptions['files'];
    /** In a program that has to end by itself. */
    isProgram?: boolean;
  } = {},
): Promise<Desk> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'satchel-desk-')));
  const clock = { at: Date.UTC(2026, 10, 22, 9, 0, 0) };
  const clockPort = { now: () => clock.at, monotonic: () => performance.now() };
  const opened = openDatabase({
    file: join(directory, 'satchel.db'),
    applicationId: APPLICATION_ID,
    migrations,
    clock: clockPort,
  });
  if (opened.kind !== 'opened') throw new Error(`the database was refused: ${opened.reason}`);
  const vaultDirectory = join(directory, 'vault');
  const keys = await openKeys({
    directory: vaultDirectory,
    keyStore: createFileKeyStore({ file: join(directory, 'key'), random }),
    clock: clockPort,
    random,
  });
  if (keys.kind !== 'unlocked') throw new Error(`the vault is locked: ${keys.reason}`);
  const realVault = createVault({
    directory: vaultDirectory,
    vaultKey: keys.vaultKey,
    clock: clockPort,
    random,
    freeBytes: () => freeBytesOf(directory),
    reserveBytes: 0,
    workers: 2,
  });
  const vault = options.wrapVault?.(realVault) ?? realVault;
  const cipher = createFieldCipher(keys.vaultKey, random);
  const connections = createConnections({ db: opened.db, cipher, clock: clockPort, newId: v7 });
  const [personaId = '', personrId = ''] = ensurePracticeConnections(connections, 4711);
  const inspection = options.isProgram === true ? createInspection() : lendInspection();
  const changes: string[][] = [];
  const progress: { done: number; total: number }[] = [];
  const capture = createCapture({
    db: options.wrapDatabase?.(opened.db) ?? opened.db,
    vault,
    cipher,
    inspection,
    connections,
    clock: clockPort,
    newId: v7,
    newIdempotencyKey: v4,
    operator: 'counter-1',
    heldFields: options.heldFields ?? (() => []),
    linkedOwners: () => [],
    planRedaction: () => null,
    servesFlow: (_provider, { kind, payload }, { name }) =>
      kind === 'plain.account' && [undefined, name].includes(AccountPayload.parse(payload).onlyFor),
    mayBeLeft: () => false,
    planSelfService: () => [],
    plan: options.plan ?? ((_provider, input) => plainPlan(input)),
    askPerson: () => null,
    events: {
      changed: ({ submissionIds }) => {
        changes.push(submissionIds);
      },
      importProgress: ({ done, total }) => {
        progress.push({ done, total });
      },
    },
    log: silentLog,
    ...(options.answerLimitMs === undefined ? {} : { answerLimitMs: options.answerLimitMs }),
    ...(options.files === undefined ? {} : { files: options.files }),
  });
  return {
    directory,
    capture,
    db: opened.db,
    vault,
    cipher,
    connections,
    personaId,
    personrId,
    clock,
    changes,
    progress,
    async file(name, bytes) {
      const path = join(directory, name);
      await writeFile(path, bytes);
      return path;
    },
    async close(keep) {
      await inspection.close();
      await capture.close();
      await realVault.close();
      opened.close();
      if (keep === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

export const PERSON = {
  ...EMPTY_SUBJECT,
  givenName: 'Erika',
  familyName: 'Mustermann',
  birthDate: '1984-08-12',
  country: 'DEU',
  email: 'erika@example.invalid',
  phone: '+491510000000',
  reference: 'B-1001',
};

/** A new customer in a new batch (or the given one). Persona's practice flow wants identity and address. */
export function newCustomer(
  desk: Desk,
  provider: 'persona' | 'personr' = 'persona',
  subject: Partial<typeof PERSON> = {},
  batchId = desk.capture.createBatch(),
): { batchId: string; submissionId: string } {
  const submissionId = desk.capture.createSubmission({
    batchId,
    connectionId: provider === 'persona' ? desk.personaId : desk.personrId,
    flowId: provider === 'persona' ? 'proof-of-address' : 'identity-selfie',
    subject: { ...PERSON, ...subject },
    // Asked for otherwise.
    documents: [{ requirementId: 'address', documentType: 'utility_bill', issuedOn: '2026-11-20' }],
  });
  return { batchId, submissionId };
}

export const PASSPORT_SLOT = 'identity/passport/single';
export const BILL_SLOT = 'address/utility_bill/single';

/** Why a provider wants a page again. */
export const WANTED_AGAIN = { message: { code: 'provider.wantsRetake' } };

/** A released customer whose every page was delivered, and of whom the provider then wants one slot again. */
export function wantAgain({ db, clock }: Pick<Desk, 'db' | 'clock'>, submissionId: string, slot: string): void {
  const by = { now: clock.at, operator: 'system' };
  const slots = { [slot]: WANTED_AGAIN.message };
  db.transaction((transaction) => {
    toSending(transaction, submissionId, by);
    transaction.run('UPDATE operations SET state = 4, done_at = 1');
    transaction.run('UPDATE pages SET delivered_at = 1');
    toSent(transaction, submissionId, by);
    toInReview(transaction, submissionId, WANTED_AGAIN, by);
    decide(transaction, submissionId, { state: 'retake', slots }, WANTED_AGAIN, by);
  });
}
