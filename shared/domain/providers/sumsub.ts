import { z } from 'zod';
import type { ProviderDescriptor } from './descriptor.ts';
import { accepted } from './practice-documents.ts';

/** An app token and the secret key that signs its requests. */
export const SumsubCredential = z.object({
  appToken: z.string().trim().min(1),
  secretKey: z.string().trim().min(1),
});
export type SumsubCredential = z.infer<typeof SumsubCredential>;

export const sumsub = {
  id: 'sumsub',
  name: 'Sumsub',
  // One host for sandbox and production: the token chooses.
  baseUrls: ['https://api.sumsub.com'],
  settings: z.object({}),
  settingFields: [],
  credential: SumsubCredential,
  credentialFields: [
    {
      key: 'appToken',
      kind: 'secret',
      labelKey: 'settings.credential.appToken',
      hintKey: 'settings.credential.appToken.hint',
      problemKey: 'settings.problem.appToken',
    },
    {
      key: 'secretKey',
      kind: 'secret',
      labelKey: 'settings.credential.secretKey',
      hintKey: 'settings.credential.secretKey.hint',
      problemKey: 'settings.problem.secretKey',
    },
  ],
  commandLine: { credential: 'App token and secret key', bareField: null },
  keyPrefixes: { field: 'appToken', sandbox: 'sbx:', production: 'prd:' },
  redactionHintKey: null,
  enteredKey: 'settings.wizard.summary.appToken',
  notice: null,
  // `idDocType` of its documentation and its public examples.
  providerTypes: {
    passport: 'PASSPORT',
    id_card: 'ID_CARD',
    driving_licence: 'DRIVERS',
    residence_permit: 'RESIDENCE_PERMIT',
    utility_bill: 'UTILITY_BILL',
    bank_statement: 'BANK_STATEMENT',
    selfie: 'SELFIE',
    company_document: 'COMPANY_DOC',
    other: 'OTHER',
  },
  providerTypeForm: null,
  neededFields: [],
  routes: null,
  templates: [
    {
      id: 'sumsubIdentity',
      requiredFields: ['givenName', 'familyName', 'country'],
      requirements: [
        { word: 'identity', accepts: ['passport', 'driving_licence', 'id_card'] },
        { word: 'selfie', accepts: ['selfie'] },
      ],
    },
    {
      id: 'sumsubIdentityAndAddress',
      requiredFields: ['givenName', 'familyName', 'country'],
      requirements: [
        { word: 'identity', accepts: ['passport', 'driving_licence', 'id_card'] },
        { word: 'address', accepts: ['utility_bill', 'bank_statement'] },
      ],
    },
  ],
  practice: {
    name: 'Practice: Sumsub',
    nameKey: 'practiceSumsub',
    path: '/sumsub',
    credential: { appToken: 'sbx:practice', secretKey: 'practice' },
    // Two connections are enough to learn the work with; a third would only be one more choice at the counter.
    isInFirstRun: false,
    flows: [
      {
        id: 'identity-selfie',
        name: 'Identity and selfie',
        nameKey: 'flowIdentitySelfie',
        requiredFields: ['givenName', 'familyName', 'country', 'reference'],
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
    ],
  },
} as const satisfies ProviderDescriptor;
