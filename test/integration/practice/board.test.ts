import { afterEach, beforeEach, expect, test } from 'vitest';
import { at, Bench, createBody, picture, type Answer } from './bench.ts';

/** What the page asks for, and what a person's decision makes of each kind of record. */

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(async () => {
  await bench.close();
});

const idOf = (answer: Answer): string => String(at(answer.json, 'data', 'id'));

async function recordOf(id: string): Promise<unknown> {
  const records = at(await bench.admin('POST', '/board', {}), 'records');
  return Array.isArray(records) ? records.find((record) => at(record, 'id') === id) : undefined;
}

const decide = (id: string, decision: string): Promise<unknown> => bench.admin('POST', '/decision', { id, decision });

test.each([
  ['accept', 'approved'],
  ['reject=id_glare_detection', 'failed'],
  ['final=id_tamper_detection', 'declined'],
  ['hold', 'needs_review'],
  ['status=escalated', 'escalated'],
])('an inquiry with %s becomes %s', async (decision, status) => {
  const body = { data: { attributes: { 'inquiry-template-id': 'itmpl_Practice' } } };
  const id = idOf(await bench.persona('POST', '/inquiries', body));
  expect(await recordOf(id)).toMatchObject({
    kind: 'inquiry',
    status: 'created',
    isOpen: true,
    name: 'itmpl_Practice',
  });
  await decide(id, decision);
  expect(await recordOf(id)).toMatchObject({ status, isOpen: decision === 'hold' });
});

test('what is under way is decided at once; what was not submitted stays so', async () => {
  await bench.setSwitches({ 'persona.processingMinMs': 60_000, 'persona.processingMaxMs': 60_000 });
  const id = idOf(await bench.persona('POST', '/document/generics', createBody('passport', picture('p'))));
  await decide(id, 'errored');
  expect(await recordOf(id)).toMatchObject({ status: 'initiated', isOpen: true });
  await bench.persona('POST', `/document/generics/${id}/submit`);
  expect(await recordOf(id)).toMatchObject({ status: 'submitted', decision: 'errored' });
  await decide(id, 'accept');
  expect(await recordOf(id)).toMatchObject({ status: 'processed', isOpen: false });

  const transaction = { data: { attributes: { 'transaction-type-id': 'txntp_Practice', fields: {} } } };
  const txn = idOf(await bench.persona('POST', '/transactions', transaction));
  await decide(txn, 'final=FRAUD');
  expect(await recordOf(txn)).toMatchObject({ kind: 'transaction', status: 'declined', isOpen: false });
});

test('a record or a decision that does not exist is refused', async () => {
  await expect(decide('doc_none', 'accept')).rejects.toThrow('there is no document, inquiry, transaction or applicant');
  await expect(decide('doc_none', 'perhaps')).rejects.toThrow('decision');
});

test('holding outlasts a restart, gives way to a decision for the next document, and ends with a reset', async () => {
  await bench.admin('POST', '/holding', { isHolding: true });
  await bench.restart();
  const submitted = async (content: string): Promise<unknown> => {
    const id = idOf(
      await bench.persona('POST', '/document/generics', createBody('passport', picture(content, 'errored'))),
    );
    await bench.persona('POST', `/document/generics/${id}/submit`);
    return at(await recordOf(id), 'status');
  };
  expect(await submitted('a')).toBe('submitted');
  await bench.admin('POST', '/decision', { api: 'persona', decision: 'accept' });
  expect(await submitted('b')).toBe('processed');
  await bench.admin('POST', '/reset');
  expect(await bench.admin('POST', '/board', {})).toMatchObject({ isHolding: false, records: [], requests: [] });
  await bench.setSwitches({ 'persona.processingMinMs': 0, 'persona.processingMaxMs': 0 });
  expect(await submitted('c')).toBe('errored');
});

test('requests come newest first, each once, with no query and no more than files by hash', async () => {
  await bench.persona('GET', '/accounts?filter[reference-id]=C-1001');
  await bench.persona('POST', '/document/generics', createBody('passport', picture('p')));
  const first = await bench.admin('POST', '/board', {});
  expect(at(first, 'requests', 0)).toMatchObject({
    path: '/document/generics',
    status: 201,
    files: [{ mediaType: 'image/jpeg' }],
  });
  expect(JSON.stringify(first)).not.toMatch(/C-1001|page-1\.jpg/);
  await bench.persona('GET', '/rate-limits');
  const after = at(first, 'requests', 0, 'sequence');
  const next = await bench.admin('POST', '/board', { after });
  expect([at(next, 'requests', 'length'), at(next, 'requests', 0, 'path')]).toEqual([1, '/rate-limits']);
});
