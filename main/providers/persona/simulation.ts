import type { PersonaRoute } from '../../../shared/domain/index.ts';
import type { Message } from '../../../shared/messages/index.ts';
import type { ConnectionContext, ConnectionTest } from '../port.ts';
import { requestIdOf } from './answers.ts';
import { checksOf } from './checks.ts';
import { callPersona, type PersonaCall } from './client.ts';
import { inquiryPath, templateAttribute, templateRefused } from './inquiry.ts';
import { readObject, textAttribute, type PersonaAnswer } from './objects.ts';
import { refusal, type Answered } from './refusals.ts';
import { bodyOf, type SimulateAction } from './requests.ts';

/** A sandbox's inquiries are pretended ones: everything that can become of one is brought about, read, and redacted. */

export type Template = Extract<PersonaRoute, { by: 'inquiry' }>;

interface Step {
  /** Persona's own word for what is done; `resume` is a call of its own. */
  readonly actions: readonly Exclude<SimulateAction, { data: unknown }>['type'][] | 'resume';
  /** What the inquiry is to be after it. */
  readonly expected: readonly string[];
  /** A template that does not come so far does not work; every other step is told and no more. */
  readonly isNeeded?: true;
}

/** What the official specification lists, one inquiry each: what ends an inquiry lets nothing follow. */
const INQUIRIES: readonly (readonly Step[])[] = [
  [
    { actions: ['start_inquiry'], expected: ['pending'] },
    { actions: ['expire_inquiry'], expected: ['expired'] },
    { actions: 'resume', expected: ['pending'] },
  ],
  [
    { actions: ['start_inquiry', 'complete_inquiry'], expected: ['completed'] },
    { actions: ['mark_for_review_inquiry'], expected: ['needs_review'] },
    { actions: ['approve_inquiry'], expected: ['approved'], isNeeded: true },
  ],
  [{ actions: ['start_inquiry', 'complete_inquiry', 'decline_inquiry'], expected: ['declined'] }],
  [{ actions: ['start_inquiry', 'fail_inquiry'], expected: ['failed'] }],
];

interface Tried {
  /** One sentence for each step. */
  readonly details: readonly Message[];
  /** Null: the template works. */
  readonly problem: ConnectionTest | null;
}

/** Takes a template through every end that can be simulated. The first thing that must work and does not ends it. */
export async function tryTemplate(context: ConnectionContext, template: Template): Promise<Tried> {
  const details: Message[] = [];
  for (const steps of INQUIRIES) {
    const problem = await withInquiry(context, template, async (path) => {
      for (const step of steps) {
        const done = await take(context, template, path, step);
        details.push(done.detail);
        if (done.problem !== null) return done.problem;
      }
      return null;
    });
    if (problem !== null) return { details, problem };
  }
  if (template.verificationTemplateId === '') return { details, problem: null };
  const problem = await withInquiry(context, template, async (path) => {
    const checked = await takeVerifications(context, template, path);
    details.push(checked);
    return null;
  });
  return { details, problem };
}

/** A new inquiry for what is to be tried. It is redacted whatever came of it: a test leaves nothing behind that looks like a customer. */
async function withInquiry(
  context: ConnectionContext,
  { templateId }: Template,
  use: (path: string) => Promise<ConnectionTest | null>,
): Promise<ConnectionTest | null> {
  const attributes = { [templateAttribute(templateId)]: templateId, note: 'Satchel connection test' };
  const opened = await ask(context, {
    method: 'POST',
    path: '/inquiries',
    body: bodyOf('createInquiry', { data: { attributes }, meta: { 'auto-create-account': false } }),
  });
  if (opened.kind !== 'inquiry') return opened.problem;
  const path = inquiryPath(opened.inquiry.object.id);
  const problem = await use(path);
  const redacted = await ask(context, { method: 'DELETE', path });
  if (problem !== null) return problem;
  return redacted.kind === 'inquiry' ? null : redacted.problem;
}

async function take(
  context: ConnectionContext,
  { templateId }: Template,
  path: string,
  { actions, expected, isNeeded }: Step,
): Promise<{ readonly detail: Message; readonly problem: ConnectionTest | null }> {
  const step = actions === 'resume' ? actions : (actions.at(-1) ?? '');
  const simulated = await ask(
    context,
    actions === 'resume'
      ? { method: 'POST', path: `${path}/resume`, idempotencyKey: `test-${context.clock.now()}-${path}` }
      : simulation(
          path,
          actions.map((type) => ({ type })),
        ),
  );
  const read = simulated.kind === 'inquiry' ? await ask(context, { method: 'GET', path }) : simulated;
  const params = { template: templateId, step };
  if (read.kind !== 'inquiry') {
    const detail = { code: 'persona.testStepRefused', params: { ...params, status: read.status ?? '–' } };
    return { detail, problem: isNeeded === true || read.kind === 'failed' ? read.problem : null };
  }
  const status = textAttribute(read.inquiry.object, 'status');
  if (expected.includes(status))
    return { detail: { code: 'persona.testStep', params: { ...params, status } }, problem: null };
  const other = { ...params, status: status === '' ? '–' : status, expected: expected.join(', ') };
  return {
    detail: { code: 'persona.testStepOther', params: other },
    problem:
      isNeeded === true
        ? { isOk: false, message: { code: 'persona.testSimulation' }, requestId: read.requestId }
        : null,
  };
}

/** One verification that passes and one that fails, and how the desk would be told of the second. */
async function takeVerifications(
  context: ConnectionContext,
  { templateId, verificationTemplateId }: Template,
  path: string,
): Promise<Message> {
  const data = { 'verification-template-id': verificationTemplateId };
  const params = { template: templateId, step: 'create_failed_verification' };
  const simulated = await ask(
    context,
    simulation(path, [
      { type: 'start_inquiry' },
      { type: 'create_passed_verification', data },
      { type: 'create_failed_verification', data },
    ]),
  );
  const read =
    simulated.kind === 'inquiry'
      ? await ask(context, { method: 'GET', path: `${path}?include=verifications` })
      : simulated;
  if (read.kind !== 'inquiry') {
    return { code: 'persona.testStepRefused', params: { ...params, status: read.status ?? '–' } };
  }
  const verifications = read.inquiry.included.filter(({ type }) => type.startsWith('verification'));
  const passed = verifications.filter((verification) => textAttribute(verification, 'status') === 'passed').length;
  const { told, untold } = checksOf(verifications);
  return { code: 'persona.testVerifications', params: { template: templateId, passed, told, untold } };
}

function simulation(path: string, actions: readonly SimulateAction[]): PersonaCall {
  return {
    method: 'POST',
    path: `${path}/perform-simulate-actions`,
    body: bodyOf('simulate', { meta: { 'simulate-actions': [...actions] } }),
  };
}

type Answer =
  | { readonly kind: 'inquiry'; readonly inquiry: PersonaAnswer; readonly requestId: string | null }
  /** `failed`: nothing answered that could be Persona; `refused`: it did, with this status. */
  | { readonly kind: 'failed' | 'refused'; readonly status: number | null; readonly problem: ConnectionTest };

async function ask(context: ConnectionContext, request: PersonaCall): Promise<Answer> {
  const reply = await callPersona(context, request);
  if (reply.kind === 'failed') {
    const { message, status } = reply.outcome.evidence;
    return { kind: 'failed', status, problem: { isOk: false, message, requestId: null } };
  }
  const inquiry = reply.status < 300 && reply.kind === 'json' ? readObject(reply.json, 'inquiry') : null;
  return inquiry === null
    ? { kind: 'refused', status: reply.status, problem: problemOf(reply) }
    : { kind: 'inquiry', inquiry, requestId: requestIdOf(reply) };
}

function problemOf(reply: Answered): ConnectionTest {
  const { evidence } = templateRefused(reply) ?? refusal(reply, 'read');
  return { isOk: false, message: evidence.message, requestId: evidence.requestId };
}
