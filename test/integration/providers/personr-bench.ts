import { z } from 'zod';
import type { Outcome } from '../../../main/providers/index.ts';
import { operation, providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import { useWire, type Wire } from '../../support/wire.ts';

/** Personr's adapter before a server that answers what the test says. */

export const CREDENTIAL = { email: 'desk@example.invalid', password: 'pä:ss' };
export const PERSON = '42x42';
export const COMPANY = '77x77';

const PAGES: Record<string, TestPage> = {
  front: { mediaType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1]) },
  pdf: { mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
  gone: { mediaType: 'image/jpeg', bytes: null },
};
const SUBJECT = {
  email: 'ana@example.invalid',
  phone: '+61400000000',
  givenName: 'Ana',
  familyName: 'Müller',
  country: 'AUS',
  companyName: 'Müller & Co',
  registrationNumber: '12 345',
};

export const createdPerson = { kind: 'personr.applicant.create', payload: {}, result: { applicantId: PERSON } };
export const createdCompany = { kind: 'personr.entity.create', payload: {}, result: { applicantId: COMPANY } };

/** The front of an identity card, in the plan that creates the applicant. */
export const UPLOAD = {
  applicantId: null,
  pageId: 'front',
  documentId: 'd1',
  requirementId: 'identity',
  docType: 'ID_CARD',
  docSubType: 'FRONT_SIDE',
  country: 'AUS',
  acknowledgedBefore: 0,
};

/** One operation of each kind, as a first attempt. */
export const OPERATIONS = {
  create: operation('personr.applicant.create', { flowName: 'Identity' }),
  upload: operation('personr.document.upload', UPLOAD, { needed: [createdPerson] }),
  start: operation(
    'personr.check.start',
    { applicantId: null, check: 1, previousReviewMs: null },
    { needed: [createdPerson] },
  ),
  follow: operation(
    'personr.check.follow',
    { applicantId: null, check: 1, previousReviewMs: null, documents: [] },
    { needed: [createdPerson] },
  ),
  entity: operation('personr.entity.create', { flowName: 'Company' }),
  entityUpload: operation(
    'personr.entity.upload',
    {
      applicantId: null,
      pageId: 'pdf',
      documentId: 'd1',
      requirementId: 'registration',
      docSubType: 'Certificate of incorporation',
    },
    { needed: [createdCompany] },
  ),
  owner: operation(
    'personr.entity.owner',
    { applicantId: null, ownerSubmissionId: 'owner-1', position: 'Director' },
    { needed: [createdCompany], finishedOf: (id) => (id === 'owner-1' ? [createdPerson] : []) },
  ),
  entityStart: operation(
    'personr.entity.start',
    { applicantId: null, check: 1, previousReviewMs: null },
    { needed: [createdCompany] },
  ),
  entityFollow: operation(
    'personr.entity.follow',
    {
      applicantId: null,
      check: 1,
      previousReviewMs: null,
      documents: [
        {
          requirementId: 'registration',
          documentType: 'company_document',
          docType: 'Certificate of incorporation',
          sides: ['single'],
        },
      ],
    },
    { needed: [createdCompany] },
  ),
} as const;

export interface PersonrBench extends Wire {
  context(more?: Partial<Parameters<typeof providerContext>[0]>): TestContext;
  /** Scripts 200 with each body, in order. */
  answer(...bodies: readonly unknown[]): void;
  /** The fields of the nth request, sent as a form or as JSON; a file part as JSON has a file. */
  fieldsOf(index: number): Promise<Record<string, unknown>>;
  paths(): string[];
}

/** A bench that is new for each test of the file. */
export function usePersonr(): PersonrBench {
  const wire = useWire();
  return {
    get http() {
      return wire.http;
    },
    get server() {
      return wire.server;
    },
    context: (more = {}) =>
      providerContext({
        http: wire.http,
        baseUrl: wire.server.url,
        credential: CREDENTIAL,
        token: 'bus|1|2',
        subject: SUBJECT,
        pages: PAGES,
        ...more,
      }),
    answer: (...bodies) => wire.server.script(...bodies.map((body) => ({ do: 'answer', status: 200, body }) as const)),
    async fieldsOf(index) {
      const seen = wire.server.seen[index];
      const contentType = seen?.headers['content-type'] ?? '';
      if (contentType === 'application/json') {
        return z.record(z.string(), z.unknown()).parse(JSON.parse(seen?.body.toString() ?? ''));
      }
      const form = new Response(Uint8Array.from(seen?.body ?? []), { headers: { 'content-type': contentType } });
      const fields = [...(await form.formData()).entries()].map(
        async ([name, value]) => [name, typeof value === 'string' ? value : await fileOf(value)] as const,
      );
      return Object.fromEntries(await Promise.all(fields));
    },
    paths: () => wire.server.seen.map(({ path }) => path),
  };
}

async function fileOf(part: File): Promise<{ filename: string; contents: string }> {
  return { filename: part.name, contents: Buffer.from(await part.arrayBuffer()).toString('base64') };
}

/** An outcome without its evidence, but with the message's code and parameters. */
export function brief({ evidence, ...rest }: Outcome): Record<string, unknown> {
  const { code, params } = evidence.message;
  return { ...rest, code, ...(params === undefined ? {} : { params }) };
}
