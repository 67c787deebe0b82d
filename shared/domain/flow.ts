import { z } from 'zod';
import { Severity } from './finding.ts';

/** Satchel's own names of documents; each provider adapter maps them to its own. */
export const DocumentType = z.enum([
  'passport',
  'id_card',
  'driving_licence',
  'residence_permit',
  'utility_bill',
  'bank_statement',
  'selfie',
  'company_document',
  'other',
]);
export type DocumentType = z.infer<typeof DocumentType>;

/** Documents that say who somebody is, and until when they are good. */
export const IDENTITY_DOCUMENTS: ReadonlySet<DocumentType> = new Set<DocumentType>([
  'passport',
  'id_card',
  'driving_licence',
  'residence_permit',
]);

/** Proofs of address: good for some weeks after their day of issue. */
export const PROOFS_OF_ADDRESS: ReadonlySet<DocumentType> = new Set<DocumentType>(['utility_bill', 'bank_statement']);

/** `single`: the document has one side that matters (passport data page, bill, selfie). */
export const Side = z.enum(['front', 'back', 'single']);
export type Side = z.infer<typeof Side>;

/**
 * One document that can fill a requirement. `providerType` is the provider's own word for it (Persona: `kind`; Personr: `docType`,
 * and for a company's document the text that Personr shows, as "Certificate of incorporation").
 */
export const AcceptedDocument = z.object({
  documentType: DocumentType,
  sides: z.array(Side).min(1),
  providerType: z.string().min(1).max(100),
});
export type AcceptedDocument = z.infer<typeof AcceptedDocument>;

/**
 * Names that Satchel brings along itself, for practice. What carries one of these keys beside its English name is shown in
 * the window's language (`builtIn.<key>` in its catalogue); a name without one stays as somebody typed it.
 */
export const BuiltInName = z.enum([
  'practicePersona',
  'practicePersonr',
  'practiceSumsub',
  'flowProofOfAddress',
  'flowIdentitySelfie',
  'flowCompany',
  'identityDocument',
  'proofOfAddress',
  'selfie',
  'companyDocument',
]);
export type BuiltInName = z.infer<typeof BuiltInName>;

/**
 * Of a proof of address where its flow says nothing else. No provider at hand states a number of days (docs/capture.md); three months is
 * what those who state one ask for most often.
 */
export const USUAL_MAX_AGE_DAYS = 90;

/** The most days since a document's day of issue. */
export const MaxAgeDays = z.number().int().min(0).max(3650);

/** One thing that a flow wants supplied; the first of `accepts` is the one offered first. */
export const Requirement = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: z.string().min(1).max(80),
  labelKey: BuiltInName.exactOptional(),
  isOptional: z.boolean(),
  accepts: z.array(AcceptedDocument).min(1),
  /** The most days since the day of issue; 0: as old as it likes. Left out: `USUAL_MAX_AGE_DAYS` for a proof of address. See `maxAgeOf`. */
  maxAgeDays: MaxAgeDays.exactOptional(),
});
export type Requirement = z.infer<typeof Requirement>;

/**
 * How many days after its day of issue a document of this type is still taken for a requirement; null: its age does not matter.
 * Identity documents say themselves until when they are good, and a selfie is taken at the desk.
 */
export function maxAgeOf(requirement: Pick<Requirement, 'maxAgeDays'>, documentType: DocumentType): number | null {
  if (IDENTITY_DOCUMENTS.has(documentType) || documentType === 'selfie') return null;
  const days = requirement.maxAgeDays ?? (PROOFS_OF_ADDRESS.has(documentType) ? USUAL_MAX_AGE_DAYS : 0);
  return days === 0 ? null : days;
}

export const SubjectField = z.enum([
  'givenName',
  'familyName',
  'birthDate',
  'documentNumber',
  'documentExpiryDate',
  'country',
  'email',
  'phone',
  'reference',
  'companyName',
  'registrationNumber',
]);
export type SubjectField = z.infer<typeof SubjectField>;

/**
 * What a flow may weigh as its organisation wants: judgements of Satchel's own, none of which a provider refuses for certain. Each stands
 * for the rules that `JUDGED_RULES` names. Never here: what the provider's calls cannot do without, pages that may be of two customers,
 * and faces, because a detector that misses somebody's face must not refuse them.
 */
export const JudgedRule = z.enum([
  'page.blank',
  'page.lowResolution',
  'page.tooFewPixels',
  'page.blurred',
  'page.glare',
  'page.dark',
  'page.overexposed',
  'page.faint',
  'page.cut',
  'page.blackAndWhite',
  'page.editorNamed',
  'page.sameImage',
  'page.otherKind',
  'mrz.unsure',
  'subject.unconfirmed',
  'document.expired',
  'document.tooOld',
  'document.issueDateMissing',
  'page.duplicate',
  'page.alike',
  'identity.sameNumber',
]);
export type JudgedRule = z.infer<typeof JudgedRule>;

/**
 * What is about another customer's page, which may be voided or purged at any time: it warns or is mentioned, and never stops this one
 * (product: duplicates warn, a person decides).
 */
const OF_OTHERS: ReadonlySet<JudgedRule> = new Set<JudgedRule>(['page.duplicate', 'page.alike', 'identity.sameNumber']);

/** The severities that a flow may give a rule. */
export function severitiesFor(rule: JudgedRule): readonly Severity[] {
  return OF_OTHERS.has(rule) ? Severity.options.filter((severity) => severity !== 'blocking') : Severity.options;
}

/** Whom a flow is about: a person, or a company (an entity, in KYC's own word). */
export const SubjectKind = z.enum(['person', 'entity']);
export type SubjectKind = z.infer<typeof SubjectKind>;
/**
 * Which of its ways a provider takes for a flow, where it has several: `by` names it, the other members are what it needs. The
 * provider's description says what may stand here; a flow without one takes the provider's first way.
 */
export const FlowRoute = z.record(z.string().max(40), z.string().max(200));
export type FlowRoute = z.infer<typeof FlowRoute>;

/** What a provider needs for one kind of customer. `name` is the provider's exact name (Personr matches it letter by letter). */
export const Flow = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/),
  name: z.string().min(1).max(120),
  nameKey: BuiltInName.exactOptional(),
  /** Left out: a person. */
  subjectKind: SubjectKind.exactOptional(),
  requiredFields: z.array(SubjectField),
  requirements: z.array(Requirement).min(1),
  /** In place of a rule's usual severity. */
  severities: z
    .partialRecord(JudgedRule, Severity)
    .refine(
      (severities) =>
        JudgedRule.options.every(
          (rule) => severities[rule] === undefined || severitiesFor(rule).includes(severities[rule]),
        ),
      { message: 'a check of another customer’s pages cannot be blocking; use warning or info' },
    )
    .exactOptional(),
  route: FlowRoute.exactOptional(),
});
export type Flow = z.infer<typeof Flow>;

export function isForEntity(flow: Pick<Flow, 'subjectKind'>): boolean {
  return flow.subjectKind === 'entity';
}

/** Fields of a company, which a flow for persons has no use for. */
const ENTITY_FIELDS: ReadonlySet<SubjectField> = new Set<SubjectField>(['companyName', 'registrationNumber']);
/** Fields that a company does not have. */
const PERSON_FIELDS: ReadonlySet<SubjectField> = new Set<SubjectField>([
  'givenName',
  'familyName',
  'birthDate',
  'documentNumber',
  'documentExpiryDate',
]);

/** The fields that a customer of this flow has. */
export function fieldsOf(flow: Pick<Flow, 'subjectKind'>): SubjectField[] {
  const others = isForEntity(flow) ? PERSON_FIELDS : ENTITY_FIELDS;
  return SubjectField.options.filter((field) => !others.has(field));
}

/** Whether a flow takes an identity document, which has a last day. */
export function asksForIdentity(flow: Flow): boolean {
  return flow.requirements.some(({ accepts }) =>
    accepts.some(({ documentType }) => IDENTITY_DOCUMENTS.has(documentType)),
  );
}

/**
 * A requirement or flow as parameters of a message: its name, and the key of its words where it has one. The window puts
 * `<parameter>Key` in the place of `<parameter>`.
 */
export function nameParams(
  parameter: 'requirement' | 'flow',
  name: string,
  key: BuiltInName | null | undefined,
): Record<string, string> {
  return key === null || key === undefined ? { [parameter]: name } : { [parameter]: name, [`${parameter}Key`]: key };
}

/** The place that a page fills: requirement + document type + side, written `requirement/type/side`. */
export function slotKey(requirementId: string, documentType: DocumentType, side: Side): string {
  return `${requirementId}/${documentType}/${side}`;
}

/** What a slot (`requirement/type/side`) says of itself; null for what is no slot, as the tray's. */
export function slotParts(
  slot: string | null,
): { readonly requirementId: string; readonly documentType: DocumentType; readonly side: Side } | null {
  const [requirementId = '', type, facing] = slot?.split('/') ?? [];
  const [documentType, side] = [DocumentType.safeParse(type).data, Side.safeParse(facing).data];
  return documentType === undefined || side === undefined ? null : { requirementId, documentType, side };
}
