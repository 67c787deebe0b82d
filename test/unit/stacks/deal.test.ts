import { describe, expect, it } from 'vitest';
import type { Flow } from '../../../shared/domain/index.ts';
import { dealPages } from '../../../shared/stacks/index.ts';
import type { DealtPage } from '../../../shared/stacks/index.ts';

const option = (
  documentType: 'passport' | 'id_card' | 'utility_bill' | 'selfie',
  sides: ('front' | 'back' | 'single')[],
) => ({
  documentType,
  sides,
  providerType: documentType,
});

const FLOW: Flow = {
  id: 'flow',
  name: 'Flow',
  requiredFields: [],
  requirements: [
    {
      id: 'identity',
      label: 'Identity',
      isOptional: false,
      accepts: [option('passport', ['single']), option('id_card', ['front', 'back'])],
    },
    { id: 'address', label: 'Address', isOptional: false, accepts: [option('utility_bill', ['single'])] },
    { id: 'selfie', label: 'Selfie', isOptional: true, accepts: [option('selfie', ['single'])] },
  ],
};

const page: DealtPage = { mediaType: 'image/png', isCardBack: false };
const back: DealtPage = { mediaType: 'image/png', isCardBack: true };
const slots = (...pages: DealtPage[]) => dealPages(FLOW, pages).slots;

describe('the pages of one customer', () => {
  it('go to the documents that so many pages are', () => {
    expect(slots(page, page)).toEqual(['identity/passport/single', 'address/utility_bill/single']);
    expect(slots(page, back, page)).toEqual([
      'identity/id_card/front',
      'identity/id_card/back',
      'address/utility_bill/single',
    ]);
  });

  it('are a card’s two sides when the second is the back of one', () => {
    expect(slots(page, back)).toEqual(['identity/id_card/front', 'identity/id_card/back']);
  });

  it('are rather a card’s two sides than a selfie that was scanned', () => {
    expect(slots(page, page, page)).toEqual([
      'identity/id_card/front',
      'identity/id_card/back',
      'address/utility_bill/single',
    ]);
  });

  it('leave open what is not there, and have no slot when there are too many', () => {
    expect(slots(page)).toEqual(['identity/passport/single']);
    expect(slots(page, page, page, page, page).at(-1)).toBeNull();
  });

  it('never make a selfie of a PDF', () => {
    const pdf: DealtPage = { mediaType: 'application/pdf', isCardBack: false };
    expect(slots(pdf, pdf, pdf, pdf, pdf)).not.toContain('selfie/selfie/single');
  });

  it('name the documents they are', () => {
    expect(dealPages(FLOW, [page, back, page]).documents).toEqual([
      { requirementId: 'identity', documentType: 'id_card' },
      { requirementId: 'address', documentType: 'utility_bill' },
    ]);
  });
});
