import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { at, Bench, createBody, picture } from './bench.ts';

/** Trap 22, from the side of the one who listens: what a handler must check, and what it gets twice. */

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  readonly body: unknown;
}

let bench: Bench;
let listener: Server;
let url: string;
let heard: Heard[];
/** The status of the next answers; the last one goes on. Null: none is ever given. */
let answers: (number | null)[];

beforeEach(async () => {
  bench = await Bench.open();
  heard = [];
  answers = [200];
  listener = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const raw = Buffer.concat(pieces);
      heard.push({ headers: request.headers, raw, body: JSON.parse(raw.toString()) as unknown });
      const status = answers.length > 1 ? answers.shift() : answers[0];
      if (status !== null && status !== undefined) response.writeHead(status).end();
    });
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${z.object({ port: z.number() }).parse(listener.address()).port}/webhook`;
});
afterEach(async () => {
  await bench.close();
  listener.closeAllConnections();
  await new Promise((closed) => listener.close(closed));
});

const listen = (targets: object): Promise<unknown> => bench.admin('POST', '/webhooks', targets);
const attempts = async (): Promise<unknown> => at(await bench.admin('GET', '/webhooks'), 'attempts', 'length');
const hears = (count: number, timeout = 20_000): Promise<void> => expect.poll(attempts, { timeout }).toBe(count);

/** A document that is created and submitted: two events. */
async function submitted(): Promise<string> {
  const create = await bench.persona('POST', '/document/generics', createBody('bill', picture('p')));
  const id = String(at(create.json, 'data', 'id'));
  await bench.persona('POST', `/document/generics/${id}/submit`);
  return id;
}

const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

describe('a webhook of Persona', () => {
  test('trap 22: is signed over the time, a dot and the very bytes of its body, under the documented name', async () => {
    await listen({ persona: { url, secrets: ['wbhsec_1'] } });
    bench.now += 1000;
    const id = await submitted();
    // Created, submitted, and processed at once.
    await hears(3);
    const names = heard.map(({ body }) => at(body, 'data', 'attributes', 'name'));
    expect(new Set(names)).toEqual(new Set(['document.created', 'document.submitted', 'document.processed']));
    for (const { headers, raw, body } of heard) {
      expect(at(body, 'data', 'attributes', 'payload', 'data', 'id')).toBe(id);
      expect(at(body, 'data', 'attributes', 'payload', 'included')).toEqual([]);
      expect(headers['x-persona-signature']).toBeUndefined();
      const [, time = '', signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['persona-signature'])) ?? [];
      expect(Number(time)).toBe(Math.floor(bench.now / 1000));
      expect(signature).toBe(hmac('wbhsec_1', `${time}.${raw.toString()}`));
      // What public code does: without the time, or over JSON that was written anew.
      expect(signature).not.toBe(hmac('wbhsec_1', raw.toString()));
      expect(signature).not.toBe(hmac('wbhsec_1', `${time}.${JSON.stringify(body, null, 1)}`));
      expect(headers['persona-webhook-attempts-made']).toBe('1');
      expect(headers['persona-webhook-attempts-left']).toBe('7');
    }
  });

  test('trap 22: carries two pairs while one secret takes the place of the other', async () => {
    await listen({ persona: { url, secrets: ['old', 'new'] } });
    bench.now += 1000;
    await submitted();
    await hears(3);
    const [first] = heard;
    const pairs = String(first?.headers['persona-signature']).split(' ');
    const signatures = pairs.map((pair) => /^t=(\d+),v1=(\w+)$/.exec(pair)?.slice(1) ?? []);
    expect(
      signatures.map(([time, signature], index) => {
        const secret = ['old', 'new'][index] ?? '';
        return hmac(secret, `${time}.${first?.raw.toString()}`) === signature;
      }),
    ).toEqual([true, true]);
  });

  test('trap 22: comes again, with the same event id, when the handler is too slow', async () => {
    answers = [null, 200];
    await listen({ persona: { url, secrets: ['s'], timeoutMs: 200 } });
    bench.now += 1000;
    await bench.persona('POST', '/document/generics', createBody('bill', picture('p')));
    // The handler still has the message in its hands then.
    await hears(1, 5000);
    bench.now += 5000;
    await hears(2);
    const ids = heard.map(({ body }) => at(body, 'data', 'id'));
    expect(ids[0]).toBe(ids[1]);
    expect(heard.map(({ headers }) => headers['persona-webhook-attempts-made'])).toEqual(['1', '2']);
  });

  test.each([
    ['eight', [0, 5, 30, 120, 600, 1800, 3600, 7200]],
    ['five', [0, 3, 18, 83, 258]],
  ])('that is refused is sent again %s times in all, and then no more', async (schedule, seconds) => {
    await bench.setSwitches({ 'persona.webhookSchedule': schedule });
    answers = [500];
    await listen({ persona: { url, secrets: ['s'] } });
    bench.now += 1000;
    const begin = bench.now;
    await bench.persona('POST', '/document/generics', createBody('bill', picture('p')));
    for (const [index, second] of seconds.entries()) {
      bench.now = begin + second * 1000;
      await hears(index + 1);
    }
    bench.now += 86_400_000;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(heard).toHaveLength(seconds.length);
  });

  test('is sent nowhere but on this PC, and tells of nothing that was before', async () => {
    await expect(listen({ persona: { url: 'http://example.invalid/', secrets: ['s'] } })).rejects.toThrow(
      'an address on this PC',
    );
    await submitted();
    bench.now += 1000;
    await listen({ persona: { url, secrets: ['s'] } });
    bench.now += 1000;
    await bench.persona('POST', '/document/generics', createBody('bill', picture('later')));
    await hears(1);
    expect(at(heard[0]?.body, 'data', 'attributes', 'name')).toBe('document.created');
  });
});

/** An applicant whose check has come to its end. */
async function reviewed(): Promise<string> {
  const bearer = { authorization: `Bearer ${await bench.personrToken()}` };
  const person = { email: 'specimen@example.invalid', phone: '+61400000000', flowName: 'Proof of address' };
  const created = await bench.personr('api-applicant-create', person, bearer);
  const applicantId = String(at(created.json, 'response', 'applicantId'));
  const docFile = { filename: 'bill.jpg', contents: picture('bill').toString('base64') };
  const page = { applicantId, docType: 'UTILITY_BILL', docCountryISO: 'AUS', docFile };
  await bench.personr('api-document-upload', page, bearer);
  await bench.personr('api-request-applicant-check', { applicantId }, bearer);
  bench.now += 10_000;
  return applicantId;
}

describe('a webhook of Personr', () => {
  test.each([
    ['bearer', 'Bearer secret'],
    ['token', 'secret'],
    ['absent', undefined],
  ])('carries its token by switch: %s', async (form, authorization) => {
    await bench.setSwitches({ 'personr.webhookHeader': form });
    await listen({ personr: { url, token: 'secret' } });
    await reviewed();
    await hears(1);
    expect(heard[0]?.headers['authorization']).toBe(authorization);
  });

  test('is flat with names of its own, or as the status call', async () => {
    await listen({ personr: { url, token: null } });
    const applicantId = await reviewed();
    await hears(1);
    expect(heard[0]?.body).toMatchObject({
      applicantId,
      actionStatus: 'Reviewed',
      reviewAnswer: 'Approved',
      extDob: '1990-01-01',
    });
    expect(heard[0]?.headers['authorization']).toBeUndefined();
    await bench.setSwitches({ 'personr.webhookBody': 'envelope' });
    await reviewed();
    await hears(2);
    expect(heard[1]?.body).toMatchObject({ status: 'success', response: { result: { reviewAnswer: 'Approved' } } });
  });

  test('that is refused is sent again as often as the switch says', async () => {
    await bench.setSwitches({ 'personr.webhookRetries': 2 });
    answers = [503];
    await listen({ personr: { url, token: null } });
    await reviewed();
    await hears(1);
    bench.now += 60_000;
    await hears(2);
    bench.now += 60_000;
    await hears(3);
    bench.now += 600_000;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(new Set(heard.map(({ raw }) => raw.toString())).size).toBe(1);
    expect(heard).toHaveLength(3);
  });
});
