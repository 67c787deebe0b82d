import type { SubmissionRow } from '../../../shared/domain/index.ts';
import type { TextKey } from '../../i18n/index.ts';

/** What happens next to a submission, and when. `atMs` null: nobody can tell the time. */
export interface WhatNext {
  key: Extract<TextKey, `submissions.next.${string}`>;
  atMs: number | null;
  params: Readonly<Record<string, string | number>>;
}

const UNDER_WAY = new Set<SubmissionRow['state']>(['released', 'sending', 'sent', 'in_review']);

type NextFacts = Pick<
  SubmissionRow,
  'state' | 'beside' | 'cause' | 'nextEventAt' | 'filledSlots' | 'requiredSlots' | 'batchNumber'
>;

/** The third part of a state in words: after where it is and why it is there, what happens next. */
export function whatNext(row: NextFacts): WhatNext {
  const say = (key: WhatNext['key'], params: WhatNext['params'] = {}): WhatNext => ({
    key,
    atMs: row.nextEventAt,
    params,
  });
  const needsPerson = row.beside.includes('attention') && row.cause !== 'wait';
  if (row.beside.includes('voided')) {
    return { ...say(needsPerson ? 'submissions.next.attention' : 'submissions.next.voided'), atMs: null };
  }
  if (row.beside.includes('held')) return { ...say('submissions.next.held'), atMs: null };
  if (needsPerson) return say('submissions.next.attention');
  // The connection is stopped until a person acts; see Attention.
  if (UNDER_WAY.has(row.state) && row.cause !== null && row.cause !== 'wait') {
    return { ...say('submissions.next.connection'), atMs: null };
  }
  switch (row.state) {
    case 'draft':
      return row.filledSlots < row.requiredSlots
        ? say('submissions.next.fill', { count: row.requiredSlots - row.filledSlots })
        : say('submissions.next.fix');
    case 'ready':
      return say('submissions.next.release', { batch: row.batchNumber });
    case 'released':
      return say(row.nextEventAt === null ? 'submissions.next.send' : 'submissions.next.sendAt');
    case 'sending':
      return say(row.nextEventAt === null ? 'submissions.next.sending' : 'submissions.next.tryAt');
    case 'sent':
    case 'in_review':
      return say(row.nextEventAt === null ? 'submissions.next.ask' : 'submissions.next.askAt');
    case 'retake':
      return say('submissions.next.retake');
    case 'accepted':
    case 'rejected':
      break;
  }
  return { ...say('submissions.next.final'), atMs: null };
}
