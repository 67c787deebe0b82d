import type { Step } from './recording.ts';
import {
  addressSteps,
  eventSteps,
  governmentIdSteps,
  inquirySteps,
  laterInquirySteps,
  laterTransactionSteps,
  transactionSteps,
  updateSteps,
} from './persona-record-steps.ts';
import { PERSON, type Specimens } from './specimen.ts';

/** What the account's own settings decide. */
export interface PersonaChoices {
  /** `itmpl_…` or `tmpl_…`; null: inquiries and government ids are left out, and documents belong to none. */
  readonly template: string | null;
  /** `txntp_…`, of a type that takes a government id; null: transactions are left out. */
  readonly transactionType: string | null;
  /** Unlike that of every earlier run. */
  readonly reference: string;
  readonly files: Specimens;
}

const ID = ['data', 'id'];

/**
 * The calls of a branch, and beside them those whose answer nobody documents. What they make in the account is redacted by the
 * last one.
 */
export function personaSteps({ template, transactionType, reference, files }: PersonaChoices): Step[] {
  const file = files.bill;
  const key = (name: string): Readonly<Record<string, string>> => ({ 'idempotency-key': `${reference}-${name}` });
  const account = {
    data: {
      attributes: {
        'reference-id': reference,
        'name-first': PERSON.first,
        'name-last': PERSON.last,
        birthdate: PERSON.birthDate,
      },
    },
  };
  const inquiry = template === null ? {} : { 'inquiry-id': '{inquiry}' };
  const document = (kind: string): unknown => ({ data: { attributes: { kind, files: [file], ...inquiry } } });
  return [
    { name: 'rate limits', method: 'GET', path: '/rate-limits', switches: ['persona.rateLimitPerMinute'] },
    {
      name: 'a wrong key',
      method: 'GET',
      path: '/rate-limits',
      headers: { authorization: 'Bearer persona_sandbox_wrong' },
    },
    {
      name: 'an unknown version',
      method: 'GET',
      path: '/rate-limits',
      headers: { 'persona-version': '1999-01-01' },
      switches: ['persona.invalidVersion'],
    },
    {
      name: 'accounts by a reference that is nobody’s',
      method: 'GET',
      path: '/accounts',
      query: { 'filter[reference-id]': reference },
    },
    {
      name: 'a page that is too large',
      method: 'GET',
      path: '/accounts',
      query: { 'page[size]': '101' },
      switches: ['persona.pageSizeOutOfRange'],
    },
    {
      name: 'account: create',
      method: 'POST',
      path: '/accounts',
      body: account,
      headers: key('account'),
      remember: { account: ID },
    },
    {
      name: 'account: the same reference again',
      method: 'POST',
      path: '/accounts',
      body: account,
      headers: key('account-again'),
    },
    { name: 'account: retrieve', method: 'GET', path: '/accounts/{account}' },
    {
      name: 'account: update',
      method: 'PATCH',
      path: '/accounts/{account}',
      body: { data: { attributes: { 'name-last': PERSON.last } } },
    },
    {
      name: 'an attribute that nobody knows',
      method: 'POST',
      path: '/accounts',
      body: { data: { attributes: { 'satchel-asks': 'x' } } },
      headers: key('unknown-attribute'),
      remember: { strayAccount: ID },
      switches: ['persona.unknownAttributes'],
    },
    ...(template === null ? [] : inquirySteps(template, reference, key('inquiry'))),
    ...(template === null ? [] : governmentIdSteps(files, key)),
    {
      name: 'document: create',
      method: 'POST',
      path: '/document/generics',
      body: document('proof_of_address'),
      headers: key('document'),
      remember: { document: ID },
      switches: ['persona.documentWrites', 'persona.fileTypes'],
    },
    {
      name: 'document: the same key and body again',
      method: 'POST',
      path: '/document/generics',
      body: document('proof_of_address'),
      headers: key('document'),
      switches: ['persona.idempotencyReplayRequestId'],
    },
    {
      name: 'document: the same key, another body',
      method: 'POST',
      path: '/document/generics',
      body: document('bank_statement'),
      headers: key('document'),
      switches: ['persona.idempotencyMismatch'],
    },
    {
      name: 'document: retrieve',
      method: 'GET',
      path: '/document/generics/{document}',
      remember: { file: ['data', 'attributes', 'files', 0, 'url'] },
    },
    ...addressSteps(),
    ...updateSteps(files, document('proof_of_address'), key),
    {
      name: 'document without files: create',
      method: 'POST',
      path: '/document/generics',
      body: { data: { attributes: { kind: 'proof_of_address', ...inquiry } } },
      headers: key('empty'),
      remember: { emptyDocument: ID },
    },
    {
      name: 'document without files: submit',
      method: 'POST',
      path: '/document/generics/{emptyDocument}/submit',
      headers: key('empty-submit'),
      switches: ['persona.submitWithoutFiles'],
    },
    {
      name: 'a file as data: URI',
      method: 'POST',
      path: '/document/generics',
      body: {
        data: {
          attributes: {
            kind: 'proof_of_address',
            files: [{ ...file, data: `data:application/pdf;base64,${file.data}` }],
            ...inquiry,
          },
        },
      },
      headers: key('data-uri'),
      switches: ['persona.fileDataUri'],
    },
    { name: 'document: submit', method: 'POST', path: '/document/generics/{document}/submit', headers: key('submit') },
    {
      name: 'document: submit again',
      method: 'POST',
      path: '/document/generics/{document}/submit',
      headers: key('submit-again'),
      switches: ['persona.submitTwice'],
    },
    {
      name: 'document: update after submit',
      method: 'PATCH',
      path: '/document/generics/{document}',
      body: { data: { attributes: { kind: 'bank_statement' } } },
      switches: ['persona.updateAfterSubmit'],
    },
    ...(transactionType === null ? [] : transactionSteps(transactionType, reference, files, key)),
    { name: 'a document that is not there', method: 'GET', path: '/document/generics/doc_notThere' },
    {
      name: 'document: retrieve after a while',
      method: 'GET',
      path: '/documents/{document}',
      isLater: true,
      switches: ['persona.outcomeWithoutMarker'],
    },
    ...eventSteps(),
    ...(template === null ? [] : laterInquirySteps()),
    ...(transactionType === null ? [] : laterTransactionSteps()),
    { name: 'account made by the unknown attribute: redact', method: 'DELETE', path: '/accounts/{strayAccount}' },
    { name: 'account: redact', method: 'DELETE', path: '/accounts/{account}' },
  ];
}
