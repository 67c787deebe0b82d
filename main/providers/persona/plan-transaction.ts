import type { z } from 'zod';
import { IDENTITY_DOCUMENTS, type PersonaRoute } from '../../../shared/domain/index.ts';
import { alpha2Of } from '../../../shared/rules/index.ts';
import { small } from '../planned.ts';
import type { PlanInput, PlannedOperation } from '../port.ts';
import { idClassOf } from './id-class.ts';
import {
  PERSONA_TRANSACTION,
  PERSONA_TRANSACTION_FOLLOW,
  TransactionFollowResult,
  TransactionPayload,
  TransactionResult,
} from './payloads.ts';
import type { TransactionFollowPayload } from './payloads.ts';
import { tagsOf } from './tags.ts';

type Route = Extract<PersonaRoute, { by: 'transaction' }>;
type Made = z.infer<typeof TransactionResult>;

/** An identity document of which several classes fit goes as a residence permit: a transaction must name one. */
const OTHER_CLASS = 'rp';

/**
 * One transaction with every page, and its status. A retake is a new one with every page, the new ones in the place of the old:
 * nobody can change the files of the first, and its workflow looks at all of them together.
 */
export function planTransaction(input: PlanInput, route: Route): PlannedOperation[] {
  const pages = input.documents.flatMap((document) => document.pages);
  const payload: TransactionPayload = {
    transactionTypeId: route.transactionTypeId,
    documents: input.documents.map((document) => ({
      documentId: document.documentId,
      requirementId: document.requirementId,
      field: document.providerType,
      governmentId: IDENTITY_DOCUMENTS.has(document.documentType)
        ? { country: alpha2Of(document.country) ?? '', idClass: idClassOf(document.documentType) ?? OTHER_CLASS }
        : null,
      pageIds: document.pages.map(({ pageId }) => pageId),
      sides: document.pages.map(({ side }) => side),
    })),
    tags: tagsOf(input),
  };
  const made = undecided(input.earlier, payload);
  const following: TransactionFollowPayload = {
    made,
    documents: payload.documents.map(({ requirementId, governmentId }) => ({
      requirementId,
      isIdentity: governmentId !== null,
      idClass: governmentId?.idClass ?? null,
    })),
    declined: route.declined,
    retakeStatus: route.retakeStatus,
  };
  const [only] = pages;
  const create: PlannedOperation = {
    ref: 'transaction',
    kind: PERSONA_TRANSACTION,
    payload,
    needs: [],
    pageId: pages.length === 1 && only !== undefined ? only.pageId : null,
    byteLength: pages.reduce((total, page) => total + page.byteLength, 0),
  };
  const creates = made === null ? [create] : [];
  return [
    ...creates,
    small(
      'follow',
      PERSONA_TRANSACTION_FOLLOW,
      following,
      creates.map(({ ref }) => ref),
    ),
  ];
}

/** What an earlier release made of exactly these pages and has not seen the end of. */
function undecided(earlier: PlanInput['earlier'], wanted: TransactionPayload): Made | null {
  let made: Made | null = null;
  for (const { kind, payload, result } of earlier) {
    const followed = kind === PERSONA_TRANSACTION_FOLLOW ? TransactionFollowResult.safeParse(result).data : undefined;
    if (followed !== undefined) made = null;
    if (kind !== PERSONA_TRANSACTION) continue;
    const sent = TransactionPayload.safeParse(payload).data;
    const isSame = sent !== undefined && pagesOf(sent) === pagesOf(wanted);
    made = isSame ? (TransactionResult.safeParse(result).data ?? null) : null;
  }
  return made;
}

function pagesOf({ documents }: TransactionPayload): string {
  return documents.flatMap(({ pageIds }) => pageIds).join();
}
