/**
 * Ends the host when whoever started it has gone. A test runner or an npm script that is killed with SIGKILL cannot
 * clean up, and without this watch the app and its windows would live on. The watched chain is the direct parent, and
 * further ancestors as long as they are in the host's own process group (npm → sh → electron command → host), so that
 * the shell a person typed the command into is not part of it.
 */

import { readFileSync } from 'node:fs';

const INTERVAL_MILLISECONDS = 250;

interface ProcessFacts {
  parent: number;
  group: number;
  startTime: string;
}

/** Facts from /proc/<id>/stat; the name in parentheses may hold anything, so fields are counted after its end. */
function processFacts(id: number): ProcessFacts | undefined {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A zombie is as good as gone.
    if (fields[0] === 'Z') return undefined;
    return { parent: Number(fields[1]), group: Number(fields[2]), startTime: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** Calls `onGone` once, within about a quarter of a second after an ancestor of the watched chain has ended. */
export function watchParents(onGone: () => void): void {
  const own = processFacts(process.pid);
  if (own === undefined || own.parent <= 1) return;
  const watched = new Map<number, string>();
  for (let id = own.parent; id > 1;) {
    const facts = processFacts(id);
    if (facts === undefined) break;
    if (id !== own.parent && facts.group !== own.group) break;
    watched.set(id, facts.startTime);
    if (facts.group !== own.group) break;
    id = facts.parent;
  }
  const timer = setInterval(() => {
    const isIntact =
      process.ppid === own.parent && [...watched].every(([id, startTime]) => processFacts(id)?.startTime === startTime);
    if (isIntact) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MILLISECONDS);
  timer.unref();
}
