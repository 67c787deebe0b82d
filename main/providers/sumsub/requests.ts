import { z } from 'zod';
import { jsonBody, multipartFile } from '../../network/index.ts';
import type { FilePart, HttpBody } from '../../network/index.ts';
import { neutralFileName } from '../http.ts';
import { SentAlpha3, SentContents, SentFileName, SentText, isOfItsType, shapeOfCall, type CallShape } from '../sent.ts';

/**
 * Everything that is sent to Sumsub, field by field, and nothing else. A request that does not fit is a fault of this program and
 * never leaves. The order of the fields is the order on the wire.
 */

const Applicant = z.strictObject({
  externalUserId: SentText,
  email: z.email().exactOptional(),
  phone: SentText.exactOptional(),
  fixedInfo: z
    .strictObject({
      firstName: SentText.exactOptional(),
      lastName: SentText.exactOptional(),
      dob: z.iso.date().exactOptional(),
    })
    .refine((info) => Object.keys(info).length > 0, 'nothing in it')
    .exactOptional(),
});

const Metadata = z
  .strictObject({
    idDocType: z.string().min(1).max(100),
    idDocSubType: z.enum(['FRONT_SIDE', 'BACK_SIDE']).exactOptional(),
    country: SentAlpha3,
  })
  .refine(
    ({ idDocType, idDocSubType }) => idDocType !== 'SELFIE' || idDocSubType === undefined,
    'a selfie has no idDocSubType',
  );

/** The form of an upload as it is read back from the wire, the file's contents as base64. */
const IdDoc = z.strictObject({
  metadata: Metadata,
  content: z
    .strictObject({ filename: SentFileName, mediaType: SentText, contents: SentContents })
    .refine(({ filename, contents }) => isOfItsType(filename, contents), 'another type than its name')
    .refine(({ filename, mediaType }) => isNamedAs(filename, mediaType), 'another media type than its name'),
});

/** Whether a name ends as its type does. */
function isNamedAs(fileName: string, mediaType: string): boolean {
  return neutralFileName(fileName.slice(0, fileName.lastIndexOf('.')), mediaType) === fileName;
}

/** Every call that Satchel makes. Also used to read back what went over the wire. */
export const SUMSUB_CALLS = {
  createApplicant: {
    method: 'POST',
    path: /^\/resources\/applicants$/,
    query: z.strictObject({ levelName: SentText }),
    body: Applicant,
  },
  findApplicant: { method: 'GET', path: /^\/resources\/applicants\/-;externalUserId=[^/;]+\/one$/ },
  addIdDoc: { method: 'POST', path: /^\/resources\/applicants\/[^/;]+\/info\/idDoc$/, body: IdDoc },
  images: { method: 'GET', path: /^\/resources\/applicants\/[^/;]+\/metadata\/resources$/ },
  start: { method: 'POST', path: /^\/resources\/applicants\/[^/;]+\/status\/pending$/ },
  status: { method: 'GET', path: /^\/resources\/applicants\/[^/;]+\/status$/ },
} as const satisfies Record<string, CallShape>;

/** Throws unless the call is one that Satchel makes. Its body was checked where it was built. */
export function checkCall(method: string, pathAndQuery: string, hasBody: boolean): CallShape {
  return shapeOfCall<CallShape>(SUMSUB_CALLS, method, pathAndQuery, hasBody);
}

/** POST /resources/applicants: JSON. */
export function applicantBody(fields: z.input<typeof Applicant>): { contentType: string; body: HttpBody } {
  return { contentType: 'application/json', body: jsonBody(Applicant.parse(fields)) };
}

/** POST …/info/idDoc: a form of the document's metadata, as JSON text, and one image. `seed` makes a repeat the same bytes. */
export function idDocBody(
  metadata: z.input<typeof Metadata>,
  file: Omit<FilePart, 'name'>,
  seed: string,
): { contentType: string; body: HttpBody } {
  if (!isNamedAs(SentFileName.parse(file.fileName), file.mediaType)) throw new TypeError('a file of another type');
  const text = JSON.stringify(Metadata.parse(metadata));
  return multipartFile([['metadata', text]], { name: 'content', ...file }, seed);
}
