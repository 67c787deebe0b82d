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

/**
 * How Persona takes what a flow captures.
 * - `documents`: every document by itself, as a generic document (the road of the oldest documentation).
 * - `inquiry`: an account per customer, an inquiry of a template, and the documents attached to it; identity documents go as
 *   government ids.
 * - `transaction`: one transaction with all pages among its fields, which Persona recommends since 2026-04-13. A document's
 *   provider type is the key of its field; an identity document's is the stem of `<stem>_front_photo`, `<stem>_back_photo`
 *   and `<stem>_class`.
 */
export const PersonaRoute = z.discriminatedUnion('by', [
  z.object({ by: z.literal('documents') }),
  z.object({
    by: z.literal('inquiry'),
    /** `itmpl_…`, `itmplv_…` (a version of one) or `tmpl_…` (legacy). */
    templateId: z.string().regex(/^(itmpl|itmplv|tmpl)_[A-Za-z0-9]{1,80}$/),
    /** Empty: the organisation's default. */
    accountTypeId: z
      .string()
      .regex(/^(acttp_[A-Za-z0-9]{1,80})?$/)
      .default(''),
    /** What counts as accepted: a decision, the template's end, or that every document was processed. */
    acceptedWhen: z.enum(['approved', 'completed', 'processed']).default('approved'),
  }),
  z.object({
    by: z.literal('transaction'),
    transactionTypeId: z.string().regex(/^txntp_[A-Za-z0-9]{1,80}$/),
  }),
]);
export type PersonaRoute = z.infer<typeof PersonaRoute>;

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
  redactionHintKey: 'settings.retention.redaction.persona',
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
    company_document: 'company_document',
    other: 'document',
  },
  providerTypeForm: null,
  neededFields: [],
  routes: {
    schema: PersonaRoute,
    ways: [
      {
        id: 'documents',
        labelKey: 'settings.route.documents',
        hintKey: 'settings.route.documents.hint',
        fields: [],
      },
      {
        id: 'inquiry',
        labelKey: 'settings.route.inquiry',
        hintKey: 'settings.route.inquiry.hint',
        fields: [
          {
            key: 'templateId',
            labelKey: 'settings.route.templateId',
            hintKey: 'settings.route.templateId.hint',
            problemKey: 'settings.problem.templateId',
            initial: '',
            options: null,
          },
          {
            key: 'accountTypeId',
            labelKey: 'settings.route.accountTypeId',
            hintKey: 'settings.route.accountTypeId.hint',
            problemKey: 'settings.problem.accountTypeId',
            initial: '',
            options: null,
          },
          {
            key: 'acceptedWhen',
            labelKey: 'settings.route.acceptedWhen',
            hintKey: null,
            problemKey: 'settings.problem.other',
            initial: 'approved',
            options: [
              { id: 'approved', labelKey: 'settings.route.acceptedWhen.approved' },
              { id: 'completed', labelKey: 'settings.route.acceptedWhen.completed' },
              { id: 'processed', labelKey: 'settings.route.acceptedWhen.processed' },
            ],
          },
        ],
      },
      {
        id: 'transaction',
        labelKey: 'settings.route.transaction',
        hintKey: 'settings.route.transaction.hint',
        fields: [
          {
            key: 'transactionTypeId',
            labelKey: 'settings.route.transactionTypeId',
            hintKey: null,
            problemKey: 'settings.problem.transactionTypeId',
            initial: '',
            options: null,
          },
        ],
      },
    ],
  },
  templates: [
    {
      id: 'personaInquiry',
      requiredFields: ['givenName', 'familyName', 'birthDate', 'country', 'reference'],
      route: { by: 'inquiry', templateId: '', accountTypeId: '', acceptedWhen: 'approved' },
      requirements: [
        { word: 'identity', accepts: ['passport', 'driving_licence', 'id_card'] },
        { word: 'address', accepts: ['utility_bill', 'bank_statement'] },
      ],
    },
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
