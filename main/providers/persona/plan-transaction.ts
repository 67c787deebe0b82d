import { IDENTITY_DOCUMENTS, type PersonaRoute } from '../../../shared/domain/index.ts';
import { alpha2Of } from '../../../shared/rules/index.ts';
import type { PlanInput, PlannedOperation } from '../port.ts';
import { idClassOf } from './id-class.ts';
import { PERSONA_TRANSACTION, PERSONA_TRANSACTION_FOLLOW } from './payloads.ts';
import type { TransactionPayload } from './payloads.ts';

type Route = Extract<PersonaRoute, { by: 'transaction' }>;

/** An identity document of which several classes fit goes as a residence permit: a transaction must name one. */
const OTHER_CLASS = 'rp';

/** One transaction with every page, and its status. A retake is a new one: nobody can change the files of the first. */
export function planTransaction(input: PlanInput, { transactionTypeId }: Route): PlannedOperation[] {
  const pages = input.documents.flatMap((document) => document.pages);
  const payload: TransactionPayload = {
    transactionTypeId,
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
  };
  const [only] = pages;
  return [
    {
      ref: 'transaction',
      kind: PERSONA_TRANSACTION,
      payload,
      needs: [],
      pageId: pages.length === 1 && only !== undefined ? only.pageId : null,
      byteLength: pages.reduce((total, page) => total + page.byteLength, 0),
    },
    {
      ref: 'follow',
      kind: PERSONA_TRANSACTION_FOLLOW,
      payload: {},
      needs: ['transaction'],
      pageId: null,
      byteLength: 0,
    },
  ];
}
