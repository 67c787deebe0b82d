import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { DEFAULT_CREDENTIALS } from '../../main/practice/index.ts';
import { practiceFlows } from '../../shared/domain/practice-flows.ts';
import type { ConnectionInput, Flow } from '../../shared/domain/index.ts';
import { startPractice } from '../../test/support/practice.ts';
import { samplePath } from '../../test/support/samples.ts';
import { importFiles, newCustomer } from './customers.ts';
import { call, submissions, until } from './window.ts';

/** Port 1 is no server's: a connection there is refused at once. */
const NOBODY_LISTENS = 'http://127.0.0.1:1/api/v1';

interface Trouble {
  readonly connection: ConnectionInput;
  readonly person: { readonly givenName: string; readonly familyName: string; readonly reference: string };
  readonly files: readonly string[];
}

/**
 * Brings about, beside the retakes of the specimen batch, one of each other cause, each as it really comes: a practice
 * server of the script's own that refuses a customer's data, a flow that it does not know, a key that it does not know,
 * and an address where nobody listens. Answers what ends it.
 */
export async function causeEverything(app: ElectronApplication, window: Page): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'satchel-screenshots-causes-'));
  const practice = await startPractice(folder);
  const { origin } = practice.server;
  const [flow] = practiceFlows('personr');
  const [addressFlow] = practiceFlows('persona');
  if (flow === undefined || addressFlow === undefined) throw new Error('screenshots: no practice flows');
  const selfieFlow: Flow = { ...flow, id: 'identity' };
  const personr = (name: string, flows: Flow[]): ConnectionInput => ({
    provider: 'personr',
    name,
    environment: 'sandbox',
    baseUrl: `${origin}/personr/api/1.1/wf`,
    flows,
    settings: {},
    credential: { ...(DEFAULT_CREDENTIALS.personrUsers[0] ?? { email: '', password: '' }) },
  });
  const persona = (name: string, baseUrl: string, apiKey: string): ConnectionInput => ({
    provider: 'persona',
    name,
    environment: 'sandbox',
    baseUrl,
    flows: [addressFlow],
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey },
  });
  const troubles: readonly Trouble[] = [
    {
      connection: personr('Personr, branch accounts', [selfieFlow]),
      person: { givenName: 'David Emil', familyName: 'Sample', reference: 'DEMO-2001' },
      files: ['david-passport.jpg', 'david-selfie.jpg'],
    },
    {
      connection: personr('Personr, business accounts', [{ ...selfieFlow, name: 'Identity 2024' }]),
      person: { givenName: 'Felix Ando', familyName: 'Placeholder', reference: 'DEMO-2002' },
      files: ['felix-passport.jpg', 'felix-selfie.png'],
    },
    {
      connection: persona('Persona, accounts', `${origin}/persona/api/v1`, 'persona_sandbox_withdrawn'),
      person: { givenName: 'Amelie Rose', familyName: 'Example', reference: 'DEMO-2003' },
      files: ['amelie-passport.jpg', 'amelie-utility-bill.pdf'],
    },
    {
      connection: persona('Persona, loans', NOBODY_LISTENS, 'persona_sandbox_unused'),
      person: { givenName: 'David', familyName: 'Sample', reference: 'DEMO-2004' },
      files: ['david-passport.jpg', 'clara-utility-bill.pdf'],
    },
  ];
  // The first applicant is refused for what was typed; the second gets as far as its flow's name.
  await practice.faults({
    api: 'personr',
    path: '/api-applicant-create',
    times: 1,
    action: { kind: 'status', status: 400 },
  });

  const { batchId } = await call(window, 'batch.create', {});
  const customers: string[] = [];
  for (const { connection, person, files } of troubles) {
    const { connectionId } = await call(window, 'connection.create', { connection });
    const place = { connectionId, flowId: connection.flows[0]?.id ?? '' };
    const subject = { ...person, country: 'AUS', email: 'nobody@example.invalid', phone: '+61491570006' };
    const submissionId = await newCustomer(window, place, { batchId, subject });
    customers.push(submissionId);
    await importFiles(app, window, files.map(samplePath), { submissionId, slot: null });
  }
  const rowsOf = async () => (await submissions(window)).filter(({ id }) => customers.includes(id));
  await until('four customers that are ready', async () => (await rowsOf()).every(({ state }) => state === 'ready'));
  for (const submissionId of customers) {
    await call(window, 'submission.release', { submissionId });
    // One after the other, so that the refusal meets the customer it is meant for.
    await until('a cause', async () => (await rowsOf()).some(({ id, cause }) => id === submissionId && cause !== null));
  }
  const causes = new Set((await submissions(window)).map(({ cause }) => cause));
  for (const cause of ['rescan', 'correct_data', 'sign_in', 'wait', 'call_it'] as const) {
    if (!causes.has(cause)) throw new Error(`screenshots: nothing shows the cause ${cause}`);
  }
  return async () => {
    await practice.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
