import type { Subject } from '../../../shared/domain/index.ts';
import { evidence } from '../http.ts';
import type { ConnectionContext, OperationToPerform, Outcome, PerformContext } from '../port.ts';
import { readCreated } from './answers.ts';
import { callPersonr } from './client.ts';
import { plain } from './details.ts';
import { CreatePayload } from './payloads.ts';
import { refusal } from './refusals.ts';
import type { PersonrRequest } from './requests.ts';
import { isSuccess } from './state.ts';
import { enterWorkspace } from './workspace.ts';

/** What the creates of persons and companies share. */

/** `sourceKey` of everything that Satchel creates. */
export const SOURCE = 'satchel';

type Created = NonNullable<ReturnType<typeof readCreated>>;

interface Creation {
  /** The customer's own fields together with what names the flow and the record. */
  readonly request: (named: { flowName: string; sourceKey: string; externalUserId: string }) => PersonrRequest;
  readonly purpose: 'create' | 'entity';
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
  { request, purpose, createdCode }: Creation,
): Promise<Outcome> {
  const { idempotencyKey } = operation;
  const entered = await enterWorkspace(context, idempotencyKey);
  if (entered.kind === 'failed') return entered.outcome;
  const flowName = currentFlowName(CreatePayload.parse(operation.payload), context);
  const reply = await callPersonr(context, {
    ...request({ flowName, sourceKey: SOURCE, externalUserId: JSON.stringify([idempotencyKey]) }),
    beforeLastByte: context.beforeLastByte,
    onProgress: context.onProgress,
  });
  if (reply.kind === 'failed') return reply.outcome;
  const created = isSuccess(reply) ? readCreated(reply.json) : null;
  if (created === null) return refusal(reply, purpose, { flow: flowName });
  const { applicantId } = created;
  if (!isNew(created, context.subject())) {
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

/**
 * Whether the record of an answer is the one that was asked for. What Personr does with a customer whom it has already is not documented:
 * one that it only gives back has a status of its own, or another person's names, and no page may go there.
 */
function isNew({ applicantStatus, nameFirst, nameLast }: Created, { givenName, familyName }: Subject): boolean {
  if (applicantStatus !== null && plain(applicantStatus) !== 'created') return false;
  return !isOther(nameFirst, givenName) || !isOther(nameLast, familyName);
}

function isOther(shown: string | null, own: string): boolean {
  return shown !== null && own !== '' && plain(shown) !== plain(own);
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
 * wants it for what was released before, too.
 */
export function currentFlowName({ flowName, flowId }: CreatePayload, { connection }: ConnectionContext): string {
  return connection.flows.find(({ id }) => id === flowId)?.name ?? flowName;
}
