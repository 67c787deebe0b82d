import type { ConnectionContext, OperationToPerform } from '../port.ts';
import type { CreatePayload } from './payloads.ts';

/** What the creates of persons and companies share. */

/** `sourceKey` of everything that Satchel creates. */
export const SOURCE = 'satchel';

/** Our own reference, one for each create: nothing else could find the record again. */
export function ourReference(operation: OperationToPerform): { sourceKey: string; externalUserId: string } {
  return { sourceKey: SOURCE, externalUserId: JSON.stringify([operation.idempotencyKey]) };
}

/**
 * Personr matches a flow by its exact name, which may be changed in its dashboard. Who then corrects it in the connection's settings
 * wants it for what was released before, too.
 */
export function currentFlowName({ flowName, flowId }: CreatePayload, { connection }: ConnectionContext): string {
  return connection.flows.find(({ id }) => id === flowId)?.name ?? flowName;
}
