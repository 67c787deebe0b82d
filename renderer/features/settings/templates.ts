import { PROVIDER_DESCRIPTORS } from '../../../shared/domain/index.ts';
import type {
  AcceptedDocument,
  DocumentType,
  Flow,
  ProviderDescriptor,
  ProviderId,
  Side,
  SideChoice,
} from '../../../shared/domain/index.ts';

/** Sides that a person may choose for a document, as one choice each. */
export const SIDE_CHOICES = ['single', 'front', 'frontAndBack'] as const satisfies readonly SideChoice[];

export const SIDES_OF_CHOICE: Readonly<Record<SideChoice, readonly Side[]>> = {
  single: ['single'],
  front: ['front'],
  frontAndBack: ['front', 'back'],
};

/** Sides a document of this type usually has. */
export const USUAL_SIDES: Readonly<Record<DocumentType, SideChoice>> = {
  passport: 'single',
  id_card: 'frontAndBack',
  driving_licence: 'frontAndBack',
  residence_permit: 'frontAndBack',
  utility_bill: 'single',
  bank_statement: 'single',
  selfie: 'single',
  company_document: 'single',
  other: 'single',
};

/** The provider's own word for a document. */
export function usualProviderType(provider: ProviderId, documentType: DocumentType): string {
  return PROVIDER_DESCRIPTORS[provider].providerTypes[documentType];
}

/** A document as a flow first accepts it, with the usual sides and the provider's usual word. */
export function acceptedDocument(provider: ProviderId, documentType: DocumentType): AcceptedDocument {
  return {
    documentType,
    sides: [...SIDES_OF_CHOICE[USUAL_SIDES[documentType]]],
    providerType: usualProviderType(provider, documentType),
  };
}

/** A template's id; its words are `settings.template.<id>`. */
export type FlowTemplate = (typeof PROVIDER_DESCRIPTORS)[ProviderId]['templates'][number]['id'] | 'empty';

/** The templates that make sense for a provider, the recommended one first. */
export function templatesFor(provider: ProviderId): FlowTemplate[] {
  return [...PROVIDER_DESCRIPTORS[provider].templates.map(({ id }) => id), 'empty'];
}

/** Names that a template's flow begins with; the labels come from the catalogue so that they are in the desk's language. */
export interface TemplateWords {
  flowName: string;
  identity: string;
  address: string;
  selfie: string;
  company: string;
  document: string;
}

/** A new flow from a template. `flowId` must be free within the connection. */
export function flowFromTemplate(
  template: FlowTemplate,
  provider: ProviderId,
  flowId: string,
  words: TemplateWords,
): Flow {
  const { templates, neededFields }: ProviderDescriptor = PROVIDER_DESCRIPTORS[provider];
  const requirement = (id: Exclude<keyof TemplateWords, 'flowName'>, documents: readonly DocumentType[]) => ({
    id,
    label: words[id],
    isOptional: false,
    accepts: documents.map((documentType) => acceptedDocument(provider, documentType)),
  });
  const described = templates.find(({ id }) => id === template);
  return {
    id: flowId,
    name: words.flowName,
    requiredFields: [...(described?.requiredFields ?? neededFields)],
    ...(described?.route === undefined ? {} : { route: described.route }),
    ...(described?.subjectKind === undefined ? {} : { subjectKind: described.subjectKind }),
    requirements: described?.requirements.map(({ word, accepts }) => requirement(word, accepts)) ?? [
      requirement('document', ['passport']),
    ],
  };
}

/** An id within the pattern of flows and requirements, made from a name and unlike the ids in use. */
export function freeId(name: string, used: readonly string[], separator: '-' | '_'): string {
  const base =
    name
      .normalize('NFKD')
      .replace(/[\u0300-\u036F]/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, separator)
      .replace(/^[^a-z]+/, '')
      .slice(0, 30)
      .replace(/[-_]+$/, '') || 'item';
  if (!used.includes(base)) return base;
  for (let number = 2; ; number += 1) {
    const candidate = `${base}${separator}${number}`;
    if (!used.includes(candidate)) return candidate;
  }
}
