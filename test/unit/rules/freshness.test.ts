import { describe, expect, it } from 'vitest';
import { endOfDay, maxAgeOf } from '../../../shared/domain/index.ts';
import type { DocumentType } from '../../../shared/domain/index.ts';
import { Subject } from '../../../shared/domain/subject.ts';
import { preflight } from '../../../shared/rules/index.ts';
import type { RulePage } from '../../../shared/rules/index.ts';
import { BILL, personaFlow } from '../../support/rule-inputs.ts';
import { rulePage } from '../../support/rule-pages.ts';

const ISSUED = '2026-09-01';
const DAY_MS = 24 * 3_600_000;

interface Case {
  readonly issuedOn?: string;
  readonly maxAgeDays?: number;
  readonly page?: Partial<RulePage>;
  readonly documentType?: DocumentType;
  /** Days after the day of issue, at noon. */
  readonly days?: number;
}

/** What is found about the age of a bill. */
function found({ issuedOn = ISSUED, maxAgeDays, page = {}, documentType = 'utility_bill', days = 0 }: Case): string[] {
  const findings = preflight({
    provider: 'persona',
    flow: {
      ...personaFlow,
      requirements: personaFlow.requirements.map((requirement) => ({
        ...requirement,
        ...(maxAgeDays === undefined || requirement.id !== 'address' ? {} : { maxAgeDays }),
      })),
    },
    documents: [{ requirementId: 'address', documentType, country: '', issuedOn }],
    pages: [rulePage(BILL, page)],
    subject: Subject.parse({}),
    unconfirmed: {},
    decided: new Set(),
    retakeSlots: [],
    now: Date.parse(ISSUED) + (days + 0.5) * DAY_MS,
  });
  return findings
    .filter(({ rule }) => rule.startsWith('document.'))
    .map(
      ({ rule, severity, params, slot }) =>
        `${rule}, ${severity}, ${params['days'] ?? '-'} of ${params['max'] ?? '-'}, ${slot}`,
    );
}

describe('a proof of address', () => {
  it('is good for 90 days after it was issued, to the end of the last of them', () => {
    expect(found({ days: 90 })).toEqual([]);
    expect(found({ days: 91 })).toEqual([`document.tooOld, warning, 91 of 90, ${BILL}`]);
    expect(endOfDay(ISSUED, 90)).toBe(Date.parse(ISSUED) + 91 * DAY_MS);
  });

  it('for as many as its flow says, or for ever', () => {
    expect(found({ days: 31, maxAgeDays: 30 })).toEqual([`document.tooOld, warning, 31 of 30, ${BILL}`]);
    expect(found({ days: 30, maxAgeDays: 30 })).toEqual([]);
    expect(found({ days: 4_000, maxAgeDays: 0 })).toEqual([]);
    expect(found({ issuedOn: '', maxAgeDays: 0 })).toEqual([]);
  });

  it('without a day of issue is asked for it, and stops nobody', () => {
    expect(found({ issuedOn: '' })).toEqual([`document.issueDateMissing, info, - of 90, ${BILL}`]);
  });

  it('of a day to come has a date that is wrong; of tomorrow, the branch lies in the east', () => {
    expect(found({ days: -2 })).toEqual([`document.issuedInFuture, blocking, - of -, ${BILL}`]);
    expect(found({ days: -1 })).toEqual([]);
  });

  it('is not judged once the provider has it, nor while it lies in the tray', () => {
    expect(found({ days: 200, page: { isDelivered: true } })).toEqual([]);
    expect(found({ days: 200, page: { slot: null } })).toEqual([]);
  });

  it('is another document with another day when its type is another', () => {
    const statement = { slot: 'address/bank_statement/single' };
    expect(found({ days: 91, documentType: 'bank_statement', page: statement })).toHaveLength(1);
    // The day was typed for the bill.
    expect(found({ days: 91, documentType: 'passport' })).toEqual([
      `document.issueDateMissing, info, - of 90, ${BILL}`,
    ]);
  });
});

describe('how old a document may be', () => {
  it.each([
    ['utility_bill', {}, 90],
    ['bank_statement', {}, 90],
    ['company_document', {}, null],
    ['company_document', { maxAgeDays: 60 }, 60],
    ['other', { maxAgeDays: 60 }, 60],
    // They say themselves until when they are good.
    ['passport', { maxAgeDays: 60 }, null],
    ['selfie', { maxAgeDays: 60 }, null],
    ['utility_bill', { maxAgeDays: 0 }, null],
  ] as const)('%s under %o', (documentType, requirement, days) => {
    expect(maxAgeOf(requirement, documentType)).toBe(days);
  });
});
