import type { Step } from './recording.ts';
import type { Specimens } from './specimen.ts';

/** The calls about Persona's other records, as `personaSteps` puts them in order. */

const ID = ['data', 'id'];
type Key = (name: string) => Readonly<Record<string, string>>;

export function inquirySteps(template: string, reference: string, headers: ReturnType<Key>): Step[] {
  const attribute = template.startsWith('itmpl_') ? 'inquiry-template-id' : 'template-id';
  const note = `Satchel ${reference}`;
  return [
    {
      name: 'inquiries by a note that is nobody’s',
      method: 'GET',
      path: '/inquiries',
      query: { 'filter[note]': note },
    },
    {
      name: 'inquiry: create',
      method: 'POST',
      path: '/inquiries',
      body: { data: { attributes: { [attribute]: template, 'account-id': '{account}', note } } },
      headers,
      remember: { inquiry: ID },
    },
    { name: 'inquiries by our note', method: 'GET', path: '/inquiries', query: { 'filter[note]': note } },
    { name: 'inquiry: retrieve', method: 'GET', path: '/inquiries/{inquiry}' },
    { name: 'inquiry: resume one that is not expired', method: 'POST', path: '/inquiries/{inquiry}/resume' },
    {
      name: 'inquiry: link for the customer’s phone',
      method: 'POST',
      path: '/inquiries/{inquiry}/generate-one-time-link',
      isUnknownHere: true,
    },
  ];
}

/** Both sides of a driving licence, and two photos that are none. */
export function governmentIdSteps({ front, back, bill }: Specimens, key: Key): Step[] {
  const path = '/document/government-ids';
  const create = (photo: Specimens['front']): unknown => ({
    data: {
      attributes: {
        'inquiry-id': '{inquiry}',
        'country-code': 'AU',
        'selected-id-class': 'dl',
        'front-photo': { data: [photo] },
        'back-photo': { data: [back] },
      },
    },
  });
  const tiny = { ...front, data: front.data.slice(0, 4000) };
  return [
    {
      name: 'government id: create',
      method: 'POST',
      path,
      body: create(front),
      headers: key('government-id'),
      remember: { governmentId: ID },
      switches: ['persona.documentWrites'],
    },
    {
      name: 'government id: a PDF for a photo',
      method: 'POST',
      path,
      body: create(bill),
      headers: key('government-id-pdf'),
    },
    {
      name: 'government id: a photo below 10 KB',
      method: 'POST',
      path,
      body: create(tiny),
      headers: key('government-id-tiny'),
    },
    {
      name: 'government id: retrieve',
      method: 'GET',
      path: `${path}/{governmentId}`,
      remember: { photo: ['data', 'attributes', 'front-photo', 'url'] },
    },
    { name: 'file: a photo, without the key', method: 'GET', path: '{photo}' },
    {
      name: 'government id: submit',
      method: 'POST',
      path: `${path}/{governmentId}/submit`,
      headers: key('government-id-submit'),
    },
  ];
}

/** A document whose file is exchanged, and then taken out: what is left tells whether files of an update replace or join. */
export function updateSteps({ front }: Specimens, create: unknown, key: Key): Step[] {
  const path = '/document/generics/{changedDocument}';
  const update = (files: readonly unknown[]): unknown => ({ data: { attributes: { files } } });
  return [
    {
      name: 'document to be changed: create',
      method: 'POST',
      path: '/document/generics',
      body: create,
      headers: key('changed'),
      remember: { changedDocument: ID },
      switches: ['persona.documentWrites'],
    },
    { name: 'document: another file', method: 'PATCH', path, body: update([front]) },
    { name: 'document: no file', method: 'PATCH', path, body: update([]), switches: ['persona.updateFiles'] },
  ];
}

/** The addresses of a document's file: by themselves, broken, and in the form before 2023-01-05. */
export function addressSteps(): Step[] {
  const old = '{oldFile}';
  return [
    { name: 'file: without the key', method: 'GET', path: '{file}' },
    {
      name: 'file: with a token that is not good',
      method: 'GET',
      path: '{file}x',
      switches: ['persona.expiredFileToken'],
    },
    {
      name: 'document: retrieve, in the form before 2023',
      method: 'GET',
      path: '/document/generics/{document}',
      headers: { 'persona-version': '2022-09-01' },
      remember: { oldFile: ['data', 'attributes', 'files', 0, 'url'] },
    },
    { name: 'file: the older address without the key', method: 'GET', path: old },
    { name: 'file: the older address with the key', method: 'GET', path: old, isKeyed: true },
  ];
}

/** What happened to the document, one event a page. */
export function eventSteps(): Step[] {
  const first = { 'filter[object-id]': '{document}', 'page[size]': '1' };
  const list: Pick<Step, 'method' | 'path'> = { method: 'GET', path: '/events' };
  return [
    {
      ...list,
      name: 'events: of the document, a page of one',
      query: first,
      remember: { event: ['data', 0, 'id'] },
      switches: ['persona.events', 'persona.eventDelayMs'],
    },
    {
      ...list,
      name: 'events: the next page',
      query: { ...first, 'page[after]': '{event}' },
      switches: ['persona.events'],
    },
    {
      ...list,
      name: 'events: by object and name',
      query: { ...first, 'filter[name]': 'document.submitted,document.created' },
      switches: ['persona.eventFilters'],
    },
    { name: 'event: retrieve', method: 'GET', path: '/events/{event}' },
  ];
}

/** Once the documents had time: what the inquiry holds, a verification of it, and its end. */
export function laterInquirySteps(): Step[] {
  return [
    {
      name: 'inquiry: retrieve with what it holds',
      method: 'GET',
      path: '/inquiries/{inquiry}',
      query: { include: 'documents,verifications' },
      remember: { verification: ['data', 'relationships', 'verifications', 'data', 0, 'id'] },
      switches: ['persona.inquiryWithoutMarker'],
    },
    { name: 'verification: retrieve', method: 'GET', path: '/verifications/{verification}' },
    { name: 'inquiry: redact', method: 'DELETE', path: '/inquiries/{inquiry}', switches: ['persona.redaction'] },
    { name: 'inquiry: redact again', method: 'DELETE', path: '/inquiries/{inquiry}', switches: ['persona.redaction'] },
    { name: 'file: a photo that was redacted', method: 'GET', path: '{photo}' },
  ];
}

/** A government id by one transaction. */
export function transactionSteps(
  transactionType: string,
  reference: string,
  { front, back }: Specimens,
  key: Key,
): Step[] {
  const byReference = { 'filter[reference-id]': reference };
  const create = (fields: object): unknown => ({
    data: {
      attributes: { 'transaction-type-id': transactionType, 'reference-id': reference, tags: [reference], fields },
    },
  });
  return [
    { name: 'transactions by a reference that is nobody’s', method: 'GET', path: '/transactions', query: byReference },
    {
      name: 'transaction: create without its class and country',
      method: 'POST',
      path: '/transactions',
      body: create({ id_front_photo: front }),
      headers: key('transaction-bare'),
    },
    {
      name: 'transaction: create',
      method: 'POST',
      path: '/transactions',
      body: create({ id_front_photo: front, id_back_photo: back, id_class: 'dl', address_country_code: 'AU' }),
      headers: key('transaction'),
      remember: { transaction: ID },
    },
    { name: 'transactions by our reference', method: 'GET', path: '/transactions', query: byReference },
  ];
}

/** Once it had time: how it stands, and its redaction. */
export function laterTransactionSteps(): Step[] {
  const path = '/transactions/{transaction}';
  return [
    { name: 'transaction: retrieve', method: 'GET', path },
    { name: 'transaction: redact', method: 'DELETE', path, switches: ['persona.redaction'] },
    { name: 'transaction: redact again', method: 'DELETE', path, switches: ['persona.redaction'] },
    {
      name: 'transaction: retrieve after that',
      method: 'GET',
      path,
      switches: ['persona.redactedTransaction'],
    },
  ];
}
