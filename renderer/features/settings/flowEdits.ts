import type {
  DocumentType,
  Flow,
  ProviderDescriptor,
  ProviderId,
  Requirement,
  SideChoice,
} from '../../../shared/domain/index.ts';
import {
  DocumentType as DocumentTypes,
  PROVIDER_DESCRIPTORS,
  USUAL_MAX_AGE_DAYS,
  maxAgeOf,
} from '../../../shared/domain/index.ts';
import { acceptedDocument, freeId, SIDES_OF_CHOICE, USUAL_SIDES, usualProviderType } from './templates.ts';

/** The list with one item replaced. */
export function replaced<Item>(items: readonly Item[], index: number, item: Item): Item[] {
  return items.map((kept, position) => (position === index ? item : kept));
}

/** The list without one item. */
export function without<Item>(items: readonly Item[], index: number): Item[] {
  return items.filter((_item, position) => position !== index);
}

/** The list with one item moved up (-1) or down (1); at the ends it stays as it is. */
export function moved<Item>(items: readonly Item[], index: number, step: -1 | 1): Item[] {
  const copy = [...items];
  const item = copy[index];
  const neighbour = copy[index + step];
  if (item === undefined || neighbour === undefined) return copy;
  copy[index] = neighbour;
  copy[index + step] = item;
  return copy;
}

/** The flows, of which the one with this id gets another. `used`: ids that it does not get either. */
export function withOtherId(flows: readonly Flow[], id: string, used: readonly string[]): Flow[] {
  const all = [...flows.map((flow) => flow.id), ...used];
  return flows.map((flow) => (flow.id === id ? { ...flow, id: freeId(id, all, '-') } : flow));
}

/** A flow with one more requirement that has an id of its own. */
export function withRequirement(flow: Flow, provider: ProviderId, label: string): Flow {
  const id = freeId(
    label,
    flow.requirements.map((requirement) => requirement.id),
    '_',
  );
  const requirement = { id, label, isOptional: false, accepts: [acceptedDocument(provider, 'passport')] };
  return { ...flow, requirements: [...flow.requirements, requirement] };
}

/** The first document that a requirement does not accept yet, or null when it accepts them all. */
export function nextDocumentType(requirement: Requirement): DocumentType | null {
  const taken = new Set(requirement.accepts.map((accepted) => accepted.documentType));
  return DocumentTypes.options.find((type) => !taken.has(type)) ?? null;
}

/** A requirement that accepts one more document. */
export function withDocument(requirement: Requirement, provider: ProviderId): Requirement {
  const documentType = nextDocumentType(requirement);
  if (documentType === null) return requirement;
  return { ...requirement, accepts: [...requirement.accepts, acceptedDocument(provider, documentType)] };
}

/** Another document in the same place, with its usual sides; a provider word that was typed by hand is kept. */
export function withDocumentType(
  requirement: Requirement,
  index: number,
  documentType: DocumentType,
  provider: ProviderId,
): Requirement {
  const old = requirement.accepts[index];
  if (old === undefined) return requirement;
  const isOwnWord = old.providerType !== usualProviderType(provider, old.documentType);
  return {
    ...requirement,
    accepts: replaced(requirement.accepts, index, {
      documentType,
      sides: [...SIDES_OF_CHOICE[USUAL_SIDES[documentType]]],
      providerType: isOwnWord ? old.providerType : usualProviderType(provider, documentType),
    }),
  };
}

/** Other sides of one accepted document. */
export function withSides(requirement: Requirement, index: number, sides: SideChoice): Requirement {
  const old = requirement.accepts[index];
  if (old === undefined) return requirement;
  return {
    ...requirement,
    accepts: replaced(requirement.accepts, index, { ...old, sides: [...SIDES_OF_CHOICE[sides]] }),
  };
}

/** Whether a requirement takes a document whose age can matter. */
export function mayAge({ accepts }: Requirement): boolean {
  return accepts.some(({ documentType }) => maxAgeOf({ maxAgeDays: USUAL_MAX_AGE_DAYS }, documentType) !== null);
}

/** A requirement whose documents may be so many days old; 0: as old as they like. What is usual is not written down. */
export function withMaxAge({ maxAgeDays: _before, ...others }: Requirement, days: number): Requirement {
  const isUsual = others.accepts.every(({ documentType }) => (maxAgeOf({}, documentType) ?? 0) === days);
  return isUsual ? others : { ...others, maxAgeDays: days };
}

/** The way that a flow takes: its own, or the provider's usual one. */
export function wayOf({ route }: Flow, provider: ProviderId): string {
  const { routes }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  return routes?.ways.find(({ id }) => id === route?.['by'])?.id ?? routes?.ways[0]?.id ?? '';
}

/** A flow that takes another way, with what stands there at first. */
export function withWay(flow: Flow, provider: ProviderId, by: string): Flow {
  const { routes }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  const fields = routes?.ways.find(({ id }) => id === by)?.fields ?? [];
  return { ...flow, route: { by, ...Object.fromEntries(fields.map(({ key, initial }) => [key, initial])) } };
}
