import type { ReadableDatabase } from '../database/types.ts';
import { SatchelFailure } from '../../shared/util/failure.ts';
import { operationsOfSubmission } from '../outbox/index.ts';
import { CredentialMissing } from '../providers/port.ts';
import type { Asked, FinishedOperation, ProviderAsks, RecordContext } from '../providers/port.ts';
import { askedOnce } from './asked-once.ts';
import type { RecordDependencies } from './desk.ts';
import { finishedAs } from './progress.ts';

/** How long an answer that a person waits for may take; a download of every image of a customer is the longest. */
const ASK_MS = 120_000;

/**
 * A person asks the provider about one customer, outside of what is sent and followed. Throws `SatchelFailure` in words when the
 * provider offers nothing of the kind, or does not answer.
 */
export async function askProvider<Answer>(
  dependencies: RecordDependencies,
  submissionId: string,
  ask: (asks: ProviderAsks, earlier: readonly FinishedOperation[], context: RecordContext) => Promise<Asked<Answer>>,
): Promise<Asked<Answer> & { kind: 'answer' }> {
  const { db, connections, providers, content } = dependencies;
  const target = connections.forSync(connectionOf(db, submissionId));
  const asks = target === null ? undefined : providers.get(target.provider)?.asks;
  if (target === null || asks === undefined) {
    throw new SatchelFailure({ code: 'conflict', message: { code: 'app.askNotOffered' } });
  }
  const context: RecordContext = {
    ...target,
    http: dependencies.http,
    clock: dependencies.clock,
    signal: AbortSignal.timeout(ASK_MS),
    subject: () => content.subject(submissionId),
    page: (pageId) => content.page(pageId),
  };
  const earlier = finishedAs(operationsOfSubmission(db, submissionId));
  const answer = await answered(ask(asks, earlier, context));
  if (answer.kind === 'refused') throw new SatchelFailure({ code: 'conflict', message: askedOnce(answer.message) });
  return answer;
}

async function answered<Answer>(asked: Promise<Asked<Answer>>): Promise<Asked<Answer>> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CredentialMissing) return { kind: 'refused', message: { code: 'sync.credentialMissing' } };
    throw error;
  }
}

function connectionOf(db: ReadableDatabase, submissionId: string): string {
  const row = db.get<{ id: string }>('SELECT connection_id AS id FROM submissions WHERE id = ?', [submissionId]);
  if (row === undefined) throw new SatchelFailure({ code: 'not_found', message: { code: 'app.notFound' } });
  return row.id;
}
