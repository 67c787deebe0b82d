import type { Step } from './recording.ts';

/** What the account's own settings decide. */
export interface PersonaChoices {
  /** `itmpl_…` or `tmpl_…`; null: inquiries are left out, and documents belong to none. */
  readonly template: string | null;
  /** Unlike that of every earlier run. */
  readonly reference: string;
  /** Base64 of a file, and its name. */
  readonly file: { readonly data: string; readonly filename: string };
}

const ID = ['data', 'id'];

/**
 * The calls of a branch, and beside them those whose answer nobody documents. What they make in the account is redacted by the
 * last one.
 */
export function personaSteps({ template, reference, file }: PersonaChoices): Step[] {
  const key = (name: string): Readonly<Record<string, string>> => ({ 'idempotency-key': `${reference}-${name}` });
  const account = {
    data: {
      attributes: {
        'reference-id': reference,
        'name-first': 'Specimen',
        'name-last': 'Satchel',
        birthdate: '1990-01-01',
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
      name: 'an attribute that nobody knows',
      method: 'POST',
      path: '/accounts',
      body: { data: { attributes: { 'satchel-asks': 'x' } } },
      headers: key('unknown-attribute'),
      remember: { strayAccount: ID },
      switches: ['persona.unknownAttributes'],
    },
    ...(template === null ? [] : inquirySteps(template, key('inquiry'))),
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
    { name: 'document: retrieve', method: 'GET', path: '/document/generics/{document}' },
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
    { name: 'a document that is not there', method: 'GET', path: '/document/generics/doc_notThere' },
    {
      name: 'document: retrieve after a while',
      method: 'GET',
      path: '/documents/{document}',
      isLater: true,
      switches: ['persona.outcomeWithoutMarker'],
    },
    ...(template === null ? [] : [laterInquiry]),
    { name: 'account made by the unknown attribute: redact', method: 'DELETE', path: '/accounts/{strayAccount}' },
    { name: 'account: redact', method: 'DELETE', path: '/accounts/{account}' },
  ];
}

function inquirySteps(template: string, headers: Readonly<Record<string, string>>): Step[] {
  const attribute = template.startsWith('itmpl_') ? 'inquiry-template-id' : 'template-id';
  return [
    {
      name: 'inquiry: create',
      method: 'POST',
      path: '/inquiries',
      body: { data: { attributes: { [attribute]: template, 'account-id': '{account}' } } },
      headers,
      remember: { inquiry: ID },
    },
    { name: 'inquiry: retrieve', method: 'GET', path: '/inquiries/{inquiry}' },
    { name: 'inquiry: resume one that is not expired', method: 'POST', path: '/inquiries/{inquiry}/resume' },
  ];
}

const laterInquiry: Step = {
  name: 'inquiry: retrieve with what it holds',
  method: 'GET',
  path: '/inquiries/{inquiry}',
  query: { include: 'documents,verifications' },
  switches: ['persona.inquiryWithoutMarker'],
};
