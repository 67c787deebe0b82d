import { SubjectField } from '../../../shared/domain/index.ts';
import type { AcceptedDocument, ConnectionInput, Flow, ProviderId, Requirement } from '../../../shared/domain/index.ts';

/** Port 1 is no server's: nothing is sent. */
const NOBODY_LISTENS = 'http://127.0.0.1:1/api/v1';

const accepted = (documentType: AcceptedDocument['documentType'], ...sides: AcceptedDocument['sides']) => ({
  documentType,
  sides,
  // As Personr writes it; the others take any word.
  providerType: documentType.toUpperCase(),
});

const IDENTITY: Requirement = {
  id: 'identity',
  label: 'Identity document',
  labelKey: 'identityDocument',
  isOptional: true,
  accepts: [
    accepted('passport', 'single'),
    accepted('id_card', 'front', 'back'),
    accepted('driving_licence', 'front', 'back'),
  ],
};

const ADDRESS: Requirement = {
  id: 'address',
  label: 'Proof of address',
  labelKey: 'proofOfAddress',
  isOptional: true,
  accepts: [accepted('utility_bill', 'single')],
};

const SELFIE: Requirement = {
  id: 'selfie',
  label: 'Selfie',
  labelKey: 'selfie',
  isOptional: true,
  accepts: [accepted('selfie', 'single')],
};

/** Nothing is asked for, so that only what came says something. */
const PAGES: Flow = { id: 'pages', name: 'Pages', requiredFields: [], requirements: [IDENTITY, ADDRESS, SELFIE] };

/** Everything is asked for. */
const FIELDS: Flow = {
  id: 'fields',
  name: 'Fields',
  requiredFields: [...SubjectField.options],
  requirements: [{ ...ADDRESS, isOptional: false }, IDENTITY],
};

/** Identity documents go as photos of government ids. */
const PHOTOS: Flow = {
  ...PAGES,
  id: 'photos',
  name: 'Photos',
  route: { by: 'inquiry', templateId: 'itmpl_Shown', accountTypeId: '', acceptedWhen: 'approved' },
};

/** Of a company. */
const COMPANY: Flow = {
  id: 'company',
  name: 'Company',
  subjectKind: 'entity',
  requiredFields: [],
  requirements: [ADDRESS],
};

const FLOWS = {
  name: 'Every finding',
  environment: 'sandbox',
  baseUrl: NOBODY_LISTENS,
  flows: [PAGES, FIELDS],
} as const;

/** A connection of each provider whose flows bring nothing of their own into what is shown. */
export const CONNECTIONS: Readonly<Record<ProviderId, ConnectionInput>> = {
  persona: {
    ...FLOWS,
    flows: [...FLOWS.flows, PHOTOS],
    provider: 'persona',
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey: 'persona_sandbox_unused' },
  },
  personr: {
    ...FLOWS,
    flows: [...FLOWS.flows, COMPANY],
    provider: 'personr',
    settings: {},
    credential: { email: 'nobody@example.invalid', password: 'unused' },
  },
  sumsub: {
    ...FLOWS,
    flows: [...FLOWS.flows],
    provider: 'sumsub',
    settings: {},
    credential: { appToken: 'sbx:unused', secretKey: 'unused' },
  },
};
