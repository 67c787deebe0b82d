/** What Persona said about accounts, inquiries, their documents and transactions. A check that is not in the counter’s hands has no words here. */
export const persona: Readonly<Record<string, string>> = {
  'persona.accountCreated': 'Persona has an account for the customer now.',
  'persona.accountFound': 'Persona has an account with the customer’s reference already; it is used.',
  'persona.accountGone': 'Persona has no account for the customer any more. Somebody may have removed it there.',
  'persona.accountMissing':
    'Persona has no account for the customer any more. Somebody may have removed it there. Void this submission, and capture the customer anew if a check is still wanted.',
  'persona.accountUnchanged': 'Nothing that Persona’s account knows was corrected.',
  'persona.accountUpdated': 'What was corrected is in Persona’s account now.',
  'persona.accountUpToDate': 'Persona’s account has everything as it was corrected.',
  'persona.accountNotUpdated': 'Persona’s account does not have the correction yet. It is sent again.',
  'persona.askAccountUpdate':
    'The answer to a correction of the customer’s account was lost. Look in Persona’s dashboard whether the account has it.',
  'persona.accountNotThere': 'Persona has no account with the customer’s reference yet. It is created now.',
  'persona.accountOther':
    'Persona’s account with this reference belongs to somebody with another name or date of birth. Check the reference: the pages would reach the wrong customer.',
  'persona.askAccount':
    'The answer to creating the customer’s account was lost. Look in Persona’s dashboard for an account with the customer’s reference.',
  'persona.inquiryCreated': 'Persona has opened an inquiry for the customer.',
  'persona.inquiryFound': 'Persona has the inquiry already; it was found by its note and is there once.',
  'persona.inquiryNotThere': 'Persona has no inquiry with our note, so none was opened. It is tried again.',
  'persona.askInquiry':
    'The answer to opening the inquiry was lost, and Persona cannot tell which one it is. Look in Persona’s dashboard at the customer’s inquiries.',
  'persona.inquiryApproved': 'Persona’s inquiry was approved.',
  'persona.inquiryCompleted': 'Persona’s inquiry was completed.',
  'persona.inquiryDeclined':
    'Persona did not accept the customer’s documents. The decision is final; why is for the supervisor to find out.',
  'persona.inquiryFailed':
    'Persona’s inquiry failed on the pages. Capture the named documents again; they go into a new inquiry.',
  'persona.inquiryUnclear':
    'Persona’s inquiry failed and does not say why. Look in Persona’s dashboard; then capture the documents again, or void this submission.',
  'persona.inquiryWantsAgain':
    'Persona wants a document again. Capture the named one again; it goes into the same inquiry.',
  'persona.retryWanted': 'Persona wants this document again. Capture it again, whole and sharp.',
  'persona.inquiryNeedsReview': 'Somebody at your organisation reviews the inquiry in Persona’s dashboard.',
  'persona.inquiryResumed': 'Persona’s inquiry had expired. It was opened again.',
  'persona.inquiryMissing':
    'Persona no longer has this inquiry. Somebody may have deleted it there. If it was not decided yet, no decision will come: void this submission, and capture the customer anew if a check is still wanted.',
  'persona.accountRedacted':
    'Somebody had the customer’s data removed from their account at Persona, so nothing more is sent there. Void this submission; if a check is still wanted, capture the customer anew.',
  'persona.recordRedacted':
    'Somebody had the customer’s data removed at Persona before it decided. No decision will come. Void this submission; if a check is still wanted, capture the customer anew.',
  'persona.redacted': 'Persona has removed for good what its record said of the customer.',
  'persona.redactedBefore': 'What Persona’s record said of the customer had been removed already.',
  'persona.redactionOff': 'The connection leaves the record at Persona as it is, so no more is removed there.',
  'persona.redactionRefused':
    'The pages are purged here, but Persona did not remove what its record says of the customer. Its API key may lack the permission to redact; IT can find out with this report.',
  'persona.redactionMissing':
    'The pages are purged here, but Persona has no such record to remove the customer’s data from. Somebody may have deleted it there, or the key belongs to another account.',
  'persona.inquiryClosed':
    'Persona’s inquiry was closed before all pages were there. Look in Persona’s dashboard; then void this submission and capture the customer anew.',
  'persona.inquiryNotResumed':
    'Persona’s inquiry has expired and does not open again. Look in Persona’s dashboard; then void this submission and capture the customer anew.',
  'persona.submitNotTaken':
    'Persona has the document and refuses again and again to take it for checking. Look in Persona’s dashboard at the customer’s record; then try again, or void this submission.',
  'persona.templateRefused':
    'Persona does not know the inquiry template of this flow. IT must correct the flow of the connection; then take the customer back and release them again.',
  'persona.countryMissing': 'Persona wants the country of an identity document. Enter the customer’s country.',
  'persona.photoWanted': 'Persona takes identity documents as pictures only, not as PDF. Scan the page as a picture.',
  'persona.askAttached':
    'The answer to attaching the document was lost, and Persona does not show enough of the inquiry’s documents to compare. Look in Persona’s dashboard at the customer’s inquiry.',
  'persona.attachedFound': 'Persona has the document already with the customer’s others; nothing was sent twice.',
  'persona.attachedNotThere':
    'The customer’s record at Persona does not hold the document, so it did not arrive. It is sent again.',
  'persona.attachedMissing':
    'Persona no longer has a document of this inquiry. Void this submission and capture the customer anew, or call IT.',
  'persona.transactionCreated': 'Persona has taken the pages as a transaction.',
  'persona.transactionFound': 'Persona has the transaction already; it was found by its tag and is there once.',
  'persona.transactionNotThere': 'Persona has no transaction with our tag, so none was made. It is tried again.',
  'persona.transactionApproved': 'Persona’s transaction was approved.',
  'persona.transactionMissing':
    'Persona no longer has this transaction. Somebody may have deleted it there. If it was not decided yet, no decision will come: void this submission, and capture the customer anew if a check is still wanted.',
  'persona.transactionTypeRefused':
    'Persona does not know the transaction type of this flow. IT must correct the flow of the connection; then take the customer back and release them again.',
  'persona.askTransaction':
    'The answer to creating the transaction was lost. Look in Persona’s dashboard for a transaction with the customer’s reference.',
  'persona.testRateLimit': 'This key may call {{limit}} times a minute; {{remaining}} are left of this minute.',
  'persona.testSimulation':
    'The pretended inquiry did not become approved. Look at the template’s workflow in Persona’s dashboard.',
  'persona.linkNotOffered':
    'Persona’s link for the customer’s own phone is not offered here. Do the retake at the desk.',
  'persona.fileNotGiven': 'Persona does not give the file out. It may have been redacted there.',
  'persona.accountFoundUnseen':
    'Persona has an account with the customer’s reference already. It shows neither name nor date of birth, so only the reference says whose it is.',
  'persona.accountTaken':
    'Persona says that the customer’s reference is taken, and does not show by whom. Check the reference; it must hold no comma.',
  'persona.referenceChanged':
    'The customer’s reference was changed after Persona’s account of the earlier one had been used. Put the earlier reference back, or void this submission and capture the customer anew.',
  'persona.fieldTwice':
    'Two documents of this flow fill the same field of Persona’s transaction, so one would be lost. Nothing was sent. IT must give each a field of its own.',
  'persona.sideTwice':
    'An identity document of this flow has more pages than Persona’s transaction has fields for: a front and a back. One would be lost, so nothing was sent. IT must correct the flow.',
  'persona.inquiryExpired':
    'Persona’s inquiry has expired with all pages in it. Somebody can still decide it in Persona’s dashboard.',
  'persona.inquiryUndecided':
    'Persona’s inquiry expired more than a day ago with all pages in it, and nobody has decided it. Have it decided in Persona’s dashboard, then try again here; or void this submission.',
  'persona.check.id_barcode_detection': 'The barcode on the back could not be read. Capture it again, whole and sharp.',
  'persona.check.id_blur_detection': 'The picture is blurred. Capture it again, sharp.',
  'persona.check.id_glare_detection': 'Light reflects on the document. Capture it again without glare.',
  'persona.check.id_color_detection': 'The picture is not in colour. Capture it again in colour.',
  'persona.check.id_double_side_detection': 'Both sides are needed, each once. Capture front and back again.',
  'persona.check.id_mrz_detection':
    'The machine-readable lines could not be read. Capture them again, whole and sharp.',
  'persona.check.id_portrait_detection':
    'The portrait on the document could not be seen. Capture the side with the portrait again.',
  'persona.check.id_electronic_replica_detection':
    'The picture shows a screen or a print. Capture the document itself.',
  'persona.check.id_unprocessable_submission_detection': 'The pictures could not be used. Capture the document again.',
  'persona.check.id_expired_detection': 'The document has expired. Capture a valid one.',
  'persona.check.no_expiration_date':
    'The date of expiry could not be read. Capture the page with it again, whole and sharp.',
  'persona.check.id_type_detection': 'The kind of document could not be told. Capture it again, whole.',
  'persona.check.id_disallowed_type_detection': 'This kind of document is not accepted. Capture another one.',
  'persona.check.type_not_detected': 'The kind of document could not be read. Capture it again, whole and sharp.',
  'persona.check.id_disallowed_country_detection': 'Documents of this country are not accepted. Capture another one.',
  'persona.check.no_country': 'The country of the document could not be read. Capture it again, whole and sharp.',
  'persona.check.document_type_detection':
    'The kind of document could not be told or is not accepted. Capture it again, or another one.',
  'persona.check.document_expired_detection': 'The document is too old. Capture a newer one.',
  'persona.check.document_extracted_properties_detection':
    'What is written on the document could not be read. Capture it again, whole and sharp.',
  'persona.askOfAccount':
    'The answer to sending the document was lost, and Persona’s account does not show enough to compare. Look in Persona’s dashboard at the documents of the customer’s account.',
  'persona.accountHidesDocuments':
    'Persona’s account does not show its documents, so whether this one arrived cannot be told.',
  'persona.transactionFailed':
    'Persona declined the transaction for its pictures. Capture the named documents again; they go into a new transaction with all the others.',
  'persona.transactionWantsAgain':
    'Persona wants the documents of the transaction again. Capture them again; they go into a new transaction.',
  'persona.transactionNamesNone':
    'Persona’s transaction names no documents. Its workflow may not have looked at the pages yet, or does not show what it made.',
  'persona.accountKept': 'The customer’s account at Persona stays, as the connection’s settings say.',
  'persona.accountShared':
    'The customer’s account at Persona stays: it has a reference of your organisation’s own, so it belongs to other visits as well, and Satchel never removes such an account. Whoever wants it gone removes it in Persona’s dashboard.',
  'persona.notRequired':
    'Persona’s template does not ask for this document, so it takes none. IT compares the connection’s flow with the template.',
  'persona.conflictAgain':
    'Persona says again and again that this does not go together with what it has. IT finds out from Persona why, with this report.',
  'persona.documentsStay':
    'This stays at Persona, which has no call that removes a document by itself: {{ids}}. Whoever wants it gone names it to Persona.',
  'persona.accountInUse': 'The customer’s account at Persona stays: another inquiry belongs to it.',
  'persona.testStep': '{{template}}, {{step}}: the pretended inquiry is {{status}}, as it should be.',
  'persona.testStepOther':
    '{{template}}, {{step}}: the pretended inquiry is {{status}}, where {{expected}} was to be expected.',
  'persona.testStepRefused': '{{template}}, {{step}}: Persona does not carry it out (status {{status}}).',
  'persona.testVerifications':
    '{{template}}, create_failed_verification: {{passed}} passed; of the failed checks {{told}} would be told to the desk, {{untold}} are not for the counter.',
  'persona.documentUpdated': 'Persona has the new pages in the document that it had already.',
  'persona.documentUpdateFound': 'Persona has the new pages in the document already; nothing was sent twice.',
  'persona.documentNotUpdated': 'Persona’s document does not have the new pages yet. They are sent again.',
  'persona.documentNotExact':
    'Persona’s document does not show exactly the new pages, so another one is made. This one is never submitted.',
  'persona.documentNotTaken':
    'Persona takes no new pages for the document that it had, so another one is made. That one is never submitted.',
  'persona.updatedInstead': 'Persona has these pages in the document that was there already. No other one is made.',
  'persona.askDocumentUpdate':
    'The answer to sending new pages for a document was lost. Look in Persona’s dashboard whether the document has them, and no others.',
};
