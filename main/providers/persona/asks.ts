import { z } from 'zod';
import { PROVIDER_DESCRIPTORS, type SubjectField } from '../../../shared/domain/index.ts';
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
import { documentsNamedBy } from './checks.ts';
import { openKey } from './client.ts';
import { anyDocumentPath } from './documents.ts';
import { readOne } from './exchange.ts';
import { readVerifications } from './follow-transaction.ts';
import { inquiryOf, inquiryPath } from './inquiry.ts';
import { documentIdsIn, transactionIdsIn } from './made.ts';
import { anyCase, fieldOf, relatedTo, textAttribute, type PersonaObject } from './objects.ts';
import { transactionPath } from './transaction.ts';

/** One image of a customer; Persona states 15 MB for photos. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

const { baseUrls: BASE_URLS } = PROVIDER_DESCRIPTORS.persona;

/** What a person asks Persona about one customer. The customer's own phone is the organisation's template's matter, not offered here. */
export const personaAsks: ProviderAsks = {
  planSelfService: () => [],
  link: () => Promise.resolve({ kind: 'refused', message: { code: 'persona.linkNotOffered' } }),
  kept: keptDocuments,
  record: recordAtPersona,
};

/**
 * The files of every document that was created for the customer, or that the workflow of a transaction has made. An address is good for six hours; one that has died is asked
 * for once more. It carries its own token and gets no API key, unless it is one of the API itself (the form before 2023-01-05).
 */
async function keptDocuments(
  earlier: PlanInput['earlier'],
  context: ConnectionContext,
): Promise<Asked<{ documents: readonly KeptDocument[] }>> {
  const ofTransactions = await documentsOfTransactions(earlier, context);
  if (!Array.isArray(ofTransactions)) return ofTransactions;
  const ids = [...new Set([...documentIdsIn(earlier), ...ofTransactions])];
  if (ids.length === 0) {
    const code = transactionIdsIn(earlier).length === 0 ? 'persona.documentUnknown' : 'persona.transactionNamesNone';
    return { kind: 'refused', message: { code } };
  }
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

/** A transaction names the verifications of its workflow, and each of those the document that it is about. */
async function documentsOfTransactions(
  earlier: PlanInput['earlier'],
  context: ConnectionContext,
): Promise<string[] | Refused> {
  const ids: string[] = [];
  for (const id of transactionIdsIn(earlier)) {
    const read = await readOne(context, transactionPath(id), 'transaction', id);
    if (read.kind === 'failed') return { kind: 'refused', message: read.outcome.evidence.message };
    if (read.kind === 'missing') return { kind: 'refused', message: { code: 'persona.transactionMissing' } };
    const { object } = read.found;
    const verifications = await readVerifications(object, context);
    if (verifications.kind === 'failed') return { kind: 'refused', message: verifications.outcome.evidence.message };
    const related = relatedTo(object, 'related-objects').filter(({ type }) => type.startsWith('document/'));
    ids.push(...related.map((document) => document.id));
    ids.push(...verifications.found.flatMap((verification) => [...documentsNamedBy(verification)]));
  }
  return ids;
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

/** The older form came under the older of Persona's two addresses (seed), whichever of them the connection has. */
function headersFor(url: string, context: ConnectionContext): Record<string, string> {
  const { baseUrl } = context.connection;
  const all: readonly string[] = BASE_URLS;
  const isOfApi = (all.includes(baseUrl) ? all : [baseUrl]).some((base) => url.startsWith(`${base}/files/`));
  const apiKey = isOfApi ? openKey(context) : null;
  return apiKey === null ? {} : { authorization: `Bearer ${apiKey}` };
}

async function readDocument(
  context: ConnectionContext,
  id: string,
): Promise<{ readonly kind: 'read'; readonly word: string | null; readonly addresses: readonly string[] } | Refused> {
  const read = await readOne(context, anyDocumentPath(id), 'document', id);
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

/**
 * GET of the inquiry or transaction (or, without either, of the newest document), and of its account. What they hold of the customer is
 * compared with what this PC has.
 */
async function recordAtPersona(
  earlier: PlanInput['earlier'],
  context: RecordContext,
): Promise<Asked<RecordAtProvider>> {
  const record = recordIn(earlier);
  if (record === null) return { kind: 'refused', message: { code: 'persona.documentUnknown' } };
  const { id, path, type, missing } = record;
  const read = await readOne(context, path, type, id);
  if (read.kind === 'failed') return { kind: 'refused', message: read.outcome.evidence.message };
  if (read.kind === 'missing') return { kind: 'refused', message: { code: missing } };
  const { object } = read.found;
  const related = [...relatedTo(object, 'account'), ...relatedTo(object, 'related-objects')];
  const account = related.find((one) => one.type === 'account');
  const ofAccount = account === undefined ? [] : await differingIn(context, account.id);
  if (!Array.isArray(ofAccount)) return ofAccount;
  const own = type === 'transaction' ? differingFrom(object, context) : [];
  return {
    kind: 'answer',
    recordId: id,
    status: textAttribute(object, 'status'),
    flow: ['inquiry-template', 'transaction-type'].flatMap((name) => relatedTo(object, name))[0]?.id ?? null,
    differing: [...new Set([...own, ...ofAccount])],
  };
}

interface Recorded {
  readonly id: string;
  readonly path: string;
  readonly type: string;
  /** What is said when Persona has none of this id. */
  readonly missing: string;
}

/** The last inquiry or transaction of the customer; without either, the newest document. Null: nothing was made. */
function recordIn(earlier: PlanInput['earlier']): Recorded | null {
  const inquiryId = inquiryOf(null, { needed: earlier });
  if (inquiryId !== null) {
    return { id: inquiryId, path: inquiryPath(inquiryId), type: 'inquiry', missing: 'persona.inquiryMissing' };
  }
  const transactionId = transactionIdsIn(earlier).at(-1);
  if (transactionId !== undefined) {
    const path = transactionPath(transactionId);
    return { id: transactionId, path, type: 'transaction', missing: 'persona.transactionMissing' };
  }
  const id = documentIdsIn(earlier).at(-1);
  if (id === undefined) return null;
  return { id, path: anyDocumentPath(id), type: 'document', missing: 'persona.documentMissing' };
}

async function differingIn(context: RecordContext, accountId: string): Promise<SubjectField[] | Refused> {
  const read = await readOne(context, accountPath(accountId), 'account', accountId);
  if (read.kind === 'failed') return { kind: 'refused', message: read.outcome.evidence.message };
  // An account that was redacted or taken away has nothing that could differ.
  return read.kind === 'missing' ? [] : differingFrom(read.found.object, context);
}

/** Which of the customer's fields an object has otherwise. */
function differingFrom(object: PersonaObject, context: RecordContext): SubjectField[] {
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
    const theirs = fieldOf(object, name);
    return theirs !== '' && ours !== '' && plain(theirs) !== plain(ours);
  });
  return [...new Set(differing.map(([field]) => field))];
}

function plain(text: string): string {
  return text.replaceAll(/[\s()/-]/g, '').toLowerCase();
}
