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

/** A tag as people write it in a list: no comma, which parts them, and nothing that a look-up of Satchel's own goes by. */
const TAG = /^(?!satchel-)[^\s,](?:[^,\p{Cc}]{0,58}[^\s,])?$/iu;
const MOST_TAGS = 10;

/** The tags of a list, each once. */
export function tagsIn(list: string): string[] {
  const tags = list.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

export const PersonaSettings = z.object({
  version: z.enum(PERSONA_VERSIONS).default('2025-12-08'),
  keyInflection: z.enum(['camel', 'kebab', 'snake']).default('kebab'),
  /**
   * Where what Persona has of purged customers is removed: which accounts go as well. `own`: of a reference that Satchel made for one
   * submission alone. `kept` is what connections of before that choice were promised.
   */
  accountsWhenPurged: z.enum(['kept', 'own']).default('kept'),
  /** What Persona's dashboard shows and filters inquiries and transactions by; parted by commas. Empty: none. */
  tags: z
    .string()
    .refine((list) => tagsIn(list).every((tag) => TAG.test(tag)) && tagsIn(list).length <= MOST_TAGS)
    .transform((list) => tagsIn(list).join(', '))
    .default('satchel'),
});
export type PersonaSettings = z.infer<typeof PersonaSettings>;

/** One API key. */
export const PersonaCredential = z.object({ apiKey: z.string().trim().min(1) });
export type PersonaCredential = z.infer<typeof PersonaCredential>;

/** Of the account that is made for a customer. Empty: the organisation's default. */
const AccountTypeId = z
  .string()
  .regex(/^(acttp_[A-Za-z0-9]{1,80})?$/)
  .default('');

/**
 * How Persona takes what a flow captures.
 * - `documents`: every document by itself, as a generic document (the road of the oldest documentation), of the customer's account
 *   or of nobody.
 * - `inquiry`: an account per customer, an inquiry of a template, and the documents attached to it; identity documents go as
 *   government ids.
 * - `transaction`: one transaction with all pages among its fields, which Persona recommends since 2026-04-13. A document's
 *   provider type is the key of its field; an identity document's is the stem of `<stem>_front_photo`, `<stem>_back_photo`
 *   and `<stem>_class`.
 */
export const PersonaRoute = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('documents'),
    /** `none` is how flows of before that choice go on. */
    account: z.enum(['none', 'customer']).default('none'),
    accountTypeId: AccountTypeId,
  }),
  z.object({
    by: z.literal('inquiry'),
    /** `itmpl_…`, `itmplv_…` (a version of one) or `tmpl_…` (legacy). */
    templateId: z.string().regex(/^(itmpl|itmplv|tmpl)_[A-Za-z0-9]{1,80}$/),
    accountTypeId: AccountTypeId,
    /** What counts as accepted: a decision, the template's end, or that every document was processed. */
    acceptedWhen: z.enum(['approved', 'completed', 'processed']).default('approved'),
    /** With it the connection test in a sandbox also pretends verifications. Empty: it does not. */
    verificationTemplateId: z
      .string()
      .regex(/^(vtmpl_[A-Za-z0-9]{1,80})?$/)
      .default(''),
  }),
  z.object({
    by: z.literal('transaction'),
    transactionTypeId: z.string().regex(/^txntp_[A-Za-z0-9]{1,80}$/),
    /**
     * Whether a workflow that declines for the pictures only asks for better ones (`checks`). What a person declines is final. `final` is
     * how flows of before that choice go on.
     */
    declined: z.enum(['checks', 'final']).default('final'),
    /** The transaction type's own status that asks for better pictures. Empty: it has none. */
    retakeStatus: z.string().trim().max(60).default(''),
  }),
]);
export type PersonaRoute = z.infer<typeof PersonaRoute>;

const ACCOUNT_TYPE_FIELD = {
  key: 'accountTypeId',
  labelKey: 'settings.route.accountTypeId',
  hintKey: 'settings.route.accountTypeId.hint',
  problemKey: 'settings.problem.accountTypeId',
  initial: '',
  options: null,
} as const;

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
    {
      key: 'tags',
      labelKey: 'settings.wizard.tags',
      hintKey: 'settings.wizard.tags.hint',
      cardLabelKey: null,
      problemKey: 'settings.problem.tags',
      options: null,
    },
    {
      key: 'accountsWhenPurged',
      labelKey: 'settings.wizard.accountsWhenPurged',
      hintKey: 'settings.wizard.accountsWhenPurged.hint',
      cardLabelKey: null,
      problemKey: 'settings.problem.other',
      initial: 'own',
      options: [
        { id: 'own', labelKey: 'settings.wizard.accountsWhenPurged.own' },
        { id: 'kept', labelKey: 'settings.wizard.accountsWhenPurged.kept' },
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
        fields: [
          {
            key: 'account',
            labelKey: 'settings.route.account',
            hintKey: 'settings.route.account.hint',
            problemKey: 'settings.problem.other',
            initial: 'customer',
            options: [
              { id: 'customer', labelKey: 'settings.route.account.customer' },
              { id: 'none', labelKey: 'settings.route.account.none' },
            ],
          },
          ACCOUNT_TYPE_FIELD,
        ],
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
          ACCOUNT_TYPE_FIELD,
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
          {
            key: 'verificationTemplateId',
            labelKey: 'settings.route.verificationTemplateId',
            hintKey: 'settings.route.verificationTemplateId.hint',
            problemKey: 'settings.problem.verificationTemplateId',
            initial: '',
            options: null,
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
          {
            key: 'declined',
            labelKey: 'settings.route.declined',
            hintKey: 'settings.route.declined.hint',
            problemKey: 'settings.problem.other',
            initial: 'checks',
            options: [
              { id: 'checks', labelKey: 'settings.route.declined.checks' },
              { id: 'final', labelKey: 'settings.route.declined.final' },
            ],
          },
          {
            key: 'retakeStatus',
            labelKey: 'settings.route.retakeStatus',
            hintKey: 'settings.route.retakeStatus.hint',
            problemKey: 'settings.problem.retakeStatus',
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
      route: { by: 'inquiry', templateId: '', accountTypeId: '', acceptedWhen: 'approved', verificationTemplateId: '' },
      requirements: [
        { word: 'identity', accepts: ['passport', 'driving_licence', 'id_card'] },
        { word: 'address', accepts: ['utility_bill', 'bank_statement'] },
      ],
    },
    {
      id: 'personaIdentityAndAddress',
      requiredFields: ['givenName', 'familyName', 'reference'],
      route: { by: 'documents', account: 'customer', accountTypeId: '' },
      requirements: [
        { word: 'identity', accepts: ['passport', 'driving_licence', 'id_card'] },
        { word: 'address', accepts: ['utility_bill', 'bank_statement'] },
      ],
    },
    {
      id: 'personaAddress',
      requiredFields: ['givenName', 'familyName', 'reference'],
      route: { by: 'documents', account: 'customer', accountTypeId: '' },
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
