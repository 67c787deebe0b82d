import { z } from 'zod';
import { PersonaRoute, type Flow } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import type { ConnectionContext, ConnectionTest } from '../port.ts';
import { ReceivedNumber } from '../received.ts';
import { requestIdOf } from './answers.ts';
import { callPersona, openKey } from './client.ts';
import { refusal, type Answered } from './refusals.ts';
import { tryTemplate, type Template } from './simulation.ts';

const RateLimits = z.object({
  data: z.array(
    z.object({
      attributes: z
        .record(z.string(), z.unknown())
        .transform((attributes) => ({ limit: attributes['limit'], remaining: attributes['remaining'] }))
        .pipe(z.object({ limit: ReceivedNumber, remaining: ReceivedNumber }))
        .nullable()
        .catch(null),
    }),
  ),
});

/**
 * GET /rate-limits: needs a valid key and nothing else, and changes nothing. In a sandbox, whose inquiries are pretended
 * ones, a flow's template is tried as well (`simulation.ts`), and each step is told.
 */
export async function testConnection(context: ConnectionContext, flows: readonly Flow[] = []): Promise<ConnectionTest> {
  const wrongKey = keyOfOtherEnvironment(context);
  if (wrongKey !== null) return { isOk: false, message: wrongKey, requestId: null };
  const reply = await callPersona(context, { method: 'GET', path: '/rate-limits' });
  if (reply.kind === 'failed') return { isOk: false, message: reply.outcome.evidence.message, requestId: null };
  const limits = reply.status === 200 && reply.kind === 'json' ? RateLimits.safeParse(reply.json) : null;
  if (limits?.success !== true) return failed(reply);
  const [limit] = limits.data.data.flatMap(({ attributes }) => attributes ?? []);
  const ok: ConnectionTest = {
    isOk: true,
    message: { code: 'persona.testOk' },
    requestId: requestIdOf(reply),
    details: limit === undefined ? [] : [{ code: 'persona.testRateLimit', params: { ...limit } }],
  };
  if (context.connection.environment !== 'sandbox') return ok;
  const details = [...(ok.details ?? [])];
  for (const template of templatesOf(flows)) {
    const tried = await tryTemplate(context, template);
    details.push(...tried.details);
    if (tried.problem !== null) return { ...tried.problem, details };
  }
  return { ...ok, details };
}

/** The key, not the address, chooses Persona's environment: a sandbox key would make every document a pretended one. */
function keyOfOtherEnvironment(context: ConnectionContext): Message | null {
  const apiKey = openKey(context);
  const isProduction = context.connection.environment === 'production';
  if (apiKey?.startsWith('persona_sandbox_') === true && isProduction) return { code: 'persona.testSandboxKey' };
  return apiKey?.startsWith('persona_production_') === true && !isProduction
    ? { code: 'persona.testProductionKey' }
    : null;
}

/** The inquiry templates of the flows, each once. */
function templatesOf(flows: readonly Flow[]): Template[] {
  const templates = flows.flatMap(({ route }) => {
    const parsed = PersonaRoute.parse(route ?? { by: 'documents' });
    return parsed.by === 'inquiry' ? [parsed] : [];
  });
  return [...new Map(templates.map((template) => [template.templateId, template])).values()];
}

function failed(reply: Answered): ConnectionTest {
  const { evidence } = refusal(reply, 'read');
  return { isOk: false, message: evidence.message, requestId: evidence.requestId };
}
