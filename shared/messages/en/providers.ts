import { engineWords } from './engine.ts';

/**
 * What the network and the providers said, in words for the desk. One sentence for what is, and where it helps one for
 * what comes next. Nothing here names a reason that a provider keeps from the customer.
 */
export const providers: Readonly<Record<string, string>> = {
  'network.offline': 'This PC has no network. Sending goes on by itself when it is back.',
  'network.refused': 'The provider’s server takes no connections at the moment.',
  'network.proxyAuthentication': 'The proxy of this network wants a password.',
  'network.captivePortal':
    'This network wants a sign-in page first. Open a browser, sign in to the network; sending then goes on.',
  'network.nameNotFound':
    'The provider’s address cannot be found: the name service (DNS) of this network does not know it or does not answer. Sending goes on by itself when it does.',
  'network.unreachable': 'The provider’s server does not answer. Sending goes on by itself when it does.',
  'network.certificateUntrusted':
    'The connection is not trusted: this PC does not know who issued the certificate. Either this network wants a sign-in first, or a filter in between is not known to this PC.',
  'network.certificateExpired':
    'The connection is not trusted: the certificate has expired. Nothing is sent before it is renewed.',
  'network.certificateNotYetValid':
    'The connection is not trusted: the certificate is not valid yet. Most likely the clock of this PC is wrong.',
  'network.certificateDate':
    'The connection is not trusted: the certificate has expired or is not valid yet. Perhaps the clock of this PC is wrong.',
  'network.certificateWrongHost':
    'The connection is not trusted: the certificate belongs to another address. Either this network wants a sign-in first, or somebody stands in between.',
  'network.certificateRevoked': 'The connection is not trusted: the certificate was revoked.',
  'network.tlsFailed': 'A secure connection could not be agreed on with the provider’s address.',
  'network.clockWrong':
    'The clock of this PC is wrong by about {{hours}} h {{minutes}} min, so certificates count as expired or not yet valid. Nothing can be sent before it is set right.',
  'network.proxyUnreachable': 'The proxy of this network cannot be reached.',
  'network.proxyRefused': 'The proxy of this network does not let the connection to the provider through.',
  'network.moved':
    'The provider sends this connection on to another address: {{host}}. Its base URL must be corrected.',
  'network.filtered':
    'A filter on the way answered with a web page in the provider’s place. It must let the provider’s address through.',
  'network.reset': 'The connection was cut before everything was sent. It is tried again.',
  'network.silence': 'Nothing moved on the connection for too long. It is tried again.',
  'network.truncated': 'The answer broke off. It is tried again.',
  'network.tooLarge': 'The answer was far too large. It is tried again.',
  'network.other': 'The connection failed. It is tried again.',
  'network.aborted': 'Sending was stopped before it was finished. It goes on later.',
  'network.answerLost':
    'Everything was sent but the answer was lost. Whether it arrived is being found out before anything is repeated.',

  'provider.pageUnreadable': 'A page in the vault is damaged or missing. Scan it again.',
  'provider.mediaType': 'This kind of file is not taken. Scan the page as JPEG, PNG or PDF.',
  'provider.noCredential': 'This connection has no usable sign-in. Enter it in the connection’s settings.',

  'persona.created': 'Persona has taken the images of the document.',
  'persona.createdOnce':
    'Persona has taken the images of the document. The same request was repeated under the same key, so it is there once.',
  'persona.createdAgain':
    'Persona does not have the document any more that was to be submitted, so it is created again, with the same pages.',
  'persona.askDocument':
    'The answer to creating the document ({{kind}}) was lost, and it is too long ago for Persona to recognise the same request. Persona cannot be asked for a list. Look in Persona’s dashboard for a document of that kind that is “initiated”.',
  'persona.askSubmit':
    'The answer was lost, and Persona cannot tell whether the document is being checked. Look in Persona’s dashboard.',
  'persona.recordSame':
    'A person found the document at Persona: kind, file names and sizes are those that were sent. It goes on with it.',
  'persona.recordOther':
    'The document of that id is another one: its kind or its files are not those that were sent. Nothing was changed.',
  'persona.recordSubmitted':
    'The document of that id has been submitted already, and this one never was. It is another one; nothing was changed.',
  'persona.recordMissing': 'Persona has no document of that id. Copy the id from its dashboard; it begins with doc_.',
  'persona.recordNotComparable':
    'Persona does not show the files of that document to this API key, so it cannot be compared. Nothing was changed.',
  'persona.submitted': 'Persona has taken the document for checking.',
  'persona.submitFound': 'Persona has the document already; nothing was sent twice.',
  'persona.submitDidNotHappen': 'Persona has not taken the document for checking yet. It is tried again.',
  'persona.inReview': 'Persona is checking the document.',
  'persona.statusUnknown': 'Persona reports a state that Satchel does not know ({{status}}). It keeps asking.',
  'persona.processed': 'Persona has processed the document.',
  'persona.errored': 'Persona could not process this document. Capture it again.',
  'persona.answerUnreadable': 'Persona’s answer could not be read, so it does not count as a success.',
  'persona.keyInProgress': 'Persona is still working on the same request. It is asked again later.',
  'persona.keyMisuse': 'Persona says that a request was repeated with other contents. This must not happen: tell IT.',
  'persona.fileRefused': 'Persona refused the file. Scan the page again.',
  'persona.fileTooLarge':
    'Persona refused the file: it must be under {{bytes}} bytes. Scan it again with a lower resolution.',
  'persona.tooManyFiles': 'Persona takes at most {{files}} pages of one document. Capture it again with fewer pages.',
  'persona.requestTooLarge': 'The document is too large for Persona. Scan it again with a lower resolution.',
  'persona.kindRefused': 'Persona does not know this kind of document. The flow of this connection must be corrected.',
  'persona.versionRefused':
    'Persona does not know the API version of this connection. Choose another one in its settings.',
  'persona.invalid': 'Persona found the customer’s data wrong. Compare it with the document.',
  'persona.fieldRefused': 'Persona refused this field: {{field}}.',
  'persona.unauthorized': 'Persona refused the API key. Enter a valid one in the connection’s settings.',
  'persona.ipNotPermitted': 'Persona does not allow this network: its address is not on the list of the API key.',
  'persona.environmentInactive': 'This Persona environment is not active.',
  'persona.quotaUsed': 'The quota agreed with Persona is used up.',
  'persona.rateLimited': 'Persona takes no more calls at the moment. Sending goes on by itself.',
  'persona.withdrawn':
    'Persona has withdrawn this way of sending documents (deprecated since 13 April 2026). Nothing is lost: the pages wait here. IT must agree with Persona on another way.',
  'persona.keyPermission':
    'The API key may not do this. It needs the permissions document.read and document.write; for inquiries and for documents of an account also account; for inquiries also inquiry; for transactions txn.',
  'persona.forbidden': 'Persona does not allow this call with this API key.',
  'persona.writeForbidden':
    'Persona does not allow this API key to send documents. The key may lack a permission, or Persona has withdrawn this way of sending (deprecated since 13 April 2026).',
  'persona.documentMissing':
    'Persona no longer has this document. Somebody may have deleted it there. If it was not decided yet, no decision will come: void this submission, and capture the customer anew if a check is still wanted.',
  'persona.missingAgain':
    'Persona does not have the document, although it was created more than once. Take the submission back and release it again to create it once more, or call IT.',
  'persona.submittedGone':
    'Persona says that it has no such document any more, so nothing of it is being checked there, whatever had arrived. Look in Persona’s dashboard why. “Try again” creates it there anew; if somebody deleted it on purpose, void this submission instead.',
  'persona.documentUnknown': 'Persona’s own number of this document is not known, so it cannot be followed.',
  'persona.wrongAddress': 'There is no Persona at this address. Check the base URL of the connection.',
  'persona.timeout': 'Persona took too long to answer.',
  'persona.conflict': 'The document was being changed at Persona at the same moment. It is tried again.',
  'persona.failureDoubted':
    'Persona answered with a failure, but may have taken the document all the same. The same request is repeated under the same key, which tells.',
  'persona.failedThere':
    'Persona noted a failure of its own for this request and repeats it under the same key. It is sent again as a new request. An unsubmitted document may have stayed behind at Persona; it cannot be looked up there.',
  'persona.unavailable': 'Persona is having trouble.',
  'persona.refused': 'Persona refused the call (status {{status}}).',
  'persona.testOk': 'Persona answered; the API key is valid.',
  'persona.testSandboxKey': 'This is a sandbox key, but the connection is marked as production.',
  'persona.testProductionKey': 'This is a production key, but the connection is not marked as production.',

  'personr.created': 'Personr has taken on the customer.',
  'personr.createdIn': 'Personr has taken on the customer, in the workspace “{{workspace}}”.',
  'personr.createdOther':
    'Personr answered with a record ({{id}}) that is in use already or has another name. Nothing was sent to it. IT finds out in Personr’s dashboard whose it is, and asks Personr how this customer gets a record of their own.',
  'personr.alreadyThere':
    'Personr says that it has this customer already, and made no record. IT looks for that record in Personr’s dashboard, and asks Personr how this customer gets a new one.',
  'personr.entityCreated': 'Personr has taken on the company.',
  'personr.workspaceUnknown':
    'Personr does not let this account into the workspace “{{workspace}}”. Its name must be written exactly as in Personr’s dashboard. Nothing was created elsewhere.',
  'personr.workspaceOther':
    'Personr stays in the workspace “{{current}}” instead of “{{workspace}}”. Nothing was created there.',
  'personr.askEntity':
    'The answer to creating the company was lost, and Personr cannot be asked for it. Look in Personr’s dashboard for the newest entity of this name.',
  'personr.entityNotRun':
    'Personr did not take on the company. Companies (entities) must be enabled for this account by its contact at Personr.',
  'personr.ownerAwaited': 'The company waits for one of its owners to be created at Personr. Release the owner too.',
  'personr.ownerAdded': 'Personr has linked the owner to the company.',
  'personr.ownerRefused': 'Personr did not link the owner to the company.',
  'personr.cannotTellOwner':
    'The answer was lost, and Personr cannot be asked whether the owner is linked to the company. Look in Personr’s dashboard.',
  'personr.askApplicant':
    'The answer to creating the customer was lost, and Personr cannot be asked for it. Look in Personr’s dashboard for the newest applicant with this customer’s e-mail address.',
  'personr.recordSame':
    'A person found the customer at Personr, and it is the one that was created from here. It goes on with it.',
  'personr.recordOther':
    'The applicant of that id is another one: it was not created by this submission. Nothing was changed.',
  'personr.recordStarted':
    'The check of that applicant has started already, so it cannot be the one created from here. Nothing was changed.',
  'personr.recordMissing': 'Personr has no applicant of that id. Copy the id from its dashboard.',
  'personr.recordNotComparable': 'Personr shows nothing of that applicant that could be compared. Nothing was changed.',
  'personr.uploaded': 'Personr has taken the page.',
  'personr.uploadedNow': 'Personr has taken the page now: the attempt before had not arrived.',
  'personr.uploadedWithWarnings': 'Personr has taken the page, with remarks.',
  'personr.uploadFound': 'Personr has the page already; nothing was sent twice.',
  'personr.uploadDidNotHappen':
    'Personr lists what it has of this customer, and this page is not among it. It is sent again.',
  'personr.uploadedAgain':
    'Sent again: before its review Personr does not tell whether it still has this side. If it had, the same picture is there twice.',
  'personr.sideStillThere': 'Personr still has this side and uses it, so it was not sent again.',
  'personr.sideInactive':
    'Personr put this side out of use when it refused the other one, and does not take the same image again. Scan this side again too.',
  'personr.uploadNotListed':
    'Personr lists no page of this customer yet. The very same bytes are sent to the same customer again: should they be there, Personr says “duplicate”, and that counts as the answer that was lost.',
  'personr.cannotTellUpload':
    'The answer was lost, and Personr cannot tell whether it has this page. Check in Personr’s dashboard.',
  'personr.started': 'Personr has started the check.',
  'personr.startFound': 'The check has started already; nothing was started twice.',
  'personr.startNotSeen':
    'It is not known whether the check has started: it does not show yet. It is looked at once more before it is started again.',
  'personr.startDidNotHappen': 'The check has not started. It is started again.',
  'personr.cannotTellStart':
    'The answer was lost, and Personr cannot tell whether the check has started. Check in Personr’s dashboard.',
  'personr.inReview': 'Personr is checking the customer.',
  'personr.onHold':
    'Personr has put this customer on hold. Somebody has to look in Personr’s dashboard; Satchel keeps asking.',
  'personr.statusUnknown': 'Personr reports a state that Satchel does not know ({{status}}). It keeps asking.',
  'personr.fieldMissing': 'Personr needs this field: {{field}}.',
  'personr.fieldRefused': 'Personr refused this field: {{field}}.',
  'personr.invalid': 'Personr refused the customer’s data.',
  'personr.otherApplicant':
    'Personr’s answer names another customer. Nothing more is sent for this one until IT has looked.',
  'personr.applicantMissing':
    'Personr no longer has this customer. Somebody may have deleted the record there. If it was not decided yet, no decision will come: void this submission, and capture the customer anew if a check is still wanted.',
  'personr.applicantUnknown': 'Personr’s own number of this customer is not known, so nothing can be sent for them.',
  'personr.applicantEnded': 'Personr takes no more images for this customer.',
  'personr.attemptsUsed': 'Personr has no attempts left for this customer.',
  'personr.flowUnknown':
    'Personr does not know the flow “{{flow}}”, or it is not of this workspace. It must be written exactly as in Personr’s dashboard: IT gives the flow this name there, or corrects the name in the connection’s settings, and tries again.',
  'personr.docTypeRefused': 'Personr does not know this document type. The flow of this connection must be corrected.',
  'personr.docTypeForm':
    'The flow calls this document “{{type}}”, but Personr writes its documents in capital letters, as DRIVERS. IT must correct the flow of the connection; then take the customer back and release them again.',
  'personr.parameterMissing':
    'Personr says that something is missing which was sent. It may have changed how it is called.',
  'personr.uploadEncoding':
    'Personr did not take the page in any form that its documentation names. Nothing was stored. IT asks Personr in which form it takes uploads, and reports it to the makers of Satchel.',
  'personr.notRun': 'Personr did not carry out the call: a condition on its side is not met.',
  'personr.fileRefused': 'Personr refused the file. Scan the page again.',
  'personr.fileTooLarge': 'The page is too large for Personr. Scan it again with a lower resolution.',
  'personr.duplicateImage': 'Personr already has exactly this image. Front and back must be two images.',
  'personr.signInRefused':
    'Personr refused the e-mail or password of this connection. Enter them again in its settings.',
  'personr.forbidden': 'Personr does not allow this account to do that.',
  'personr.wrongAddress': 'There is no Personr at this address. Check the base URL of the connection.',
  'personr.answerUnreadable': 'Personr’s answer could not be read, so it does not count as a success.',
  'personr.timeout': 'Personr took too long to answer.',
  'personr.conflict': 'Personr was busy with this customer. It is tried again.',
  'personr.conflictAgain':
    'Personr says again and again that it is busy with this customer. Look in its dashboard at the customer’s record; then try again, or let IT ask Personr, with this report.',
  'personr.rateLimited': 'Personr takes no more calls at the moment. Sending goes on by itself.',
  'personr.unavailable': 'Personr is having trouble.',
  'personr.refused': 'Personr refused the call (status {{status}}).',
  'personr.testOk':
    'Personr answered; the account is valid. No workspace is set, so new customers land in the one that this account used last.',
  'personr.testOkWorkspace':
    'Personr answered; the account is valid. New customers go to the workspace “{{workspace}}”.',

  'personr.linkAwaited': 'The customer has the link and has not finished yet.',
  'personr.linkUnused':
    'The customer did not finish by the link. The new pictures can be taken at the desk; no attempt was used.',
  'personr.linkRefused': 'Personr’s link does not go over a secure connection, so it is not given to anyone.',
  'personr.keptTooEarly': 'Personr gives its documents only when its check is over.',
  'personr.keptNothing': 'Personr keeps no document of this customer.',
  'personr.decision.approved': 'Personr has accepted the customer.',
  'personr.decision.finalPrivate':
    'Personr has declined. The reasons are in Personr’s dashboard; they are not for the counter.',
  'personr.decision.attemptsUsed': 'Personr has declined: all {{count}} attempts are used.',
  'personr.decision.retake': 'Personr wants new images. Attempts left: {{left}}.',
  'personr.decision.unclear':
    'Personr has declined without saying whether new images would help. Somebody must look in Personr’s dashboard.',
  ...engineWords('personr', 'Personr'),
};
