import { describe, expect, it } from 'vitest';
import { PROVIDERS, type OperationToPerform } from '../../../main/providers/index.ts';
import { PERSONA_CALLS, bodyOf, checkCall } from '../../../main/providers/persona/requests.ts';
import { PersonaRoute, type Environment, type Subject } from '../../../shared/domain/index.ts';
import { operation, providerContext, type TestContext, type TestPage } from '../../support/provider-context.ts';
import { pathBelow, withOneFieldMore } from '../../support/read-back.ts';
import { useWire } from '../../support/wire.ts';

/** Every request to Persona, read back from the wire and compared with what may be sent. */

const { persona } = PROVIDERS;
const wire = useWire();

const PAGES: Record<string, TestPage> = {
  front: { mediaType: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, 1, 2]) },
  back: { mediaType: 'image/png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  bill: { mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') },
};
const ANA: Partial<Subject> = {
  givenName: 'Ana',
  familyName: 'Müller',
  birthDate: '1990-02-03',
  country: 'AUS',
  email: 'ana@example.invalid',
  phone: '+61400000000',
  reference: 'C-1',
};

function context(more: { subject?: Partial<Subject>; environment?: Environment } = {}): TestContext {
  return providerContext({
    http: wire.http,
    baseUrl: `${wire.server.url}/api/v1`,
    settings: {},
    credential: { apiKey: 'persona_sandbox_secret' },
    subject: { ...ANA, ...more.subject },
    environment: more.environment ?? 'practice',
    pages: PAGES,
  });
}

const object = (type: string, id: string, attributes: object = {}): object => ({ data: { type, id, attributes } });
const ACCOUNT = object('account', 'act_1', { 'reference-id': 'C-1' });
const INQUIRY = object('inquiry', 'inq_1', { status: 'approved' });
const GENERIC = object('document/generic', 'doc_1', { status: 'initiated', 'processed-at': null });
const GOVERNMENT_ID = object('document/government-id', 'doc_1', { status: 'initiated', 'processed-at': null });
const TRANSACTION = object('transaction', 'txn_1', { status: 'approved' });
const NONE = { data: [], links: { prev: null, next: null } };
const MORE = { data: [], links: { prev: null, next: '/api/v1/accounts?page%5Bafter%5D=act_9' } };
const CONFLICT = { errors: [{ title: 'Conflict' }] };

const said = (body: unknown, status = 200) => ({ do: 'answer', status, body }) as const;
const script = (...bodies: unknown[]): void => wire.server.script(...bodies.map((body) => said(body)));

const inquiryMade = { kind: 'persona.inquiry.create', payload: {}, result: { inquiryId: 'inq_1' } };
const accountMade = { kind: 'persona.account.create', payload: {}, result: { accountId: 'act_1' } };
const attachment = (governmentId: object | null): object => ({ inquiryId: null, governmentId });
const createOf = (pageIds: string[], governmentId: object | null = null): object => ({
  documentId: 'd1',
  requirementId: 'identity',
  kind: 'passport',
  pageIds,
  sides: pageIds.map((id) => (id === 'bill' ? 'single' : id)),
  attachment: attachment(governmentId),
});
const AUSTRALIAN = { country: 'AU', idClass: 'dl' };

/** The operations about one document, as a generic one and as a government id. */
function ofDocument(isGovernmentId: boolean): Record<'create' | 'submit' | 'follow', OperationToPerform> {
  const payload = isGovernmentId ? createOf(['front', 'back'], AUSTRALIAN) : createOf(['bill', 'front']);
  const create = { kind: 'persona.inquiry.document.create', payload, result: { providerDocumentId: 'doc_1' } };
  const names = { documentId: 'd1', requirementId: 'identity', isGovernmentId };
  const result = { providerDocumentId: 'doc_1', documentId: 'd1', requirementId: 'identity', submittedAtMs: 0 };
  return {
    create: operation('persona.inquiry.document.create', payload, { needed: [inquiryMade] }),
    submit: operation('persona.document.submit', names, { needed: [create] }),
    follow: operation('persona.document.follow', { ...names, submitted: result }),
  };
}

const TRANSACTION_CREATE = operation('persona.transaction.create', {
  transactionTypeId: 'txntp_1',
  documents: [
    { ...createOf(['front', 'back']), field: 'id', governmentId: AUSTRALIAN },
    { ...createOf(['bill']), field: 'proof', governmentId: null },
    { ...createOf(['bill', 'front']), field: 'more', governmentId: null },
  ],
});

async function accountCalls(): Promise<void> {
  script(MORE, NONE, ACCOUNT);
  const made = await persona.perform(
    operation('persona.account.create', { accountTypeId: 'acttp_1' }),
    context({ subject: { email: '' } }),
  );
  if (made.kind !== 'done') throw new Error(made.kind);
  const earlier = { ...accountMade, result: made.result };
  script(ACCOUNT, ACCOUNT);
  const update = operation('persona.account.update', { accountId: 'act_1' }, { finished: () => [earlier] });
  expect((await persona.perform(update, context())).evidence.message.code).toBe('persona.accountUpdated');
}

async function inquiryCalls(): Promise<void> {
  for (const templateId of ['itmpl_1', 'itmplv_1', 'tmpl_1']) {
    const create = operation('persona.inquiry.create', { templateId, accountId: null }, { needed: [accountMade] });
    script(INQUIRY, NONE);
    expect((await persona.perform(create, context())).kind).toBe('done');
    await persona.lookUp(create, context());
  }
  // An expired inquiry is opened again for the document that comes for it.
  wire.server.script(
    said(CONFLICT, 409),
    said(object('inquiry', 'inq_1', { status: 'expired' })),
    said(object('inquiry', 'inq_1')),
  );
  expect((await persona.perform(ofDocument(true).create, context())).kind).toBe('retry');
  script(INQUIRY);
  const follow = { inquiryId: 'inq_1', acceptedWhen: 'approved', earlier: [], governmentIds: [] };
  expect((await persona.perform(operation('persona.inquiry.follow', follow), context())).kind).toBe('done');
}

async function documentCalls(): Promise<void> {
  for (const isGovernmentId of [false, true]) {
    const { create, submit, follow } = ofDocument(isGovernmentId);
    const shown = isGovernmentId ? GOVERNMENT_ID : GENERIC;
    script(shown, object('document/generic', 'doc_1', { status: 'submitted', 'processed-at': null }), shown);
    for (const one of [create, submit, follow]) await persona.perform(one, context());
  }
  const owned = operation('persona.account.document.create', {
    ...createOf(['bill']),
    attachment: null,
    owner: { accountId: 'act_1' },
  });
  script(GENERIC);
  expect((await persona.perform(owned, context())).kind).toBe('done');
  const alone = operation('persona.document.create', { ...createOf(['bill']), attachment: null });
  script(GENERIC);
  expect((await persona.perform(alone, context())).kind).toBe('done');
  const held = { ...createOf(['bill']), attachment: null, providerDocumentId: 'doc_1' };
  script(GENERIC);
  expect((await persona.perform(operation('persona.document.update', held), context())).kind).toBe('done');
  script(object('document/generic', 'doc_1', { kind: 'passport' }));
  await persona.asks?.record([{ ...alone, result: { providerDocumentId: 'doc_1' } }], context());
}

async function transactionCalls(): Promise<void> {
  script(TRANSACTION, NONE, TRANSACTION);
  const made = await persona.perform(TRANSACTION_CREATE, context());
  if (made.kind !== 'done') throw new Error(made.kind);
  await persona.lookUp(TRANSACTION_CREATE, context());
  const needed = [{ kind: 'persona.transaction.create', payload: {}, result: made.result }];
  expect((await persona.perform(operation('persona.transaction.follow', {}, { needed }), context())).kind).toBe('done');
  const declined = {
    data: {
      type: 'transaction',
      id: 'txn_1',
      attributes: { status: 'declined' },
      relationships: {
        reviewer: { data: { type: 'workflow-run', id: 'wfr_1' } },
        'related-objects': { data: [{ type: 'verification/government-id', id: 'ver_1' }] },
      },
    },
  };
  script(declined, object('verification/government-id', 'ver_1'));
  const follow = operation('persona.transaction.follow', { declined: 'checks' }, { needed });
  expect((await persona.perform(follow, context())).kind).toBe('done');
}

async function otherCalls(): Promise<void> {
  const wanted = context();
  const settings = { accountsWhenPurged: 'own' };
  const redacting = { ...wanted, connection: { ...wanted.connection, settings, redactsWhenPurged: true } };
  for (const [kind, recordId, shown] of [
    ['persona.inquiry.redact', 'inq_1', INQUIRY],
    ['persona.transaction.redact', 'txn_1', TRANSACTION],
  ] as const) {
    script(shown);
    await persona.perform(operation(kind, { recordId }), redacting);
  }
  script(object('account', 'act_1', { 'reference-id': 'satchel-submission-1' }), NONE, ACCOUNT);
  const account = operation('persona.account.redact', { recordId: 'act_1' });
  expect((await persona.perform(account, redacting)).evidence.message.code).toBe('persona.redacted');
  script(NONE);
  await persona.changes?.ask(['inq_1', 'doc_1'], () => false, context());
  const route = PersonaRoute.parse({ by: 'inquiry', templateId: 'itmpl_1', verificationTemplateId: 'vtmpl_1' });
  const flow = { id: 'f', name: 'F', requiredFields: [], requirements: [], route };
  const calls = [3 * 2, 3 * 2, 2, 2, 2].map((inside) => inside + 2).reduce((sum, count) => sum + count);
  script(NONE, ...Array.from({ length: calls }, () => INQUIRY));
  expect(await persona.test(context({ environment: 'sandbox' }), [flow])).toMatchObject({ isOk: true });
}

interface ReadBack {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly hasKey: boolean;
}

function readBack(): ReadBack[] {
  return wire.server.seen.map((seen) => {
    const path = pathBelow(seen, '/api/v1');
    const hasKey = seen.headers['idempotency-key'] !== undefined;
    const hasBody = seen.body.byteLength > 0;
    expect(seen.headers['content-type']).toBe(hasBody ? 'application/json' : undefined);
    const shape = checkCall(seen.method, path, hasBody, hasKey);
    const [name = ''] = Object.entries(PERSONA_CALLS).find(([, known]) => known === shape) ?? [];
    const body: unknown = hasBody ? JSON.parse(seen.body.toString()) : null;
    shape.body?.parse(body);
    return { name, method: seen.method, path, body, hasKey };
  });
}

type CallToCheck = readonly [...Parameters<typeof checkCall>];

/** What would be let through of a call with something too much in it, or too little. */
function wronglyTaken({ name, method, path, body, hasKey }: ReadBack): string[] {
  const hasBody = body !== null;
  const variants: readonly (readonly [string, CallToCheck])[] = [
    ['a value more', [method, `${path}${path.includes('?') ? '&' : '?'}extra=1`, hasBody, hasKey]],
    ['a body more or less', [method, path, !hasBody, hasKey]],
    ['a longer path', [method, path.replace(/(?=\?|$)/, '/more/steps'), hasBody, hasKey]],
    ...(method === 'POST' ? [] : [['a key', [method, path, hasBody, true]] as const]),
  ];
  const schema = Object.entries(PERSONA_CALLS).find(([known]) => known === name)?.[1].body;
  return [
    ...variants.filter(([, call]) => isTaken(call)).map(([what]) => `${name}: ${what}`),
    ...withOneFieldMore(body, (key) => key === 'fields')
      .filter((variant) => schema?.safeParse(variant).success !== false)
      .map((variant) => `${name}: ${JSON.stringify(variant)}`),
  ];
}

function isTaken(call: CallToCheck): boolean {
  try {
    checkCall(...call);
    return true;
  } catch {
    return false;
  }
}

describe('what is sent', () => {
  it('fits its schema as it went over the wire, every call is made once, and nothing more would fit', async () => {
    await accountCalls();
    await inquiryCalls();
    await documentCalls();
    await transactionCalls();
    await otherCalls();
    const calls = readBack();
    expect([...new Set(calls.map(({ name }) => name))].toSorted()).toEqual(Object.keys(PERSONA_CALLS).toSorted());
    expect(calls.flatMap(wronglyTaken)).toEqual([]);
  });

  it.each([
    ['POST', '/document/generics'],
    ['POST', '/document/generics/doc_1/submit'],
    ['POST', '/transactions'],
    ['POST', '/accounts'],
  ])('%s %s never goes without its idempotency key', (method, path) => {
    const hasBody = !path.endsWith('/submit');
    expect(() => checkCall(method, path, hasBody, true)).not.toThrow();
    expect(() => checkCall(method, path, hasBody, false)).toThrow(/key/);
  });

  it('trap 2: the plural of a vendor’s sample is no call of ours', () => {
    expect(() => checkCall('POST', '/documents/generics', true, true)).toThrow(/no POST call/);
    expect(() => checkCall('GET', '/documents/doc_1', false, false)).not.toThrow();
  });

  it('a query that names one value twice is refused, and no error tells what is in it', () => {
    const path = '/accounts?filter%5Breference-id%5D=C-1001&filter%5Breference-id%5D=C-1002&page%5Bsize%5D=100';
    expect(() => checkCall('GET', path, false, false)).toThrow(/twice/);
    expect(() => checkCall('GET', '/accounts?filter%5Bname%5D=Ana&page%5Bsize%5D=100', false, false)).toThrow(
      /^(?![\s\S]*Ana)/,
    );
  });
});

const PICTURE = { data: '/9j/AQ==', filename: 'front.jpg' };
const PDF = { data: 'JVBERi0xLjc=', filename: 'page-1.pdf' };
const of = (attributes: object): object => ({ data: { attributes } });
const generic = { kind: 'passport', files: [PICTURE, PDF] };
const governmentId = { 'inquiry-id': 'inq_1', 'country-code': 'AU', 'front-photo': { data: [PICTURE] } };
const inquiry = { 'inquiry-template-id': 'itmpl_1', 'account-id': 'act_1', note: 'Satchel 1' };
const transaction = {
  'transaction-type-id': 'txntp_1',
  'reference-id': 'C-1',
  fields: { id_front_photo: PICTURE, id_class: 'dl', address_country_code: 'AU' },
  tags: ['satchel-1'],
};

type WithBody =
  | 'createAccount'
  | 'updateAccount'
  | 'createInquiry'
  | 'createGeneric'
  | 'updateGeneric'
  | 'createGovernmentId'
  | 'createTransaction';

const fits = (name: WithBody, body: object): boolean | undefined => PERSONA_CALLS[name].body?.safeParse(body).success;

describe('the photos of a government id', () => {
  it('go by side, every picture of a side in its list (trap 16)', async () => {
    const payload = {
      ...createOf(['front', 'back'], AUSTRALIAN),
      pageIds: ['front', 'other', 'back'],
      sides: ['front', 'front', 'back'],
    };
    const twice = { ...context(), page: (id: string) => context().page(id === 'other' ? 'front' : id) };
    script(GOVERNMENT_ID);
    await persona.perform(operation('persona.inquiry.document.create', payload, { needed: [inquiryMade] }), twice);
    const [sent] = readBack();
    expect(sent?.body).toMatchObject({
      data: {
        attributes: {
          'front-photo': { data: [{ filename: 'front.jpg' }, { filename: 'front.jpg' }] },
          'back-photo': { data: [{ filename: 'back.png' }] },
        },
      },
    });
  });
});

describe('the schemas', () => {
  it.each<[WithBody, object]>([
    ['createAccount', of({ 'reference-id': 'C-1' })],
    ['updateAccount', of({ 'name-first': 'Ana' })],
    ['createInquiry', of(inquiry)],
    ['createGeneric', of(generic)],
    ['updateGeneric', of(generic)],
    ['createGovernmentId', of(governmentId)],
    ['createTransaction', of(transaction)],
  ])('%s takes what it should', (name, body) => {
    expect(fits(name, body)).toBe(true);
  });

  it.each<[string, WithBody, object]>([
    ['an update of nothing', 'updateAccount', of({})],
    ['an update of the reference', 'updateAccount', of({ 'reference-id': 'C-1' })],
    ['a date of birth that is none', 'createAccount', of({ 'reference-id': 'C-1', birthdate: '3.2.1990' })],
    ['a country of three letters (trap 21)', 'createAccount', of({ 'reference-id': 'C-1', 'country-code': 'AUS' })],
    ['an empty name', 'createAccount', of({ 'reference-id': 'C-1', 'name-first': '' })],
    ['another thing’s id as the type', 'createAccount', of({ 'reference-id': 'C-1', 'account-type-id': 'act_1' })],
    ['no template', 'createInquiry', of({ 'account-id': 'act_1', note: 'n' })],
    ['two templates', 'createInquiry', of({ ...inquiry, 'template-id': 'tmpl_1' })],
    ['a template under another’s name', 'createInquiry', of({ ...inquiry, 'inquiry-template-id': 'tmpl_1' })],
    ['another thing’s id as the account', 'createInquiry', of({ ...inquiry, 'account-id': 'inq_1' })],
    ['no account and no word about it', 'createInquiry', of({ 'inquiry-template-id': 'itmpl_1', note: 'n' })],
    ['an account that is made by itself', 'createInquiry', { ...of(inquiry), meta: { 'auto-create-account': true } }],
    ['no file', 'createGeneric', of({ ...generic, files: [] })],
    ['a PDF called .jpg', 'createGeneric', of({ kind: 'id', files: [{ ...PDF, filename: 'front.jpg' }] })],
    [
      'a data: prefix',
      'createGeneric',
      of({ kind: 'id', files: [{ ...PICTURE, data: 'data:image/jpeg;base64,/9j/' }] }),
    ],
    ['the customer’s own file name', 'createGeneric', of({ kind: 'id', files: [{ ...PICTURE, filename: 'Ana.jpg' }] })],
    ['a document as the account', 'createGeneric', of({ ...generic, 'account-id': 'doc_1' })],
    ['two owners', 'createGeneric', of({ ...generic, 'account-id': 'act_1', 'inquiry-id': 'inq_1' })],
    ['a document as the inquiry', 'createGeneric', of({ ...generic, 'inquiry-id': 'doc_1' })],
    ['an update without files', 'updateGeneric', of({ kind: 'passport' })],
    ['an update of what it belongs to', 'updateGeneric', of({ ...generic, 'inquiry-id': 'inq_1' })],
    ['a kind of a government id', 'createGovernmentId', of({ ...governmentId, kind: 'passport' })],
    ['no inquiry', 'createGovernmentId', of({ 'country-code': 'AU', 'front-photo': { data: [PICTURE] } })],
    ['no photo', 'createGovernmentId', of({ 'inquiry-id': 'inq_1', 'country-code': 'AU' })],
    ['a country of three letters', 'createGovernmentId', of({ ...governmentId, 'country-code': 'AUS' })],
    [
      'a photo that is no list (trap 16)',
      'createGovernmentId',
      of({ ...governmentId, 'front-photo': { data: PICTURE } }),
    ],
    ['a photo that is the file itself', 'createGovernmentId', of({ ...governmentId, 'front-photo': PICTURE })],
    ['a PDF as a photo', 'createGovernmentId', of({ ...governmentId, 'back-photo': { data: [PDF] } })],
    ['no tag to find it by', 'createTransaction', of({ ...transaction, tags: [] })],
    ['another type’s id', 'createTransaction', of({ ...transaction, 'transaction-type-id': 'itmpl_1' })],
    [
      'its country in three letters',
      'createTransaction',
      of({ ...transaction, fields: { address_country_code: 'AUS' } }),
    ],
    ['an empty field', 'createTransaction', of({ ...transaction, fields: { name_first: '' } })],
  ])('%s is refused before it leaves', (_name, call, body) => {
    expect(fits(call, body)).toBe(false);
  });

  it('a body that does not fit is a fault of this program, and none is made', () => {
    const attributes = { 'transaction-type-id': 'txn_1', 'reference-id': 'C-1', fields: {}, tags: ['t'] };
    expect(() => bodyOf('createTransaction', { data: { attributes } })).toThrow(/transaction-type-id/);
  });
});
