import { engineWords } from './engine.ts';

/** What Sumsub said, and what is wrong with a page by Sumsub's own rules. Its images' and labels' words are the engine's. */
export const sumsub: Readonly<Record<string, string>> = {
  'sumsub.created': 'Sumsub has taken on the customer.',
  'sumsub.createFound':
    'Sumsub has the customer already, under the reference that was sent. Nothing was created twice.',
  'sumsub.createDidNotHappen': 'Sumsub has no customer under the reference that was sent. The customer is created now.',
  'sumsub.referenceTaken':
    'Sumsub says that the reference of this customer is taken, but does not show the customer to this app token. Somebody may have deleted the record there, or the token is another account’s.',
  'sumsub.askApplicant':
    'The answer to creating the customer was lost. Look in Sumsub’s dashboard for the newest applicant with this customer’s name.',
  'sumsub.recordOther': 'The applicant of that id is not the one that was created from here. Nothing was changed.',
  'sumsub.otherApplicant':
    'Sumsub’s answer names another customer. Nothing more is sent for this one until IT has looked.',
  'sumsub.uploaded': 'Sumsub has taken the page.',
  'sumsub.uploadedNow': 'Sumsub has taken the page now: the attempt before had not arrived.',
  'sumsub.uploadedWithWarnings': 'Sumsub has taken the page, with remarks.',
  'sumsub.uploadFound': 'Sumsub has the page already; nothing was sent twice.',
  'sumsub.uploadDidNotHappen':
    'Sumsub lists what it has of this customer, and this page is not there. It is sent again.',
  'sumsub.uploadNotNamed':
    'Sumsub does not show which pages it has. The very same bytes go again: should they be there, Sumsub says so, and that counts as the lost answer.',
  'sumsub.askPage': 'The answer to sending the page was lost. Look in Sumsub’s dashboard whether the page is there.',
  'sumsub.sideStillThere': 'Sumsub still has this side and uses it, so it was not sent again.',
  'sumsub.sideInactive':
    'Sumsub put this side out of use when it refused the other one, and does not take the same image again. Scan this side again too.',
  'sumsub.started': 'Sumsub has started the check.',
  'sumsub.startFound': 'The check has started already; nothing was started twice.',
  'sumsub.startDidNotHappen': 'The check has not started. It is started again.',
  'sumsub.cannotTellStart':
    'The answer was lost, and Sumsub cannot tell whether the check has started. Look in Sumsub’s dashboard.',
  'sumsub.documentsMissing':
    'Sumsub’s level asks for more than this flow has. The flow or the level must be corrected.',
  'sumsub.inReview': 'Sumsub is checking the customer.',
  'sumsub.onHold':
    'Somebody at your organisation has to look at this customer in Sumsub’s dashboard. Satchel keeps asking.',
  'sumsub.awaitingUser':
    'Sumsub waits for something from the customer that is not a page. Look in Sumsub’s dashboard; Satchel keeps asking.',
  'sumsub.statusUnknown': 'Sumsub reports a state that Satchel does not know ({{status}}). It keeps asking.',
  'sumsub.fieldMissing': 'Sumsub needs this field: {{field}}.',
  'sumsub.fieldRefused': 'Sumsub refused this field: {{field}}.',
  'sumsub.invalid': 'Sumsub refused the customer’s data.',
  'sumsub.applicantMissing':
    'Sumsub no longer has this customer. Somebody may have deleted the record there. If it was not decided yet, no decision will come: void this submission, and capture the customer anew if a check is still wanted.',
  'sumsub.applicantUnknown': 'Sumsub’s own number of this customer is not known, so nothing can be sent for them.',
  'sumsub.applicantEnded': 'Sumsub takes no more images for this customer.',
  'sumsub.levelUnknown':
    'Sumsub does not know this level. The flow’s name must be written exactly as the level in Sumsub’s dashboard.',
  'sumsub.docTypeRefused': 'Sumsub does not know this document type. The flow of this connection must be corrected.',
  'sumsub.docTypeNotWanted':
    'Sumsub’s level does not take this kind of document. The flow or the level must be corrected.',
  'sumsub.tooManyDocuments': 'Sumsub has reached the most images that it takes for one customer.',
  'sumsub.fileRefused': 'Sumsub refused the file. Scan the page again.',
  'sumsub.fileTooLarge': 'The page is too large for Sumsub. Scan it again with a lower resolution.',
  'sumsub.fileEmpty': 'Sumsub received an empty file. Scan the page again.',
  'sumsub.fileCorrupted': 'Sumsub cannot open the file. Scan the page again.',
  'sumsub.fileFormat': 'Sumsub does not take this form of file. Scan the page as JPEG, PNG or PDF.',
  'sumsub.fileSizeRefused':
    'The size of the file is outside of what your organisation set at Sumsub. Scan the page again with another resolution.',
  'sumsub.fileEncrypted': 'The file asks for a password, so Sumsub cannot open it. Scan the page.',
  'sumsub.duplicateImage': 'Sumsub already has exactly this image. Front and back must be two images.',
  'sumsub.beingChecked':
    'Sumsub is checking the customer at the moment and takes nothing new. Sending goes on by itself.',
  'sumsub.beingCheckedAgain':
    'Sumsub says again and again that it is still checking the customer and takes nothing new. Somebody may have to look in Sumsub’s dashboard; try again when that check is over.',
  'sumsub.signInRefused':
    'Sumsub refused the app token or the signature made with its secret key. Enter both again in the connection’s settings.',
  'sumsub.clockWrong':
    'Sumsub refused the request because the clock of this PC is wrong. Nothing can be sent before it is set right.',
  'sumsub.requestExpired': 'Sumsub received the request too late: the line was too slow. It is tried again.',
  'sumsub.requestExpiredAgain':
    'Sumsub receives the request too late again and again: the line is too slow for it. IT looks at the line; then try again.',
  'sumsub.forbidden':
    'Sumsub does not allow this app token to do that. It needs the permissions to view and to manage applicants.',
  'sumsub.wrongAddress': 'There is no Sumsub at this address. Check the base URL of the connection.',
  'sumsub.answerUnreadable': 'Sumsub’s answer could not be read, so it does not count as a success.',
  'sumsub.timeout': 'Sumsub took too long to answer.',
  'sumsub.conflict': 'Sumsub was busy with this customer. It is tried again.',
  'sumsub.conflictAgain':
    'Sumsub says again and again that it is busy with this customer. Look in its dashboard at the customer’s record; then try again, or let IT ask Sumsub, with this report.',
  'sumsub.rateLimited': 'Sumsub takes no more calls at the moment. Sending goes on by itself.',
  'sumsub.unavailable': 'Sumsub is having trouble.',
  'sumsub.refused': 'Sumsub refused the call (status {{status}}).',
  'sumsub.testOk': 'Sumsub answered; the app token and its secret key are valid.',
  'sumsub.testSandboxToken': 'This is a sandbox token, but the connection is marked as production.',
  'sumsub.testProductionToken': 'This is a production token, but the connection is not marked as production.',
  'sumsub.decision.approved': 'Sumsub has accepted the customer.',
  'sumsub.decision.finalPrivate':
    'Sumsub has declined. The reasons are in Sumsub’s dashboard; they are not meant for the counter.',
  'sumsub.decision.retake': 'Sumsub wants new images.',
  'sumsub.decision.unclear':
    'Sumsub has declined without saying whether new images would help. Somebody must look in Sumsub’s dashboard.',
  ...engineWords('sumsub', 'Sumsub'),

  'finding.sumsub.sentAs':
    '{{file}} is sent as {{to}}: Sumsub does not take {{from}}. The original stays here as it is.',
  'finding.sumsub.sentAs.next': 'Nothing has to be done.',
  'finding.sumsub.sentUnlocked':
    '{{file}} is sent as {{to}}: it is a protected PDF, and Sumsub refuses encrypted files. The original stays here as it is.',
  'finding.sumsub.sentUnlocked.next': 'Nothing has to be done.',
  'finding.sumsub.page.blackAndWhite':
    '{{file}} is in black and white, and Sumsub sends documents in black and white back.',
  'finding.sumsub.page.blackAndWhite.next': 'Scan the document itself, in colour.',
  'finding.sumsub.file.type': '{{file}} is no JPEG, PNG or PDF, and Sumsub takes nothing else.',
  'finding.sumsub.file.type.next': 'Scan the page as JPEG, PNG or PDF.',
  'finding.sumsub.file.tooLarge': '{{file}} has {{megabytes}} MB. Sumsub refuses more than {{limitMegabytes}} MB.',
  'finding.sumsub.file.tooLarge.next': 'Scan the page with 300 dpi as JPEG.',
  'finding.sumsub.file.encrypted': '{{file}} is a protected PDF, and Sumsub refuses encrypted files.',
  'finding.sumsub.file.encrypted.next': 'Print it and scan it, or save the PDF without protection.',
  'finding.sumsub.country.missing': '{{requirement}}: the country of the document is missing, and Sumsub needs it.',
  'finding.sumsub.country.missing.next': 'Choose the country.',
  'finding.sumsub.country.differs':
    '{{file}} names {{read}} as its country, and {{sent}} would be sent to Sumsub with it.',
  'finding.sumsub.country.differs.next': 'Choose the country of the document.',
  'finding.sumsub.page.sameBytes':
    '{{file}} and {{other}} are the same file in two slots. Sumsub refuses the same image twice.',
  'finding.sumsub.page.sameBytes.next': 'Scan or import the right page for one of the slots.',
};
