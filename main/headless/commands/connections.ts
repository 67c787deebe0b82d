import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConnectionInput, Flow, ProviderId } from '../../../shared/domain/index.ts';
import { connectionReport } from '../../../shared/util/connection-report.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Services } from '../../app/index.ts';
import { inEnglish } from '../../words/index.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import { readSecret } from '../standard-input.ts';
import { findNamed } from './find-named.ts';
import { withServices } from './with-services.ts';

const DEFAULT_BASE_URLS = {
  persona: 'https://api.withpersona.com/api/v1',
  personr: 'https://enterprise.personr.co/api/1.1/wf',
} as const;

/** Asked at a terminal; a program hands the same over with a pipe. */
const CREDENTIAL_QUESTIONS = {
  persona: 'API key (not shown)',
  personr: 'Sign-in as JSON, {"email": "…", "password": "…"} (not shown)',
} as const;

/** The connection of that name or id. Throws `SatchelFailure` naming the ones there are. */
export function findConnection(services: Services, wanted: string) {
  return findNamed(
    services.connections.views(),
    wanted,
    'connection.unknown',
    ({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase(),
  );
}

export function listConnections({ profile, output }: Invocation): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const views = services.connections.views();
    output.result(views, () =>
      views.map(
        (view) =>
          `${view.name}  ${view.provider}  ${view.environment}  ${view.baseUrl}  flows: ${view.flows.map(({ id }) => id).join(', ')}${view.pause === null ? '' : `  paused: ${inEnglish(view.pause.message)}`}`,
      ),
    );
    return Promise.resolve(EXIT.ok);
  });
}

/** A JSON object as the provider wants it, or for Persona the key alone. */
function parseCredential(provider: ProviderId, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new SatchelFailure({ code: 'invalid_input', message: { code: 'connection.credentialMissing' } });
  }
  if (provider === 'persona' && !trimmed.startsWith('{')) return { apiKey: trimmed };
  try {
    return JSON.parse(trimmed);
  } catch {
    // The text itself must not appear in the error: it holds the credential.
    throw new SatchelFailure({ code: 'invalid_input', message: { code: 'connection.credentialNotJson' } });
  }
}

/** Flows from a file. Throws `SatchelFailure` naming the file and what is wrong with it. */
async function readFlows(file: string): Promise<Flow[]> {
  const refuse = (problem: string): SatchelFailure =>
    new SatchelFailure({ code: 'invalid_input', message: { code: 'connection.flowsFile', params: { file, problem } } });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw refuse('it cannot be read');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  const parsed = z.array(Flow).min(1).safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** Options of `connection add`. */
export const NewConnection = z.object({
  provider: ProviderId,
  name: z.string(),
  environment: z.string(),
  baseUrl: z.string().nullable().default(null),
  flows: z.string(),
  personaVersion: z.string().nullable().default(null),
  workspace: z.string().exactOptional(),
});

export async function addConnection(
  { profile, output }: Invocation,
  options: z.infer<typeof NewConnection>,
): Promise<number> {
  const { provider } = options;
  const flows = await readFlows(options.flows);
  const input = ConnectionInput.parse({
    provider,
    name: options.name,
    environment: options.environment,
    baseUrl: options.baseUrl ?? DEFAULT_BASE_URLS[provider],
    flows,
    settings: {
      ...(options.personaVersion === null ? {} : { version: options.personaVersion }),
      ...(options.workspace === undefined ? {} : { workspace: options.workspace }),
    },
    credential: parseCredential(provider, await readSecret(CREDENTIAL_QUESTIONS[provider])),
  });
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const connectionId = services.connections.create(input);
    output.result({ connectionId }, () => [`Added ${input.name} (${connectionId}).`]);
    return Promise.resolve(EXIT.ok);
  });
}

export function testConnection({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const answer = await services.testConnection(findConnection(services, name).id);
    output.result(answer, () => [
      inEnglish(answer.message),
      ...(answer.requestId === null ? [] : [`request id: ${answer.requestId}`]),
    ]);
    return answer.isOk ? EXIT.ok : EXIT.failed;
  });
}

/** Why a connection waits, for IT: hosts, certificates, times; nothing of a customer's and no credential. */
export function reportOnConnection({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ satchel, services }) => {
    const connection = findConnection(services, name);
    const facts = {
      nowMs: Date.now(),
      version: 'command line',
      runtime: `Node ${process.versions.node}`,
      clockOffByMs: satchel.status().clockOffByMs,
    };
    output.result({ connection: connection.id, pause: connection.pause }, () => [
      connectionReport(connection, facts, inEnglish),
    ]);
    return Promise.resolve(EXIT.ok);
  });
}

export function removeConnection({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const connection = findConnection(services, name);
    services.connections.remove(connection.id);
    output.line(`Removed ${connection.name}.`);
    return Promise.resolve(EXIT.ok);
  });
}
