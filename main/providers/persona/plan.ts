import type { z } from 'zod';
import type { PlanDocument, PlanInput, PlannedOperation } from '../port.ts';
import {
  CreatePayload,
  CreateResult,
  FollowResult,
  PERSONA_CREATE,
  PERSONA_FOLLOW,
  PERSONA_SUBMIT,
  SubmitResult,
} from './payloads.ts';
import type { SubmitPayload } from './payloads.ts';

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
    ...fresh.flatMap((document) => {
      const created = createdEarlier(input, document);
      return created === null
        ? [
            ...createAndSubmit(document),
            follow({ ...names(document), created }, null, [
              `create:${document.documentId}`,
              `submit:${document.documentId}`,
            ]),
          ]
        : [
            submit({ ...names(document), created }, []),
            follow({ ...names(document), created }, null, [`submit:${document.documentId}`]),
          ];
    }),
    ...carried.map((submitted) => follow({ ...submitted, created: null }, submitted, [])),
  ];
}

function follow(
  { documentId, requirementId, created }: Names,
  submitted: SubmitResult | null,
  needs: readonly string[],
): PlannedOperation {
  return {
    ref: `follow:${documentId}`,
    kind: PERSONA_FOLLOW,
    payload: { documentId, requirementId, created, submitted },
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
    submit({ ...names(document), created: null }, [`create:${documentId}`]),
  ];
}

type Names = z.infer<typeof SubmitPayload>;

function submit(payload: Names, needs: readonly string[]): PlannedOperation {
  return { ref: `submit:${payload.documentId}`, kind: PERSONA_SUBMIT, payload, needs, pageId: null, byteLength: 0 };
}

/**
 * What an earlier release created with the same pages in the same order and did not submit. Creating it again would leave
 * two copies of the customer's pages at Persona.
 */
function createdEarlier(input: PlanInput, document: PlanDocument): Names['created'] {
  const pageIds = document.pages.map((page) => page.pageId).join();
  let created: Names['created'] = null;
  for (const { kind, payload, result } of input.earlier) {
    const submitted = kind === PERSONA_SUBMIT ? SubmitResult.safeParse(result) : null;
    if (submitted?.success === true && submitted.data.providerDocumentId === created?.providerDocumentId)
      created = null;
    const asked = kind === PERSONA_CREATE ? CreatePayload.safeParse(payload) : null;
    const made = CreateResult.safeParse(result);
    if (asked?.success !== true || !made.success || asked.data.documentId !== document.documentId) continue;
    const isSame = asked.data.pageIds.join() === pageIds && asked.data.kind === document.providerType;
    created = isSame ? { ...made.data, pageIds: asked.data.pageIds } : null;
  }
  return created;
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
