import { describe, expect, it } from 'vitest';
import {
  mayAge,
  moved,
  nextDocumentType,
  withDocument,
  withDocumentType,
  withMaxAge,
  withOtherId,
  withRequirement,
  withSides,
} from '../../../../renderer/features/settings/flowEdits.ts';
import { acceptedDocument, flowFromTemplate, freeId } from '../../../../renderer/features/settings/templates.ts';
import { Flow } from '../../../../shared/domain/index.ts';
import type { Requirement } from '../../../../shared/domain/index.ts';

const words = {
  flowName: 'Flow',
  identity: 'Identity',
  address: 'Address',
  selfie: 'Selfie',
  company: 'Certificate',
  document: 'Document',
};
const flow = flowFromTemplate('personrIdentity', 'personr', 'flow', words);
const requirement: Requirement = {
  id: 'identity',
  label: 'Identity',
  isOptional: false,
  accepts: [acceptedDocument('personr', 'passport')],
};

describe('Personr’s template', () => {
  it('uses the documented docType words and asks for a selfie of one side', () => {
    const types = flow.requirements.flatMap((wanted) => wanted.accepts.map((accepted) => accepted.providerType));
    expect(types).toEqual(['PASSPORT', 'DRIVERS', 'ID_CARD', 'SELFIE']);
    expect(flow.requirements[1]?.accepts[0]?.sides).toEqual(['single']);
    expect(flow.requiredFields).toEqual(expect.arrayContaining(['email', 'phone']));
  });
});

describe('the age of documents', () => {
  const bills: Requirement = { ...requirement, accepts: [acceptedDocument('personr', 'utility_bill')] };

  it('is written down where it is not the usual one', () => {
    expect(withMaxAge(bills, 30)).toEqual({ ...bills, maxAgeDays: 30 });
    expect(withMaxAge(bills, 0)).toEqual({ ...bills, maxAgeDays: 0 });
    expect(withMaxAge({ ...bills, maxAgeDays: 30 }, 90)).toEqual(bills);
  });

  it('matters only of what does not say itself until when it is good', () => {
    expect([mayAge(bills), mayAge(requirement)]).toEqual([true, false]);
  });
});

describe('editing a flow', () => {
  it('gives a new requirement an id of its own, also when its name is taken or has no letters', () => {
    const once = withRequirement(flow, 'personr', 'Identity');
    const twice = withRequirement(once, 'personr', 'Identity');
    expect(twice.requirements.map((wanted) => wanted.id)).toEqual(['identity', 'selfie', 'identity_2', 'identity_3']);
    expect(Flow.safeParse(withRequirement(flow, 'personr', '2026 証明')).success).toBe(true);
  });

  it('makes ids that the schema takes from any name', () => {
    expect(freeId('Ärger & Übermut', [], '-')).toBe('arger-ubermut');
    expect(freeId('123', [], '_')).toBe('item');
    expect(freeId('x'.repeat(80), [], '_')).toHaveLength(30);
  });

  it('gives a flow another id than the ones that are or were in use', () => {
    const flow = flowFromTemplate('empty', 'personr', 'flow', words);
    const other = { ...flow, id: 'flow-2' };
    expect(withOtherId([flow, other], 'flow', ['flow', 'flow-3'])).toEqual([{ ...flow, id: 'flow-4' }, other]);
  });

  it('adds documents that are not accepted yet, until there are none left', () => {
    let full = requirement;
    for (let count = 0; count < 20; count += 1) full = withDocument(full, 'personr');
    expect(nextDocumentType(full)).toBeNull();
    expect(new Set(full.accepts.map((accepted) => accepted.documentType)).size).toBe(full.accepts.length);
  });

  it('follows the document with sides and word, but keeps a word that was typed by hand', () => {
    const changed = withDocumentType(requirement, 0, 'id_card', 'personr');
    expect(changed.accepts[0]).toEqual({ documentType: 'id_card', sides: ['front', 'back'], providerType: 'ID_CARD' });
    const own = { ...requirement, accepts: [{ ...acceptedDocument('personr', 'passport'), providerType: 'MY_TYPE' }] };
    expect(withDocumentType(own, 0, 'id_card', 'personr').accepts[0]?.providerType).toBe('MY_TYPE');
  });

  it('changes sides and order, and leaves the ends where they are', () => {
    expect(withSides(requirement, 0, 'frontAndBack').accepts[0]?.sides).toEqual(['front', 'back']);
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });
});
