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
      // What was entered for an action, a PIN or a credential, is not kept after it.
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  });
}

/**
 * After a round of questions there is quiet for so many times as long as its answers took: a list of a thousand customers costs
 * main so much that, asked for at each of a thousand pages, it would hold up the pages themselves. Main gathers bursts (a folder import)
 * by itself, so that nothing else is waited for.
 */
const REST = 2;

/** What changed since the last round of questions, and when the next one may begin. */
interface Round {
  changed: Events['changed'] | null;
  isDue: boolean;
  /** In the time of `performance.now()`. */
  restsUntil: number;
}

const rounds = new WeakMap<QueryClient, Round>();

async function ask(client: QueryClient, round: Round): Promise<void> {
  const due = round.changed;
  round.changed = null;
  const begun = performance.now();
  if (due !== null) await client.invalidateQueries({ predicate: (query) => isOutdatedBy(query.queryKey, due) });
  const ended = performance.now();
  round.restsUntil = ended + REST * (ended - begun);
  round.isDue = false;
  if (round.changed !== null) schedule(client, round);
}

function schedule(client: QueryClient, round: Round): void {
  round.isDue = true;
  setTimeout(() => void ask(client, round), Math.max(0, round.restsUntil - performance.now()));
}

/** Marks what these changes make old and asks again for what is on the screen. */
export function refresh(client: QueryClient, changed: Events['changed']): void {
  const round = rounds.get(client) ?? { changed: null, isDue: false, restsUntil: 0 };
  rounds.set(client, round);
  round.changed = mergeChanges(round.changed, changed);
  if (!round.isDue) schedule(client, round);
}

/** Puts a pushed answer where the matching question looks for it. */
export function push<Name extends MethodName>(client: QueryClient, name: Name, data: OutputOf<Name>): void {
  client.setQueryData([name, {}], data);
}
