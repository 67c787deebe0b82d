import { finishByLink } from './personr/index.ts';
import type { PracticeState } from './state.ts';

/**
 * The page behind a verification link: the customer's own phone, played by whoever has the link. Finishing submits by itself, without
 * a start call, as Personr's page does. `until`: the moment at which the link ends, as its address says; null for one that does not. It shows nothing of the customer.
 */
export function linkPage(
  state: PracticeState,
  {
    id,
    until,
    isFinishing,
    now,
  }: { readonly id: string; readonly until: string | null; readonly isFinishing: boolean; readonly now: number },
): { status: number; html: string } {
  const known = state.db.get('SELECT 1 FROM applicants WHERE applicant_id = ?', [id]);
  if (known === undefined) return { status: 404, html: page('This link leads nowhere.', '') };
  if (until !== null && now >= Number(until)) return { status: 410, html: page('This link has ended.', '') };
  if (!isFinishing) {
    return { status: 200, html: page('Practice: the customer’s phone.', '<button>Finish as the customer</button>') };
  }
  state.db.transaction(() => finishByLink(state, id, now));
  return { status: 200, html: page('Submitted. The check has started.', '') };
}

function page(text: string, button: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Practice</title>
<body><p>${text}</p><form method="post">${button}</form></body></html>`;
}
