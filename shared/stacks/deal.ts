import { slotKey } from '../domain/index.ts';
import type { DocumentType, Flow, Requirement, Side } from '../domain/index.ts';
import { fits } from '../rules/index.ts';

/** What of a page matters for its slot. */
export interface DealtPage {
  readonly mediaType: string;
  readonly isCardBack: boolean;
}

export interface Deal {
  /** Which document fills each requirement. */
  readonly documents: readonly { readonly requirementId: string; readonly documentType: DocumentType }[];
  /** For each page its slot (`requirement/type/side`), or null where the flow has no place for it. */
  readonly slots: readonly (string | null)[];
}

interface Place {
  readonly key: string;
  readonly documentType: DocumentType;
  readonly side: Side;
}

/** One document for each requirement, or none for an optional one. */
type Choice = readonly { readonly requirement: Requirement; readonly option: Requirement['accepts'][number] | null }[];

/** More ways than this to fill a flow are not tried; those of the documents that are offered first come first. */
const MOST_CHOICES = 512;

function choicesOf(requirements: readonly Requirement[]): Choice[] {
  let choices: Choice[] = [[]];
  for (const requirement of requirements) {
    const options = [...requirement.accepts, ...(requirement.isOptional ? [null] : [])];
    choices = choices
      .flatMap((choice) => options.map((option) => [...choice, { requirement, option }]))
      .slice(0, MOST_CHOICES);
  }
  return choices;
}

function placesOf(choice: Choice): Place[] {
  return choice.flatMap(({ requirement, option }) =>
    option === null
      ? []
      : option.sides.map((side) => ({
          key: slotKey(requirement.id, option.documentType, side),
          documentType: option.documentType,
          side,
        })),
  );
}

/** Pages in their order into places in theirs; what does not fit where it comes goes to nobody's place. */
function fill(places: readonly Place[], pages: readonly DealtPage[]): (Place | null)[] {
  const left = [...places];
  return pages.map((page) => {
    const at = left.findIndex(({ documentType }) => fits(documentType, page.mediaType));
    return at < 0 ? null : (left.splice(at, 1)[0] ?? null);
  });
}

/** How much speaks against a page in its place: none, the back of a card elsewhere, paper where a selfie is wanted. */
function pageMisfit(page: DealtPage, place: Place | null): number {
  if (place === null) return 4;
  if (page.isCardBack && place.side !== 'back') return 6;
  return place.documentType === 'selfie' ? 1 : 0;
}

function misfit(places: readonly Place[], pages: readonly DealtPage[]): number {
  const filled = fill(places, pages);
  const emptyCount = places.length - filled.filter((place) => place !== null).length;
  return pages.reduce((sum, page, index) => sum + pageMisfit(page, filled[index] ?? null), 4 * emptyCount);
}

/**
 * Which document each requirement of a flow is filled with, and the slot of each page, for pages that lie in the flow's order:
 * three pages for "passport or identity card" and "bill" are the two sides of a card and a bill, two are a passport and a bill.
 * Front and back of a card thus come to lie in one document. Pure.
 */
export function dealPages(flow: Flow, pages: readonly DealtPage[]): Deal {
  let best: { choice: Choice; cost: number } | null = null;
  for (const choice of choicesOf(flow.requirements)) {
    const cost = misfit(placesOf(choice), pages);
    if (best === null || cost < best.cost) best = { choice, cost };
  }
  const choice = best?.choice ?? [];
  return {
    documents: choice.flatMap(({ requirement, option }) =>
      option === null ? [] : [{ requirementId: requirement.id, documentType: option.documentType }],
    ),
    slots: fill(placesOf(choice), pages).map((place) => place?.key ?? null),
  };
}
