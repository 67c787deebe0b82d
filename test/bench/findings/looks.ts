import { isAlike } from '../../../main/capture/alike.ts';
import { inspect } from '../../../main/inspection/inspect.ts';
import { practiceFlows } from '../../../shared/domain/practice-flows.ts';
import { Subject } from '../../../shared/domain/index.ts';
import { preflight } from '../../../shared/rules/index.ts';
import { rulePage } from '../../support/rule-pages.ts';
import { drawCapture } from './pages.ts';
import type { Tallies } from './tally.ts';

const SEED = 20_271_233;
const TODAY = '2026-11-26';
const SCORED = new Set(['page.sameImage', 'page.alike']);

/** A document, whose it is, and which time it was captured: by hand, on glass, turned, upside down. */
interface Captured {
  readonly template: number;
  readonly person: number;
  readonly look: Uint8Array | null;
}

async function captured(template: number, person: number, time: number): Promise<Captured> {
  const jpeg = await drawCapture({
    style: SEED + template,
    content: SEED + 7 * person,
    scene: SEED + 13 * person + time,
  });
  const { look } = await inspect({ kind: 'inspect', mediaType: 'image/jpeg', bytes: jpeg, today: TODAY }, () => {});
  return { template, person, look };
}

/** What is said of a page in the back's slot when another one, of the same customer or of somebody else, lies in a slot already. */
function foundIn(page: Captured, other: Captured, isSameCustomer: boolean): string[] {
  const [flow] = practiceFlows('personr');
  if (flow === undefined) throw new Error('there is no practice flow');
  const isFound = page.look !== null && other.look !== null && isAlike(page.look, other.look);
  const alike = isFound ? { pageId: 'other', reference: 'M-1', isSameCustomer } : null;
  const findings = preflight({
    provider: 'personr',
    flow,
    documents: [],
    pages: [
      rulePage('identity/id_card/back', { alike }),
      ...(isSameCustomer ? [rulePage('identity/id_card/front', { id: 'other' })] : []),
    ],
    subject: Subject.parse({}),
    unconfirmed: {},
    decided: new Set(),
    retakeSlots: [],
    now: Date.parse(TODAY),
  });
  return findings.map(({ rule }) => rule).filter((rule) => SCORED.has(rule));
}

/**
 * Identity documents captured twice, and of two people on one template; each of them compared with each other one. One document twice is the same
 * image with one customer, and alike with two.
 */
export async function countLooks(tallies: Tallies, documents: number): Promise<void> {
  const first: Captured[] = [];
  const second: Captured[] = [];
  for (let index = 0; index < documents; index += 1) {
    // Two people for each template.
    first.push(await captured(index >> 1, index, 0));
    second.push(await captured(index >> 1, index, 1));
  }
  for (const page of second) {
    for (const other of first) {
      const isSame = page.person === other.person;
      const what = isSame
        ? 'a document twice'
        : `two people on ${page.template === other.template ? 'one template' : 'two'}`;
      tallies.count(isSame ? ['page.sameImage'] : [], foundIn(page, other, true), `${what}, one customer`);
      tallies.count(isSame ? ['page.alike'] : [], foundIn(page, other, false), `${what}, two customers`);
    }
  }
}
