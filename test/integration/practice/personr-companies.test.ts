import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { at, Bench, exchange, matching, picture, type Answer } from './bench.ts';

let bench: Bench;
let bearer: Record<string, string>;
beforeEach(async () => {
  bench = await Bench.open();
  bearer = { authorization: `Bearer ${await bench.personrToken()}` };
});
afterEach(async () => {
  await bench.close();
});

const call = (workflow: string, body: unknown): Promise<Answer> => bench.personr(workflow, body, bearer);
const COMPANY = { companyName: 'Specimen Ltd', registrationNumber: '12 345', country: 'AUS', flowName: 'Company' };
const PERSON = { email: 'specimen@example.invalid', phone: '+61400000000', flowName: 'Identity' };

async function idOf(workflow: string, body: unknown): Promise<string> {
  return String(at((await call(workflow, body)).json, 'response', 'applicantId'));
}
const company = () => idOf('api-entity-create', COMPANY);
const upload = (applicantId: string, docFile: unknown, more = {}): Promise<Answer> =>
  call('api-entity-document-upload-encoded', {
    applicantId,
    docSubType: 'Certificate of incorporation',
    fileName: 'page.jpg',
    docFile,
    ...more,
  });
const encoded = (decision?: string): string => Buffer.from(picture('page', decision)).toString('base64');

describe('a company', () => {
  test('is created, and is no applicant of the same id', async () => {
    expect((await call('api-entity-create', COMPANY)).json).toEqual({
      status: 'success',
      response: { ...COMPANY, applicantId: matching(/^\d+x\d+$/), applicantStatus: 'Created' },
    });
    const person = await idOf('api-applicant-create', PERSON);
    expect((await upload(person, encoded())).status).toBe(400);
  });

  test('of the same number is another record, refused, or given back as it stands', async () => {
    const id = await company();
    expect(await company()).not.toBe(id);
    await bench.setSwitches({ 'personr.sameCustomer': 'existing' });
    expect((await call('api-entity-create', { ...COMPANY, companyName: 'Another Ltd' })).json).toEqual({
      status: 'success',
      response: { ...COMPANY, applicantId: id, applicantStatus: 'Created' },
    });
    expect(await idOf('api-entity-create', { ...COMPANY, registrationNumber: '7' })).not.toBe(id);
    await bench.setSwitches({ 'personr.sameCustomer': 'conflict' });
    expect((await call('api-entity-create', COMPANY)).status).toBe(409);
  });

  test.each<[string, Record<string, unknown>]>([
    ['no registration number', { registrationNumber: '' }],
    ['a country of two letters', { country: 'AU' }],
    ['a flow for persons', { flowName: 'Identity' }],
  ])('is refused with %s', async (_name, more) => {
    expect((await call('api-entity-create', { ...COMPANY, ...more })).status).toBe(400);
  });

  test('takes base64 text, not an object, and answers flat', async () => {
    const id = await company();
    expect((await upload(id, encoded())).json).toEqual({
      applicantId: id,
      documentSubType: 'Certificate of incorporation',
    });
    expect(await bench.storedCount(picture('page'))).toBe(1);
    expect((await upload(id, { filename: 'page.jpg', contents: encoded() })).status).toBe(400);
    expect((await upload(id, encoded(), { fileName: 'page.pdf' })).json).toEqual({
      statusCode: 400,
      message: 'Error: corrupted-file',
    });
  });

  test('takes an address in the place of the file, and fetches nothing', async () => {
    const id = await company();
    const by = (docFile: string): Promise<Answer> =>
      call('api-entity-document-upload', { applicantId: id, docSubType: 'Register extract', docFile });
    expect((await by('https://example.invalid/extract.pdf')).json).toEqual({
      applicantId: id,
      documentSubType: 'Register extract',
    });
    expect((await by(encoded())).status).toBe(400);
    await call('api-request-applicant-check', { applicantId: id });
    expect((await call('api-entity-status', { applicantId: id })).json).toMatchObject({
      response: { reviewAnswer: 'Approved' },
    });
  });

  test.each([
    ['day_first', '22/11/2026'],
    ['month_first', '11/22/2026'],
  ])('is reviewed; its date is text in an order that nobody tells (%s)', async (order, createdDate) => {
    await bench.setSwitches({ 'personr.entityDateOrder': order });
    const id = await company();
    await upload(id, encoded('reject=EXPIRATION_DATE'));
    expect((await call('api-request-applicant-check', { applicantId: id })).json).toEqual({ response: 'success' });
    expect((await call('api-entity-status', { applicantId: id })).json).toMatchObject({
      status: 'success',
      response: {
        applicantStatus: 'Reviewed',
        reviewAnswer: 'Rejected',
        rejectLabels: ['EXPIRATION_DATE'],
        createdDate,
        entityName: 'Specimen Ltd',
      },
    });
  });

  test.each([
    ['listed_once', 1, 0],
    ['listed_twice', 2, 0],
    ['error', 1, 1],
  ])('has owners; the same one twice is a switch (%s)', async (value, listed, errors) => {
    await bench.setSwitches({ 'personr.ownerTwice': value });
    const [id, owner] = [await company(), await idOf('api-applicant-create', PERSON)];
    const link = { applicantId: id, uboApplicantId: owner, position: 'Director' };
    expect((await call('api-add-ubo', link)).json).toEqual({
      status: 'success',
      applicantId: id,
      ubos: [{ applicantId: owner, type: 'Individual', position: 'Director' }],
      errors: [],
    });
    const again = (await call('api-add-ubo', link)).json;
    expect([at(again, 'ubos', 'length'), at(again, 'errors', 'length')]).toEqual([listed, errors]);
    expect((await call('api-add-ubo', { ...link, position: 'Friend' })).status).toBe(400);
  });

  test('needs the module', async () => {
    await bench.setSwitches({ 'personr.entityModule': 'off' });
    expect((await call('api-entity-create', COMPANY)).json).toMatchObject({ status: 'NOT_RUN' });
  });
});

describe('the page behind a link', () => {
  test('submits without a start call, and uses an attempt', async () => {
    const id = await idOf('api-applicant-create', PERSON);
    await call('api-document-upload', {
      applicantId: id,
      docType: 'PASSPORT',
      docSubType: 'FRONT_SIDE',
      docCountryISO: 'AUS',
      docFile: { filename: 'front.jpg', contents: encoded() },
    });
    const link = String(
      at((await call('api-verificationlink-create', { applicant: id })).json, 'response', 'customLink'),
    );
    expect((await exchange({ url: link })).text).toContain('<button>');
    expect((await exchange({ url: link, method: 'POST' })).status).toBe(200);
    expect((await call('api-applicant-status', { applicantId: id })).json).toMatchObject({
      response: { applicantStatus: 'Reviewed', result: { reviewAnswer: 'Approved' } },
    });
    expect((await exchange({ url: `${link}0`, method: 'POST' })).status).toBe(404);
  });
});

const licence = async (): Promise<string> => {
  const id = await idOf('api-applicant-create', PERSON);
  for (const side of ['FRONT_SIDE', 'BACK_SIDE']) {
    await call('api-document-upload', {
      applicantId: id,
      docType: 'DRIVERS',
      docSubType: side,
      docCountryISO: 'AUS',
      docFile: { filename: 'page.jpg', contents: Buffer.from(picture(side)).toString('base64') },
    });
  }
  return id;
};

describe('downloads', () => {
  test('name each image in one call, and each document once in the other', async () => {
    const id = await licence();
    await call('api-request-applicant-check', { applicantId: id });
    const plain = (await call('api-document-download', { applicantId: id })).json;
    expect(at(plain, 'response', 'IdDocType')).toEqual(['DRIVERS', 'DRIVERS']);
    expect(at(plain, 'response', 'base64', 'length')).toBe(2);
    const more = (await call('api-document-download-information', { applicantId: id })).json;
    expect(at(more, 'response', 'IdDocType')).toEqual(['DRIVERS']);
    expect([at(more, 'response', 'base64', 'length'), at(more, 'response', 'docNumbers', 'length')]).toEqual([2, 1]);
  });

  test('before the review are a switch', async () => {
    const id = await licence();
    expect((await call('api-document-download', { applicantId: id })).json).toMatchObject({ status: 'NOT_RUN' });
    await bench.setSwitches({ 'personr.downloadBeforeReviewed': 'empty' });
    expect((await call('api-document-download', { applicantId: id })).json).toMatchObject({
      response: { base64: [] },
    });
  });
});

describe('ways to a token', () => {
  const credential = { email: 'practice@satchel.invalid', password: 'practice' };
  const form =
    '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\npractice@satchel.invalid\r\n' +
    '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\npractice\r\n--b--\r\n';

  test.each<[string, string, readonly number[]]>([
    ['both', 'both', [200, 200, 200]],
    ['basic', 'both', [200, 404, 404]],
    ['generate', 'both', [404, 200, 200]],
    ['both', 'multipart', [200, 400, 200]],
    ['both', 'json', [200, 200, 400]],
  ])('workflows %s, encoding %s', async (workflows, encoding, statuses) => {
    await bench.setSwitches({ 'personr.tokenWorkflows': workflows, 'personr.tokenEncoding': encoding });
    const basic = { authorization: `Basic ${Buffer.from('practice@satchel.invalid:practice').toString('base64')}` };
    const answers = [
      await bench.personr('api-basic-auth', undefined, basic),
      await bench.personr('api-token-generate', credential),
      await bench.personr('api-token-generate', form, { 'content-type': 'multipart/form-data; boundary=b' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });
});
