/** Answers that look like a failure, records that are gone, lists that lie: once, and the timeline says why. */
import { describe, expect, it } from 'vitest';
import { OperationState } from '../../../main/outbox/index.ts';
import { decideAttention } from '../../../main/sync/index.ts';
import type { DeliveryWorld } from '../../support/delivery-world.ts';
import type { Customer } from '../../support/delivery-world.ts';
import { overDays } from '../../support/over-days.ts';

const HOUR = 60 * 60_000;

const days = overDays();

const isDone = (world: DeliveryWorld, customer: Customer, kind: string): boolean =>
  world.operations(customer).some((one) => one.kind === kind && one.state === OperationState.done);

describe('trap 6: a 500 of Persona', () => {
  const CREATE = { method: 'POST', path: '/generics' } as const;

  it.each([
    ['is saved with the key, which never works again', false, ['persona.failedThere', 'persona.created']],
    ['was only on the way, and the document is there', true, ['persona.createdOnce']],
  ])('to a create %s', async (_name, afterStoring, says) => {
    await days.within(null, async (world) => {
      await days.practice.fault({ ...CREATE, action: { kind: 'status', status: 500, afterStoring } });
      const customer = world.release('persona');
      world.start();
      await world.finish(customer);
      expect(await world.problems(customer, { isEnd: true })).toEqual([]);
      expect(world.asked).toEqual([]);
      expect(world.said(customer)).toEqual(expect.arrayContaining(['persona.failureDoubted', ...says]));
    });
  });

  it('of something on the way, after an answer that was lost, makes no second document', async () => {
    await days.within(null, async (world) => {
      await days.practice.fault({ ...CREATE, action: { kind: 'resetAfterStoring' } });
      await days.practice.fault({ ...CREATE, action: { kind: 'html', status: 500 } });
      const customer = world.release('persona');
      world.start();
      await world.finish(customer);
      expect(await world.problems(customer, { isEnd: true })).toEqual([]);
      expect(world.said(customer)).toContain('persona.createdOnce');
    });
  });

  it.each([false, true])('to a submit: the document itself tells (done already: %s)', async (afterStoring) => {
    await days.within(null, async (world) => {
      await days.practice.fault({
        method: 'POST',
        path: '/submit',
        action: { kind: 'status', status: 500, afterStoring },
      });
      const customer = world.release('persona');
      world.start();
      await world.finish(customer);
      expect(await world.problems(customer, { isEnd: true })).toEqual([]);
      expect(world.said(customer)).toContain(afterStoring ? 'persona.submitFound' : 'persona.submitDidNotHappen');
    });
  });

  it('a new key after the first 500 is found', async () => {
    await days.within('new key after the first 500', async (world) => {
      await days.practice.fault({ ...CREATE, action: { kind: 'status', status: 500, afterStoring: true } });
      const customer = world.release('persona');
      world.start();
      await world.finish(customer);
      expect(await world.problems(customer, { isEnd: true })).toContain('2 documents');
    });
  });
});

describe('trap 6: a submit whose key is more than a day old', () => {
  it.each([
    [1, true],
    [25, false],
  ])('after %i h a submit that did not happen is repeated with the same key: %s', async (hours, isSame) => {
    await days.within(null, async (world) => {
      const customer = world.release('persona');
      world.lose({ method: 'POST', path: /\/submit$/, nth: 1, place: 'after the last byte' });
      world.start();
      await world.until(() => world.isLost);
      const keyOf = (): string | undefined =>
        world.operations(customer).find(({ kind }) => kind === 'persona.document.submit')?.idempotencyKey;
      const before = keyOf();
      world.die();
      await world.clock.advance(hours * HOUR);
      world.start();
      await world.finish(customer);
      expect(await world.problems(customer, { isEnd: true })).toEqual([]);
      expect(keyOf() === before).toBe(isSame);
    });
  });
});

/** Lets the create be acknowledged, then deletes the document at the provider. */
async function forgetBeforeSubmit(world: DeliveryWorld, customer: Customer, nth: number): Promise<void> {
  world.lose({ method: 'POST', path: /\/submit$/, nth, place: 'before the request' });
  world.start();
  await world.until(() => world.isLost);
  world.die();
  const { documents } = await days.practice.records();
  const [sha256] = customer.pages.map((page) => page.sha256);
  const mine = documents.find(({ files }) => files.includes(sha256 ?? ''));
  await days.practice.admin('POST', '/forget', { id: mine?.id });
}

describe('a document that is gone at Persona before it is submitted', () => {
  it('is created again by itself, once', async () => {
    await days.within(null, async (world) => {
      const customer = world.release('persona');
      await forgetBeforeSubmit(world, customer, 1);
      world.start();
      await world.finish(customer);
      expect(await world.problems(customer, { isEnd: true })).toEqual([]);
      expect(world.asked).toEqual([]);
      expect(world.said(customer)).toContain('persona.createdAgain');
    });
  });

  it('a second time it is for a person, who can try again', async () => {
    await days.within(null, async (world) => {
      const customer = world.release('persona');
      await forgetBeforeSubmit(world, customer, 1);
      await forgetBeforeSubmit(world, customer, 2);
      world.start();
      await world.until(() => false, HOUR);
      expect(world.store.submissionRow(customer.id)).toMatchObject({
        state: 'sending',
        is_attention: 1,
        cause: 'call_it',
      });
      expect(await world.problems(customer, { isEnd: false })).toEqual([]);
      expect(world.doubtful(customer)).toBeUndefined();
      const desk = {
        db: world.store.db,
        providers: world.providers,
        connections: world.connections,
        random: world.random,
      };
      decideAttention(desk, customer.id, 'retry', { now: world.clock.now(), operator: 'kim' });
      world.dispatcher.wake();
      await world.until(() => false, HOUR);
      expect(world.store.submissionRow(customer.id)).toMatchObject({ state: 'sending', is_attention: 1 });
      expect(isDone(world, customer, 'persona.document.submit')).toBe(false);
    });
  });
});

describe('whatever Personr lists and however it takes the same bytes', () => {
  const LISTINGS = ['per_image', 'per_type', 'after_review'] as const;
  const DUPLICATES = ['conflict', 'errors_array', 'accepted'] as const;
  const cases = LISTINGS.flatMap((listing) => DUPLICATES.map((duplicates) => ({ listing, duplicates })));

  it.each(cases)('$listing, $duplicates: every page is there once', async ({ listing, duplicates }) => {
    await days.practice.admin('POST', '/switches', {
      'personr.documentsListing': listing,
      'personr.duplicateUpload': duplicates,
    });
    for (const isCardOnly of [false, true]) {
      for (const place of ['after the last byte', 'before the answer'] as const) {
        for (const nth of isCardOnly ? [1, 2] : [1, 2, 3]) {
          await days.within(null, async (world) => {
            const customer = world.release('personr', { isCardOnly });
            world.lose({ method: 'POST', path: /document-upload$/, nth, place });
            world.start();
            await world.finish(customer);
            // Two assumptions have to be wrong at once, and nothing else may be there to show it (docs/adr/0006): then one
            // image is there twice, in the right record.
            const isDoublyWrong = listing === 'after_review' && duplicates === 'accepted' && isCardOnly && nth === 1;
            expect({ isCardOnly, place, nth, problems: await world.problems(customer, { isEnd: true }) }).toEqual({
              isCardOnly,
              place,
              nth,
              problems:
                isDoublyWrong && place === 'before the answer'
                  ? [`${customer.pages[0]?.id ?? ''} is there 2 times`]
                  : [],
            });
          });
        }
      }
    }
  });

  it('says why the same bytes go again, and what came of it', async () => {
    await days.practice.admin('POST', '/switches', {
      'personr.documentsListing': 'after_review',
      'personr.duplicateUpload': 'conflict',
    });
    for (const [place, end] of [
      ['after the last byte', 'personr.uploadedNow'],
      ['before the answer', 'personr.uploadFound'],
    ] as const) {
      await days.within(null, async (world) => {
        const customer = world.release('personr', { isCardOnly: true });
        world.lose({ method: 'POST', path: /document-upload$/, nth: 1, place });
        world.start();
        await world.finish(customer);
        expect(world.said(customer)).toEqual(expect.arrayContaining(['personr.uploadNotListed', end]));
      });
    }
  });
});

describe('a Personr that takes uploads as a form only', () => {
  /** Of three pages: the first is refused as JSON and taken as a form, the others are forms at once. */
  const FORMS = [1, 2, 3, 4];

  it.each(['in the body', 'after the last byte', 'before the answer'] as const)(
    'whichever call is lost (%s), every page is there once, and one only went as JSON',
    async (place) => {
      await days.practice.admin('POST', '/switches', {
        'personr.documentsListing': 'per_image',
        'personr.duplicateUpload': 'conflict',
        'personr.uploadEncoding': 'multipart',
      });
      const counts: number[] = [];
      for (const nth of [0, ...FORMS]) {
        await days.within(null, async (world) => {
          const before = (await days.practice.requests()).length;
          const customer = world.release('personr');
          if (nth > 0) world.lose({ method: 'POST', path: /document-upload$/, nth, place });
          world.start();
          await world.finish(customer);
          expect({ nth, problems: await world.problems(customer, { isEnd: true }) }).toEqual({ nth, problems: [] });
          const calls = (await days.practice.requests()).slice(before);
          const uploads = calls.filter(({ path }) => path === '/api-document-upload');
          counts.push(uploads.length);
        });
      }
      // The first time nothing is lost.
      expect(counts[0]).toBe(FORMS.length);
    },
  );
});
