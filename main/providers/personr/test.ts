import type { ConnectionContext, Provider } from '../port.ts';
import { callPersonr } from './client.ts';
import { refusal } from './refusals.ts';
import { formRequest } from './requests.ts';
import { enterWorkspace } from './workspace.ts';

/** No applicant can have this id. */
const NOBODY = 'satchel-connection-test';

/**
 * Asks for the status of an applicant that does not exist. Any answer in Personr's own shape, except "not allowed",
 * proves address and token; a token is made only when the connection has none, because a new one ends the old one. Then it enters
 * the workspace that the connection names, as every create does; no call tells which one is current without entering one.
 */
export async function testConnection(context: ConnectionContext): ReturnType<Provider['test']> {
  const reply = await callPersonr(context, formRequest('/api-applicant-status', { applicantId: NOBODY }, NOBODY));
  if (reply.kind === 'failed') return { isOk: false, message: reply.outcome.evidence.message, requestId: null };
  const refused = refusal(reply, 'read');
  const isRefused =
    refused.kind === 'pause' || refused.kind === 'rate_limited' || reply.kind !== 'json' || reply.status >= 500;
  if (isRefused) return { isOk: false, message: refused.evidence.message, requestId: null };
  const entered = await enterWorkspace(context, NOBODY);
  if (entered.kind === 'failed') return { isOk: false, message: entered.outcome.evidence.message, requestId: null };
  const { workspace } = entered;
  return {
    isOk: true,
    message:
      workspace === null ? { code: 'personr.testOk' } : { code: 'personr.testOkWorkspace', params: { workspace } },
    requestId: null,
  };
}
