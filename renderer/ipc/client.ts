import { QueryClient } from '@tanstack/react-query';
import type { Events, MethodName, OutputOf } from '../../shared/ipc/index.ts';
import { isOutdatedBy, mergeChanges } from './freshness.ts';

/** Answers stay fresh until an event says otherwise; main is on the same PC, so nothing is retried or polled. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 5 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Bursts of events (a folder import) become one round of questions. */
const COALESCE_MS = 60;

const pendingByClient = new WeakMap<QueryClient, { changed: Events['changed'] | null }>();

/** Marks what these changes make old and asks again for what is on the screen. */
export function refresh(client: QueryClient, changed: Events['changed']): void {
  const pending = pendingByClient.get(client);
  if (pending !== undefined && pending.changed !== null) {
    pending.changed = mergeChanges(pending.changed, changed);
    return;
  }
  const slot: { changed: Events['changed'] | null } = { changed };
  pendingByClient.set(client, slot);
  setTimeout(() => {
    const due = slot.changed;
    slot.changed = null;
    if (due !== null) void client.invalidateQueries({ predicate: (query) => isOutdatedBy(query.queryKey, due) });
  }, COALESCE_MS);
}

/** Puts a pushed answer where the matching question looks for it. */
export function push<Name extends MethodName>(client: QueryClient, name: Name, data: OutputOf<Name>): void {
  client.setQueryData([name, {}], data);
}
