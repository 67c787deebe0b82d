import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUndiciHttp } from '../../../main/network/index.ts';
import type { HttpPort } from '../../../main/network/index.ts';
import { PersonaRoute, type Flow } from '../../../shared/domain/index.ts';
import {
  personaDocument,
  personaInquiry,
  personaRepeat,
  personaTransaction,
  personrApplicant,
  personrLostUpload,
  sumsubApplicant,
  sumsubLostAnswers,
} from '../../support/contract-cases.ts';
import { providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import { FRONT_AND_BACK, licence, type Road } from '../../support/provider-run.ts';
import { sample } from '../../support/samples.ts';
import { personaAccount, personrAccount, sumsubAccount, wanted } from '../../support/sandbox-accounts.ts';

/**
 * The cases of `contract.test.ts` and `persona-inquiry.test.ts` that hold anywhere, at a real sandbox account; docs/practice.md says
 * which variables name one. Left to practice: what a marker, a switch or a fault brings about. What the account decides about a
 * specimen is its own affair: here it must only be something that the app understands.
 */

/** A follow may ask twenty times. */
const PATIENCE_MS = 400_000;
const LONGEST_WAIT_MS = 15_000;

let http: HttpPort & { close(): Promise<void> };
beforeEach(async () => {
  http = await openUndiciHttp();
});
afterEach(async () => {
  await http.close();
});

const passed = (ms: number): Promise<void> => pause(Math.min(ms, LONGEST_WAIT_MS));

/** A specimen, each time with an end of its own: the same bytes twice may be refused. */
async function page(name: string): Promise<TestPage> {
  return { mediaType: 'image/jpeg', bytes: Buffer.concat([await sample(name), Buffer.from(randomUUID())]) };
}

async function licencePages(): Promise<Record<string, TestPage>> {
  return {
    front: await page('clara-driving-licence-front.jpg'),
    back: await page('clara-driving-licence-back.jpg'),
  };
}

const UNDERSTOOD: readonly unknown[] = ['accepted', 'retake', 'rejected'];
const stateOf = ({ progress }: Road): unknown => progress.at(-1)?.state;

async function openPersona(skip: (reason: string) => never): Promise<TestContext> {
  const { baseUrl, apiKey } = personaAccount(process.env, skip);
  return providerContext({
    http,
    baseUrl,
    environment: 'sandbox',
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey },
    subject: {
      givenName: 'Specimen',
      familyName: 'Satchel',
      birthDate: '1990-01-01',
      country: 'AUS',
      reference: `satchel-${randomUUID()}`,
    },
    pages: await licencePages(),
  });
}

describe('Persona: a sandbox account', () => {
  it('create → submit → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    expect(UNDERSTOOD).toContain(stateOf(await personaDocument(await openPersona(skip), passed)));
  });

  it('a create repeated with the same key is one document', async ({ skip }) => {
    await expect(personaRepeat(await openPersona(skip), randomUUID())).resolves.toBeUndefined();
  });

  it('account → inquiry → document → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const context = await openPersona(skip);
    const templateId = wanted('SATCHEL_CONTRACT_PERSONA_TEMPLATE', process.env, skip);
    // What a template does after the documents is the organisation's own: processed is far enough.
    const route = PersonaRoute.parse({ by: 'inquiry', templateId, acceptedWhen: 'processed' });
    const flow: Flow = { id: 'identity', name: 'Identity', requiredFields: [], requirements: [], route };
    expect(UNDERSTOOD).toContain(stateOf(await personaInquiry(context, flow, [licence(FRONT_AND_BACK, 'id')], passed)));
  });

  it('a transaction is found after a lost answer, and followed', async ({ skip }) => {
    const context = await openPersona(skip);
    const transactionTypeId = wanted('SATCHEL_CONTRACT_PERSONA_TRANSACTION_TYPE', process.env, skip);
    const route = PersonaRoute.parse({ by: 'transaction', transactionTypeId });
    const flow: Flow = { id: 'identity', name: 'Identity', requiredFields: [], requirements: [], route };
    await expect(personaTransaction(context, flow)).resolves.toBeUndefined();
  });
});

async function openPersonr(skip: (reason: string) => never): Promise<{ context: TestContext; flow: Flow }> {
  const { baseUrl, flowName, ...credential } = personrAccount(process.env, skip);
  const context = providerContext({
    http,
    baseUrl,
    environment: 'sandbox',
    credential,
    subject: { email: 'specimen@example.invalid', phone: '+61400000000' },
    pages: await licencePages(),
  });
  return { context, flow: { id: 'identity', name: flowName, requiredFields: [], requirements: [] } };
}

describe('Personr: a sandbox account', () => {
  it('applicant → uploads → start → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const { context, flow } = await openPersonr(skip);
    expect(UNDERSTOOD).toContain(stateOf(await personrApplicant(context, { flow }, passed)));
  });

  it('a lost upload is found, or not, by counting', async ({ skip }) => {
    const { context, flow } = await openPersonr(skip);
    await expect(personrLostUpload(context, { flow })).resolves.toBeUndefined();
  });
});

async function openSumsub(skip: (reason: string) => never): Promise<{ context: TestContext; flow: Flow }> {
  const { baseUrl, levelName, ...credential } = sumsubAccount(process.env, skip);
  const open = providerContext({ http, baseUrl, environment: 'sandbox', credential, pages: await licencePages() });
  // Every call is signed with the time.
  const context = { ...open, clock: { now: () => Date.now(), monotonic: () => performance.now() } };
  return { context, flow: { id: 'identity', name: levelName, requiredFields: [], requirements: [] } };
}

describe('Sumsub: a sandbox account', () => {
  it('applicant → uploads → start → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const { context, flow } = await openSumsub(skip);
    expect(UNDERSTOOD).toContain(stateOf(await sumsubApplicant(context, { flow }, passed)));
  });

  it('an applicant and an upload are found after a lost answer, or not', async ({ skip }) => {
    const { context, flow } = await openSumsub(skip);
    await expect(sumsubLostAnswers(context, { flow })).resolves.toBeUndefined();
  });
});
