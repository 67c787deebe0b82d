import type { z } from 'zod';
import { IDENTITY_DOCUMENTS, type PersonaRoute } from '../../../shared/domain/index.ts';
import { alpha2Of } from '../../../shared/rules/index.ts';
import { small } from '../planned.ts';
import type { PlanDocument, PlanInput, PlannedOperation } from '../port.ts';
import { idClassOf } from './id-class.ts';
import {
  CreatePayload,
  CreateResult,
  InquiryFollowResult,
  InquiryResult,
  PERSONA_ATTACH,
  PERSONA_INQUIRY,
  PERSONA_INQUIRY_FOLLOW,
  PERSONA_SUBMIT,
  SubmitResult,
} from './payloads.ts';
import type { Attachment, SubmitPayload, Watched } from './payloads.ts';
import { planAccount } from './plan-account.ts';
import { updateOf } from './plan-update.ts';
import { tagsOf } from './tags.ts';

type Route = Extract<PersonaRoute, { by: 'inquiry' }>;

/**
 * The customer's account, an inquiry for it, every document created, then every document submitted, and one status call for
 * all of them. No document is submitted before all are there: a workflow may close the inquiry once what it holds is
 * processed, and a closed one takes nothing.
 *
 * On a retake the account stays. An inquiry that only wants a document again takes it; one that is over takes nothing, so a
 * new one gets every document of the customer, as its template expects.
 */
export function planInquiry(input: PlanInput, route: Route): PlannedOperation[] {
  const state = stateOf(input);
  const documents =
    state.inquiryId === null
      ? input.documents
      : input.documents.filter(
          ({ documentId, pages }) =>
            // A page that an earlier inquiry was given is not in this one.
            pages.some((page) => !page.isDelivered) ||
            !state.watched.some((watched) => watched.documentId === documentId),
        );
  const { accountId, steps: accountSteps } = planAccount(input.earlier, route.accountTypeId);
  const accountRefs = accountSteps.map(({ ref }) => ref);
  const inquiry = small(
    'inquiry',
    PERSONA_INQUIRY,
    { templateId: route.templateId, accountId, tags: tagsOf(input) },
    accountRefs,
  );
  const opening = state.inquiryId === null ? [inquiry] : [];
  const openingRefs = opening.map(({ ref }) => ref);
  // A new account is there before the inquiry is; a correction of one also comes before what goes into an open inquiry.
  const before = [...(accountId === null ? [] : accountRefs), ...openingRefs];
  const sends = documents.map((document) => attach(document, state, before));
  const creates = sends.flatMap((send) => send.creates);
  const createRefs = creates.map(({ ref }) => ref);
  const submits = sends.map(({ submit }) => ({ ...submit, needs: createRefs }));
  const fresh = new Set(documents.map(({ documentId }) => documentId));
  return [
    ...accountSteps,
    ...opening,
    ...creates,
    ...submits,
    small(
      'follow',
      PERSONA_INQUIRY_FOLLOW,
      {
        inquiryId: state.inquiryId,
        acceptedWhen: route.acceptedWhen,
        earlier: state.watched.filter(({ documentId }) => !fresh.has(documentId)),
        governmentIds: documents.filter(isIdentity).map(({ documentId }) => documentId),
      },
      [...openingRefs, ...submits.map(({ ref }) => ref)],
    ),
  ];
}

interface State {
  /** Null: there is none that takes documents. */
  readonly inquiryId: string | null;
  /** What the open inquiry holds, submitted. */
  readonly watched: readonly Watched[];
  /** What it holds and was never submitted. */
  readonly created: readonly { readonly payload: CreatePayload; readonly providerDocumentId: string }[];
}

/** What earlier releases left, in the order of their finishing. */
function stateOf({ earlier }: PlanInput): State {
  let inquiryId: string | null = null;
  let watched = new Map<string, Watched>();
  let created = new Map<string, State['created'][number]>();
  for (const { kind, payload, result } of earlier) {
    if (kind === PERSONA_INQUIRY) inquiryId = InquiryResult.safeParse(result).data?.inquiryId ?? inquiryId;
    if (kind === PERSONA_ATTACH) {
      const asked = CreatePayload.safeParse(payload).data;
      const made = CreateResult.safeParse(result).data;
      if (asked !== undefined && made !== undefined) created.set(asked.documentId, { payload: asked, ...made });
    }
    const submitted = kind === PERSONA_SUBMIT ? SubmitResult.safeParse(result).data : undefined;
    if (submitted !== undefined) {
      const { documentId } = submitted;
      const attachment = created.get(documentId)?.payload.attachment;
      watched.set(documentId, { ...submitted, isGovernmentId: (attachment?.governmentId ?? null) !== null });
      created.delete(documentId);
    }
    const followed = kind === PERSONA_INQUIRY_FOLLOW ? InquiryFollowResult.safeParse(result).data : undefined;
    if (followed?.isOver === true) {
      inquiryId = null;
      watched = new Map();
      created = new Map();
    }
  }
  return { inquiryId, watched: [...watched.values()], created: [...created.values()] };
}

/**
 * Creates and submit of one document; no `creates`: the open inquiry already holds exactly these pages. A generic document that it holds
 * with other pages gets these instead; where Persona does not take them, the create makes another one.
 */
function attach(
  document: PlanDocument,
  state: State,
  opening: readonly string[],
): { readonly creates: readonly PlannedOperation[]; readonly submit: PlannedOperation } {
  const names = { documentId: document.documentId, requirementId: document.requirementId };
  const isGovernmentId = isIdentity(document);
  const attachment: Attachment = {
    inquiryId: state.inquiryId,
    governmentId: isGovernmentId
      ? { country: alpha2Of(document.country) ?? '', idClass: idClassOf(document.documentType) }
      : null,
  };
  const files = {
    kind: document.providerType,
    pageIds: document.pages.map(({ pageId }) => pageId),
    sides: document.pages.map(({ side }) => side),
    attachment,
  };
  const held = state.created.find(({ payload }) => payload.documentId === document.documentId);
  const isSame = held?.payload.kind === files.kind && held.payload.pageIds.join() === files.pageIds.join();
  const there = isSame ? held : undefined;
  const isChanged = held !== undefined && !isSame && !isGovernmentId && held.payload.attachment?.governmentId === null;
  const submit: z.input<typeof SubmitPayload> = {
    ...names,
    isGovernmentId,
    isAttached: true,
    created: there === undefined ? null : { providerDocumentId: there.providerDocumentId, pageIds: files.pageIds },
    create: null,
  };
  const [only] = files.pageIds;
  const byteLength = document.pages.reduce((total, page) => total + page.byteLength, 0);
  const update = isChanged
    ? [updateOf({ ...names, ...files, owner: null, providerDocumentId: held.providerDocumentId }, byteLength, opening)]
    : [];
  const create: PlannedOperation = {
    ref: `create:${document.documentId}`,
    kind: PERSONA_ATTACH,
    payload: { ...names, ...files },
    needs: [...opening, ...update.map(({ ref }) => ref)],
    pageId: files.pageIds.length === 1 && only !== undefined ? only : null,
    byteLength,
  };
  return {
    creates: there === undefined ? [...update, create] : [],
    submit: small(`submit:${document.documentId}`, PERSONA_SUBMIT, submit, []),
  };
}

function isIdentity({ documentType }: PlanDocument): boolean {
  return IDENTITY_DOCUMENTS.has(documentType);
}
