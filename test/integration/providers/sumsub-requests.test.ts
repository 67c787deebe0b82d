import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../main/providers/index.ts';
import { SUMSUB_CALLS, applicantBody, checkCall, idDocBody } from '../../../main/providers/sumsub/requests.ts';
import { bytesBody } from '../../../main/network/index.ts';
import { operation } from '../../support/provider-context.ts';
import { withOneFieldMore } from '../../support/read-back.ts';
import type { SeenRequest } from '../../support/scripted-server.ts';
import { CREATE, upload, useSumsub } from './sumsub-bench.ts';

/** Every request to Sumsub, read back from the wire and compared with what may be sent. */

const { sumsub } = PROVIDERS;
const [wire, context] = useSumsub();

const CHECK = { applicantId: 'a1', check: 1, previousReview: null };

async function everyCall(): Promise<void> {
  for (const one of [
    CREATE,
    upload(),
    upload({ pageId: 'pdf', idDocType: 'UTILITY_BILL', idDocSubType: null }),
    operation('sumsub.check.start', CHECK),
    operation('sumsub.check.follow', { ...CHECK, documents: [] }),
  ]) {
    wire.server.script({ do: 'answer', status: 200, body: {} });
    await sumsub.perform(one, context());
  }
  wire.server.script({ do: 'answer', status: 200, body: {} }, { do: 'answer', status: 200, body: {} });
  await sumsub.lookUp(CREATE, context());
  await sumsub.lookUp(upload(), context());
  wire.server.script({ do: 'answer', status: 404, body: {} });
  await sumsub.test(context());
}

/** A body as its schema reads it: JSON, or the fields of the form with the file in base64. */
async function bodyOf({ headers, body }: SeenRequest): Promise<unknown> {
  if (body.byteLength === 0) return null;
  const contentType = headers['content-type'] ?? '';
  if (contentType === 'application/json') return JSON.parse(body.toString());
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': contentType } }).formData();
  const parts = [...form.entries()].map(async ([name, value]) => {
    if (typeof value === 'string') return [name, JSON.parse(value) as unknown] as const;
    const contents = Buffer.from(await value.arrayBuffer()).toString('base64');
    return [name, { filename: value.name, mediaType: value.type, contents }] as const;
  });
  return Object.fromEntries(await Promise.all(parts));
}

describe('what is sent', () => {
  it('fits its schema as it went over the wire, every call is made once, and nothing more would fit', async () => {
    await everyCall();
    const names = new Set<string>();
    for (const seen of wire.server.seen) {
      const { method, path } = seen;
      const body = await bodyOf(seen);
      const hasBody = body !== null;
      const shape = checkCall(method, path, hasBody);
      names.add(Object.entries(SUMSUB_CALLS).find(([, known]) => known === shape)?.[0] ?? '');
      shape.body?.parse(body);
      const taken = withOneFieldMore(body).filter((variant) => shape.body?.safeParse(variant).success !== false);
      expect(taken).toEqual([]);
      expect(() => checkCall(method, `${path}${path.includes('?') ? '&' : '?'}extra=1`, hasBody)).toThrow(/extra/);
      expect(() => checkCall(method, path, !hasBody)).toThrow(/a body/);
      expect(seen.headers['x-return-doc-warnings']).toBe(path.endsWith('/idDoc') ? 'true' : undefined);
      expect(seen.headers['idempotency-key']).toBeUndefined();
    }
    expect([...names].toSorted()).toEqual(Object.keys(SUMSUB_CALLS).toSorted());
  });

  const FILE = { filename: 'front-1.jpg', mediaType: 'image/jpeg', contents: '/9j/AQ==' };
  const idDoc = { metadata: { idDocType: 'ID_CARD', idDocSubType: 'FRONT_SIDE', country: 'AUS' }, content: FILE };

  it('takes what it should', () => {
    expect(SUMSUB_CALLS.addIdDoc.body.safeParse(idDoc).success).toBe(true);
    expect(SUMSUB_CALLS.createApplicant.body.safeParse({ externalUserId: 'k' }).success).toBe(true);
  });

  it.each<[string, object]>([
    ['a country of two letters', { ...idDoc, metadata: { ...idDoc.metadata, country: 'AU' } }],
    ['a side that nobody knows', { ...idDoc, metadata: { ...idDoc.metadata, idDocSubType: 'LEFT' } }],
    ['a side of a selfie', { ...idDoc, metadata: { ...idDoc.metadata, idDocType: 'SELFIE' } }],
    ['no metadata', { content: FILE }],
    ['a PDF called .jpg', { ...idDoc, content: { ...FILE, contents: 'JVBERi0xLjc=' } }],
    ['another media type than the name', { ...idDoc, content: { ...FILE, mediaType: 'application/pdf' } }],
    ['the customer’s own file name', { ...idDoc, content: { ...FILE, filename: 'Ana Müller.jpg' } }],
  ])('an upload with %s is refused before it leaves', (_name, body) => {
    expect(SUMSUB_CALLS.addIdDoc.body.safeParse(body).success).toBe(false);
  });

  it.each<[string, object]>([
    ['no reference', { email: 'ana@example.invalid' }],
    ['an empty name', { externalUserId: 'k', fixedInfo: { firstName: '' } }],
    ['nothing in its fixedInfo', { externalUserId: 'k', fixedInfo: {} }],
    ['a date of birth that is none', { externalUserId: 'k', fixedInfo: { dob: '3.2.1990' } }],
  ])('an applicant with %s is refused before it leaves', (_name, body) => {
    expect(SUMSUB_CALLS.createApplicant.body.safeParse(body).success).toBe(false);
  });

  it('a request that does not fit is a fault of this program, and none is made', () => {
    const file = { fileName: 'front.jpg', mediaType: 'application/pdf', body: bytesBody(Buffer.from('%PDF-1.7')) };
    expect(() => applicantBody({ externalUserId: '' })).toThrow(/externalUserId/);
    expect(() => idDocBody({ idDocType: 'ID_CARD', country: 'AUS' }, file, 'seed')).toThrow(/another type/);
    expect(() => checkCall('POST', '/resources/applicants/a1/reset', false)).toThrow(/no POST call/);
  });
});
