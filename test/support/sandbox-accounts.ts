/**
 * Real sandbox accounts for the provider tests, from the environment; nothing of them is written anywhere. The base URLs may lead
 * to anything that answers like the provider.
 */

import { z } from 'zod';

export interface PersonaAccount {
  readonly baseUrl: string;
  readonly apiKey: string;
}

export interface PersonrAccount {
  readonly baseUrl: string;
  readonly email: string;
  readonly password: string;
  /** Whose flow wants a driving licence, or less. */
  readonly flowName: string;
}

export interface SumsubAccount {
  readonly baseUrl: string;
  readonly appToken: string;
  readonly secretKey: string;
  /** Which a driving licence fills. */
  readonly levelName: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
/** Ends a test as skipped, with the reason. */
type Skip = (reason: string) => never;

export function personaAccount(environment: Environment, skip: Skip): PersonaAccount {
  const apiKey = wanted('SATCHEL_CONTRACT_PERSONA_KEY', environment, skip);
  if (apiKey.startsWith('persona_production_')) throw new Error('SATCHEL_CONTRACT_PERSONA_KEY is of production');
  return {
    baseUrl: environment['SATCHEL_CONTRACT_PERSONA_URL'] ?? 'https://api.withpersona.com/api/v1',
    apiKey,
  };
}

const Accounts = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Redacts the accounts of this reference of ours, and with them (Persona does that by itself) their inquiries. What a key may not
 * redact stays, and is said: the test has shown what it had to show.
 */
export async function redactAtPersona({ baseUrl, apiKey }: PersonaAccount, reference: string): Promise<void> {
  const call = (method: string, path: string): Promise<Response> =>
    fetch(`${baseUrl}${path}`, { method, headers: { authorization: `Bearer ${apiKey}`, 'key-inflection': 'kebab' } });
  const query = new URLSearchParams({ 'filter[reference-id]': reference });
  const found = Accounts.safeParse(await (await call('GET', `/accounts?${query.toString()}`)).json());
  for (const { id } of found.data?.data ?? []) {
    const { ok, status } = await call('DELETE', `/accounts/${encodeURIComponent(id)}`);
    if (!ok) console.log(`an account of this test stays at Persona: redacting it was answered with ${status}`);
  }
}

export function personrAccount(environment: Environment, skip: Skip): PersonrAccount {
  return {
    baseUrl: environment['SATCHEL_CONTRACT_PERSONR_URL'] ?? 'https://enterprise.personr.co/api/1.1/wf',
    email: wanted('SATCHEL_CONTRACT_PERSONR_EMAIL', environment, skip),
    password: wanted('SATCHEL_CONTRACT_PERSONR_PASSWORD', environment, skip),
    flowName: wanted('SATCHEL_CONTRACT_PERSONR_FLOW', environment, skip),
  };
}

export function sumsubAccount(environment: Environment, skip: Skip): SumsubAccount {
  const appToken = wanted('SATCHEL_CONTRACT_SUMSUB_TOKEN', environment, skip);
  if (appToken.startsWith('prd:')) throw new Error('SATCHEL_CONTRACT_SUMSUB_TOKEN is of production');
  return {
    baseUrl: environment['SATCHEL_CONTRACT_SUMSUB_URL'] ?? 'https://api.sumsub.com',
    appToken,
    secretKey: wanted('SATCHEL_CONTRACT_SUMSUB_SECRET', environment, skip),
    levelName: wanted('SATCHEL_CONTRACT_SUMSUB_LEVEL', environment, skip),
  };
}

/** The variable's value, or the end of the test; the reason is printed as well. */
export function wanted(name: string, environment: Environment, skip: Skip): string {
  const value = environment[name] ?? '';
  if (value !== '') return value;
  const reason = `${name} is not set: no real account`;
  console.log(`skipped: ${reason}`);
  return skip(reason);
}
