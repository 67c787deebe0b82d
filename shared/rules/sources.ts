import type { ProviderId } from '../domain/index.ts';

/** Where a rule comes from, and whom it matters to. */
export interface RuleSource {
  /** The document, standard or decision that it stands in. */
  readonly source: string;
  /** Providers for which it is found. */
  readonly mattersTo: readonly ProviderId[] | 'all';
}

const OWN = 'Satchel’s own decision';
const FLOW = 'the flow: its requirements and required fields';
const MAX_AGE =
  'the flow: the most days since a document’s day of issue; 90 for a proof of address where it says nothing, which no provider states';
const BYTES = 'the bytes themselves: what no reader opens, no provider opens';
const DOC_9303 = 'ICAO Doc 9303';
const AAMVA = 'AAMVA DL/ID Card Design Standard';
const PERSONA_PHOTOS = 'Persona, specification of photos of government ids';
const PERSONR_UPLOAD = 'Personr, “Uploading documents”';
const SUMSUB_ERRORS = 'Sumsub, error codes';
const SUMSUB_UPLOAD = 'Sumsub, “Add verification documents”';

const all = (source: string): RuleSource => ({ source, mattersTo: 'all' });
const persona = (source: string): RuleSource => ({ source, mattersTo: ['persona'] });
const personr = (source: string): RuleSource => ({ source, mattersTo: ['personr'] });
const sumsub = (source: string): RuleSource => ({ source, mattersTo: ['sumsub'] });

/**
 * Every rule that a person can be told about, with the document that says so and the providers that care: nobody has to guess why a
 * page was stopped. Facts that only tell what a page is (`KIND_RULES`) are no rules. Kept complete by `test/unit/rules/sources.test.ts`.
 */
export const RULES: Readonly<Record<string, RuleSource>> = {
  'slot.empty': all(FLOW),
  'slot.otherSideEmpty': all(FLOW),
  'slot.wantsRetake': all('the provider’s own request for new images'),
  'slot.needsPicture': all(`${OWN}: a selfie is a picture`),
  'subject.missing.givenName': all(FLOW),
  'subject.missing.familyName': all(FLOW),
  'subject.missing.birthDate': all(FLOW),
  'subject.missing.documentNumber': all(FLOW),
  'subject.missing.documentExpiryDate': all(FLOW),
  'subject.missing.country': all(`${FLOW}; Personr, “Creating an entity”`),
  'subject.missing.email': all(`${FLOW}; Personr, “Creating an applicant”`),
  'subject.missing.phone': all(`${FLOW}; Personr, “Creating an applicant”`),
  'subject.missing.companyName': all(`${FLOW}; Personr, “Creating an entity”`),
  'subject.missing.registrationNumber': all(`${FLOW}; Personr, “Creating an entity”`),
  'subject.missing.reference': all(FLOW),
  'subject.birthDateInFuture': all(OWN),
  'subject.documentExpired': all('Sumsub, fast-fail tag expiredDoc; product: preflight finds an expired document'),
  'subject.unconfirmed': all(`${DOC_9303}-3, 4.9: no check digit covers names and state`),
  'identity.disagrees': all('product: mixed-customer alarm'),
  'identity.pagesDisagree': all('product: mixed-customer alarm'),
  'identity.otherExpiry': all('product: a zone that does not fit the typed data'),
  'identity.decided': all('product: mixed-customer alarm'),
  'identity.sameNumber': all('product: duplicates warn and link to the other one'),
  'identity.sameNumberUnnamed': all('product: duplicates warn and link to the other one'),
  'country.unknown': all('ISO 3166-1 alpha-3'),
  'owner.voided': all(`${OWN}: an owner who was voided never comes to the provider`),
  'page.beingChecked': all(`${OWN}: nothing goes that was not looked at`),
  'page.checkWaits': all(`${OWN}: nothing goes that was not looked at`),
  'page.damaged': all(`${BYTES}; ${SUMSUB_ERRORS}, 1004`),
  'page.unreadable': all(BYTES),
  'page.lost': all(BYTES),
  'page.notConvertible': all('the forms that the provider takes'),
  'page.tooManySheets': all(OWN),
  'page.foreignTiff': all(`${OWN}: nothing goes that was not looked at`),
  'page.animated': all(`${OWN}: a page is a picture that stands still`),
  'page.filmWithin': all('product: what is sent is the original'),
  'page.tooManyPixels': all(OWN),
  'page.tooFewPixels': all(OWN),
  'page.wrongExtension': all(`${SUMSUB_ERRORS}, 1004: a PDF that is named jpg`),
  'page.separator': all('product: separator sheets belong to nobody'),
  'page.separatorWithin': all('product: separator sheets part customers'),
  'page.twoPeople': all('product: a page never reaches the wrong customer'),
  'page.twoPeopleTogether': all('product: a page never reaches the wrong customer'),
  'page.blank': all('product: blank pages go to a tray'),
  'page.lowResolution': all(`${DOC_9303}: 300 dpi; the limits are Satchel’s own`),
  'page.blurred': all('Persona, check id_blur_detection; Personr, label LOW_QUALITY'),
  'page.glare': all('Persona, check id_glare_detection; Personr, label UNSATISFACTORY_PHOTOS'),
  'page.dark': all('Personr, label LOW_QUALITY'),
  'page.overexposed': all('Personr, label LOW_QUALITY'),
  'page.faint': all('Personr, label LOW_QUALITY'),
  'page.cut': all('Personr, label INCOMPLETE_DOC'),
  'page.noFace': all('Sumsub, labels BAD_SELFIE and BAD_FACE_MATCHING, tag selfieFaceBadQuality'),
  'page.severalFaces': all('Sumsub, labels BAD_SELFIE and BAD_FACE_MATCHING, tag selfieFaceBadQuality'),
  'page.duplicate': all('product: duplicates warn and link to the other one'),
  'page.duplicateUnnamed': all('product: duplicates warn and link to the other one'),
  'page.alike': all('product: duplicates warn and link to the other one'),
  'page.alikeUnnamed': all('product: duplicates warn and link to the other one'),
  'page.editorNamed': all('Persona, check id_image_tampering_detection; Sumsub, label GRAPHIC_EDITOR'),
  'page.sameImage': all('Persona, check id_double_side_detection; Sumsub, tag sameSides'),
  'page.cardForPassport': all(`Personr, label DOC_PAGE_MISSING; ${DOC_9303}-5; ${AAMVA}`),
  'page.passportForCard': all(`Personr, label DOC_PAGE_MISSING; ${DOC_9303}-4`),
  'page.backForFront': all(`Personr, label FRONT_SIDE_MISSING; ${DOC_9303}-5; ${AAMVA}`),
  'page.scannedSelfie': all(`${OWN}: a selfie is taken with a camera`),
  'page.documentForSelfie': all('Sumsub, label BAD_SELFIE; ISO/IEC 7810: shapes of cards and passports'),
  'page.inTray': all('product: nothing disappears silently'),
  'page.sameBytes': persona('Persona, check id_double_side_detection'),
  'pdf.encrypted': all(`${BYTES}; ${SUMSUB_ERRORS}, 1011`),
  'pdf.noSheets': all(BYTES),
  'pdf.several': all('product: nothing disappears silently, and no page reaches the wrong customer'),
  'pdf.sentAlone': all(
    'ISO 32000-1, 7.5.2: a PDF begins with its header; no provider says that it looks for one within a file',
  ),
  'document.tooOld': all(MAX_AGE),
  'document.issueDateMissing': all(MAX_AGE),
  'document.issuedInFuture': all(MAX_AGE),
  'mrz.unsure': all(`${DOC_9303}-3: check digits`),
  'mrz.anotherUnsure': all('product: a page never reaches the wrong customer'),
  'mrz.expired': all(`${DOC_9303}, parts 4 to 6: date of expiry`),
  'licence.expired': all(`${AAMVA}: date of expiry`),
  'persona.sentAs': persona('Persona, specification of POST /document/generics'),
  'persona.sentSmaller': persona(PERSONA_PHOTOS),
  'persona.sentAsPicture': persona(PERSONA_PHOTOS),
  'persona.page.blackAndWhite': persona(`${OWN}: none of the checks that Persona names is about colour`),
  'persona.file.type': persona('Persona, specification of POST /document/generics'),
  'persona.file.tooSmall': persona(PERSONA_PHOTOS),
  'persona.file.tooLarge': persona(PERSONA_PHOTOS),
  'persona.file.encrypted': persona(`${OWN}: Persona says nothing of encrypted files`),
  'persona.country.missing': persona(PERSONA_PHOTOS),
  'persona.country.differs': persona(PERSONA_PHOTOS),
  'persona.photo.wanted': persona(PERSONA_PHOTOS),
  'persona.photo.severalSheets': persona(PERSONA_PHOTOS),
  'personr.sentAs': personr(PERSONR_UPLOAD),
  'personr.sentUnlocked': personr(`${SUMSUB_ERRORS}, 1011; inferred for Personr`),
  'personr.page.blackAndWhite': personr('Personr, label BLACK_AND_WHITE'),
  'personr.page.sameBytes': personr(`${SUMSUB_ERRORS}, 1000; inferred for Personr`),
  'personr.file.type': personr(PERSONR_UPLOAD),
  'personr.file.tooLarge': personr(`${SUMSUB_ERRORS}, 1002; inferred for Personr`),
  'personr.file.encrypted': personr(`${SUMSUB_ERRORS}, 1011; inferred for Personr`),
  'personr.country.missing': personr(PERSONR_UPLOAD),
  'personr.document.word': personr(PERSONR_UPLOAD),
  'personr.country.differs': personr(PERSONR_UPLOAD),
  'sumsub.sentAs': sumsub(`${SUMSUB_ERRORS}, 1005`),
  'sumsub.sentUnlocked': sumsub(`${SUMSUB_ERRORS}, 1011`),
  'sumsub.page.blackAndWhite': sumsub('Sumsub, label BLACK_AND_WHITE'),
  'sumsub.page.sameBytes': sumsub(`${SUMSUB_ERRORS}, 1000`),
  'sumsub.file.type': sumsub(`${SUMSUB_ERRORS}, 1005`),
  'sumsub.file.tooLarge': sumsub(`${SUMSUB_ERRORS}, 1002`),
  'sumsub.file.encrypted': sumsub(`${SUMSUB_ERRORS}, 1011`),
  'sumsub.country.missing': sumsub(SUMSUB_UPLOAD),
  'sumsub.country.differs': sumsub('Sumsub, fast-fail tag differentDocTypeOrCountry'),
};
