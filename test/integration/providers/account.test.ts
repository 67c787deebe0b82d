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
  personrApplicant,
  personrLostUpload,
} from '../../support/contract-cases.ts';
import { providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import { FRONT_AND_BACK, licence, type Road } from '../../support/provider-run.ts';
import { sample } from '../../support/samples.ts';
import { personaAccount, personrAccount, wanted } from '../../support/sandbox-accounts.ts';

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

/** Specimens, each time with an end of its own: the same bytes twice may be refused. */
async function pages(): Promise<Record<string, TestPage>> {
  const page = async (name: string): Promise<TestPage> => ({
    mediaType: 'image/jpeg',
    bytes: Buffer.concat([await sample(name), Buffer.from(randomUUID())]),
  });
  return {
    front: await page('clara-driving-licence-front.jpg'),
    back: await page('clara-driving-licence-back.jpg'),
  };
}

function understood({ progress }: Road): void {
  expect(['accepted', 'retake', 'rejected']).toContain(progress.at(-1)?.state);
}

describe('Persona: a sandbox account', () => {
  async function open(skip: (reason: string) => never): Promise<TestContext> {
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
        reference: `satchel-${randomUUID()}`,
      },
      pages: await pages(),
    });
  }

  it('create → submit → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    understood(await personaDocument(await open(skip), passed));
  });

  it('a create repeated with the same key is one document', async ({ skip }) => {
    await expect(personaRepeat(await open(skip), randomUUID())).resolves.toBeUndefined();
  });

  it('account → inquiry → document → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const context = await open(skip);
    const templateId = wanted('SATCHEL_CONTRACT_PERSONA_TEMPLATE', process.env, skip);
    // What a template does after the documents is the organisation's own: processed is far enough.
    const route = PersonaRoute.parse({ by: 'inquiry', templateId, acceptedWhen: 'processed' });
    const flow: Flow = { id: 'identity', name: 'Identity', requiredFields: [], requirements: [], route };
    understood(await personaInquiry(context, flow, [licence(FRONT_AND_BACK, 'id')], passed));
  });
});

describe('Personr: a sandbox account', () => {
  async function open(skip: (reason: string) => never): Promise<{ context: TestContext; flow: Flow }> {
    const { baseUrl, flowName, ...credential } = personrAccount(process.env, skip);
    const context = providerContext({
      http,
      baseUrl,
      environment: 'sandbox',
      credential,
      subject: { email: 'specimen@example.invalid', phone: '+61400000000' },
      pages: await pages(),
    });
    return { context, flow: { id: 'identity', name: flowName, requiredFields: [], requirements: [] } };
  }

  it('applicant → uploads → start → a decision', { timeout: PATIENCE_MS }, async ({ skip }) => {
    const { context, flow } = await open(skip);
    understood(await personrApplicant(context, { flow }, passed));
  });

  it('a lost upload is found, or not, by counting', async ({ skip }) => {
    const { context, flow } = await open(skip);
    await expect(personrLostUpload(context, { flow })).resolves.toBeUndefined();
  });
});
