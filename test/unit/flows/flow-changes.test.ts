import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../main/words/index.ts';
import { connectionChanges } from '../../../shared/domain/index.ts';
import type { ConnectionBefore, Flow } from '../../../shared/domain/index.ts';

const passport = { documentType: 'passport' as const, sides: ['single' as const], providerType: 'government_id' };
const card = { documentType: 'id_card' as const, sides: ['front' as const], providerType: 'government_id' };
const bill = { documentType: 'utility_bill' as const, sides: ['single' as const], providerType: 'proof' };
const identity = { id: 'identity', label: 'Identity', isOptional: false, accepts: [passport, card] };
const address = { id: 'address', label: 'Address', isOptional: false, accepts: [bill] };
const flow: Flow = {
  id: 'one',
  name: 'One',
  requiredFields: ['givenName'],
  requirements: [identity, address],
  route: { by: 'inquiry', templateId: 'itmpl_Old' },
};
const before: ConnectionBefore = {
  name: 'Head office',
  baseUrl: 'https://a.example',
  settings: { tags: '' },
  flows: [flow],
};

const told = (parts: Partial<ConnectionBefore>): string[] =>
  connectionChanges(before, { ...before, ...parts }).map(inEnglish);
const toldOfFlow = (parts: Partial<Flow>): string[] => told({ flows: [{ ...flow, ...parts }] });

/** What is told when only the oldest that documents may be is another one. */
function ages(accepts: Flow['requirements'][number]['accepts'], was?: number, is?: number): string[] {
  const aged = (days?: number): Flow => ({
    ...flow,
    requirements: [{ ...address, accepts, ...(days === undefined ? {} : { maxAgeDays: days }) }],
  });
  return connectionChanges({ ...before, flows: [aged(was)] }, { ...before, flows: [aged(is)] }).map(inEnglish);
}

describe('what becomes another one', () => {
  it('is nothing where nothing is different', () => {
    expect(told({ flows: [structuredClone(flow)] })).toEqual([]);
  });

  it('is told of the connection and of its flows as a whole', () => {
    const other = { ...flow, id: 'two', name: 'Two' };
    expect(told({ name: 'Branch', baseUrl: 'https://b.example', settings: { tags: 'x' }, flows: [other] })).toEqual([
      'The connection “Head office” is called “Branch”.',
      'The address is https://b.example; it was https://a.example.',
      'tags: “x”.',
      'The flow “Two” is added.',
      'The flow “One” is removed.',
    ]);
    expect(
      connectionChanges({ ...before, flows: [flow, other] }, { ...before, flows: [other, flow] }).map(inEnglish),
    ).toEqual(['The flows have another order; “Two” is offered first.']);
  });

  it('is told of fields, the way to the provider and the weight of a check', () => {
    expect(
      toldOfFlow({
        name: 'Uno',
        requiredFields: ['familyName'],
        route: { by: 'inquiry', templateId: 'itmpl_New' },
        severities: { 'document.expired': 'info' },
      }),
    ).toEqual([
      'The flow “One” is called “Uno”.',
      '“Uno”: template id: “itmpl_New” in place of “itmpl_Old”.',
      '“Uno”: the counter need not ask any more for: given name.',
      '“Uno”: the counter must ask for: family name.',
      '“Uno”: document expired: “info” in place of “usual”.',
    ]);
  });

  it('is told of every requirement and every document of it', () => {
    const selfie = { ...address, id: 'selfie', label: 'Selfie', isOptional: true };
    expect(toldOfFlow({ requirements: [selfie, identity] })).toEqual([
      '“One”: “Selfie” is taken as well, and is optional.',
      '“One”: “Address” is not wanted any more.',
    ]);
    expect(
      toldOfFlow({
        requirements: [
          { ...address, label: 'Home', isOptional: true, maxAgeDays: 30 },
          {
            ...identity,
            accepts: [
              { ...card, sides: ['front', 'back'], providerType: 'id' },
              { ...passport, sides: ['back', 'front'] },
            ],
          },
        ],
      }),
    ).toEqual([
      '“One”: the requirement “Address” is called “Home”.',
      '“One”: “Home” is optional.',
      '“One”: “Home” may be 30 days old at most.',
      '“One”: “Identity”, id card: “front and back” in place of “front”.',
      '“One”: “Identity”, id card: the provider’s word is “id”, not “government_id”.',
      '“One”: “Identity”, passport: “back + front” in place of “single”.',
      '“One”: “Identity” offers its documents in another order: id card first.',
      '“One”: the requirements are wanted in another order.',
    ]);
    expect(
      toldOfFlow({
        requirements: [
          { ...identity, accepts: [passport, { ...bill }] },
          { ...address, maxAgeDays: 0 },
        ],
      }),
    ).toEqual([
      '“One”: “Identity” takes another document: utility bill (single).',
      '“One”: “Identity” does not take this document any more: id card.',
      '“One”: “Address” may be as old as it likes.',
    ]);
  });

  it('is told of the age that each document may have, in one sentence where it is the same for all', () => {
    const statement = { ...bill, documentType: 'bank_statement' as const };
    const letter = { ...bill, documentType: 'other' as const };
    expect(ages([passport, bill, statement], undefined, 30)).toEqual(['“One”: “Address” may be 30 days old at most.']);
    // Of its own a proof of address may be 90 days old, and any other document as old as it likes.
    expect(ages([bill, letter], undefined, 90)).toEqual(['“One”: “Address” may be 90 days old at most.']);
    expect(ages([bill, letter], 30)).toEqual([
      '“One”: “Address”, utility bill: 90 days old at most.',
      '“One”: “Address”, other: as old as it likes.',
    ]);
  });

  it('is told of what has no sentence of its own too, because customers follow it', () => {
    expect(toldOfFlow({ nameKey: 'flowCompany' })).toEqual(['“One”: other details.']);
  });
});
