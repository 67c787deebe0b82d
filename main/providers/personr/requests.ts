import { z } from 'zod';
import { PERSONR_DOC_TYPE } from '../../../shared/domain/index.ts';
import { Base64Content, jsonBody, multipartFile, multipartForm } from '../../network/index.ts';
import type { HttpBody } from '../../network/index.ts';
import { SentAlpha3, SentContents, SentFileName, SentText, isOfItsType } from '../sent.ts';

/**
 * Everything that is sent to Personr, field by field, and nothing else. A request that does not fit is a fault of this program and
 * never leaves: what a person entered is checked, and explained, before it comes here.
 */

/** One workflow and its body. Every call is a POST; `path` is the workflow's name with a leading slash. */
export interface PersonrRequest {
  readonly path: PersonrPath;
  readonly contentType: string;
  readonly body: HttpBody;
}

/** Ids are opaque; no white space was ever seen in one. */
const Id = z.string().regex(/^\S{1,200}$/);
/** A list travels in a form as the text of a JSON array. */
const ListText = z.string().refine((text) => z.array(Id).min(1).safeParse(parsed(text)).success, 'a JSON list of ids');

const Reference = { sourceKey: SentText, externalUserId: ListText };
const Record = z.strictObject({ applicantId: Id });
/** The documentation's table says `applicantId`; its own sample and Personr's connector send `applicant`. */
const Link = z.union([z.strictObject({ applicant: Id }), z.strictObject({ applicantId: Id })]);
export type LinkFields = z.input<typeof Link>;

/** Sent as multipart/form-data. */
const FORMS = {
  '/api-token-generate': z.strictObject({ email: SentText, password: SentText }),
  '/api-change-workspace': z.strictObject({ workspace: SentText }),
  '/api-applicant-create': z.strictObject({
    email: z.email(),
    phone: z.string().regex(/^\+[1-9][0-9]{6,14}$/),
    flowName: SentText,
    nameFirst: SentText.exactOptional(),
    nameLast: SentText.exactOptional(),
    ...Reference,
  }),
  '/api-applicant-details': Record,
  '/api-applicant-status': Record,
  '/api-verificationlink-create': Link,
  '/api-request-applicant-check': Record,
  '/api-document-download': Record,
  '/api-document-download-information': Record,
  '/api-entity-create': z.strictObject({
    companyName: SentText,
    registrationNumber: SentText,
    country: SentAlpha3,
    flowName: SentText,
    ...Reference,
  }),
  '/api-add-ubo': z.strictObject({
    applicantId: Id,
    uboApplicantId: Id,
    position: z.enum(['Director', 'Shareholder', 'Other']),
  }),
  '/api-entity-status': Record,
} as const;

const Upload = z
  .strictObject({
    applicantId: Id,
    docType: z.string().regex(PERSONR_DOC_TYPE),
    docSubType: z.enum(['FRONT_SIDE', 'BACK_SIDE']).exactOptional(),
    docCountryISO: SentAlpha3,
    docFile: z
      .strictObject({ filename: SentFileName, contents: SentContents })
      .refine(({ filename, contents }) => isOfItsType(filename, contents), 'another type than its name'),
  })
  .refine(({ docType, docSubType }) => docType !== 'SELFIE' || docSubType === undefined, 'a selfie has no docSubType');

const EntityUpload = z
  .strictObject({ applicantId: Id, docSubType: SentText, fileName: SentFileName, docFile: SentContents })
  .refine(({ fileName, docFile }) => isOfItsType(fileName, docFile), 'another type than its name');

/** Sent as JSON. */
const JSONS = { '/api-document-upload': Upload, '/api-entity-document-upload-encoded': EntityUpload } as const;

type FormPath = keyof typeof FORMS;
export type PersonrPath = FormPath | keyof typeof JSONS | '/api-basic-auth';

/** The schema of each workflow's body; `/api-basic-auth` has none. Also used to read back what went over the wire. */
export const PERSONR_REQUESTS: Readonly<Record<Exclude<PersonrPath, '/api-basic-auth'>, z.ZodType>> = {
  ...FORMS,
  ...JSONS,
};

/** A form of small text fields; `seed` makes a repeat the same bytes. */
export function formRequest<Path extends FormPath>(
  path: Path,
  fields: z.input<(typeof FORMS)[Path]>,
  seed: string,
): PersonrRequest {
  return { path, ...multipartForm(filled(FORMS[path].parse(fields)), seed) };
}

/** Without what is left out. */
function filled(fields: Readonly<Record<string, string | undefined>>): (readonly [name: string, value: string])[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** POST /api-document-upload: JSON with a nested object, as every sample has it (the header table says otherwise). */
export function uploadRequest(fields: z.input<typeof Upload>): PersonrRequest {
  return { path: '/api-document-upload', contentType: JSON_TYPE, body: jsonBody(Upload.parse(fields)) };
}

/**
 * The same as a form, as that header table has it, with the file as a part of its own (no sample shows how a form carries it). `seed` is
 * random, so that no page can hold the boundary.
 */
export function uploadFormRequest(fields: z.input<typeof Upload>, mediaType: string, seed: string): PersonrRequest {
  const { docFile, ...texts } = Upload.parse(fields);
  if (!(docFile.contents instanceof Base64Content)) throw new TypeError('a file that is not streamed');
  const file = { name: 'docFile', fileName: docFile.filename, mediaType, body: docFile.contents.body };
  return { path: '/api-document-upload', ...multipartFile(filled(texts), file, seed) };
}

/** POST /api-entity-document-upload-encoded: the base64 text is the field itself, not an object. */
export function entityUploadRequest(fields: z.input<typeof EntityUpload>): PersonrRequest {
  const path = '/api-entity-document-upload-encoded';
  return { path, contentType: JSON_TYPE, body: jsonBody(EntityUpload.parse(fields)) };
}

/** POST /api-token-generate as Personr's own connector sends it; its documentation has a form. */
export function tokenJsonRequest(fields: z.input<(typeof FORMS)['/api-token-generate']>): PersonrRequest {
  const path = '/api-token-generate';
  return { path, contentType: JSON_TYPE, body: jsonBody(FORMS[path].parse(fields)) };
}

const JSON_TYPE = 'application/json';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
