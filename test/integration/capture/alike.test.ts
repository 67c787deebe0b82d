/** Pages that look like another: one side captured twice, or a page of another customer. Never more than a warning. */
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sample } from '../../support/samples.ts';
import { BILL_SLOT, newCustomer, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { jpeg } from './files.ts';

const FRONT = 'identity/id_card/front';
const BACK = 'identity/id_card/back';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
});

/** The same document captured once more: turned, darker, of another size, compressed anew. */
async function again(picture: Buffer, angle = 3): Promise<Buffer> {
  return sharp(await sharp(picture).rotate(angle, { background: '#eceeed' }).toBuffer())
    .resize({ width: 1450 })
    .linear(0.92, 3)
    .jpeg({ quality: 70 })
    .toBuffer();
}

function customer(reference: string): string {
  const { submissionId } = newCustomer(desk, 'persona', { reference });
  desk.capture.setDocument(submissionId, { requirementId: 'identity', documentType: 'id_card', country: 'DEU' });
  return submissionId;
}

async function capture(submissionId: string, slot: string, bytes: Uint8Array): Promise<void> {
  await desk.capture.importBytes({ name: `${slot.split('/')[2]}.jpg`, bytes }, { submissionId, slot }, 'drop');
  await desk.capture.whenInspected();
}

const alikeOf = (submissionId: string) =>
  desk.capture.submission(submissionId).pages.map(({ findings, alikeTo }) => ({
    found: findings
      .filter(({ rule }) => /alike|sameImage/i.test(rule))
      .map(({ rule, severity }) => `${rule}, ${severity}`),
    to: alikeTo?.reference ?? null,
  }));

describe('a page that looks like another', () => {
  it('is named with the customer who has the other one, also after a start', async () => {
    const card = await sample('bruno-id-card-front.jpg');
    const first = customer('B-1');
    await capture(first, FRONT, card);
    await desk.close('keep');
    desk = await openDesk({ directory: desk.directory });
    const second = customer('B-2');
    await capture(second, FRONT, await again(card, 182));
    expect(alikeOf(second)).toEqual([{ found: ['page.alike, warning'], to: 'B-1' }]);
    expect(alikeOf(first)).toEqual([{ found: [], to: null }]);
    desk.capture.voidSubmission(first, 'begun by mistake');
    expect(alikeOf(second)).toEqual([{ found: [], to: null }]);
  });

  it('is not hidden by one that looks more alike and was voided', async () => {
    const card = await sample('bruno-id-card-front.jpg');
    const copy = await again(card);
    await capture(customer('B-1'), FRONT, card);
    const voided = customer('B-2');
    await capture(voided, FRONT, await again(copy, 0));
    desk.capture.voidSubmission(voided, 'begun by mistake');
    const third = customer('B-3');
    await capture(third, FRONT, copy);
    expect(alikeOf(third)).toEqual([{ found: ['page.alike, warning'], to: 'B-1' }]);
  });

  it('is one side of a document in both slots, and keeps the customer back where the flow says so', async () => {
    const card = await sample('bruno-id-card-front.jpg');
    const submissionId = customer('B-1');
    await capture(submissionId, FRONT, card);
    await capture(submissionId, BACK, await again(card));
    await capture(submissionId, BILL_SLOT, await jpeg({ seed: 9 }));
    expect(alikeOf(submissionId)).toEqual([
      { found: [], to: null },
      { found: ['page.sameImage, warning'], to: null },
      { found: [], to: null },
    ]);
    expect(desk.capture.submission(submissionId).state).toBe('ready');
    desk.db.transaction((transaction) => {
      transaction.run("UPDATE submissions SET flow = json_set(flow, '$.severities', json(?))", [
        JSON.stringify({ 'page.sameImage': 'blocking' }),
      ]);
    });
    await desk.capture.recheckOpen(() => false, null);
    expect(desk.capture.submission(submissionId)).toMatchObject({ state: 'draft', light: 'red' });
  });

  it('is not another person’s document of the same kind, nor the other side, nor a bill', async () => {
    const bruno = customer('B-1');
    await capture(bruno, FRONT, await sample('bruno-id-card-front.jpg'));
    await capture(bruno, BACK, await sample('bruno-id-card-back.jpg'));
    const elena = customer('B-2');
    await capture(elena, FRONT, await sample('retake/elena-id-card-front-in-colour.jpg'));
    await capture(elena, BACK, await again(await sample('elena-id-card-back.jpg')));
    await capture(elena, BILL_SLOT, await again(await sample('bruno-id-card-front.jpg')));
    expect(alikeOf(elena)).toEqual(Array.from({ length: 3 }, () => ({ found: [], to: null })));
  });

  it('is the same file before it is alike', async () => {
    const card = await sample('bruno-id-card-front.jpg');
    const first = customer('B-1');
    await capture(first, FRONT, card);
    const second = customer('B-2');
    await capture(second, FRONT, card);
    const [page] = desk.capture.submission(second).pages;
    expect(page?.findings.map(({ rule }) => rule)).toEqual(['page.duplicate']);
    expect(page?.alikeTo).toBeNull();
  });

  it('is known from what lies sealed in the database', async () => {
    await capture(customer('B-1'), FRONT, await sample('bruno-id-card-front.jpg'));
    const row = desk.db.get<{ id: string; look_sealed: Uint8Array }>(
      'SELECT page_id AS id, look_sealed FROM page_measures',
    );
    if (row === undefined) throw new Error('there is no page');
    const look = Buffer.from(desk.cipher.open(row.look_sealed, `pages/${row.id}/look`), 'base64');
    expect(look).toHaveLength(768);
    expect(new Set(look).size).toBeGreaterThan(50);
    expect(() => desk.cipher.open(row.look_sealed, 'pages/another/look')).toThrow('does not open');
  });
});
