/**
 * Capture, import, preflight and connections. Every refusal names the file, the cause and the next step. A finding has two
 * sentences: `finding.<rule>` says what was noticed, `finding.<rule>.next` the one next step.
 */
export const capture: Readonly<Record<string, string>> = {
  'folder.off': 'No folder is watched. Choose one in the settings.',
  'folder.busy': 'The pages of the folder are being taken already.',
  'folder.noAnswer':
    'The folder does not answer, as a share does whose server has gone. Nothing was taken, and every file is still there. It is looked for again by itself.',
  'folder.nothing': 'There is no complete file in the folder now.',
  'folder.notMoved':
    '{{file}} was taken, but cannot be moved out of the folder: another program may hold it, or this account may not move it. It is tried again by itself and not taken twice; if it stays, move it away by hand or call IT.',
  'folder.takenBefore':
    '{{file}} was taken from the folder before. Take it again only if it belongs to the customer in front; otherwise move it away by hand.',
  'folder.changed':
    '{{file}} was still being written when it was taken, so it stays and is offered again. Take it once more, then take the shorter page out.',
  'import.notFound':
    '{{file}} was not taken: it is no longer there, or its name has characters that this system cannot read back. Check the folder, rename the file if needed and import it again.',
  'import.unreadable':
    '{{file}} was not taken: this account may not read it. Ask IT for the right to read it, or copy it to your own folder and import it from there.',
  'import.link': '{{file}} was not taken: it is a link and not the file itself. Import the file that it points to.',
  'import.notAFile':
    '{{file}} was not taken: it is a folder, a device or a pipe and not a file. Import a JPEG, PNG or PDF file.',
  'import.empty':
    '{{file}} was not taken: it is empty (0 bytes). Scan or save the page again, then import the new file.',
  'import.tooLarge':
    '{{file}} was not taken: it has {{megabytes}} MB and the limit is {{limitMegabytes}} MB. Scan the page with 300 dpi, or split the PDF, then import it again.',
  'import.changedWhileReading':
    '{{file}} was not taken: it changed while it was read. Wait until the scanner or program has finished writing it, then import it again.',
  'import.diskFull':
    '{{file}} was not taken: the disk of this PC is full, at least {{megabytes}} MB more are needed. Pages taken before are safe. Free some space, then import the remaining files again.',
  'import.readOnly':
    '{{file}} was not taken: the vault on this PC cannot be written to. Pages taken before are safe. Call IT, then import the remaining files again.',
  'import.diskError':
    '{{file}} was not taken: the disk of this PC reported an error. Pages taken before are safe. Try again; if it happens again, call IT.',
  'import.noAnswer':
    '{{file}} was not taken: the folder in which it lies does not answer. Import it again when the share or drive can be reached.',
  'import.notTried':
    '{{file}} was not tried, because the import had to stop before it. Solve what is named at the other file, then import this one again.',
  'import.folderUnreadable':
    'The folder {{file}} was not taken: this account may not read it. Ask IT for the right to read it, then import it again.',
  'import.folderEmpty':
    'The folder {{file}} was not taken: there is no file in it. Choose the folder that holds the pages.',
  'import.folderInFolder':
    'The folder {{file}} inside {{folder}} was not taken: only files directly in a folder are. Import {{file}} by itself if its pages belong to this customer.',
  'import.phonePhoto':
    '{{file}} is a HEIC photo, as phones take them, and cannot be read here. Have the phone send it as JPEG: on an iPhone, share it by mail, or choose Settings, Camera, Formats, Most Compatible before taking it.',
  'import.unknownType':
    '{{file}} was not taken: its content is no JPEG, PNG, TIFF, WebP or PDF, whatever its name says. Scan or save the page as JPEG, PNG or PDF.',
  'import.wrongType':
    '{{file}} was not taken: its content is {{type}}, and Satchel takes JPEG, PNG, TIFF, WebP and PDF. Scan or save the page as JPEG, PNG or PDF.',
  'import.truncated':
    '{{file}} was not taken: it is a {{type}} that ends too early, a part is missing. Scan or copy it again, then import the new file.',

  'capture.isVoided': 'This submission was voided, so nothing can be added or changed. Start a new customer.',
  'capture.isReleased':
    'This submission was released already, so nothing can be added or changed. To correct it before everything is sent, open it in Submissions and take it back.',
  'capture.isHeld': 'This submission is held. Let it go on first, then release it.',
  'capture.notReady': 'This submission is not ready yet. Fill what is marked red, then release it.',
  'capture.notPossibleNow': 'This is not possible at the stage where the submission is now. Look at its timeline.',
  'capture.unknownSlot': 'This customer has no such slot any more. Choose one of the slots shown.',
  'capture.pageIsDelivered':
    'The provider has this page already, so it stays. Capture a new page for its slot if the provider wants one.',
  'capture.documentIsFixed':
    'The provider has pages of this document already, so its type stays. Capture the pages that are wanted, or void the submission and start a new customer.',
  'capture.overrideNotEnough':
    'This cannot be overridden: a required page or field is missing, a page is still being checked, or pages may be of two customers. Fill or decide what is marked, then override the rest.',
  'capture.otherDisagreement': 'What does not agree has changed in the meantime. Look at it again, then decide.',
  'capture.nothingDisagrees':
    'The pages of this customer agree with each other and with what was typed, so nothing is to be decided.',
  'capture.beingAsked': 'The provider is being asked about this customer at this moment. Try again in a moment.',
  'capture.takeBackWhileSending':
    'A page of this submission is being sent at this moment. Wait until it has arrived, then take the submission back.',
  'capture.takeBackWhileUnknown':
    'It is not known whether the last call of this submission has arrived. Satchel finds out by itself, or asks in Attention. Take the submission back after that.',
  'capture.voidWhileSending':
    'A page of this submission is being sent at this moment. Wait until it has arrived, then void it.',
  'capture.voidWhileUnknown':
    'It is not known whether the last call of this submission has arrived. Decide that first in Attention, then void it.',

  'batch.isClosed': 'The batch is closed, so no customer can be added. Reopen it or start a new batch.',

  'connection.notFound': 'This connection is no longer there. Choose another one in Settings.',
  'connection.inUse_one':
    'The connection cannot be removed: {{count}} submission over it has not come to its end. Wait for its decision, or void it.',
  'connection.inUse_other':
    'The connection cannot be removed: {{count}} submissions over it have not come to their end. Wait for their decisions, or void them.',
  'connection.redactsWhenPurged':
    'The connection cannot be removed while its provider is to remove the data of its customers when their pages are purged. Turn that off in the settings under Retention first.',
  'connection.redacting_one':
    'The connection cannot be removed: the data of {{count}} purged customer is still to be removed at the provider. Wait until it is, or turn that off in the settings under Retention.',
  'connection.redacting_other':
    'The connection cannot be removed: {{count}} records of purged customers are still to be removed at the provider. Wait until they are, or turn that off in the settings under Retention.',

  'manifest.notChosen': 'No folder is chosen. Choose the folder that holds the manifest.',
  'manifest.notFound':
    'There is no {{file}} to read in the folder {{folder}}. Choose the folder that holds it, and check that this account may read it.',
  'manifest.tooLarge': '{{file}} is larger than 10 MB, so it was not read. Split it into several folders.',
  'manifest.notUtf8': '{{file}} is not UTF-8 text, so nothing was imported. Save it as CSV with UTF-8 and try again.',
  'manifest.notCsv':
    '{{file}}, line {{line}}: a quotation mark is opened and not closed, or stands in the middle of a cell. Nothing was imported. Correct the line and try again.',
  'manifest.empty': '{{file}} is empty. Write the columns into its first line and one file into each line after it.',
  'manifest.noRows': '{{file}} has columns and no rows. Write one file into each line after the first.',
  'manifest.unknownColumn':
    '{{file}}, line {{line}}: there is no column called "{{column}}". Nothing was imported. Correct or remove the column and try again.',
  'manifest.missingColumn':
    '{{file}}, line {{line}}: the column "{{column}}" is missing. Nothing was imported. Add the column (its cells may be empty) and try again.',
  'manifest.columnTwice':
    '{{file}}, line {{line}}: the column "{{column}}" is there twice. Nothing was imported. Remove one and try again.',
  'manifest.cellCount':
    'Line {{line}} was left out: it has {{found}} cells, {{wanted}} are needed. Check its separators and quotation marks.',
  'manifest.noCustomer':
    'Line {{line}} was left out: its column customer is empty. Write the same word into every line of one customer.',
  'manifest.customerLeftOut':
    'Customer {{customer}} (line {{line}}) was left out with all its files ({{files}}). Correct the line named with it and import it again.',
  'manifest.contradiction':
    'Line {{line}}: column {{column}} of customer {{customer}} is not the same as in line {{firstLine}}. Check that both lines are about the same person.',
  'manifest.unknownFlow': 'Line {{line}}: the connection has no flow "{{flow}}" (column flow). Use one of: {{known}}.',
  'manifest.ambiguousFlow':
    'Two of the chosen connections have a flow "{{flow}}". Nothing was imported. Import for one connection at a time.',
  'manifest.unknownRequirement':
    'Line {{line}} was left out: the flow has no requirement "{{requirement}}" (column requirement). Use one of: {{known}}.',
  'manifest.unknownDocumentType':
    'Line {{line}} was left out: "{{documentType}}" (column document_type) is not accepted there. Use one of: {{known}}.',
  'manifest.unknownSide':
    'Line {{line}} was left out: "{{side}}" (column side) is not a side of that document. Use one of: {{known}}.',
  'manifest.twoDocumentTypes':
    'Line {{line}} was left out: requirement {{requirement}} already has the document {{first}} in an earlier line. Use one document type for it.',
  'manifest.slotTwice':
    'Line {{line}} was left out: line {{firstLine}} has a file for the same side of that document already. Keep one of the two lines.',
  'manifest.fileOfTwo':
    'Line {{line}} was left out: {{file}} is the same file as {{other}} in line {{otherLine}}, of another customer. Find out whose it is and correct both lines.',
  'manifest.referenceTwice':
    'Line {{line}}: customer {{customer}} has the reference {{reference}}, as customer {{other}} in line {{otherLine}} has. Write one word into the column customer if they are the same, or correct the reference.',
  'manifest.encrypted':
    '{{file}} is encrypted. If it asks for a password, no provider can open it: save it without one and import that.',
  'manifest.importedBefore':
    '{{before}} of {{total}} customers came in by a manifest before, with the same files. Import them again only if they are to be there twice.',
  'manifest.importedInPart':
    '{{before}} of {{total}} customers came in by a manifest before, whole or in part. The files of these lines are here already: {{lines}}. Import only what is missing (files: {{missing}}).',
  'manifest.begunBefore':
    '{{before}} of {{total}} customers are here already, without any of their files: an import of this manifest was broken off. Import only what is missing (files: {{missing}}).',
  'manifest.notAgainInPart':
    'Nothing was imported: {{before}} of {{total}} customers came in by a manifest before, whole or in part. Import only what is missing (files: {{missing}}; command line: --missing), or everything once more (--again).',
  'manifest.cannotAdd':
    'Line {{line}}: customer {{customer}} has only a part of their files here, and this one cannot be added: the customer was released, or has another reference now. Add it at the desk.',
  'manifest.notAgain':
    'Nothing was imported: {{before}} of {{total}} customers came in by a manifest before, with the same files. Read the folder again and confirm it if they are to be there twice (command line: --again).',
  'manifest.noAnswer':
    '{{file}} cannot be read: the folder does not answer, as a share does whose server has gone. Nothing was imported. Try again when it can be reached.',
  'manifest.noFile':
    'Line {{line}} was left out: its column file is empty. Write the name of the file, as it is in the folder.',
  'manifest.fileMissing':
    'Line {{line}} was left out: the file {{file}} is not in the folder. Check its name letter by letter, then import it again.',
  'manifest.fileOutside':
    'Line {{line}} was left out: {{file}} lies outside the folder of the manifest, or is a link. Put the file itself into the folder.',
  'manifest.unknownCountry':
    'Line {{line}}: {{country}} (column country) is no country code. Use three letters as in DEU, AUS or GBR.',
  'manifest.bad.given_name':
    'Line {{line}}: the given name (column given_name) is longer than 100 letters. Shorten it.',
  'manifest.bad.family_name':
    'Line {{line}}: the family name (column family_name) is longer than 100 letters. Shorten it.',
  'manifest.bad.birth_date':
    'Line {{line}}: column birth_date is not a date. Write it as year-month-day, like 1984-08-12.',
  'manifest.bad.document_number':
    'Line {{line}}: the document number (column document_number) is longer than 40 characters. Shorten it.',
  'manifest.bad.document_expiry_date':
    'Line {{line}}: column document_expiry_date is not a date. Write it as year-month-day, like 2031-05-17, or leave it empty.',
  'manifest.bad.issued_on':
    'Line {{line}}: column issued_on is not a date. Write it as year-month-day, like 2026-05-17, or leave it empty.',
  'manifest.twoIssueDates':
    'Line {{line}} was left out: requirement {{requirement}} has another date in column issued_on in an earlier line. Write the same date in both.',
  'manifest.bad.country':
    'Line {{line}}: column country is not a country code. Use three letters as in DEU, AUS or GBR.',
  'manifest.bad.email': 'Line {{line}}: column email is not an e-mail address. Correct it or leave it empty.',
  'manifest.bad.phone':
    'Line {{line}}: column phone is not a phone number. Write it with + and the country, like +61400000000.',
  'manifest.bad.company_name': 'Line {{line}}: column company_name is longer than 200 letters. Shorten it.',
  'manifest.bad.registration_number':
    'Line {{line}}: column registration_number is longer than 60 characters. Shorten it.',
  'manifest.bad.reference': 'Line {{line}}: column reference is longer than 80 characters. Shorten it.',

  'finding.slot.empty': '{{requirement}}: a page is missing.',
  'finding.slot.empty.next': 'Scan or import it.',
  'finding.slot.otherSideEmpty': '{{requirement}}: this side is missing, the other one is there.',
  'finding.slot.otherSideEmpty.next': 'Scan or import it, or take the other side out.',
  'finding.slot.wantsRetake': '{{requirement}}: the provider wants a new image.',
  'finding.slot.wantsRetake.next': 'Scan or import the page again.',
  'finding.slot.needsPicture': '{{file}} is a PDF, and this slot needs a picture.',
  'finding.slot.needsPicture.next': 'Take the page out and import a JPEG or PNG.',
  'finding.subject.missing.givenName': 'The given name is missing, and the provider needs it.',
  'finding.subject.missing.givenName.next': 'Fill in the given name.',
  'finding.subject.missing.familyName': 'The family name is missing, and the provider needs it.',
  'finding.subject.missing.familyName.next': 'Fill in the family name.',
  'finding.subject.missing.birthDate': 'The date of birth is missing, and the provider needs it.',
  'finding.subject.missing.birthDate.next': 'Fill in the date of birth.',
  'finding.subject.missing.documentNumber': 'The document number is missing, and the flow asks for it.',
  'finding.subject.missing.documentNumber.next': 'Fill in the number that is printed on the document.',
  'finding.subject.missing.documentExpiryDate': 'The date of expiry is missing, and the flow asks for it.',
  'finding.subject.missing.documentExpiryDate.next': 'Fill in the date that is printed on the document.',
  'finding.subject.missing.country': 'The country is missing, and the provider needs it.',
  'finding.subject.missing.country.next': 'Fill in the country.',
  'finding.subject.missing.email': 'The e-mail address is missing, and the provider needs it.',
  'finding.subject.missing.email.next': 'Fill in the e-mail address.',
  'finding.subject.missing.phone': 'The phone number is missing, and the provider needs it.',
  'finding.subject.missing.phone.next': 'Fill in the phone number.',
  'finding.subject.missing.companyName': 'The name of the company is missing, and the provider needs it.',
  'finding.subject.missing.companyName.next': 'Fill in the name as the register has it.',
  'finding.subject.missing.registrationNumber':
    'The company’s number in the register is missing, and the provider needs it.',
  'finding.subject.missing.registrationNumber.next': 'Fill in the number as the register has it.',
  'finding.subject.missing.reference': 'The reference is missing, and the provider needs it.',
  'finding.subject.missing.reference.next': 'Fill in the reference.',
  'finding.subject.birthDateInFuture': 'The date of birth lies in the future.',
  'finding.subject.birthDateInFuture.next': 'Correct the date.',
  'finding.subject.documentExpired': 'The identity document has expired, and the provider refuses it.',
  'finding.subject.documentExpired.next': 'Ask for a valid document, or correct the date.',
  'finding.document.tooOld': '{{file}} was issued {{days}} days ago; the limit is {{max}} days.',
  'finding.document.tooOld.next': 'Ask for a newer one, or correct the date of issue.',
  'finding.document.issueDateMissing': 'The date of issue of {{file}} is not known yet; the limit is {{max}} days.',
  'finding.document.issueDateMissing.next': 'Type the date that is printed on it into “Issued on”.',
  'finding.document.issuedInFuture': 'The date of issue of {{file}} lies in the future.',
  'finding.document.issuedInFuture.next': 'Correct the date of issue.',
  'finding.subject.unconfirmed_one': 'One field was read from the document, and nobody has compared it yet.',
  'finding.subject.unconfirmed_other':
    '{{count}} fields were read from the document, and nobody has compared them yet.',
  'finding.subject.unconfirmed.next': 'Compare with the document, correct what is wrong, then press F7.',
  'finding.identity.disagrees': '{{file}} may be of another customer: it does not say what the fields say.',
  'finding.identity.disagrees.next':
    'Compare both, then correct the field, take the page out, or say that it is the same customer.',
  'finding.identity.pagesDisagree': '{{file}} and {{other}} may be of two customers: they do not say the same.',
  'finding.identity.pagesDisagree.next':
    'Compare both pages, then take the wrong one out, or say that it is the same customer.',
  'finding.identity.otherExpiry': '{{file}} is valid until another day than the field says.',
  'finding.identity.otherExpiry.next': 'Compare the date with the document and correct the field.',
  'finding.identity.decided': 'What {{file}} says is different, and a person decided that it is the same customer.',
  'finding.identity.decided.next': 'Nothing has to be done unless that was wrong.',
  'finding.identity.sameNumber':
    '{{file}} has the document number that was also read for the customer with reference {{reference}}.',
  'finding.identity.sameNumber.next': 'Open the other customer and check whose document it is.',
  'finding.identity.sameNumberUnnamed':
    '{{file}} has the document number that was also read for a customer without a reference.',
  'finding.identity.sameNumberUnnamed.next': 'Open the other customer and check whose document it is.',
  'finding.country.unknown': '{{country}} is no country.',
  'finding.country.unknown.next': 'Choose the country from the list.',
  'finding.page.beingChecked': '{{file}} is being checked.',
  'finding.page.beingChecked.next': 'Wait a moment.',
  'finding.page.checkWaits':
    '{{file}} cannot be read on this PC just now, so it is not checked yet: another program may be holding it.',
  'finding.page.checkWaits.next': 'Wait while Satchel tries again by itself, and call IT if this stays.',
  'finding.page.damaged': '{{file}} cannot be read to its end: it is damaged or a part is missing.',
  'finding.page.damaged.next': 'Scan or import the page again.',
  'finding.page.notConvertible':
    '{{file}} cannot be read to its end, so it cannot be sent in the form that the provider takes.',
  'finding.page.notConvertible.next': 'Scan the page again as JPEG, PNG or PDF.',
  'finding.page.editorNamed':
    '{{file}} names {{program}}, a program for editing pictures, so the provider may take it as edited.',
  'finding.page.editorNamed.next': 'Scan or photograph the document itself anew.',
  'finding.page.tooManySheets': '{{file}} holds more than 50 sheets.',
  'finding.page.tooManySheets.next': 'Save the sheets that are needed as a file of their own.',
  'finding.page.foreignTiff':
    '{{file}} is a TIFF of a kind that cannot be shown here ({{kind}}). That does not mean that it is damaged.',
  'finding.page.foreignTiff.next': 'Scan the page again as JPEG, PNG or PDF, or have the file saved as one of these.',
  'finding.page.animated': '{{file}} is an animation: several pictures that are shown one after the other.',
  'finding.page.animated.next':
    'Photograph or scan the document, or save the one picture that shows it as JPEG or PNG, and import that.',
  'finding.page.filmWithin':
    '{{file}} has a short film of {{megabytes}} MB behind its picture, as phones record it, and is sent with it.',
  'finding.page.filmWithin.next':
    'If the film should not go along, turn the motion photo off on the phone and take the picture again.',
  'finding.persona.sentAs':
    '{{file}} is sent as {{to}}: {{from}} is none of the forms that Persona shows. The original stays here as it is.',
  'finding.persona.sentAs.next': 'Nothing has to be done.',
  'finding.persona.sentSmaller':
    '{{file}} is sent as a smaller {{to}}: Persona takes photos of identity documents up to 15 MB. The original stays here as it is.',
  'finding.persona.sentSmaller.next': 'Nothing has to be done.',
  'finding.persona.sentAsPicture':
    '{{file}} is sent as {{to}}: Persona takes identity documents as pictures only. The original stays here as it is.',
  'finding.persona.sentAsPicture.next': 'Nothing has to be done.',
  'finding.personr.sentAs':
    '{{file}} is sent as {{to}}: Personr does not take {{from}}. The original stays here as it is.',
  'finding.personr.sentAs.next': 'Nothing has to be done.',
  'finding.personr.sentUnlocked':
    '{{file}} is sent as {{to}}: it is a protected PDF, and Personr probably refuses encrypted files. The original stays here as it is.',
  'finding.personr.sentUnlocked.next': 'Nothing has to be done.',
  'finding.mrz.unsure':
    '{{file}} has a machine-readable zone (the lines of letters and <<<), but it cannot be read surely.',
  'finding.mrz.unsure.next': 'Scan the page again: flat, sharp, without glare, and with the whole zone on it.',
  'finding.mrz.anotherUnsure':
    '{{file}} shows one more document, whose machine-readable zone cannot be read surely: it may be somebody else’s.',
  'finding.mrz.anotherUnsure.next': 'Scan the documents again, each by itself.',
  'finding.mrz.expired':
    'The machine-readable zone of {{file}} says that the document has expired, and the provider refuses it.',
  'finding.mrz.expired.next': 'Ask for a valid document.',
  'finding.licence.expired': 'The barcode of {{file}} says that the licence has expired.',
  'finding.licence.expired.next': 'Ask for a valid document.',
  'finding.page.separator': '{{file}} is a separator sheet and no page of a customer.',
  'finding.page.separator.next': 'Move it to the tray, and scan the page that belongs here.',
  'finding.page.separatorWithin': '{{file}} has a separator sheet among its sheets, so it may be of several customers.',
  'finding.page.separatorWithin.next':
    'Take the page out, and import the sheets of each customer as a file of their own.',
  'finding.page.twoPeople': 'Sheets {{first}} and {{other}} of {{file}} are documents of two people.',
  'finding.page.twoPeople.next': 'Take the page out, and import the sheets of each customer as a file of their own.',
  'finding.page.twoPeopleTogether': '{{file}} shows documents of two people.',
  'finding.page.twoPeopleTogether.next': 'Take the page out, and capture the document of each customer by itself.',
  'finding.page.unreadable': '{{file}} could not be opened in a reasonable time, so no provider will open it either.',
  'finding.page.unreadable.next': 'Scan the page again, or save it anew as JPEG.',
  'finding.page.lost': 'The stored bytes of {{file}} are missing or altered on this PC.',
  'finding.page.lost.next': 'Capture the page again and call IT.',
  'finding.page.tooManyPixels': '{{file}} has more than 100 million pixels.',
  'finding.page.tooManyPixels.next': 'Scan the page with 300 dpi.',
  'finding.page.tooFewPixels': '{{file}} has only {{width}} × {{height}} pixels, so details may not be visible.',
  'finding.page.tooFewPixels.next': 'Scan it with 300 dpi, or take the photo again from nearer.',
  'finding.page.blank': 'There is nothing on {{file}}.',
  'finding.page.blank.next': 'Turn the page over and scan it again, or take it out.',
  'finding.page.lowResolution':
    '{{file}} shows the document with about {{dpi}} dots per inch; small print needs {{wanted}} or more.',
  'finding.page.lowResolution.next': 'Scan it with 300 dpi, or take the photo from nearer.',
  'finding.page.blurred': '{{file}} is blurred, so small print may not be readable.',
  'finding.page.blurred.next': 'Scan it again: flat on clean glass, or with the camera held still and in focus.',
  'finding.page.glare': '{{file}} has a reflection that may cover something.',
  'finding.page.glare.next': 'Capture it again without flash, tilted away from the lamp.',
  'finding.page.dark': '{{file}} is very dark.',
  'finding.page.dark.next': 'Capture it again with more light.',
  'finding.page.overexposed': 'Large parts of {{file}} are plain white: it was exposed too long.',
  'finding.page.overexposed.next': 'Capture it again with less light, or scan it less bright.',
  'finding.page.faint': '{{file}} is faint: print hardly stands out from the paper.',
  'finding.page.faint.next': 'Scan it again with more contrast, or ask for a better copy.',
  'finding.page.cut': 'The document runs over the edge of {{file}}.',
  'finding.page.cut.next': 'Capture it again with the whole document in the picture.',
  'finding.page.noFace': 'No face was seen on {{file}}.',
  'finding.page.noFace.next':
    'Look whether the face is whole, in front and lit, and the picture upright; take it again if not.',
  'finding.page.severalFaces': 'More than one face was seen on {{file}}.',
  'finding.page.severalFaces.next': 'Look whether only the customer is in the picture; take it again if not.',
  'finding.persona.page.blackAndWhite': '{{file}} is in black and white.',
  'finding.persona.page.blackAndWhite.next': 'Scan it in colour if the document has colours.',
  'finding.personr.page.blackAndWhite':
    '{{file}} is in black and white, and Personr sends documents in black and white back.',
  'finding.personr.page.blackAndWhite.next': 'Scan the document itself, in colour.',
  'finding.page.wrongExtension': '{{file}} is really a {{type}}. It is sent with the extension {{rightExtension}}.',
  'finding.page.wrongExtension.next': 'Nothing to do here; rename the file at its source to {{rightExtension}}.',
  'finding.page.duplicate': '{{file}} was captured before, for the customer with reference {{reference}}.',
  'finding.page.duplicate.next': 'Compare both pages and take one out if it is here by mistake.',
  'finding.page.duplicateUnnamed': '{{file}} was captured before, for a customer without a reference.',
  'finding.page.duplicateUnnamed.next': 'Compare both pages and take one out if it is here by mistake.',
  'finding.page.sameBytes': '{{file}} and {{other}} are the same file in two slots.',
  'finding.page.sameBytes.next': 'Put the right page into one of the slots.',
  'finding.page.cardForPassport': '{{file}} is the back of a card, and a passport is wanted here.',
  'finding.page.cardForPassport.next': 'Choose the card as the document, or scan the passport.',
  'finding.page.passportForCard': '{{file}} is a passport, and a card is wanted here.',
  'finding.page.passportForCard.next': 'Choose the passport as the document, or scan the card.',
  'finding.page.backForFront': '{{file}} is the back of the card, and its front is wanted here.',
  'finding.page.backForFront.next': 'Move it to the place of the back, and scan the front.',
  'finding.page.scannedSelfie': '{{file}} came from the scanner, and a photo of the customer is wanted here.',
  'finding.page.scannedSelfie.next': 'Move it to the place of its document, and take a photo of the customer.',
  'finding.page.documentForSelfie': '{{file}} shows a document, and a photo of the customer is wanted here.',
  'finding.page.documentForSelfie.next': 'Move it to the place of the document, and take a photo of the customer.',
  'finding.page.sameImage': '{{file}} and {{other}} show the same side.',
  'finding.page.sameImage.next': 'Turn the document over and scan the other side.',
  'finding.page.alike': '{{file}} looks like a page captured before, for the customer with reference {{reference}}.',
  'finding.page.alike.next': 'Compare both pages and take one out if it is here by mistake.',
  'finding.page.alikeUnnamed': '{{file}} looks like a page captured before, for a customer without a reference.',
  'finding.page.alikeUnnamed.next': 'Compare both pages and take one out if it is here by mistake.',
  'finding.page.inTray': '{{file}} lies in the tray and is not sent.',
  'finding.page.inTray.next': 'Move it into a slot, or take it out.',
  'finding.pdf.encrypted': '{{file}} asks for a password, so the provider cannot open it.',
  'finding.pdf.encrypted.next': 'Save the PDF without a password, or scan the page.',
  'finding.pdf.noSheets': '{{file}} is a PDF without a sheet.',
  'finding.pdf.noSheets.next': 'Scan or save the page again.',
  'finding.pdf.several': '{{file}} holds several PDFs, one behind the other, and readers show only one of them.',
  'finding.pdf.several.next': 'Scan or save each as a file of its own, and import those that belong here.',
  'finding.pdf.sentAlone':
    '{{file}} does not begin or end as a PDF should: web portals and mail programs write something before or behind it, and some programs leave out its last line. A {{to}} is sent that does. The original stays here as it is.',
  'finding.pdf.sentAlone.next': 'Nothing has to be done.',
  'finding.persona.file.type': '{{file}} is no JPEG, PNG or PDF, and Persona shows no other form.',
  'finding.persona.file.type.next': 'Scan the page as JPEG, PNG or PDF.',
  'finding.persona.file.tooSmall':
    '{{file}} has {{kilobytes}} KB. Persona states {{limitKilobytes}} KB as the least for photos of identity documents.',
  'finding.persona.file.tooSmall.next': 'Scan the page with a higher resolution.',
  'finding.persona.file.tooLarge':
    '{{file}} has {{megabytes}} MB. Persona states {{limitMegabytes}} MB as the most for photos of identity documents.',
  'finding.persona.file.tooLarge.next': 'Scan the page with 300 dpi as JPEG.',
  'finding.persona.file.encrypted':
    '{{file}} is a protected PDF, and Persona does not say whether it takes encrypted files.',
  'finding.persona.file.encrypted.next': 'Scan the page, or save the PDF without protection.',
  'finding.persona.country.missing': '{{requirement}}: the country of the document is missing, and Persona needs it.',
  'finding.persona.country.missing.next': 'Choose the country.',
  'finding.persona.country.differs':
    '{{file}} names {{read}} as its country, and {{sent}} would be sent to Persona with it.',
  'finding.persona.country.differs.next': 'Choose the country of the document.',
  'finding.persona.photo.wanted': '{{file}} is a PDF. Persona takes identity documents as pictures only.',
  'finding.persona.photo.wanted.next': 'Scan the page as a picture.',
  'finding.persona.photo.severalSheets':
    '{{file}} is a PDF of {{sheets}} sheets. Persona takes identity documents as pictures only, one for each side.',
  'finding.persona.photo.severalSheets.next':
    'Scan each side as a picture, or save the sheet that belongs here by itself.',
  'finding.personr.file.type': '{{file}} is no JPEG, PNG or PDF, and Personr takes nothing else.',
  'finding.personr.file.type.next': 'Scan the page as JPEG, PNG or PDF.',
  'finding.personr.file.tooLarge':
    '{{file}} has {{megabytes}} MB. Personr probably refuses more than {{limitMegabytes}} MB.',
  'finding.personr.file.tooLarge.next': 'Scan the page with 300 dpi as JPEG.',
  'finding.personr.file.encrypted': '{{file}} is a protected PDF, and Personr probably refuses encrypted files.',
  'finding.personr.file.encrypted.next': 'Print it and scan it, or save the PDF without protection.',
  'finding.personr.country.missing': '{{requirement}}: the country of the document is missing, and Personr needs it.',
  'finding.personr.country.missing.next': 'Choose the country.',
  'finding.personr.document.word':
    '{{requirement}}: the flow calls this document “{{type}}”, but Personr writes its documents in capital letters, as DRIVERS.',
  'finding.personr.document.word.next':
    'IT corrects the flow in the connection’s settings; the customer follows it by itself.',
  'finding.personr.country.differs':
    '{{file}} names {{read}} as its country, and {{sent}} would be sent to Personr with it.',
  'finding.personr.country.differs.next': 'Choose the country of the document.',
  'finding.personr.page.sameBytes':
    '{{file}} and {{other}} are the same file in two slots. Personr refuses the same image twice.',
  'finding.personr.page.sameBytes.next': 'Scan or import the right page for one of the slots.',

  'ledger.batchCreated': 'Batch {{number}} was started.',
  'ledger.batchClosed': 'Batch {{number}} was closed.',
  'ledger.batchReopened': 'Batch {{number}} was opened again.',
  'ledger.batchReleased': 'Batch {{number}} was released: {{released}} gone, {{kept}} kept at the desk.',
  'ledger.submissionCreated': 'The customer was begun under the flow {{flow}}.',
  'ledger.subjectSaved': 'The customer’s fields were saved.',
  'ledger.subjectSavedHere':
    'The customer’s fields were saved here. The provider was given them before and takes no change, so there they stay as they were.',
  'ledger.subjectFilled_one': 'A field of the customer was filled with what a page says.',
  'ledger.subjectFilled_other': '{{count}} fields of the customer were filled with what a page says.',
  'ledger.subjectWithdrawn_one': 'A field that a page had filled is empty again, because the page was taken out.',
  'ledger.subjectWithdrawn_other':
    '{{count}} fields that a page had filled are empty again, because the page was taken out.',
  'ledger.ownerSet': 'A customer was made an owner of the company.',
  'ledger.ownerRemoved': 'A customer is no owner of the company any more.',
  'capture.ownerOfPerson': 'Only a company has owners.',
  'capture.ownerIsLinked': 'The provider has linked this owner to the company already. It can only be changed there.',
  'capture.ownerElsewhere': 'An owner must be a person of the same batch and connection who is not voided.',
  'finding.owner.voided': 'An owner of this company was voided, so the provider will never have them.',
  'finding.owner.voided.next': 'Take this owner out of the company, or add the right one.',
  'capture.linkOnlyForRetake':
    'The customer can only finish by themselves when the provider wants new pictures, and the submission is not held.',
  'capture.linkIsOut':
    'The customer has a link already. If they have lost it, take them back to the desk first; then a new one can be made.',
  'capture.linkAndPages':
    'Pages were captured for this retake. Release them, or take them out before the customer finishes by themselves.',
  'capture.linkNotOffered': 'The provider does not offer this for this customer, or no attempt is left.',
  'capture.noLinkAwaited': 'It is not waited for this customer.',
  'ledger.handedOver': 'The customer was given the link of the provider, to take the new pictures by themselves.',
  'ledger.backFromCustomer': 'It is no longer waited for the customer: the new pictures are taken at the desk.',
  'ledger.keptRead_one': 'One document was read back from the provider, in clear, to a folder that a person named.',
  'ledger.keptRead_other':
    '{{count}} documents were read back from the provider, in clear, to a folder that a person named.',
  'ledger.recordRead': 'The provider was asked how the customer stands there.',
  'ledger.subjectConfirmed_one': 'A field that was read from the document was confirmed.',
  'ledger.subjectConfirmed_other': '{{count}} fields that were read from the document were confirmed.',
  'ledger.identityDisagrees': 'A page may be of another customer, so this one is stopped until a person decides.',
  'ledger.identityDecided_one': 'Something that does not agree was said to be the same customer’s, with a reason.',
  'ledger.identityDecided_other':
    '{{count}} things that do not agree were said to be the same customer’s, with a reason.',
  'ledger.documentChosen': '{{requirement}}: the document was chosen.',
  'ledger.pageCaptured': '{{requirement}}: a page was captured.',
  'ledger.pageRetaken': '{{requirement}}: a new page took the place of the one that the provider wants again.',
  'ledger.pageCapturedToTray': 'A page was captured and lies in the tray.',
  'ledger.pageRendition':
    'A page is sent as {{to}}, because the provider does not take {{from}}. The original is kept.',
  'ledger.pageRenditionSmaller':
    'A page is sent as a smaller {{to}}, because the provider does not take a picture as large as it is. The original is kept.',
  'ledger.pageRenditionUnlocked':
    'A page is sent as {{to}}, because the provider refuses encrypted files. The original is kept.',
  'ledger.pageRenditionAlone':
    'A page is sent as {{to}} that begins and ends as it should, without what its file has before or behind it. The original is kept.',
  'ledger.pageMoved': 'A page was moved to another slot.',
  'ledger.pageMovedToTray': 'A page was moved to the tray.',
  'ledger.blankSetAside': 'A page with nothing on it was laid into the tray.',
  'ledger.separatorSetAside': 'A separator sheet was laid into the tray.',
  'ledger.pageClosedUp':
    '{{requirement}}: the next page of the import moved up, because one before it lies in the tray.',
  'ledger.pageRemoved': 'A page was taken out.',
  'ledger.pageReplaced': 'A page was taken out, and a new scan took its place.',
  'ledger.pageRestored': 'A page that had been taken out was brought back.',
  'ledger.pageFinding': 'A check found something wrong with a page.',
  'ledger.purged_one': 'The page was purged: the {{days}} days for which pages are kept are over.',
  'ledger.purged_other': '{{count}} pages were purged: the {{days}} days for which pages are kept are over.',
  'ledger.retentionSet_one': 'From now on pages are kept for one day after the decision, then purged.',
  'ledger.retentionSet_other': 'From now on pages are kept for {{count}} days after the decision, then purged.',
  'ledger.redactionOn': 'From now on the provider removes the customer’s data too when pages are purged here.',
  'ledger.redactionOff': 'From now on the provider’s records stay as they are when pages are purged here.',
  'ledger.redactionForgotten':
    'An older copy took the place of the database. Nothing is removed at providers, and no page is purged, until somebody says under Retention whether they still remove it.',
  'ledger.redactionCalledOff':
    'That was turned off before its turn came, so no more is removed at the provider. What a call had asked for before may be gone there.',
  'ledger.retentionOff': 'From now on pages are kept for good.',
  'ledger.overridden_one': 'A finding was overridden, with a reason.',
  'ledger.overridden_other': '{{count}} findings were overridden, with a reason.',
};
