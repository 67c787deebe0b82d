import { PersonrSettings } from '../../../shared/domain/index.ts';
import { evidence, type FailedOutcome } from '../http.ts';
import type { ConnectionContext } from '../port.ts';
import { readWorkspace } from './answers.ts';
import { callPersonr } from './client.ts';
import { refusal } from './refusals.ts';
import { formRequest } from './requests.ts';
import { isSuccess } from './state.ts';

export type Entered =
  /** `workspace` null: the connection names none, so it is not known which one is current. */
  | { readonly kind: 'entered'; readonly workspace: string | null }
  | { readonly kind: 'failed'; readonly outcome: FailedOutcome };

/**
 * New applicants land in the workspace that the account used last, wherever that was, and no call reads which one it is. So when the
 * connection names one, POST /api-change-workspace goes right before each create, and only the answer that names it counts. It moves
 * the account in Personr's dashboard too: it is for a service account, one for each workspace. Repeating it changes nothing.
 */
export async function enterWorkspace(context: ConnectionContext, seed: string): Promise<Entered> {
  const { workspace } = PersonrSettings.parse(context.connection.settings);
  if (workspace === '') return { kind: 'entered', workspace: null };
  const reply = await callPersonr(context, formRequest('/api-change-workspace', { workspace }, seed));
  if (reply.kind === 'failed') return reply;
  const current = isSuccess(reply) ? readWorkspace(reply.json) : null;
  if (current === workspace) return { kind: 'entered', workspace };
  if (current === null) return { kind: 'failed', outcome: refusal(reply, 'workspace', { workspace }) };
  return {
    kind: 'failed',
    outcome: {
      kind: 'pause',
      cause: 'call_it',
      evidence: evidence(reply.status, null, { code: 'personr.workspaceOther', params: { workspace, current } }),
      afterMs: null,
    },
  };
}
