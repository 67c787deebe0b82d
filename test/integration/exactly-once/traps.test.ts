/** Traps of writing that only a whole run shows; those of a single call are tested by number beside each adapter. */
import { expect, it } from 'vitest';
import { readLedger } from '../../../main/ledger/index.ts';
import type { FaultInput } from '../../../main/practice/index.ts';
import type { ProviderId } from '../../../shared/domain/index.ts';
import type { DeliveryWorld } from '../../support/delivery-world.ts';
import type { Customer } from '../../support/delivery-world.ts';
import { overDays } from '../../support/over-days.ts';

const days = overDays();

interface Run {
  readonly world: DeliveryWorld;
  readonly customer: Customer;
  readonly requests: Awaited<ReturnType<typeof days.practice.requests>>;
}

/** One customer from release to decision, with what the practice server saw of it. */
async function run(provider: ProviderId, look: (run: Run) => void, fault?: FaultInput): Promise<void> {
  const before = (await days.practice.requests()).length;
  if (fault !== undefined) await days.practice.fault(fault);
  await days.within(null, async (world) => {
    const customer = world.release(provider);
    world.start();
    await world.until(() => false, 5 * 60_000);
    // A refused credential waits for a person.
    world.dispatcher.resumeConnection(provider);
    await world.finish(customer);
    expect(await world.problems(customer, { isEnd: true })).toEqual([]);
    look({ world, customer, requests: (await days.practice.requests()).slice(before) });
  });
}

it.each<[string, FaultInput['action']]>([
  ['429', { kind: 'status', status: 429 }],
  ['401', { kind: 'status', status: 401 }],
  ['a lost answer', { kind: 'resetAfterStoring' }],
  ['a gateway in trouble', { kind: 'status', status: 503 }],
])('trap 7: after %s the very same request goes again under the same key', async (_name, action) => {
  await run(
    'persona',
    ({ requests }) => {
      const creates = requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/generics'));
      expect(creates.length).toBeGreaterThan(1);
      expect(new Set(creates.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
      expect(new Set(creates.map(({ files }) => files.map(({ sha256 }) => sha256).join())).size).toBe(1);
    },
    { method: 'POST', path: '/generics', action },
  );
});

it('trap 15: no address of a file is kept, only ids', async () => {
  await run('persona', ({ world, customer }) => {
    const kept = JSON.stringify([
      world.operations(customer),
      readLedger(world.store.db, { submissionId: customer.id }),
    ]);
    expect(kept).toContain('doc_');
    expect(kept).not.toMatch(/access_token|https?:|files\//);
  });
});

it.each(['persona', 'personr'] as const)(
  'trap 23: %s gets the bytes that were captured, never a smaller picture',
  async (provider) => {
    await run(provider, ({ customer, requests }) => {
      const sent = requests.flatMap(({ files }) => files.map(({ sha256 }) => sha256));
      expect(sent.toSorted()).toEqual(customer.pages.map(({ sha256 }) => sha256).toSorted());
    });
  },
);

it('traps 2, 16, 20: Persona sees creates, submits and reads of generic documents, and nothing else', async () => {
  await run('persona', ({ requests }) => {
    const calls = requests.map(({ method, path }) => `${method} ${path.replace(/doc_\w+/, '{id}')}`);
    expect(new Set(calls)).toEqual(
      new Set(['POST /document/generics', 'POST /document/generics/{id}/submit', 'GET /document/generics/{id}']),
    );
  });
});

it('traps 32, 34, 35, 38: Personr sees one start after the last upload; no workspace is changed, no link is made', async () => {
  await run('personr', ({ requests }) => {
    const calls = requests.map(({ path }) => path).filter((path) => path !== '/api-applicant-status');
    expect(calls).toEqual([
      '/api-basic-auth',
      '/api-applicant-create',
      '/api-document-upload',
      '/api-document-upload',
      '/api-document-upload',
      '/api-request-applicant-check',
    ]);
  });
});
