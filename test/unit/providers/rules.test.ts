import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROVIDERS, isNeverInDoubt } from '../../../main/providers/index.ts';
import type { OperationRules } from '../../../main/providers/index.ts';
import { en } from '../../../shared/messages/index.ts';
import { de } from '../../../shared/messages/de/index.ts';

const HOUR = 3_600_000;
const all = Object.values(PROVIDERS).flatMap(({ operations }) => Object.entries(operations));

function cellsOf(rules: OperationRules): string[] {
  if (rules.repeat === 'read_only') return ['changes nothing', 'ever', '–'];
  if (rules.repeat === 'idempotent') return ['changes nothing more', 'ever', '–'];
  if (rules.repeat === 'person') return ['nothing', '–', 'a person'];
  if (rules.repeat === 'idempotency_key') {
    return [
      'idempotency key',
      `${rules.keyLifetimeMs / HOUR} h`,
      rules.afterwards === 'person' ? 'a person' : 'look-up',
    ];
  }
  return rules.keyLifetimeMs === undefined
    ? ['look-up', 'any age', 'the same']
    : ['look-up, with a key', `any age; the key ${rules.keyLifetimeMs / HOUR} h, then a new one`, 'the same'];
}

/** The row of docs/providers.md for these rules. */
function rowOf(kind: string, rules: OperationRules): string {
  const about = {
    applicant: 'the applicant',
    document: 'the document',
    submit: 'the submit',
    page: 'the page',
    owner: 'the owner',
    check: 'the check',
    account: 'the account',
    inquiry: 'the inquiry',
    transaction: 'the transaction',
  };
  const cells = cellsOf(rules);
  const asked = isNeverInDoubt(rules)
    ? ['–', '–']
    : [about[rules.person.about], rules.person.confirmedBy === 'word' ? 'word' : 'its id, compared'];
  return `| \`${kind}\` | ${[...cells, ...asked].join(' | ')} |`;
}

describe('the rules of repeating', () => {
  it('are what docs/providers.md says, kind by kind', () => {
    const text = readFileSync(new URL('../../../docs/providers.md', import.meta.url), 'utf8');
    const section = text.slice(text.indexOf('### How a repeat is made safe'), text.indexOf('- **Create at Persona.**'));
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toEqual(all.map(([kind, rules]) => rowOf(kind, rules)));
  });

  it('are complete: every kind that a plan can name has some, and no other', () => {
    const kinds = all.map(([kind]) => kind).toSorted();
    expect(kinds).toEqual([
      'persona.account.create',
      'persona.account.document.create',
      'persona.account.redact',
      'persona.account.update',
      'persona.document.create',
      'persona.document.follow',
      'persona.document.submit',
      'persona.document.update',
      'persona.inquiry.create',
      'persona.inquiry.document.create',
      'persona.inquiry.follow',
      'persona.inquiry.redact',
      'persona.transaction.create',
      'persona.transaction.follow',
      'persona.transaction.redact',
      'personr.applicant.create',
      'personr.check.follow',
      'personr.check.start',
      'personr.document.upload',
      'personr.entity.create',
      'personr.entity.follow',
      'personr.entity.owner',
      'personr.entity.start',
      'personr.entity.upload',
      'sumsub.applicant.create',
      'sumsub.check.follow',
      'sumsub.check.start',
      'sumsub.document.upload',
    ]);
  });

  it.each(all)(
    '%s asks in words of its own, in both languages, also about a payload that cannot be read',
    (_kind, rules) => {
      if (isNeverInDoubt(rules)) return;
      for (const payload of [{}, null]) {
        const { code } = rules.person.question(payload);
        expect([en[code], de[code]].map((text) => typeof text)).toEqual(['string', 'string']);
        expect(code).toMatch(/^(persona|personr|sumsub)\./);
      }
    },
  );

  it('a key is never said to hold longer than Persona keeps it', () => {
    const lifetimes = all.flatMap(([, rules]) => ('keyLifetimeMs' in rules ? [rules.keyLifetimeMs ?? 0] : []));
    expect(new Set(lifetimes)).toEqual(new Set([24 * HOUR]));
  });

  it('what later calls need an id of is never confirmed by word alone', () => {
    const byWord = all.flatMap(([kind, rules]) =>
      !isNeverInDoubt(rules) && rules.person.confirmedBy === 'word' ? [kind] : [],
    );
    expect(byWord).toEqual([
      // Its id is known before it is sent.
      'persona.document.update',
      'persona.document.submit',
      'persona.account.update',
      'personr.document.upload',
      'personr.check.start',
      'personr.entity.upload',
      'personr.entity.owner',
      'personr.entity.start',
      'sumsub.document.upload',
      'sumsub.check.start',
    ]);
  });
});
