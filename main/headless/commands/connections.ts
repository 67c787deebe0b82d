import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import {
  ConnectionEdit,
  ConnectionInput,
  Flow,
  newSettings,
  PROVIDER_DESCRIPTORS,
  ProviderId,
} from '../../../shared/domain/index.ts';
import type { ProviderDescriptor } from '../../../shared/domain/index.ts';
import { connectionReport } from '../../../shared/util/connection-report.ts';
import { SatchelFailure } from '../../../shared/util/failure.ts';
import type { Services } from '../../app/index.ts';
import { assertNotPractice } from '../../settings/index.ts';
import { inEnglish } from '../../words/index.ts';
import type { Invocation } from '../invocation.ts';
import { EXIT } from '../exit-codes.ts';
import { optionName } from '../option-name.ts';
import { readSecret } from '../standard-input.ts';
import { findNamed } from './find-named.ts';
import { reportFacts } from './report-facts.ts';
import { readSupervisorPin } from './supervisor.ts';
import { withServices } from './with-services.ts';

/** The credential as JSON, its values left out. */
function credentialForm({ credentialFields }: ProviderDescriptor): string {
  return `{${credentialFields.map(({ key }) => `"${key}": "…"`).join(', ')}}`;
}

/** Asked at a terminal; a program hands the same over with a pipe. */
function credentialQuestion(described: ProviderDescriptor): string {
  const { credential, bareField } = described.commandLine;
  return `${credential}${bareField === null ? ` as JSON, ${credentialForm(described)}` : ''} (not shown)`;
}

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

/** A JSON object as the provider wants it; for one whose credential is a single key, that key alone will do. */
function parseCredential(described: ProviderDescriptor, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new SatchelFailure({ code: 'invalid_input', message: { code: 'connection.credentialMissing' } });
  }
  const { bareField } = described.commandLine;
  if (bareField !== null && !trimmed.startsWith('{')) return { [bareField]: trimmed };
  try {
    return JSON.parse(trimmed);
  } catch {
    // The text itself must not appear in the error: it holds the credential.
    throw new SatchelFailure({
      code: 'invalid_input',
      message: {
        code: 'connection.credentialNotJson',
        params: { provider: described.name, form: credentialForm(described) },
      },
    });
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
  throw refuse(parsed.error.issues.slice(0, 1).map(flowsProblem).join(''));
}

/** Which input of the file it is, and what may stand there. */
function flowsProblem(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? 'flows' : issue.path.map(String).join('.');
  if (issue.code === 'invalid_value') return `${place}: must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'unrecognized_keys') return `${place}: there is no check called ${issue.keys.join(', ')}`;
  if (issue.code === 'too_small' && issue.origin === 'array') return `${place}: must not be empty`;
  return `${place}: ${issue.message}`;
}

/** An option of `connection add` and `connection update` for a choice that a provider's calls need. */
export interface SettingOption {
  /** On the command line, e.g. `persona-version`. */
  readonly flag: string;
  /** Where commander puts it, e.g. `personaVersion`. */
  readonly attribute: string;
  readonly key: string;
  /** Null: a text. */
  readonly choices: readonly string[] | null;
}

export function settingOptions(provider: ProviderId): SettingOption[] {
  const { settingFields }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  return settingFields.map(({ key, options }) => ({
    flag: `${provider}-${optionName(key)}`,
    attribute: `${provider}${key.charAt(0).toUpperCase()}${key.slice(1)}`,
    key,
    choices: options?.map(({ id }) => id) ?? null,
  }));
}

/** The settings that were given as options, by their keys. */
function givenSettings(provider: ProviderId, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = settingOptions(provider).map(({ key, attribute }) => [key, options[attribute]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Options of `connection add`; besides these the ones of `settingOptions`. */
export const NewConnection = z
  .object({
    provider: ProviderId,
    name: z.string(),
    environment: z.string(),
    baseUrl: z.string().nullable().default(null),
    flows: z.string(),
  })
  .catchall(z.string());

export async function addConnection(
  { profile, output }: Invocation,
  options: z.infer<typeof NewConnection>,
): Promise<number> {
  const { provider } = options;
  const described: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  const flows = await readFlows(options.flows);
  const input = ConnectionInput.parse({
    provider,
    name: options.name,
    environment: options.environment,
    baseUrl: options.baseUrl ?? described.baseUrls[0],
    flows,
    settings: { ...newSettings(provider), ...givenSettings(provider, options) },
    credential: parseCredential(described, await readSecret(credentialQuestion(described))),
  });
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const connectionId = services.connections.create(input);
    output.result({ connectionId }, () => [`Added ${input.name} (${connectionId}).`]);
    return Promise.resolve(EXIT.ok);
  });
}

/** The flows of a connection as `connection update --flows` takes them. Nothing secret: the credential has no way out. */
export function exportFlows({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const { flows } = findConnection(services, name);
    output.result(flows, () => [JSON.stringify(flows, null, 2)]);
    return Promise.resolve(EXIT.ok);
  });
}

/** Options of `connection update`; besides these the ones of `settingOptions`. What is left out stays. */
export const ChangedConnection = z
  .object({
    name: z.string().nullable().default(null),
    baseUrl: z.string().nullable().default(null),
    flows: z.string().nullable().default(null),
    dryRun: z.boolean().default(false),
  })
  .catchall(z.string());

/** Says what becomes another one, and saves it unless `dryRun`. Customers at the desk have followed when it ends. */
export async function updateConnection(
  { profile, output }: Invocation,
  options: z.infer<typeof ChangedConnection>,
  wanted = '',
): Promise<number> {
  const flows = options.flows === null ? null : await readFlows(options.flows);
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const { id, provider, ...before } = findConnection(services, wanted);
    const edit = ConnectionEdit.parse({
      provider,
      name: options.name ?? before.name,
      baseUrl: options.baseUrl ?? before.baseUrl,
      flows: flows ?? before.flows,
      settings: { ...before.settings, ...givenSettings(provider, options) },
    });
    const { changes, atDesk } = services.changing.plan(id, edit);
    if (!options.dryRun && changes.length > 0) {
      const { followed } = await services.changing.save(id, edit, await readSupervisorPin(services));
      await followed;
    }
    output.result({ changes, atDesk, isSaved: !options.dryRun && changes.length > 0 }, () => [
      ...changes.map(inEnglish),
      ...(atDesk === 0 ? [] : [`customers at the desk who follow: ${atDesk}`]),
      changes.length === 0 ? 'Nothing is different.' : options.dryRun ? 'Nothing was saved (--dry-run).' : 'Saved.',
    ]);
    return EXIT.ok;
  });
}

/** Another credential in the place of the one that is refused; what waits for a sign-in goes out with the next sync. */
export function replaceCredential({ profile, output }: Invocation, _options: unknown, wanted = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, async ({ services }) => {
    const connection = findConnection(services, wanted);
    assertNotPractice(connection);
    const described: ProviderDescriptor = PROVIDER_DESCRIPTORS[connection.provider];
    const credential = parseCredential(described, await readSecret(credentialQuestion(described)));
    services.connections.setCredential(connection.id, described.credential.parse(credential));
    output.result({ connectionId: connection.id }, () => [
      `${connection.name} has another credential. Whether it is accepted: satchel connection test "${connection.name}"`,
    ]);
    return EXIT.ok;
  });
}

export function testConnection({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: true }, async ({ services }) => {
    const answer = await services.testConnection(findConnection(services, name).id);
    output.result(answer, () => [
      inEnglish(answer.message),
      ...answer.details.map((detail) => inEnglish(detail)),
      ...(answer.requestId === null ? [] : [`request id: ${answer.requestId}`]),
    ]);
    return answer.isOk ? EXIT.ok : EXIT.failed;
  });
}

/** Why a connection waits, for IT: hosts, certificates, times; nothing of a customer's and no credential. */
export function reportOnConnection({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ satchel, services }) => {
    const connection = findConnection(services, name);
    const facts = { ...reportFacts(), clockOffByMs: satchel.status().clockOffByMs };
    output.result({ connection: connection.id, pause: connection.pause }, () => [
      connectionReport(connection, facts, inEnglish),
    ]);
    return Promise.resolve(EXIT.ok);
  });
}

export function removeConnection({ profile, output }: Invocation, _options: unknown, name = ''): Promise<number> {
  return withServices(profile, { isStarted: false }, ({ services }) => {
    const connection = findConnection(services, name);
    assertNotPractice(connection);
    services.connections.remove(connection.id);
    output.line(`Removed ${connection.name}.`);
    return Promise.resolve(EXIT.ok);
  });
}
