import { describe, expect, it } from 'vitest';
import { PROVIDERS, type FinishedOperation, type ProviderAsks } from '../../../main/providers/index.ts';
import { providerContext, type TestContext } from '../../support/provider-context.ts';
import { useWire } from '../../support/wire.ts';

/** What a person asks Persona about one customer: the files it keeps, and how the record stands. */

const API_KEY = 'persona_sandbox_secret';
const NONE = '<none>';

const wire = useWire();

function asks(): ProviderAsks {
  const { asks: answers } = PROVIDERS.persona;
  if (answers === undefined) throw new Error('Persona answers nothing');
  return answers;
}

function context(): TestContext {
  return providerContext({
    http: wire.http,
    baseUrl: `${wire.server.url}/api/v1`,
    settings: { version: '2025-12-08', keyInflection: 'kebab' },
    credential: { apiKey: API_KEY },
    subject: { givenName: 'Ana', familyName: 'Müller', phone: '+61 400 000 000', country: 'AUS' },
  });
}

const ATTACHED: FinishedOperation = {
  kind: 'persona.inquiry.document.create',
  payload: {},
  result: { providerDocumentId: 'doc_1' },
};
const INQUIRY: FinishedOperation = { kind: 'persona.inquiry.create', payload: {}, result: { inquiryId: 'inq_1' } };

const answer = (body: unknown, status = 200) => ({ do: 'answer', status, body }) as const;
const bytes = (text: string) =>
  ({
    do: 'raw',
    text: `HTTP/1.1 200 OK\r\ncontent-type: image/jpeg\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  }) as const;

const file = (path: string) => ({ filename: 'front.jpg', 'byte-size': 5, url: `${wire.server.url}${path}` });
const governmentId = (front: string, back: string | null = null) => ({
  data: {
    type: 'document/government-id',
    id: 'doc_1',
    attributes: { 'id-class': 'dl', 'front-photo': file(front), 'back-photo': back === null ? null : file(back) },
  },
});
const authorizations = (): unknown[] =>
  wire.server.seen.map(({ path, headers }) => [path.replace(/\?.*/, ''), headers['authorization'] ?? NONE]);

describe('the files that Persona keeps', () => {
  it('trap 15: come from their own addresses, which get no API key', async () => {
    wire.server.script(
      answer(governmentId('/f/front?access_token=T', '/f/back?access_token=T')),
      bytes('FRONT'),
      bytes('BACK!'),
    );
    const kept = await asks().kept([INQUIRY, ATTACHED], context());
    expect(kept).toMatchObject({ kind: 'answer', documents: [{ providerType: 'dl' }, { providerType: 'dl' }] });
    expect(kept.kind === 'answer' && kept.documents.map((one) => Buffer.from(one.bytes).toString())).toEqual([
      'FRONT',
      'BACK!',
    ]);
    expect(authorizations()).toEqual([
      ['/api/v1/documents/doc_1', `Bearer ${API_KEY}`],
      ['/f/front', NONE],
      ['/f/back', NONE],
    ]);
  });

  it.each([401, 403, 404])('an address that has died (%i) is asked for once more', async (status) => {
    wire.server.script(
      answer(governmentId('/f/old')),
      answer({ errors: [{ title: 'gone' }] }, status),
      answer(governmentId('/f/new')),
      bytes('FRONT'),
    );
    expect(await asks().kept([ATTACHED], context())).toMatchObject({ kind: 'answer', documents: [{}] });
    expect(wire.server.seen.map(({ path }) => path)).toEqual([
      '/api/v1/documents/doc_1',
      '/f/old',
      '/api/v1/documents/doc_1',
      '/f/new',
    ]);
  });

  it('one that stays dead is said, and not asked for for ever', async () => {
    const dead = answer({ errors: [{ title: 'gone' }] }, 403);
    wire.server.script(answer(governmentId('/f/1')), dead, answer(governmentId('/f/2')), dead);
    expect(await asks().kept([ATTACHED], context())).toEqual({
      kind: 'refused',
      message: { code: 'persona.fileNotGiven' },
    });
  });

  it('the form of addresses before 2023-01-05 lies at the API itself and needs the key', async () => {
    wire.server.script(answer(governmentId('/api/v1/files/TOKEN/front.jpg')), bytes('FRONT'));
    await asks().kept([ATTACHED], context());
    expect(authorizations()[1]).toEqual(['/api/v1/files/TOKEN/front.jpg', `Bearer ${API_KEY}`]);
  });

  it.each([
    ['https://withpersona.com/api/v1/files/T/front.jpg', `Bearer ${API_KEY}`],
    ['https://api.withpersona.com/api/v1/files/T/front.jpg', `Bearer ${API_KEY}`],
    ['https://files.withpersona.com/front.jpg?access_token=T', NONE],
    ['https://withpersona.com.invalid/api/v1/files/T/front.jpg', NONE],
    ['https://withpersona.com/api/v1/other/T/front.jpg', NONE],
  ])(
    'trap 15: of both addresses of Persona’s API only the files of the older form get the key: %s',
    async (url, key) => {
      const seen: unknown[] = [];
      const shown = JSON.stringify({
        data: { type: 'document/generic', id: 'doc_1', attributes: { files: [{ url }] } },
      });
      const send: TestContext['http']['send'] = ({ url: asked, headers }) => {
        seen.push([asked, headers['authorization'] ?? NONE]);
        return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(seen.length === 1 ? shown : 'FRONT') });
      };
      const base = context();
      const connection = { ...base.connection, baseUrl: 'https://api.withpersona.com/api/v1' };
      expect(await asks().kept([ATTACHED], { ...base, connection, http: { send } })).toMatchObject({ kind: 'answer' });
      expect(seen[1]).toEqual([url, key]);
    },
  );

  it('a sign-in page in the place of a file is no file', async () => {
    wire.server.script(answer(governmentId('/f/front')), {
      do: 'raw',
      text: 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>',
    });
    expect(await asks().kept([ATTACHED], context())).toMatchObject({
      kind: 'refused',
      message: { code: 'network.captivePortal' },
    });
  });

  it('an address that is less protected than Persona itself is not used, and nothing made means nothing kept', async () => {
    const elsewhere = { ...file(''), url: 'ftp://files.invalid/front.jpg' };
    wire.server.script(
      answer({ data: { type: 'document/generic', id: 'doc_1', attributes: { kind: 'bill', files: [elsewhere] } } }),
    );
    expect(await asks().kept([ATTACHED], context())).toMatchObject({ message: { code: 'persona.fileNotGiven' } });
    expect(await asks().kept([], context())).toMatchObject({ message: { code: 'persona.documentUnknown' } });
  });
});

const TRANSACTION: FinishedOperation = {
  kind: 'persona.transaction.create',
  payload: {},
  result: { transactionId: 'txn_1', createdAtMs: 1 },
};
const transaction = (related: readonly object[], fields: object = {}) =>
  answer({
    data: {
      type: 'transaction',
      id: 'txn_1',
      attributes: { status: 'approved', fields },
      relationships: {
        'transaction-type': { data: { type: 'transaction-type', id: 'txntp_1' } },
        'related-objects': { data: related },
      },
    },
  });
const ACCOUNT = { type: 'account', id: 'act_1' };

describe('what a transaction has led to', () => {
  it('the files are those of the documents that its verifications are about', async () => {
    const related = [ACCOUNT, { type: 'verification/government-id', id: 'ver_1' }];
    const document = { data: { type: 'document/government-id', id: 'doc_1' } };
    wire.server.script(
      transaction(related),
      answer({
        data: { type: 'verification/government-id', id: 'ver_1', attributes: {}, relationships: { document } },
      }),
      answer(governmentId('/f/front')),
      bytes('FRONT'),
    );
    expect(await asks().kept([TRANSACTION], context())).toMatchObject({
      kind: 'answer',
      documents: [{ providerType: 'dl' }],
    });
    expect(authorizations().at(-1)).toEqual(['/f/front', NONE]);
  });

  it('one that names none is said to name none', async () => {
    wire.server.script(transaction([ACCOUNT]));
    expect(await asks().kept([TRANSACTION], context())).toEqual({
      kind: 'refused',
      message: { code: 'persona.transactionNamesNone' },
    });
  });

  it('the record is the transaction, with what differs in its fields and in the account that it names', async () => {
    wire.server.script(
      transaction([ACCOUNT], { name_first: 'Ana', name_last: 'Mueller', birthdate: null }),
      answer({ data: { ...ACCOUNT, attributes: { fields: { phone_number: { type: 'string', value: '+61411' } } } } }),
    );
    expect(await asks().record([TRANSACTION], context())).toEqual({
      kind: 'answer',
      recordId: 'txn_1',
      status: 'approved',
      flow: 'txntp_1',
      differing: ['familyName', 'phone'],
    });
  });

  it('one that is gone is said to be gone', async () => {
    wire.server.script(answer({ errors: [{ title: 'Record not found' }] }, 404));
    expect(await asks().record([TRANSACTION], context())).toMatchObject({
      message: { code: 'persona.transactionMissing' },
    });
  });
});

describe('the record at Persona', () => {
  it('is the inquiry, with the fields in which its account differs, by name only', async () => {
    wire.server.script(
      answer({
        data: {
          type: 'inquiry',
          id: 'inq_1',
          attributes: { status: 'needs_review' },
          relationships: {
            account: { data: { type: 'account', id: 'act_1' } },
            'inquiry-template': { data: { type: 'inquiry-template', id: 'itmpl_1' } },
          },
        },
      }),
      answer({
        data: {
          type: 'account',
          id: 'act_1',
          attributes: {
            fields: {
              name_first: { type: 'string', value: 'Anna' },
              phone_number: { type: 'string', value: '+61400000000' },
              country_code: { type: 'string', value: 'AU' },
              birthdate: { type: 'date', value: '1990-02-03' },
            },
          },
        },
      }),
    );
    expect(await asks().record([INQUIRY, ATTACHED], context())).toEqual({
      kind: 'answer',
      recordId: 'inq_1',
      status: 'needs_review',
      flow: 'itmpl_1',
      differing: ['givenName'],
    });
  });

  it.each([
    ['AU', []],
    ['NZ', ['country']],
  ])('reads the country inside the address, as the built-in account type has it: %s', async (country, differing) => {
    const account = { data: { type: 'account', id: 'act_1' } };
    const address = { type: 'hash', value: { country_code: { type: 'string', value: country } } };
    wire.server.script(
      answer({ data: { type: 'inquiry', id: 'inq_1', attributes: { status: 'pending' }, relationships: { account } } }),
      answer({ data: { type: 'account', id: 'act_1', attributes: { fields: { address } } } }),
    );
    expect(await asks().record([INQUIRY], context())).toMatchObject({ differing });
  });

  it('is the newest document where there is no inquiry', async () => {
    wire.server.script(
      answer({ data: { type: 'document/generic', id: 'doc_1', attributes: { status: 'processed' } } }),
    );
    expect(await asks().record([ATTACHED], context())).toMatchObject({
      recordId: 'doc_1',
      status: 'processed',
      flow: null,
    });
  });

  it('offers the customer no link', async () => {
    expect(await asks().link([INQUIRY], context())).toMatchObject({ kind: 'refused' });
    expect(wire.server.connections()).toBe(0);
  });
});
