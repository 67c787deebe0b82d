/** Customers of a window's tests, made through the door as the window's own script does it, for tests that are about what follows. */
import { expect } from 'vitest';
import type { ProviderId } from '../../shared/domain/index.ts';
import type { InputOf } from '../../shared/ipc/index.ts';
import { allSubmissions, answerFileDialog } from './desk-window.ts';
import type { Desk } from './desk-window.ts';
import { flowOf } from './flow-of.ts';
import { until } from './until.ts';

/** The first connection to a provider that is none of the practice ones which every profile has. */
export async function ownConnection(desk: Desk, provider: ProviderId): Promise<string> {
  const found = (await desk.call('connection.list', {})).find(
    ({ provider: its, environment }) => its === provider && environment !== 'practice',
  );
  return found?.id ?? '';
}

/** A customer whose pages are chosen in the file dialog, in a batch of its own; released when it is ready. Answers its id. */
export async function releaseByDialog(
  desk: Desk,
  customer: {
    readonly connectionId: string;
    readonly provider: ProviderId;
    readonly subject: InputOf<'submission.setSubject'>['subject'];
    readonly paths: readonly string[];
  },
): Promise<string> {
  const { connectionId, provider, subject, paths } = customer;
  const { batchId } = await desk.call('batch.create', {});
  const flowId = flowOf(provider).id;
  const { submissionId } = await desk.call('submission.create', { batchId, connectionId, flowId });
  await desk.call('submission.setSubject', { submissionId, subject });
  await answerFileDialog(desk, paths);
  expect((await desk.call('page.importDialog', { submissionId, slot: null })).refused).toEqual([]);
  await until('the customer to be ready', async () => {
    const row = (await allSubmissions(desk)).find(({ id }) => id === submissionId);
    return row?.state === 'ready';
  });
  await desk.call('batch.release', { batchId });
  return submissionId;
}
