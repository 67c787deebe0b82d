import { randomUUID } from 'node:crypto';
import type {
  OperationToPerform,
  Outcome,
  PlanDocument,
  PlanInput,
  Progress,
  Provider,
} from '../../main/providers/index.ts';
import { operation, type TestContext, type TestPage } from './provider-context.ts';

/** A page that says what the practice server decides; `salt` makes its bytes unlike another's. */
export const jpeg = (decision: string, salt: string): TestPage => ({
  mediaType: 'image/jpeg',
  bytes: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`${salt} satchel-practice:${decision} `)]),
});

export interface Done {
  kind: string;
  payload: unknown;
  result: unknown;
}

/** What a plan led to, in the order in which it was performed. */
export interface Road {
  done: Done[];
  progress: Progress[];
  /** `operation: code of its outcome`. */
  kinds: string[];
}

/** Lets time go by at the provider. */
export type Passed = (ms: number) => void | Promise<void>;

/** What the outbox does, without its durability: plan, perform in order of needs, repeat while it says so. */
export async function run(
  provider: Provider,
  input: PlanInput,
  context: TestContext,
  earlier: Done[] = [],
  passed: Passed = () => undefined,
  finishedOf: OperationToPerform['finishedOf'] = () => [],
): Promise<Road> {
  const finished = new Map<string, Done>();
  const progress: Progress[] = [];
  const kinds: string[] = [];
  for (const planned of provider.plan({ ...input, earlier })) {
    const idempotencyKey = randomUUID();
    const needed = planned.needs.flatMap((need) => finished.get(need) ?? []);
    const next: OperationToPerform = operation(planned.kind, planned.payload, {
      id: idempotencyKey,
      idempotencyKey,
      needed,
      finishedOf,
      finished: () => [...earlier, ...finished.values()],
    });
    for (let round = 0; ; round += 1) {
      const outcome: Outcome = await provider.perform(next, context);
      if (outcome.kind === 'again' && round < 20) {
        context.advance(outcome.afterMs);
        await passed(outcome.afterMs);
        continue;
      }
      if (outcome.kind !== 'done') throw new Error(`${planned.kind}: ${outcome.kind} ${outcome.evidence.message.code}`);
      kinds.push(`${planned.kind}: ${outcome.evidence.message.code}`);
      if (outcome.progress !== undefined) progress.push(outcome.progress);
      finished.set(planned.ref, { kind: planned.kind, payload: planned.payload, result: outcome.result });
      break;
    }
  }
  return { done: [...finished.values()], progress, kinds };
}

/** What one operation leaves behind that has to succeed: what a case is not about, but begins with. */
export async function made(provider: Provider, next: OperationToPerform, context: TestContext): Promise<Done> {
  const outcome = await provider.perform(next, context);
  if (outcome.kind !== 'done') throw new Error(`${next.kind}: ${outcome.kind} ${outcome.evidence.message.code}`);
  return { kind: next.kind, payload: next.payload, result: outcome.result };
}

export function plan(documents: PlanDocument[], more: Partial<PlanInput> = {}): PlanInput {
  return {
    submissionId: 's1',
    flow: { id: 'identity', name: 'Identity', requiredFields: [], requirements: [] },
    round: 0,
    documents,
    earlier: [],
    ...more,
  };
}

export function licence(
  pageIds: readonly { id: string; side: 'front' | 'back'; isDelivered?: boolean }[],
  providerType: string,
): PlanDocument {
  return {
    documentId: 'd1',
    requirementId: 'identity',
    documentType: 'driving_licence',
    providerType,
    country: 'AUS',
    pages: pageIds.map(({ id, side, isDelivered }) => ({
      pageId: id,
      side,
      mediaType: 'image/jpeg',
      byteLength: 1000,
      isDelivered: isDelivered ?? false,
    })),
  };
}

export const FRONT_AND_BACK = [
  { id: 'front', side: 'front' },
  { id: 'back', side: 'back' },
] as const;

/** An outcome by its message's code, without the rest of its evidence. */
export function brief(outcome: Outcome): Record<string, unknown> {
  const { evidence, ...rest } = outcome;
  return { ...rest, code: evidence.message.code };
}
