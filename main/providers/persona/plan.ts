import type { PlanDocument, PlanInput, PlannedOperation } from '../port.ts';
import { FollowResult, PERSONA_CREATE, PERSONA_FOLLOW, PERSONA_SUBMIT, SubmitResult } from './payloads.ts';

/**
 * Per document: create with all its pages, then submit, then follow.
 *
 * On a retake a document with a new page is made anew with all its pages: Persona lets nobody change one that was
 * submitted. Documents without a new page are not sent again; those whose end nobody has seen are followed on.
 */
export function planPersona(input: PlanInput): PlannedOperation[] {
  const fresh = input.documents.filter((document) => document.pages.some((page) => !page.isDelivered));
  const freshIds = new Set(fresh.map((document) => document.documentId));
  const carried = unfinished(input).filter((document) => !freshIds.has(document.documentId));
  return [
    ...fresh.flatMap((document) => [
      ...createAndSubmit(document),
      follow(names(document), null, [`create:${document.documentId}`, `submit:${document.documentId}`]),
    ]),
    ...carried.map((submitted) => follow(submitted, submitted, [])),
  ];
}

function follow(
  { documentId, requirementId }: { documentId: string; requirementId: string },
  submitted: SubmitResult | null,
  needs: readonly string[],
): PlannedOperation {
  return {
    ref: `follow:${documentId}`,
    kind: PERSONA_FOLLOW,
    payload: { documentId, requirementId, submitted },
    needs,
    pageId: null,
    byteLength: 0,
  };
}

function createAndSubmit(document: PlanDocument): PlannedOperation[] {
  const { documentId, pages } = document;
  const [only] = pages;
  return [
    {
      ref: `create:${documentId}`,
      kind: PERSONA_CREATE,
      payload: {
        ...names(document),
        kind: document.providerType,
        pageIds: pages.map((page) => page.pageId),
        sides: pages.map((page) => page.side),
      },
      needs: [],
      pageId: pages.length === 1 && only !== undefined ? only.pageId : null,
      byteLength: pages.reduce((total, page) => total + page.byteLength, 0),
    },
    {
      ref: `submit:${documentId}`,
      kind: PERSONA_SUBMIT,
      payload: names(document),
      needs: [`create:${documentId}`],
      pageId: null,
      byteLength: 0,
    },
  ];
}

function names(document: PlanDocument): { documentId: string; requirementId: string } {
  return { documentId: document.documentId, requirementId: document.requirementId };
}

/** What earlier releases submitted, the newest of each document, without those whose end a `follow` has recorded. */
function unfinished(input: PlanInput): SubmitResult[] {
  const open = new Map<string, SubmitResult>();
  for (const { kind, result } of input.earlier) {
    if (kind === PERSONA_SUBMIT) {
      const submitted = SubmitResult.safeParse(result);
      if (submitted.success) open.set(submitted.data.documentId, submitted.data);
    } else if (kind === PERSONA_FOLLOW) {
      const followed = FollowResult.safeParse(result);
      if (followed.success) open.delete(followed.data.documentId);
    }
  }
  return [...open.values()];
}
