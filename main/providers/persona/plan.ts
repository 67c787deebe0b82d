import type { z } from 'zod';
import type { PersonaRoute } from '../../../shared/domain/index.ts';
import { small } from '../planned.ts';
import type { PlanDocument, PlanInput, PlannedOperation } from '../port.ts';
import {
  CreatePayload,
  CreateResult,
  DOCUMENT_CREATES,
  FollowResult,
  PERSONA_ACCOUNT_ATTACH,
  PERSONA_CREATE,
  PERSONA_FOLLOW,
  PERSONA_SUBMIT,
  SubmitResult,
} from './payloads.ts';
import type { SubmitPayload } from './payloads.ts';
import { planAccount, routeOf } from './plan-account.ts';
import { planInquiry } from './plan-inquiry.ts';
import { planTransaction } from './plan-transaction.ts';
import { updateOf } from './plan-update.ts';

export function planPersona(input: PlanInput): PlannedOperation[] {
  const route = routeOf(input.flow);
  if (route.by === 'inquiry') return planInquiry(input, route);
  return route.by === 'transaction' ? planTransaction(input, route) : planDocuments(input, route);
}

type Route = Extract<PersonaRoute, { by: 'documents' }>;

/**
 * Per document: create with all its pages, then submit, then follow. Where the route wants it, the customer's account comes
 * first, and each document belongs to it.
 *
 * On a retake a document with a new page is made anew with all its pages: Persona lets nobody change one that was
 * submitted. One that was created and not submitted gets its new pages; where Persona does not take them, the create after that makes another
 * one. Documents without a new page are not sent again; those whose end nobody has seen are followed on.
 */
function planDocuments(input: PlanInput, route: Route): PlannedOperation[] {
  const fresh = input.documents.filter((document) => document.pages.some((page) => !page.isDelivered));
  const freshIds = new Set(fresh.map((document) => document.documentId));
  const carried = unfinished(input).filter((document) => !freshIds.has(document.documentId));
  const account = route.account === 'none' ? null : planAccount(input.earlier, route.accountTypeId);
  const owner = account === null ? null : { accountId: account.accountId };
  // One that nothing would belong to is not made.
  const accountSteps = account === null || (account.accountId === null && fresh.length === 0) ? [] : account.steps;
  const before = accountSteps.map(({ ref }) => ref);
  return [
    ...accountSteps,
    ...fresh.flatMap((document) => {
      const pages = { ...pagesOf(document), owner };
      const there = createdEarlier(input, document);
      if (there === null) return createSubmitFollow(names(document), pages, { isLast: false, before });
      const { isSame, ...created } = there;
      const { providerDocumentId } = created;
      if (isSame) return submitFollow({ ...names(document), ...GENERIC, created, create: pages }, before);
      const update = updateOf({ ...names(document), ...pages, providerDocumentId }, pages.byteLength, before);
      return [
        update,
        ...createSubmitFollow(names(document), pages, { isLast: false, before: [...before, update.ref] }),
      ];
    }),
    ...carried.map((submitted) => follow({ ...submitted, created: null }, submitted, [])),
  ];
}

/**
 * A document that is not there any more, from the beginning. `isLast`: it is not made anew a second time by itself, so that
 * a Persona that never shows what it takes is not filled with copies. `before`: what the document belongs to.
 */
export function createSubmitFollow(
  names: Names,
  pages: NonNullable<Submit['create']>,
  { isLast, before = [] }: { isLast: boolean; before?: readonly string[] },
): PlannedOperation[] {
  const { byteLength, ...files } = pages;
  const [only] = files.pageIds;
  const ref = `create:${names.documentId}`;
  return [
    {
      ref,
      kind: files.owner === null ? PERSONA_CREATE : PERSONA_ACCOUNT_ATTACH,
      payload: { ...names, ...files },
      needs: before,
      pageId: files.pageIds.length === 1 && only !== undefined ? only : null,
      byteLength,
    },
    ...submitFollow({ ...names, ...GENERIC, created: null, create: isLast ? null : pages }, [ref]),
  ];
}

function submitFollow(payload: Submit, needs: readonly string[]): PlannedOperation[] {
  const { documentId, requirementId, created } = payload;
  const ref = `submit:${documentId}`;
  return [
    small(ref, PERSONA_SUBMIT, payload, needs),
    follow({ documentId, requirementId, created }, null, [...needs, ref]),
  ];
}

interface Names {
  readonly documentId: string;
  readonly requirementId: string;
}

type Submit = z.infer<typeof SubmitPayload>;

/** By itself a document goes as a generic one, whatever it is. */
const GENERIC = { isGovernmentId: false, isAttached: false } as const;

function pagesOf({ pages, providerType }: PlanDocument): NonNullable<Submit['create']> {
  return {
    kind: providerType,
    pageIds: pages.map((page) => page.pageId),
    sides: pages.map((page) => page.side),
    byteLength: pages.reduce((total, page) => total + page.byteLength, 0),
    attachment: null,
    owner: null,
  };
}

function follow(
  { documentId, requirementId, created }: Names & Pick<Submit, 'created'>,
  submitted: SubmitResult | null,
  needs: readonly string[],
): PlannedOperation {
  return small(`follow:${documentId}`, PERSONA_FOLLOW, { documentId, requirementId, created, submitted }, needs);
}

/**
 * What an earlier release created and did not submit. `isSame`: with the same pages in the same order; creating it again would leave two
 * copies of the customer's pages at Persona.
 */
function createdEarlier(
  input: PlanInput,
  document: PlanDocument,
): (NonNullable<Submit['created']> & { readonly isSame: boolean }) | null {
  const pageIds = document.pages.map((page) => page.pageId).join();
  let created: ReturnType<typeof createdEarlier> = null;
  for (const { kind, payload, result } of input.earlier) {
    const submitted = kind === PERSONA_SUBMIT ? SubmitResult.safeParse(result) : null;
    if (submitted?.success === true && submitted.data.providerDocumentId === created?.providerDocumentId)
      created = null;
    const asked = DOCUMENT_CREATES.has(kind) ? CreatePayload.safeParse(payload) : null;
    const made = CreateResult.safeParse(result);
    if (asked?.success !== true || !made.success || asked.data.documentId !== document.documentId) continue;
    const isSame = asked.data.pageIds.join() === pageIds && asked.data.kind === document.providerType;
    created = { ...made.data, pageIds: asked.data.pageIds, isSame };
  }
  return created;
}

function names(document: PlanDocument): Names {
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
