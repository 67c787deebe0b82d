import type { AcceptedDocument, Flow } from './flow.ts';

const passport = { documentType: 'passport', sides: ['single'] } as const;
const idCard = { documentType: 'id_card', sides: ['front', 'back'] } as const;
const drivingLicence = { documentType: 'driving_licence', sides: ['front', 'back'] } as const;

function accepted(
  document: {
    readonly documentType: AcceptedDocument['documentType'];
    readonly sides: readonly AcceptedDocument['sides'][number][];
  },
  providerType: string,
): AcceptedDocument {
  return { documentType: document.documentType, sides: [...document.sides], providerType };
}

/**
 * The flows of the two practice connections, which a first run creates. Their names are the ones that the practice server
 * knows; the sample batch (assets/samples/manifest.csv) fills exactly these requirements.
 */
export const PRACTICE_FLOWS: { readonly persona: Flow[]; readonly personr: Flow[] } = {
  persona: [
    {
      id: 'proof-of-address',
      name: 'Proof of address',
      requiredFields: ['givenName', 'familyName', 'reference'],
      requirements: [
        {
          id: 'identity',
          label: 'Identity document',
          isOptional: false,
          accepts: [
            accepted(passport, 'government_id'),
            accepted(idCard, 'government_id'),
            accepted(drivingLicence, 'government_id'),
          ],
        },
        {
          id: 'address',
          label: 'Proof of address',
          isOptional: false,
          accepts: [
            accepted({ documentType: 'utility_bill', sides: ['single'] }, 'proof_of_address'),
            accepted({ documentType: 'bank_statement', sides: ['single'] }, 'proof_of_address'),
          ],
        },
      ],
    },
  ],
  personr: [
    {
      id: 'identity-selfie',
      name: 'Identity and selfie',
      requiredFields: ['givenName', 'familyName', 'country', 'email', 'phone', 'reference'],
      requirements: [
        {
          id: 'identity',
          label: 'Identity document',
          isOptional: false,
          accepts: [accepted(passport, 'PASSPORT'), accepted(idCard, 'ID_CARD'), accepted(drivingLicence, 'DRIVERS')],
        },
        {
          id: 'selfie',
          label: 'Selfie',
          isOptional: false,
          accepts: [accepted({ documentType: 'selfie', sides: ['single'] }, 'SELFIE')],
        },
      ],
    },
  ],
};
