import type { Environment, ProviderId } from './connection.ts';
import type { AcceptedDocument, BuiltInName, Flow } from './flow.ts';

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

/** The names of the two practice connections. */
export const PRACTICE_CONNECTIONS: Readonly<
  Record<ProviderId, { readonly name: string; readonly nameKey: BuiltInName }>
> = {
  persona: { name: 'Practice: Persona', nameKey: 'practicePersona' },
  personr: { name: 'Practice: Personr', nameKey: 'practicePersonr' },
};

/** The key of a connection's words; null for every connection that somebody named. */
export function connectionNameKey(connection: {
  readonly provider: ProviderId;
  readonly environment: Environment;
  readonly name: string;
}): BuiltInName | null {
  const { name, nameKey } = PRACTICE_CONNECTIONS[connection.provider];
  return connection.environment === 'practice' && connection.name === name ? nameKey : null;
}

/**
 * The flows of the two practice connections, which a first run creates. Their names are the ones that the practice server
 * knows; the sample batch (assets/samples/manifest.csv) fills exactly the requirements of persons.
 */
export const PRACTICE_FLOWS: { readonly persona: Flow[]; readonly personr: Flow[] } = {
  persona: [
    {
      id: 'proof-of-address',
      name: 'Proof of address',
      nameKey: 'flowProofOfAddress',
      requiredFields: ['givenName', 'familyName', 'reference'],
      requirements: [
        {
          id: 'identity',
          label: 'Identity document',
          labelKey: 'identityDocument',
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
          labelKey: 'proofOfAddress',
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
      nameKey: 'flowIdentitySelfie',
      requiredFields: ['givenName', 'familyName', 'country', 'email', 'phone', 'reference'],
      requirements: [
        {
          id: 'identity',
          label: 'Identity document',
          labelKey: 'identityDocument',
          isOptional: false,
          accepts: [accepted(passport, 'PASSPORT'), accepted(idCard, 'ID_CARD'), accepted(drivingLicence, 'DRIVERS')],
        },
        {
          id: 'selfie',
          label: 'Selfie',
          labelKey: 'selfie',
          isOptional: false,
          accepts: [accepted({ documentType: 'selfie', sides: ['single'] }, 'SELFIE')],
        },
      ],
    },
    {
      id: 'company',
      name: 'Company',
      nameKey: 'flowCompany',
      subjectKind: 'entity',
      requiredFields: ['companyName', 'registrationNumber', 'country', 'reference'],
      requirements: [
        {
          id: 'registration',
          label: 'Certificate of incorporation',
          labelKey: 'companyDocument',
          isOptional: false,
          accepts: [accepted({ documentType: 'company_document', sides: ['single'] }, 'Certificate of incorporation')],
        },
      ],
    },
  ],
};
