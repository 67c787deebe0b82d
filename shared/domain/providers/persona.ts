import { z } from 'zod';
import type { ProviderDescriptor } from './descriptor.ts';
import { accepted } from './practice-documents.ts';

/** Persona API versions known to the official specification (2026-08) and the newest default of its documentation. */
export const PERSONA_VERSIONS = [
  '2026-09-29',
  '2025-12-08',
  '2025-10-27',
  '2023-01-05',
  '2022-09-01',
  '2021-08-18',
  '2021-07-05',
  '2021-02-21',
  '2020-05-18',
] as const;

export const PersonaSettings = z.object({
  version: z.enum(PERSONA_VERSIONS).default('2025-12-08'),
  keyInflection: z.enum(['camel', 'kebab', 'snake']).default('kebab'),
});
export type PersonaSettings = z.infer<typeof PersonaSettings>;

/** One API key. */
export const PersonaCredential = z.object({ apiKey: z.string().trim().min(1) });
export type PersonaCredential = z.infer<typeof PersonaCredential>;

export const persona = {
  id: 'persona',
  name: 'Persona',
  // Its specification names the first (since 2024-12-12), its older documentation the second.
  baseUrls: ['https://api.withpersona.com/api/v1', 'https://withpersona.com/api/v1'],
  settings: PersonaSettings,
  settingFields: [
    {
      key: 'version',
      labelKey: 'settings.wizard.version',
      hintKey: 'settings.wizard.version.hint',
      cardLabelKey: 'settings.connections.version',
      problemKey: 'settings.problem.version',
      options: PERSONA_VERSIONS.map((id) => ({ id, labelKey: null })),
    },
    {
      key: 'keyInflection',
      labelKey: 'settings.wizard.keyInflection',
      hintKey: null,
      cardLabelKey: null,
      problemKey: 'settings.problem.other',
      options: [
        { id: 'kebab', labelKey: 'settings.wizard.keyInflection.kebab' },
        { id: 'camel', labelKey: 'settings.wizard.keyInflection.camel' },
        { id: 'snake', labelKey: 'settings.wizard.keyInflection.snake' },
      ],
    },
  ],
  credential: PersonaCredential,
  credentialFields: [
    {
      key: 'apiKey',
      kind: 'secret',
      labelKey: 'settings.credential.apiKey',
      hintKey: 'settings.credential.apiKey.hint',
      problemKey: 'settings.problem.apiKey',
    },
  ],
  commandLine: { credential: 'API key', bareField: 'apiKey' },
  keyPrefixes: { field: 'apiKey', sandbox: 'persona_sandbox_', production: 'persona_production_' },
  enteredKey: 'settings.wizard.summary.apiKey',
  notice: { titleKey: 'settings.connections.legacy.title', bodyKey: 'settings.connections.legacy.body' },
  // Persona's `kind` is a free identifier that the organisation's templates must know, so these are starting points.
  providerTypes: {
    passport: 'passport',
    id_card: 'identity_card',
    driving_licence: 'driving_licence',
    residence_permit: 'residence_permit',
    utility_bill: 'proof_of_address',
    bank_statement: 'proof_of_address',
    selfie: 'selfie',
    other: 'document',
  },
  neededFields: [],
  templates: [
    {
      id: 'personaIdentityAndAddress',
      requiredFields: ['givenName', 'familyName', 'reference'],
      requirements: [
        { word: 'identity', accepts: ['passport', 'driving_licence', 'id_card'] },
        { word: 'address', accepts: ['utility_bill', 'bank_statement'] },
      ],
    },
    {
      id: 'personaAddress',
      requiredFields: ['givenName', 'familyName', 'reference'],
      requirements: [{ word: 'address', accepts: ['utility_bill', 'bank_statement'] }],
    },
  ],
  practice: {
    name: 'Practice: Persona',
    nameKey: 'practicePersona',
    path: '/persona/api/v1',
    credential: { apiKey: 'persona_sandbox_practice' },
    isInFirstRun: true,
    flows: [
      {
        id: 'proof-of-address',
        name: 'Proof of address',
        nameKey: 'flowProofOfAddress',
        requiredFields: ['givenName', 'familyName', 'reference'],
        requirements: [
          {
            id: 'identity',
            label: 'Identity document',
            labelKey: 'identityDocument',
            isOptional: false,
            accepts: [
              accepted('passport', 'government_id'),
              accepted('id_card', 'government_id'),
              accepted('driving_licence', 'government_id'),
            ],
          },
          {
            id: 'address',
            label: 'Proof of address',
            labelKey: 'proofOfAddress',
            isOptional: false,
            accepts: [accepted('utility_bill', 'proof_of_address'), accepted('bank_statement', 'proof_of_address')],
          },
        ],
      },
    ],
  },
} as const satisfies ProviderDescriptor;
