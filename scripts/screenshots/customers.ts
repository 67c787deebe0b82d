import type { ElectronApplication, Page } from 'playwright';
import type { Flow, ProviderId, Subject } from '../../shared/domain/index.ts';
import { call, until } from './window.ts';

/** A connection and the flow of it that customers are captured under. */
export interface Place {
  readonly connectionId: string;
  readonly flowId: string;
}

/** The first flow of the provider's practice connection; without a provider, of the first connection. */
export async function firstFlow(window: Page, provider: ProviderId | null = null): Promise<Place> {
  return flowLike(window, provider, () => true);
}

/** The flow of the provider's practice connection that begins with the customer's identity. */
export async function identityFlow(window: Page, provider: ProviderId): Promise<Place> {
  return flowLike(window, provider, ({ requirements }) => requirements[0]?.id === 'identity');
}

async function flowLike(window: Page, provider: ProviderId | null, isMeant: (flow: Flow) => boolean): Promise<Place> {
  const connections = await call(window, 'connection.list', {});
  const connection = connections.find((each) => provider === null || each.provider === provider);
  const flow = connection?.flows.find(isMeant);
  if (connection === undefined || flow === undefined) throw new Error('screenshots: there is no such flow');
  return { connectionId: connection.id, flowId: flow.id };
}

/** A new customer in a batch of their own, or in the one that is given; answers its id. */
export async function newCustomer(
  window: Page,
  place: Place,
  { subject, batchId }: { readonly subject?: Partial<Subject>; readonly batchId?: string } = {},
): Promise<string> {
  const { submissionId } = await call(window, 'submission.create', {
    ...place,
    batchId: batchId ?? (await call(window, 'batch.create', {})).batchId,
  });
  if (subject !== undefined) await call(window, 'submission.setSubject', { submissionId, subject });
  return submissionId;
}

/** Takes files in as by the file dialog; `slot` null: where they fit. */
export async function importFiles(
  app: ElectronApplication,
  window: Page,
  paths: readonly string[],
  target: { readonly submissionId: string; readonly slot: string | null },
): Promise<void> {
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [...filePaths] });
    },
    [...paths],
  );
  await call(window, 'page.importDialog', target);
}

/** Waits until every page of the customer was looked at. */
export async function whenInspected(window: Page, submissionId: string): Promise<void> {
  await until('every page to have been checked', async () =>
    (await call(window, 'submission.get', { submissionId })).pages.every(({ isInspected }) => isInspected),
  );
}
