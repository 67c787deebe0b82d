export { disagreementsOf, isOtherPerson } from './compare.ts';
export type { IdentityInput, ReadPage } from './compare.ts';
export { readingOfLicence } from './licence.ts';
export { inNameCase, nameDisagreements, nameWords } from './names.ts';
export type { PersonName } from './names.ts';
export { isSameNumber, numberKey } from './numbers.ts';
export { countryOfState } from './states.ts';
export { isOwnDocument, readingOfZone } from './zone.ts';
