import { isForEntity } from '../../../shared/domain/index.ts';
import { evidence } from '../http.ts';
import type { ConnectionContext, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { readCreated } from './answers.ts';
import { callPersonr } from './client.ts';
import { plain } from './details.ts';
import { CreatePayload, PERSONR_ENTITY_CREATE, wantedBy } from './payloads.ts';
import { refusal } from './refusals.ts';
import type { PersonrRequest } from './requests.ts';
import { isSuccess, readApplicant } from './state.ts';
import type { RecordKind } from './state.ts';
import { enterWorkspace } from './workspace.ts';

/** What the creates of persons and companies share. */

/** `sourceKey` of everything that Satchel creates. */
export const SOURCE = 'satchel';

type Created = NonNullable<ReturnType<typeof readCreated>>;

interface Creation {
  /** The customer's own fields together with what names the flow and the record. */
  readonly request: (named: { flowName: string; sourceKey: string; externalUserId: string }) => PersonrRequest;
  readonly purpose: 'create' | 'entity';
  /** What the customer is called, by Personr's names of the fields: the answer repeats them. */
  readonly called: Readonly<Record<string, string>>;
  /** Code of the message when the connection names no workspace. */
  readonly createdCode: string;
}

/**
 * The call itself, in the workspace that the connection names. `externalUserId` holds our own reference, one for each create:
 * nothing else could find the record again.
 */
export async function createRecord(
  operation: OperationToPerform,
  context: PerformContext,
  { request, purpose, called, createdCode }: Creation,
): Promise<Outcome> {
  const { idempotencyKey } = operation;
  const entered = await enterWorkspace(context, idempotencyKey);
  if (entered.kind === 'failed') return entered.outcome;
  const flowName = currentFlowName(operation, context);
  const reply = await callPersonr(context, {
    ...request({ flowName, sourceKey: SOURCE, externalUserId: JSON.stringify([idempotencyKey]) }),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const created = isSuccess(reply) ? readCreated(reply.json) : null;
  if (created === null) return refusal(reply, purpose, { flow: flowName });
  const { applicantId } = created;
  if (!(await isNew(created, called, operation, context))) {
    const message = { code: 'personr.createdOther', params: { id: applicantId } };
    return { kind: 'attention', cause: 'call_it', evidence: evidence(reply.status, null, message) };
  }
  const { workspace } = entered;
  return {
    kind: 'done',
    result: { applicantId },
    evidence: evidence(
      reply.status,
      null,
      workspace === null ? { code: createdCode } : { code: 'personr.createdIn', params: { workspace } },
    ),
  };
}

/** The status of a record that somebody has worked with, as `plain` has it: what follows `Created` in the documentation. */
const IN_USE: ReadonlySet<string> = new Set(['prechecked', 'pending', 'onhold', 'approved', 'reviewed']);

/**
 * Whether the record of an answer is the one that was asked for. What Personr does with a customer whom it has already is not documented:
 * one that it only gives back has the status of a record in use, or is called otherwise, and no page may go there. A status that nobody
 * knows yet says neither. Names that Personr only writes otherwise are told from another customer's by our own reference.
 */
async function isNew(
  created: Created,
  called: Readonly<Record<string, string>>,
  { idempotencyKey, kind }: OperationToPerform,
  context: PerformContext,
): Promise<boolean> {
  const { applicantId, applicantStatus } = created;
  if (applicantStatus !== null && IN_USE.has(plain(applicantStatus))) return false;
  if (Object.entries(called).every(([name, own]) => isAlike(created[name], own))) return true;
  const of: RecordKind = kind === PERSONR_ENTITY_CREATE ? 'entity' : 'applicant';
  const found = await readApplicant(applicantId, idempotencyKey, context, of);
  return found.kind === 'found' && found.status.externalUserIds.includes(idempotencyKey);
}

/** What is not shown, and what the customer has not, says nothing. */
function isAlike(shown: unknown, own: string): boolean {
  return typeof shown !== 'string' || shown === '' || own === '' || plain(shown) === plain(own);
}

/** The customer lacks what Personr wants of every record. */
export function fieldMissing(field: string): Outcome {
  return {
    kind: 'attention',
    cause: 'correct_data',
    evidence: evidence(null, null, { code: 'personr.fieldMissing', params: { field } }),
  };
}

/**
 * Personr matches a flow by its exact name, which may be changed in its dashboard. Who then corrects it in the connection's settings
 * wants it for what was released before, too. A flow of the same id for the other kind of customer is not this one; nor is one that asks
 * for other pages by now, since those of the release go there.
 */
export function currentFlowName(
  { kind, payload }: Pick<OperationToPerform, 'kind' | 'payload'>,
  { connection }: ConnectionContext,
): string {
  const { flowName, flowId, wanted } = CreatePayload.parse(payload);
  const isOwn = (flow: ConnectionContext['connection']['flows'][number]): boolean =>
    flow.id === flowId &&
    isForEntity(flow) === (kind === PERSONR_ENTITY_CREATE) &&
    (wanted === undefined || wanted === wantedBy(flow));
  return connection.flows.find(isOwn)?.name ?? flowName;
}
