import type { AcceptedDocument, DocumentType, Flow, ProviderId, Side } from '../../../shared/domain/index.ts';

/** Addresses offered for a provider; the first is the default. */
export const BASE_URLS: Readonly<Record<ProviderId, readonly string[]>> = {
  persona: ['https://api.withpersona.com/api/v1', 'https://withpersona.com/api/v1'],
  personr: ['https://enterprise.personr.co/api/1.1/wf'],
};

/** Sides that a person may choose for a document, as one choice each. */
export const SIDE_CHOICES = ['single', 'front', 'frontAndBack'] as const;
export type SideChoice = (typeof SIDE_CHOICES)[number];

export const SIDES_OF_CHOICE: Readonly<Record<SideChoice, readonly Side[]>> = {
  single: ['single'],
  front: ['front'],
  frontAndBack: ['front', 'back'],
};

/** The choice that stands for these sides. */
export function sideChoiceOf(sides: readonly Side[]): SideChoice {
  if (sides.includes('back')) return 'frontAndBack';
  return sides.includes('front') ? 'front' : 'single';
}

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

/**
 * The provider's own word for a document. Personr's `docType` list is fixed by its documentation; Persona's `kind` is a
 * free identifier that the organisation's templates must know, so these are starting points.
 */
export function usualProviderType(provider: ProviderId, documentType: DocumentType): string {
  if (provider === 'personr') return PERSONR_TYPES[documentType];
  return PERSONA_KINDS[documentType];
}

const PERSONR_TYPES: Readonly<Record<DocumentType, string>> = {
  passport: 'PASSPORT',
  id_card: 'ID_CARD',
  driving_licence: 'DRIVERS',
  residence_permit: 'RESIDENCE_PERMIT',
  utility_bill: 'UTILITY_BILL',
  bank_statement: 'UTILITY_BILL',
  selfie: 'SELFIE',
  company_document: 'Certificate of incorporation',
  other: 'ID_CARD',
};

const PERSONA_KINDS: Readonly<Record<DocumentType, string>> = {
  passport: 'passport',
  id_card: 'identity_card',
  driving_licence: 'driving_licence',
  residence_permit: 'residence_permit',
  utility_bill: 'proof_of_address',
  bank_statement: 'proof_of_address',
  selfie: 'selfie',
  company_document: 'company_document',
  other: 'document',
};

/** A document as a flow first accepts it, with the usual sides and the provider's usual word. */
export function acceptedDocument(provider: ProviderId, documentType: DocumentType): AcceptedDocument {
  return {
    documentType,
    sides: [...SIDES_OF_CHOICE[USUAL_SIDES[documentType]]],
    providerType: usualProviderType(provider, documentType),
  };
}

export const FLOW_TEMPLATES = [
  'personaIdentityAndAddress',
  'personaAddress',
  'personrIdentity',
  'personrCompany',
  'empty',
] as const;
export type FlowTemplate = (typeof FLOW_TEMPLATES)[number];

/** The templates that make sense for a provider, the recommended one first. */
export function templatesFor(provider: ProviderId): FlowTemplate[] {
  return provider === 'persona'
    ? ['personaIdentityAndAddress', 'personaAddress', 'empty']
    : ['personrIdentity', 'personrCompany', 'empty'];
}

/** Names that a template's flow begins with; the labels come from the catalogue so that they are in the desk's language. */
export interface TemplateWords {
  flowName: string;
  identity: string;
  address: string;
  selfie: string;
  document: string;
}

/** A new flow from a template. `flowId` must be free within the connection. */
export function flowFromTemplate(
  template: FlowTemplate,
  provider: ProviderId,
  flowId: string,
  words: TemplateWords,
): Flow {
  const accept = (documentType: DocumentType): AcceptedDocument => acceptedDocument(provider, documentType);
  const identity = {
    id: 'identity',
    label: words.identity,
    isOptional: false,
    accepts: [accept('passport'), accept('driving_licence'), accept('id_card')],
  };
  const address = {
    id: 'address',
    label: words.address,
    isOptional: false,
    accepts: [accept('utility_bill'), accept('bank_statement')],
  };
  const common = { id: flowId, name: words.flowName };
  switch (template) {
    case 'personaIdentityAndAddress':
      return { ...common, requiredFields: ['givenName', 'familyName', 'reference'], requirements: [identity, address] };
    case 'personaAddress':
      return { ...common, requiredFields: ['givenName', 'familyName', 'reference'], requirements: [address] };
    case 'personrIdentity':
      // Personr cannot create an applicant without e-mail and phone.
      return {
        ...common,
        requiredFields: ['givenName', 'familyName', 'email', 'phone'],
        requirements: [identity, { id: 'selfie', label: words.selfie, isOptional: false, accepts: [accept('selfie')] }],
      };
    case 'personrCompany':
      return {
        ...common,
        subjectKind: 'entity',
        requiredFields: ['companyName', 'registrationNumber', 'country'],
        requirements: [
          { id: 'registration', label: words.document, isOptional: false, accepts: [accept('company_document')] },
        ],
      };
    case 'empty':
      break;
  }
  return {
    ...common,
    requiredFields: provider === 'personr' ? ['email', 'phone'] : [],
    requirements: [{ id: 'document', label: words.document, isOptional: false, accepts: [accept('passport')] }],
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
