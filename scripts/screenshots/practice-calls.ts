import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DEFAULT_CREDENTIALS, type PracticeServer } from '../../main/practice/index.ts';

const Created = z.object({ data: z.object({ id: z.string() }) });
const Token = z.object({ response: z.object({ token: z.string() }) });
const Applicant = z.object({ response: z.object({ applicantId: z.string() }) });

const SAMPLES = { bill: 'amelie-utility-bill.pdf', other: 'clara-driving-licence-front.jpg' } as const;

async function specimen(name: string): Promise<string> {
  return (await readFile(new URL(`../../assets/samples/${name}`, import.meta.url))).toString('base64');
}

/** Some calls as a branch makes them, so that the page has something to show: both APIs, a replay, a fault, each state. */
export async function sendSpecimens(server: PracticeServer): Promise<void> {
  const admin = (path: string, body: unknown): Promise<unknown> =>
    post(`${server.origin}/practice${path}`, body, { authorization: `Bearer ${server.adminToken}` });
  const persona = (path: string, body?: unknown, key: string = randomUUID()): Promise<unknown> =>
    post(server.personaBaseUrl + path, body, {
      authorization: `Bearer ${DEFAULT_CREDENTIALS.personaApiKeys[0]}`,
      'idempotency-key': key,
    });
  const document = async (kind: string, file: string, more: object = {}, key?: string): Promise<string> => {
    const files = [{ data: await specimen(file), filename: file }];
    const made = Created.parse(
      await persona('/document/generics', { data: { attributes: { kind, files, ...more } } }, key),
    );
    return made.data.id;
  };
  await admin('/switches', {
    'persona.processingMinMs': 0,
    'persona.processingMaxMs': 0,
    'personr.stageMinMs': 0,
    'personr.stageMaxMs': 0,
  });
  const account = Created.parse(await persona('/accounts', { data: { attributes: {} } }));
  const inquiry = Created.parse(
    await persona('/inquiries', {
      data: { attributes: { 'inquiry-template-id': 'itmpl_BranchIdentity', 'account-id': account.data.id } },
    }),
  );
  const key = randomUUID();
  const bill = await document('proof_of_address', SAMPLES.bill, { 'inquiry-id': inquiry.data.id }, key);
  await document('proof_of_address', SAMPLES.bill, { 'inquiry-id': inquiry.data.id }, key);
  await persona(`/document/generics/${bill}/submit`);
  await admin('/holding', { isHolding: true });
  const held = await document('bank_statement', SAMPLES.other);
  await admin('/faults', { faults: [{ path: '/submit', action: { kind: 'status', status: 503 } }] });
  await persona(`/document/generics/${held}/submit`);
  await persona(`/document/generics/${held}/submit`);
  await applicant(server, admin);
  await admin('/faults', { faults: [{ api: 'persona', times: 3, action: { kind: 'delay', ms: 5000 } }] });
}

async function applicant(
  server: PracticeServer,
  admin: (path: string, body: unknown) => Promise<unknown>,
): Promise<void> {
  const [user] = DEFAULT_CREDENTIALS.personrUsers;
  const workflow = (name: string, body: unknown, token?: string): Promise<unknown> =>
    post(`${server.personrBaseUrl}/${name}`, body, token === undefined ? {} : { authorization: `Bearer ${token}` });
  const { token } = Token.parse(await workflow('api-token-generate', user)).response;
  const { applicantId } = Applicant.parse(
    await workflow(
      'api-applicant-create',
      { email: 'specimen@example.invalid', phone: '+61400000000', flowName: 'Proof of address' },
      token,
    ),
  ).response;
  await admin('/decision', { api: 'personr', decision: 'hold' });
  await workflow(
    'api-document-upload',
    {
      applicantId,
      docType: 'UTILITY_BILL',
      docCountryISO: 'AUS',
      docFile: { filename: SAMPLES.bill, contents: await specimen(SAMPLES.bill) },
    },
    token,
  );
  await workflow('api-request-applicant-check', { applicantId }, token);
  await workflow('api-applicant-status', { applicantId }, token);
}

async function post(url: string, body: unknown, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}
