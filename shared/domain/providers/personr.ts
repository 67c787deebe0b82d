import { z } from 'zod';
import type { ProviderDescriptor } from './descriptor.ts';
import { accepted } from './practice-documents.ts';

/** E-mail and password of a service account. */
export const PersonrCredential = z.object({ email: z.string().trim().min(3), password: z.string().min(1) });
export type PersonrCredential = z.infer<typeof PersonrCredential>;

/**
 * `workspace`: where new applicants belong, by its exact name. Empty: they land where the account was last, which nothing tells.
 */
export const PersonrSettings = z.object({ workspace: z.string().trim().max(120).default('') });
export type PersonrSettings = z.infer<typeof PersonrSettings>;

/** A `docType` as Personr writes every one that is known: ID_CARD, DRIVERS. */
export const PERSONR_DOC_TYPE = /^[A-Z][A-Z0-9_]{0,59}$/;

export const personr = {
  id: 'personr',
  name: 'Personr',
  baseUrls: ['https://enterprise.personr.co/api/1.1/wf'],
  settings: PersonrSettings,
  settingFields: [
    {
      key: 'workspace',
      labelKey: 'settings.wizard.workspace',
      hintKey: 'settings.wizard.workspace.hint',
      cardLabelKey: 'settings.connections.workspace',
      problemKey: 'settings.problem.other',
      options: null,
    },
  ],
  credential: PersonrCredential,
  credentialFields: [
    {
      key: 'email',
      kind: 'email',
      labelKey: 'settings.credential.email',
      hintKey: 'settings.credential.email.hint',
      problemKey: 'settings.problem.email',
    },
    {
      key: 'password',
      kind: 'secret',
      labelKey: 'settings.credential.password',
      hintKey: null,
      problemKey: 'settings.problem.password',
    },
  ],
  commandLine: { credential: 'Sign-in', bareField: null },
  keyPrefixes: null,
  redactionHintKey: null,
  enteredKey: 'settings.wizard.summary.account',
  notice: null,
  // The list of `docType` is fixed by Personr's documentation.
  providerTypes: {
    passport: 'PASSPORT',
    id_card: 'ID_CARD',
    driving_licence: 'DRIVERS',
    residence_permit: 'RESIDENCE_PERMIT',
    utility_bill: 'UTILITY_BILL',
    bank_statement: 'UTILITY_BILL',
    selfie: 'SELFIE',
    // Of a company it is a text for people, of which no list is known.
    company_document: 'Certificate of incorporation',
    other: 'ID_CARD',
  },
  providerTypeForm: {
    pattern: PERSONR_DOC_TYPE,
    problem: 'Personr writes this in capital letters, as DRIVERS',
    problemKey: 'settings.problem.capitals',
  },
  neededFields: ['email', 'phone'],
  neededEntityFields: ['companyName', 'registrationNumber', 'country'],
  routes: null,
  templates: [
    {
      id: 'personrIdentity',
      requiredFields: ['givenName', 'familyName', 'email', 'phone'],
      requirements: [
        { word: 'identity', accepts: ['passport', 'driving_licence', 'id_card'] },
        { word: 'selfie', accepts: ['selfie'] },
      ],
    },
    {
      id: 'personrCompany',
      subjectKind: 'entity',
      requiredFields: ['companyName', 'registrationNumber', 'country'],
      requirements: [{ word: 'company', accepts: ['company_document'] }],
    },
  ],
  practice: {
    name: 'Practice: Personr',
    nameKey: 'practicePersonr',
    path: '/personr/api/1.1/wf',
    credential: { email: 'practice@satchel.invalid', password: 'practice' },
    isInFirstRun: true,
    flows: [
      {
        id: 'identity-selfie',
        name: 'Identity and selfie',
        nameKey: 'flowIdentitySelfie',
        requiredFields: ['givenName', 'familyName', 'country', 'email', 'phone', 'reference'],
        requirements: [
          {
            id: 'identity',
            label: 'Identity document',
            labelKey: 'identityDocument',
            isOptional: false,
            accepts: [
              accepted('passport', 'PASSPORT'),
              accepted('id_card', 'ID_CARD'),
              accepted('driving_licence', 'DRIVERS'),
            ],
          },
          {
            id: 'selfie',
            label: 'Selfie',
            labelKey: 'selfie',
            isOptional: false,
            accepts: [accepted('selfie', 'SELFIE')],
          },
        ],
      },
      {
        id: 'company',
        name: 'Company',
        nameKey: 'flowCompany',
        subjectKind: 'entity',
        requiredFields: ['companyName', 'registrationNumber', 'country', 'reference'],
        requirements: [
          {
            id: 'registration',
            label: 'Certificate of incorporation',
            labelKey: 'companyDocument',
            isOptional: false,
            accepts: [accepted('company_document', 'Certificate of incorporation')],
          },
        ],
      },
    ],
  },
} as const satisfies ProviderDescriptor;
