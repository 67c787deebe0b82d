import { z } from 'zod';
import type { ChangesAnswer, ConnectionContext, FollowCall, ProviderChanges, RateLimit } from '../port.ts';
import { rateLimitOf } from './answers.ts';
import { callPersona } from './client.ts';
import { findTarget } from './documents.ts';
import { isSuccess } from './exchange.ts';
import { submitsIn } from './follow-inquiry.ts';
import { transactionIn } from './follow-transaction.ts';
import { inquiryOf } from './inquiry.ts';
import { anyCase, nextAfterIn } from './objects.ts';
import { pollAfterMs, submittedOf } from './operations.ts';
import {
  FollowPayload,
  InquiryFollowPayload,
  PERSONA_FOLLOW,
  PERSONA_INQUIRY_FOLLOW,
  PERSONA_TRANSACTION_FOLLOW,
  TransactionFollowPayload,
} from './payloads.ts';

/** Events after which a status call may answer something else, by name. */
const NAMES = [
  'inquiry.completed',
  'inquiry.expired',
  'inquiry.failed',
  'inquiry.marked-for-review',
  'inquiry.approved',
  'inquiry.declined',
  'inquiry.transitioned',
  'inquiry.redacted',
  'document.processed',
  'document.errored',
  'transaction.status-updated',
  'transaction.redacted',
];

/** As many as a page of the answer may hold; their ids make an address of about 3,000 characters. */
const MOST_RECORDS = 100;
/** Pages to look through at most; there is more than one only when several hundred things happened at once. */
const MAX_PAGES = 5;

/**
 * GET /events by the ids of our own records, so that the load is that of this desk's customers and not of the organisation's, nothing
 * comes of a customer of another branch, and no position in a list has to be remembered: what happened to a record is told however
 * late it is asked. Needs the key's permission `event.read`.
 */
export const personaChanges: ProviderChanges = {
  mostRecords: MOST_RECORDS,
  recordsOf,
  pauseMs: pollAfterMs,
  ask,
};

function recordsOf(follow: FollowCall): readonly string[] {
  switch (follow.kind) {
    case PERSONA_FOLLOW: {
      const payload = FollowPayload.safeParse(follow.payload).data;
      if (payload === undefined) return [];
      const submit = payload.submitted ?? submittedOf(follow, payload.documentId) ?? findTarget(follow);
      return submit === null ? [] : [submit.providerDocumentId];
    }
    case PERSONA_INQUIRY_FOLLOW: {
      const payload = InquiryFollowPayload.safeParse(follow.payload).data;
      const inquiryId = payload === undefined ? null : inquiryOf(payload.inquiryId, follow);
      if (payload === undefined || inquiryId === null) return [];
      const documents = [...payload.earlier, ...submitsIn(follow)];
      return [inquiryId, ...documents.map(({ providerDocumentId }) => providerDocumentId)];
    }
    case PERSONA_TRANSACTION_FOLLOW: {
      const payload = TransactionFollowPayload.safeParse(follow.payload).data;
      const made = payload?.made ?? transactionIn(follow.needed);
      return made === null ? [] : [made.transactionId];
    }
    default:
      return [];
  }
}

/** Of an event: its own id and that of what it happened to. Its payload is the whole record, with what it says of a person. */
const Events = z.object({
  data: z.array(
    z
      .object({
        id: z.string().min(1).max(200),
        attributes: anyCase.pipe(z.object({ payload: z.object({ data: z.object({ id: z.string() }) }) })),
      })
      .transform(({ id, attributes }) => ({ changeId: id, recordId: attributes.payload.data.id })),
  ),
});

/** Answers that a single read explains better, if it meets them too. */
const NOT_OFFERED: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 410, 422, 501]);
const DEFAULT_RATE_WAIT_MS = 60_000;

/** Newest first, until a page tells nothing new. */
async function ask(
  recordIds: readonly string[],
  isKnown: (changeId: string, recordId: string) => boolean,
  context: ConnectionContext,
): Promise<ChangesAnswer> {
  const changes: { readonly changeId: string; readonly recordId: string }[] = [];
  const rateLimits: (RateLimit | null)[] = [];
  let after: string | null = null;
  for (;;) {
    const query = new URLSearchParams({
      'filter[object-id]': recordIds.join(','),
      'filter[name]': NAMES.join(','),
      'page[size]': '100',
    });
    if (after !== null) query.set('page[after]', after);
    const reply = await callPersona(context, { method: 'GET', path: `/events?${query.toString()}` });
    const rateLimit = reply.kind === 'failed' ? null : rateLimitOf(reply);
    rateLimits.push(rateLimit);
    if (reply.kind === 'failed') return { kind: 'failed', rateLimits };
    if (reply.status === 429) {
      return { kind: 'limited', afterMs: rateLimit?.resetMs ?? DEFAULT_RATE_WAIT_MS, rateLimits };
    }
    if (NOT_OFFERED.has(reply.status)) return { kind: 'not_offered', rateLimits };
    if (!isSuccess(reply)) return { kind: 'failed', rateLimits };
    // A key can be told to leave attributes out: then it does not tell what has changed.
    const page = Events.safeParse(reply.json).data;
    if (page === undefined) return { kind: 'not_offered', rateLimits };
    const news = page.data.filter(({ changeId, recordId }) => !isKnown(changeId, recordId));
    changes.push(...news);
    after = nextAfterIn(reply.json);
    const isComplete = after === null || news.length === 0;
    if (isComplete || rateLimits.length === MAX_PAGES) {
      return { kind: 'answered', changes, isCut: !isComplete, rateLimits };
    }
  }
}
