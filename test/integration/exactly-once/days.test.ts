/**
 * A lost answer at every place of every call, a restart, and then an hour, nearly a day, more than a day or eight days:
 * whatever happens, the practice server's own records show every page once, one customer and one check, and nothing is
 * ever shown as sent that it had not acknowledged.
 */
import { describe, expect, it } from 'vitest';
import type { ProviderId } from '../../../shared/domain/index.ts';
import type { Mistake } from '../../support/delivery-world.ts';
import { PLACES } from '../../support/losses.ts';
import type { Loss, Place } from '../../support/losses.ts';
import { overDays } from '../../support/over-days.ts';

const HOUR = 60 * 60_000;
const GAPS = [1, 23, 25, 8 * 24] as const;

const days = overDays();

interface Call extends Omit<Loss, 'place'> {
  readonly name: string;
  readonly provider: ProviderId;
  readonly hasBody: boolean;
}

const CALLS: readonly Call[] = [
  { name: 'create', provider: 'persona', method: 'POST', path: /\/generics$/, nth: 1, hasBody: true },
  { name: 'submit', provider: 'persona', method: 'POST', path: /\/submit$/, nth: 1, hasBody: false },
  { name: 'follow', provider: 'persona', method: 'GET', path: /\/generics\/doc_/, nth: 1, hasBody: false },
  { name: 'create', provider: 'personr', method: 'POST', path: /applicant-create$/, nth: 1, hasBody: true },
  { name: 'first upload', provider: 'personr', method: 'POST', path: /document-upload$/, nth: 1, hasBody: true },
  { name: 'second upload', provider: 'personr', method: 'POST', path: /document-upload$/, nth: 2, hasBody: true },
  { name: 'third upload', provider: 'personr', method: 'POST', path: /document-upload$/, nth: 3, hasBody: true },
  { name: 'start', provider: 'personr', method: 'POST', path: /applicant-check$/, nth: 1, hasBody: true },
  { name: 'follow', provider: 'personr', method: 'POST', path: /applicant-status$/, nth: 1, hasBody: true },
  { name: 'create', provider: 'sumsub', method: 'POST', path: /applicants$/, nth: 1, hasBody: true },
  { name: 'first upload', provider: 'sumsub', method: 'POST', path: /idDoc$/, nth: 1, hasBody: true },
  { name: 'third upload', provider: 'sumsub', method: 'POST', path: /idDoc$/, nth: 3, hasBody: true },
  { name: 'start', provider: 'sumsub', method: 'POST', path: /pending$/, nth: 1, hasBody: false },
  { name: 'follow', provider: 'sumsub', method: 'GET', path: /status$/, nth: 1, hasBody: false },
];

/** Places after which the provider may have the request. These bodies are so small that a cut finds all of it sent. */
const MAY_HAVE_ARRIVED: ReadonlySet<Place> = new Set([
  'in the body',
  'after the last byte',
  'before the answer',
  'after the answer',
  'in the answer',
  'with half an answer',
]);

/** Which questions a person is asked: only where nothing else can tell. */
function questions(call: Call, place: Place, gapHours: number): string[] {
  if (!MAY_HAVE_ARRIVED.has(place)) return [];
  const kind = `${call.provider} ${call.name}`;
  // 24 hours less the margin of one.
  if (kind === 'persona create') return gapHours < 23 ? [] : ['persona.document.create'];
  if (kind === 'personr create') return ['personr.applicant.create'];
  // One image of the type was acknowledged and one is listed: a list of types would look the same.
  const isDone = place !== 'in the body' && place !== 'after the last byte';
  if (kind === 'personr second upload' && !isDone) return ['personr.document.upload'];
  return [];
}

async function lose(
  call: Call,
  place: Place,
  gapHours: number,
  mistake: Mistake | null = null,
): Promise<{ problems: string[]; asked: readonly string[] }> {
  return days.within(mistake, async (world) => {
    const customer = world.release(call.provider);
    world.lose({ ...call, place });
    world.start();
    await world.until(() => world.isLost);
    expect(world.isLost).toBe(true);
    const problems = await world.problems(customer, { isEnd: false });
    world.die();
    await world.clock.advance(gapHours * HOUR);
    world.start();
    await world.finish(customer);
    problems.push(...(await world.problems(customer, { isEnd: true })));
    return { problems, asked: world.asked };
  });
}

describe.each(CALLS)('$provider: the answer to $name is lost', (call) => {
  it.each(PLACES.filter((place) => place !== 'in the body' || call.hasBody))('%s', async (place) => {
    for (const gapHours of GAPS) {
      expect({ gapHours, ...(await lose(call, place, gapHours)) }).toEqual({
        gapHours,
        problems: [],
        asked: questions(call, place, gapHours),
      });
    }
  });
});

const call = (provider: ProviderId, name: string): Call => {
  const found = CALLS.find((one) => one.provider === provider && one.name === name);
  if (found === undefined) throw new Error('no such call');
  return found;
};

describe('mistakes that these tests are there for are found', () => {
  it.each<[Mistake, Call, number, string]>([
    ['new key at each attempt', call('persona', 'create'), 1, '2 documents'],
    ['a day forgotten', call('persona', 'create'), 25, '2 documents'],
    ['repeat before resolving', call('personr', 'create'), 1, '2 applicants'],
  ])('%s', async (mistake, lost, gapHours, problem) => {
    expect((await lose(lost, 'before the answer', gapHours, mistake)).problems).toContain(problem);
    expect((await lose(lost, 'before the answer', gapHours)).problems).toEqual([]);
  });
});
