import { z } from 'zod';
import { PersonaRoute, type Flow } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import type { ConnectionContext, ConnectionTest } from '../port.ts';
import { requestIdOf } from './answers.ts';
import { callPersona, openKey, type PersonaCall } from './client.ts';
import { inquiryPath, templateAttribute, templateRefused } from './inquiry.ts';
import { readObject, textAttribute } from './objects.ts';
import { refusal, type Answered } from './refusals.ts';
import { bodyOf } from './requests.ts';

const RateLimits = z.object({
  data: z.array(
    z.object({
      attributes: z
        .record(z.string(), z.unknown())
        .transform((attributes) => ({ limit: attributes['limit'], remaining: attributes['remaining'] }))
        .pipe(z.object({ limit: z.number(), remaining: z.number() }))
        .nullable()
        .catch(null),
    }),
  ),
});

/**
 * GET /rate-limits: needs a valid key and nothing else, and changes nothing. In a sandbox, whose inquiries are pretended
 * ones, a flow's template is tried as well: an inquiry is opened, simulated to its end, read and redacted.
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
  for (const templateId of templatesOf(flows)) {
    const problem = await tryTemplate(context, templateId);
    if (problem !== null) return problem;
  }
  const tried = templatesOf(flows).length;
  return tried === 0
    ? ok
    : { ...ok, details: [...(ok.details ?? []), { code: 'persona.testTemplates', params: { templates: tried } }] };
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

function templatesOf(flows: readonly Flow[]): string[] {
  const routes = flows.flatMap(({ route }) => (route === undefined ? [] : [PersonaRoute.parse(route)]));
  return [...new Set(routes.flatMap((route) => (route.by === 'inquiry' ? [route.templateId] : [])))];
}

/** Null: the inquiry went through every step; otherwise the first step that did not work. */
async function tryTemplate(context: ConnectionContext, templateId: string): Promise<ConnectionTest | null> {
  const attributes = { [templateAttribute(templateId)]: templateId, note: 'Satchel connection test' };
  const opened = await step(context, {
    method: 'POST',
    path: '/inquiries',
    body: bodyOf('createInquiry', { data: { attributes }, meta: { 'auto-create-account': false } }),
  });
  if ('isOk' in opened) return opened;
  const path = inquiryPath(opened.inquiryId);
  const actions = (['start_inquiry', 'complete_inquiry', 'approve_inquiry'] as const).map((type) => ({ type }));
  const simulated = await step(context, {
    method: 'POST',
    path: `${path}/perform-simulate-actions`,
    body: bodyOf('simulate', { meta: { 'simulate-actions': actions } }),
  });
  const read = 'isOk' in simulated ? simulated : await step(context, { method: 'GET', path });
  // Redacted whatever came of it: a test leaves nothing behind that looks like a customer.
  const redacted = await step(context, { method: 'DELETE', path });
  if ('isOk' in read) return read;
  if ('isOk' in redacted) return redacted;
  return read.status === 'approved'
    ? null
    : { isOk: false, message: { code: 'persona.testSimulation' }, requestId: read.requestId };
}

interface Step {
  readonly inquiryId: string;
  readonly status: string;
  readonly requestId: string | null;
}

async function step(context: ConnectionContext, request: PersonaCall): Promise<Step | ConnectionTest> {
  const reply = await callPersona(context, request);
  if (reply.kind === 'failed') return { isOk: false, message: reply.outcome.evidence.message, requestId: null };
  const inquiry = reply.status < 300 && reply.kind === 'json' ? readObject(reply.json, 'inquiry') : null;
  if (inquiry === null) return failed(reply);
  return {
    inquiryId: inquiry.object.id,
    status: textAttribute(inquiry.object, 'status'),
    requestId: requestIdOf(reply),
  };
}

function failed(reply: Answered): ConnectionTest {
  const { evidence } = templateRefused(reply) ?? refusal(reply, 'read');
  return { isOk: false, message: evidence.message, requestId: evidence.requestId };
}
