import { DEFAULT_CREDENTIALS } from '../../main/practice/index.ts';
import { PROVIDERS, type PlanDocument, type PlannedOperation } from '../../main/providers/index.ts';
import { PersonaRoute, type Flow } from '../../shared/domain/index.ts';
import type { DatedPractice } from './dated-practice.ts';
import { operation, providerContext, type TestContext, type TestPage } from './provider-context.ts';
import { FRONT_AND_BACK, jpeg, licence, made, plan, type Done } from './provider-run.ts';

/** One customer's way through an inquiry of the practice server, step by step and with time between the steps. */

/** Photos of government ids below 10 KB are refused. */
export function photo(decision: string, salt: string): TestPage {
  const small = jpeg(decision, salt);
  return { ...small, bytes: Buffer.concat([small.bytes ?? Buffer.alloc(0), Buffer.alloc(12_000)]) };
}

export function flowBy(route: object): Flow {
  return { id: 'identity', name: 'Identity', requiredFields: [], requirements: [], route: PersonaRoute.parse(route) };
}

export const INQUIRY = flowBy({ by: 'inquiry', templateId: 'itmpl_Practice' });
export const TRANSACTION = flowBy({ by: 'transaction', transactionTypeId: 'txntp_Practice' });
export const ID = licence(FRONT_AND_BACK, 'id');
export const BILL: PlanDocument = {
  documentId: 'd2',
  requirementId: 'address',
  documentType: 'utility_bill',
  providerType: 'proof_of_address',
  country: '',
  pages: [{ pageId: 'bill', side: 'single', mediaType: 'image/jpeg', byteLength: 1000, isDelivered: false }],
};

/** Its clock stands still until the test advances it. */
export function openDesk(
  practice: DatedPractice,
  pages: Record<string, TestPage>,
  keyInflection = 'kebab',
): TestContext {
  return providerContext({
    http: practice.http,
    baseUrl: practice.server.personaBaseUrl,
    settings: { version: '2025-12-08', keyInflection },
    credential: { apiKey: DEFAULT_CREDENTIALS.personaApiKeys[0] },
    subject: { givenName: 'Ana', familyName: 'Example', birthDate: '1990-02-03', country: 'AUS', reference: 'C-1' },
    pages,
  });
}

/** Performs these one after another; answers what each left behind. */
export async function runSteps(context: TestContext, steps: readonly PlannedOperation[]): Promise<Done[]> {
  const done: Done[] = [];
  for (const { ref, kind, payload } of steps) {
    const next = operation(kind, payload, { id: ref, idempotencyKey: `key of ${ref}`, needed: [...done] });
    done.push(await made(PROVIDERS.persona, next, context));
  }
  return done;
}

/** What is planned for these documents, by the part before the document's id. */
export function stepsOf(documents: PlanDocument[]): {
  readonly creates: PlannedOperation[];
  readonly submits: PlannedOperation[];
  readonly follow: PlannedOperation;
} {
  const steps = PROVIDERS.persona.plan(plan(documents, { flow: INQUIRY }));
  const follow = steps.at(-1);
  if (follow === undefined) throw new Error('nothing planned');
  const submits = steps.filter(({ ref }) => ref.startsWith('submit:'));
  return { creates: steps.slice(0, -1 - submits.length), submits, follow };
}
