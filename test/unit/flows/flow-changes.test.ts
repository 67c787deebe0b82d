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
      '“Uno”: templateId: “itmpl_New” in place of “itmpl_Old”.',
      '“Uno”: the counter need not ask any more for: givenName.',
      '“Uno”: the counter must ask for: familyName.',
      '“Uno”: document.expired: “info” in place of “usual”.',
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
      '“One”: “Identity”, id_card: “frontAndBack” in place of “front”.',
      '“One”: “Identity”, id_card: the provider’s word is “id”, not “government_id”.',
      '“One”: “Identity”, passport: “back + front” in place of “single”.',
      '“One”: “Identity” offers its documents in another order: id_card first.',
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
      '“One”: “Identity” takes another document: utility_bill (single).',
      '“One”: “Identity” does not take this document any more: id_card.',
      '“One”: “Identity” may be 90 days old at most.',
      '“One”: “Address” may be as old as it likes.',
    ]);
  });

  it('is told of what has no sentence of its own too, because customers follow it', () => {
    expect(toldOfFlow({ nameKey: 'flowCompany' })).toEqual(['“One”: details that change nothing at the counter.']);
  });
});
