import { z } from 'zod';
import type { SubjectField } from '../../../shared/domain/index.ts';
import { alpha2Of } from '../../../shared/rules/index.ts';
import { download } from '../http.ts';
import type {
  Asked,
  ConnectionContext,
  KeptDocument,
  PlanInput,
  ProviderAsks,
  RecordAtProvider,
  RecordContext,
} from '../port.ts';
import { accountPath } from './account.ts';
import { openKey } from './client.ts';
import { readOne } from './exchange.ts';
import { inquiryPath } from './inquiry.ts';
import { anyCase, fieldOf, relatedTo, textAttribute, type PersonaObject } from './objects.ts';
import { CreateResult, DOCUMENT_CREATES, InquiryResult, PERSONA_INQUIRY } from './payloads.ts';

/** One image of a customer; Persona states 15 MB for photos. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** What a person asks Persona about one customer. The customer's own phone is the organisation's template's matter, not offered here. */
export const personaAsks: ProviderAsks = {
  planSelfService: () => [],
  link: () => Promise.resolve({ kind: 'refused', message: { code: 'persona.linkNotOffered' } }),
  kept: keptDocuments,
  record: recordAtPersona,
};

/**
 * The files of every document that was created for the customer. An address is good for six hours; one that has died is asked
 * for once more. It carries its own token and gets no API key, unless it is one of the API itself (the form before 2023-01-05).
 */
async function keptDocuments(
  earlier: PlanInput['earlier'],
  context: ConnectionContext,
): Promise<Asked<{ documents: readonly KeptDocument[] }>> {
  const ids = documentIds(earlier);
  if (ids.length === 0) return { kind: 'refused', message: { code: 'persona.documentUnknown' } };
  const documents: KeptDocument[] = [];
  for (const id of ids) {
    const read = await readDocument(context, id);
    if (read.kind === 'refused') return read;
    for (const [index] of read.addresses.entries()) {
      const file = await fileOf(context, id, read.addresses, index);
      if (file.kind === 'refused') return file;
      documents.push({ providerType: read.word, bytes: file.bytes });
    }
  }
  return { kind: 'answer', documents };
}

type Refused = Extract<Asked<object>, { kind: 'refused' }>;

/** A dead address is renewed once, by reading its document again. */
async function fileOf(
  context: ConnectionContext,
  id: string,
  addresses: readonly string[],
  index: number,
): Promise<{ readonly kind: 'file'; readonly bytes: Uint8Array } | Refused> {
  let url = addresses[index];
  for (let attempt = 1; url !== undefined; attempt += 1) {
    if (new URL(url).protocol !== new URL(context.connection.baseUrl).protocol) break;
    const answer = await download(context, {
      url,
      headers: headersFor(url, context),
      maxResponseBytes: MAX_FILE_BYTES,
    });
    if (answer.kind === 'failed') return { kind: 'refused', message: answer.outcome.evidence.message };
    if (answer.status === 200) return { kind: 'file', bytes: answer.bytes };
    if (attempt === 2 || ![401, 403, 404].includes(answer.status)) break;
    const again = await readDocument(context, id);
    if (again.kind === 'refused') return again;
    url = again.addresses[index];
  }
  return { kind: 'refused', message: { code: 'persona.fileNotGiven' } };
}

function headersFor(url: string, context: ConnectionContext): Record<string, string> {
  const apiKey = url.startsWith(`${context.connection.baseUrl}/files/`) ? openKey(context) : null;
  return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
}

async function readDocument(
  context: ConnectionContext,
  id: string,
): Promise<{ readonly kind: 'read'; readonly word: string | null; readonly addresses: readonly string[] } | Refused> {
  const read = await readOne(context, `/documents/${encodeURIComponent(id)}`, 'document', id);
  if (read.kind === 'failed') return { kind: 'refused', message: read.outcome.evidence.message };
  if (read.kind === 'missing') return { kind: 'refused', message: { code: 'persona.documentMissing' } };
  const { object } = read.found;
  const word = textAttribute(object, 'kind') || textAttribute(object, 'id-class');
  return { kind: 'read', word: word === '' ? null : word, addresses: addressesIn(object) };
}

const ShownFile = anyCase.pipe(z.object({ url: z.url() }));

function addressesIn({ attributes }: PersonaObject): string[] {
  const files: readonly unknown[] = Array.isArray(attributes['files']) ? attributes['files'] : [];
  const all: readonly unknown[] = [...files, attributes['front-photo'], attributes['back-photo']];
  return all.flatMap((file) => ShownFile.safeParse(file).data?.url ?? []);
}

/** GET of the inquiry (or, without one, of the newest document), and of the account, whose fields are compared with ours. */
async function recordAtPersona(
  earlier: PlanInput['earlier'],
  context: RecordContext,
): Promise<Asked<RecordAtProvider>> {
  const inquiryId = inquiryIn(earlier);
  const id = inquiryId ?? documentIds(earlier).at(-1);
  if (id === undefined) return { kind: 'refused', message: { code: 'persona.documentUnknown' } };
  const path = inquiryId === null ? `/documents/${encodeURIComponent(id)}` : inquiryPath(id);
  const read = await readOne(context, path, inquiryId === null ? 'document' : 'inquiry', id);
  if (read.kind === 'failed') return { kind: 'refused', message: read.outcome.evidence.message };
  if (read.kind === 'missing') {
    const code = inquiryId === null ? 'persona.documentMissing' : 'persona.inquiryMissing';
    return { kind: 'refused', message: { code } };
  }
  const { object } = read.found;
  const [account] = relatedTo(object, 'account');
  const differing = account === undefined ? [] : await differingIn(context, account.id);
  if (!Array.isArray(differing)) return differing;
  return {
    kind: 'answer',
    recordId: id,
    status: textAttribute(object, 'status'),
    flow: relatedTo(object, 'inquiry-template')[0]?.id ?? null,
    differing,
  };
}

async function differingIn(context: RecordContext, accountId: string): Promise<SubjectField[] | Refused> {
  const read = await readOne(context, accountPath(accountId), 'account', accountId);
  if (read.kind === 'failed') return { kind: 'refused', message: read.outcome.evidence.message };
  // An account that was redacted or taken away has nothing that could differ.
  if (read.kind === 'missing') return [];
  const subject = context.subject();
  const compared: readonly (readonly [SubjectField, string, string])[] = [
    ['givenName', 'name-first', subject.givenName],
    ['familyName', 'name-last', subject.familyName],
    ['birthDate', 'birthdate', subject.birthDate],
    ['country', 'address-country-code', alpha2Of(subject.country) ?? ''],
    ['country', 'country-code', alpha2Of(subject.country) ?? ''],
    ['email', 'email-address', subject.email],
    ['phone', 'phone-number', subject.phone],
  ];
  const differing = compared.filter(([, name, ours]) => {
    const theirs = fieldOf(read.found.object, name);
    return theirs !== '' && ours !== '' && plain(theirs) !== plain(ours);
  });
  return [...new Set(differing.map(([field]) => field))];
}

function plain(text: string): string {
  return text.replaceAll(/[\s()/-]/g, '').toLowerCase();
}

function documentIds(earlier: PlanInput['earlier']): string[] {
  return earlier.flatMap(({ kind, result }) =>
    DOCUMENT_CREATES.has(kind) ? (CreateResult.safeParse(result).data?.providerDocumentId ?? []) : [],
  );
}

function inquiryIn(earlier: PlanInput['earlier']): string | null {
  const created = earlier.findLast(({ kind }) => kind === PERSONA_INQUIRY);
  return InquiryResult.safeParse(created?.result).data?.inquiryId ?? null;
}
