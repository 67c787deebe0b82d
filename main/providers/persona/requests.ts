import { z } from 'zod';
import { jsonBody } from '../../network/index.ts';
import type { HttpBody } from '../../network/index.ts';
import { SentContents, SentFileName, SentText, isOfItsType, shapeOfCall, type CallShape } from '../sent.ts';

/**
 * Everything that is sent to Persona, field by field, and nothing else. A request that does not fit is a fault of this program and
 * never leaves: what a person entered is checked, and explained, before it comes here. The order of the fields is the order on the
 * wire: a repeat under the same idempotency key has to be the same bytes, also after an update of Satchel.
 */

/** Ids are opaque but for their documented beginning. */
const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_\\S{1,200}$`));
/** ISO 3166-1 alpha-2 (Personr and Sumsub have alpha-3). */
const Country = z.string().regex(/^[A-Z]{2}$/);

/** `{data, filename}`: plain base64 whose beginning fits the name. */
const SentFile = z
  .strictObject({ data: SentContents, filename: SentFileName })
  .refine(({ data, filename }) => isOfItsType(filename, data), 'another type than its name');
/** A list inside `data`; a single object until 2023. Images only. */
const Photos = z.strictObject({
  data: z
    .array(SentFile)
    .min(1)
    .refine((files) => files.every(({ filename }) => !filename.endsWith('.pdf')), 'a photo is an image'),
});

const PERSONAL = {
  'name-first': SentText.exactOptional(),
  'name-last': SentText.exactOptional(),
  birthdate: z.iso.date().exactOptional(),
  'country-code': Country.exactOptional(),
  'email-address': z.email().exactOptional(),
  'phone-number': SentText.exactOptional(),
};

const attributesOf = <Attributes extends z.ZodType>(attributes: Attributes) =>
  z.strictObject({ data: z.strictObject({ attributes }) });

/** Each form of a template has an attribute of its own. */
const TEMPLATES = ['inquiry-template-id', 'inquiry-template-version-id', 'template-id'] as const;

const InquiryAttributes = z
  .strictObject({
    'inquiry-template-id': idOf('itmpl').exactOptional(),
    'inquiry-template-version-id': idOf('itmplv').exactOptional(),
    'template-id': idOf('tmpl').exactOptional(),
    'account-id': idOf('act').exactOptional(),
    note: SentText,
    tags: z.array(SentText).min(1).exactOptional(),
  })
  .refine((attributes) => TEMPLATES.filter((name) => attributes[name] !== undefined).length === 1, 'one template');

/** As the official specification lists them. */
const SimulateAction = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum([
      'start_inquiry',
      'complete_inquiry',
      'fail_inquiry',
      'expire_inquiry',
      'mark_for_review_inquiry',
      'approve_inquiry',
      'decline_inquiry',
    ]),
  }),
  z.strictObject({
    type: z.enum(['create_passed_verification', 'create_failed_verification']),
    data: z.strictObject({ 'verification-template-id': idOf('vtmpl') }),
  }),
]);
export type SimulateAction = z.infer<typeof SimulateAction>;

const BODIES = {
  createAccount: attributesOf(
    z.strictObject({ 'reference-id': SentText, 'account-type-id': idOf('acttp').exactOptional(), ...PERSONAL }),
  ),
  updateAccount: attributesOf(
    z.strictObject(PERSONAL).refine((changes) => Object.keys(changes).length > 0, 'nothing changes'),
  ),
  createInquiry: z
    .strictObject({
      data: z.strictObject({ attributes: InquiryAttributes }),
      meta: z.strictObject({ 'auto-create-account': z.literal(false) }).exactOptional(),
    })
    // Without either Persona makes an account of its own, which nobody here would know of.
    .refine(
      ({ data, meta }) => (data.attributes['account-id'] === undefined) === (meta !== undefined),
      'an account, or none at all',
    ),
  /** Sandboxes only. */
  simulate: z.strictObject({
    meta: z.strictObject({ 'simulate-actions': z.array(SimulateAction).min(1) }),
  }),
  createGeneric: attributesOf(
    z
      .strictObject({
        kind: SentText,
        'inquiry-id': idOf('inq').exactOptional(),
        'account-id': idOf('act').exactOptional(),
        files: z.array(SentFile).min(1),
      })
      // An inquiry has its own account already.
      .refine((sent) => sent['inquiry-id'] === undefined || sent['account-id'] === undefined, 'two owners'),
  ),
  /** While it is `initiated`. What it belongs to stays as it is. */
  updateGeneric: attributesOf(z.strictObject({ kind: SentText, files: z.array(SentFile).min(1) })),
  createGovernmentId: attributesOf(
    z
      .strictObject({
        'inquiry-id': idOf('inq'),
        'country-code': Country,
        'selected-id-class': SentText.exactOptional(),
        'front-photo': Photos.exactOptional(),
        'back-photo': Photos.exactOptional(),
      })
      .refine((sent) => sent['front-photo'] !== undefined || sent['back-photo'] !== undefined, 'no photo'),
  ),
  createTransaction: attributesOf(
    z.strictObject({
      'transaction-type-id': idOf('txntp'),
      'reference-id': SentText,
      /** Keys are the transaction type's own. */
      fields: z
        .record(z.string().min(1), z.union([SentText, SentFile, z.array(SentFile).min(2)]))
        .refine(({ address_country_code: country }) => country === undefined || Country.safeParse(country).success),
      tags: z.array(SentText).min(1),
    }),
  ),
} as const;

type BodyName = keyof typeof BODIES;

/** The body of one call, or an error when it is not exactly what the call takes. */
export function bodyOf<Name extends BodyName>(name: Name, value: z.input<(typeof BODIES)[Name]>): HttpBody {
  return jsonBody(BODIES[name].parse(value));
}

interface PersonaCallShape extends CallShape {
  /** POST only: Persona ignores the header elsewhere. `free`: a repeat does no harm, or nobody repeats it. */
  readonly key: 'needed' | 'free' | 'none';
}

/** One page of a list, by the call's own filters. */
const listBy = (filters: Readonly<Record<string, z.ZodType>>) =>
  z.strictObject({ ...filters, 'page[size]': z.literal('100'), 'page[after]': SentText.exactOptional() });
const INCLUDE = z.strictObject({
  include: z
    .string()
    .regex(/^[a-z-]+([.,][a-z-]+)*$/)
    .exactOptional(),
});
/** Commas part the ids and the names. */
const LIST = z.string().regex(/^[^\s,]+(,[^\s,]+){0,99}$/);

const read = (path: RegExp, query?: z.ZodType): PersonaCallShape => ({
  method: 'GET',
  path,
  ...(query === undefined ? {} : { query }),
  key: 'none',
});
const post = (path: RegExp, key: 'needed' | 'free', body?: z.ZodType): PersonaCallShape => ({
  method: 'POST',
  path,
  ...(body === undefined ? {} : { body }),
  key,
});
const redact = (path: RegExp): PersonaCallShape => ({ method: 'DELETE', path, key: 'none' });

/** Every call that Satchel makes. Also used to read back what went over the wire. */
export const PERSONA_CALLS = {
  rateLimits: read(/^\/rate-limits$/),
  accounts: read(/^\/accounts$/, listBy({ 'filter[reference-id]': SentText })),
  account: read(/^\/accounts\/[^/]+$/),
  createAccount: post(/^\/accounts$/, 'needed', BODIES.createAccount),
  updateAccount: { method: 'PATCH', path: /^\/accounts\/[^/]+$/, body: BODIES.updateAccount, key: 'none' },
  /** `note` must be the only filter. */
  inquiries: read(
    /^\/inquiries$/,
    z.union([listBy({ 'filter[note]': SentText }), listBy({ 'filter[account-id]': idOf('act') })]),
  ),
  inquiry: read(/^\/inquiries\/[^/]+$/, INCLUDE),
  createInquiry: post(/^\/inquiries$/, 'free', BODIES.createInquiry),
  resumeInquiry: post(/^\/inquiries\/[^/]+\/resume$/, 'needed'),
  simulate: post(/^\/inquiries\/[^/]+\/perform-simulate-actions$/, 'free', BODIES.simulate),
  redactInquiry: redact(/^\/inquiries\/[^/]+$/),
  /** Of any type: the plural is the exception. */
  document: read(/^\/documents\/[^/]+$/),
  generic: read(/^\/document\/generics\/[^/]+$/),
  createGeneric: post(/^\/document\/generics$/, 'needed', BODIES.createGeneric),
  updateGeneric: { method: 'PATCH', path: /^\/document\/generics\/[^/]+$/, body: BODIES.updateGeneric, key: 'none' },
  submitGeneric: post(/^\/document\/generics\/[^/]+\/submit$/, 'needed'),
  governmentId: read(/^\/document\/government-ids\/[^/]+$/),
  createGovernmentId: post(/^\/document\/government-ids$/, 'needed', BODIES.createGovernmentId),
  submitGovernmentId: post(/^\/document\/government-ids\/[^/]+\/submit$/, 'needed'),
  transactions: read(/^\/transactions$/, listBy({ 'filter[reference-id]': SentText })),
  transaction: read(/^\/transactions\/[^/]+$/, INCLUDE),
  /** Of any type. */
  verification: read(/^\/verifications\/[^/]+$/),
  createTransaction: post(/^\/transactions$/, 'needed', BODIES.createTransaction),
  redactAccount: redact(/^\/accounts\/[^/]+$/),
  redactTransaction: redact(/^\/transactions\/[^/]+$/),
  events: read(/^\/events$/, listBy({ 'filter[object-id]': LIST, 'filter[name]': LIST })),
} as const satisfies Record<string, PersonaCallShape>;

/** Throws unless the call is one that Satchel makes. Its body was checked where it was built. */
export function checkCall(method: string, pathAndQuery: string, hasBody: boolean, hasKey: boolean): PersonaCallShape {
  const shape = shapeOfCall<PersonaCallShape>(PERSONA_CALLS, method, pathAndQuery, hasBody);
  if (shape.key !== 'free' && hasKey !== (shape.key === 'needed')) {
    throw new TypeError('an idempotency key where none belongs, or none where one does');
  }
  return shape;
}
