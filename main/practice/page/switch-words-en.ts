import type { SwitchWords } from './switch-words.ts';

/** English; docs/practice.md takes its questions from here. */
export const switchesEn: SwitchWords = {
  'persona.documentWrites': {
    question:
      'Create, update and submit of documents are deprecated since 2026-04-13; whether they still answer, and with what once they are withdrawn.',
    values: { work: 'they still work' },
  },
  'persona.submitWithoutFiles': { question: 'Status when a document without files is submitted.' },
  'persona.submitTwice': { question: 'Status when a document that is no longer initiated is submitted.' },
  'persona.updateAfterSubmit': { question: 'Status when a document that is no longer initiated is changed.' },
  'persona.updateFiles': {
    question: 'Whether the files of an update replace the earlier ones or join them.',
    values: { replace: 'they replace them', append: 'they join them' },
  },
  'persona.idempotencyMismatch': { question: 'Status when an idempotency key comes again with other parameters.' },
  'persona.idempotencyConcurrent': {
    question: 'Answer to a second request with a key whose first request is still being worked on.',
    values: { wait: 'it waits for the first one' },
  },
  'persona.idempotencyReplayRequestId': {
    question: 'Request-Id of a replayed answer.',
    values: { first: 'that of the first answer', new: 'a new one', absent: 'none' },
  },
  'persona.idempotencyPatch': {
    question: 'Whether PATCH honours Idempotency-Key.',
    values: { ignored: 'no', honoured: 'yes' },
  },
  'persona.idempotencyKeepHours': {
    question: 'Hours until a saved answer is pruned (current documentation: at least 24; older: at least 1).',
  },
  'persona.unknownAttributes': {
    question: 'Whether an attribute that the request schema does not list is refused (400).',
    values: { reject: 'it is refused', ignore: 'it is passed over' },
  },
  'persona.invalidVersion': {
    question: 'Answer to an unknown Persona-Version.',
    values: { ignore: 'answered as if none was given' },
  },
  'persona.keyVersion': { question: 'Version of the practice API key, used when Persona-Version is absent.' },
  'persona.keyInflection': {
    question: 'Casing set on the practice API key, used when Key-Inflection is absent.',
    values: { kebab: 'name-first', camel: 'nameFirst', snake: 'name_first' },
  },
  'persona.fileMaxBytes': { question: 'Largest file of a generic document, in bytes.' },
  'persona.fileMaxCount': { question: 'Most files of one generic document.' },
  'persona.fileTypes': {
    question: 'Which media types count as "images or PDFs".',
    values: {
      images_and_pdf: 'every kind of image, and PDF',
      jpeg_png_pdf: 'JPEG, PNG and PDF only',
      any: 'every file',
    },
  },
  'persona.fileDataUri': {
    question: 'Whether base64 with a data: prefix is accepted.',
    values: { reject: 'no', accept: 'yes' },
  },
  'persona.requestMaxBytes': { question: 'Largest whole request, in bytes, above which the answer is 413.' },
  'persona.fileTokenSeconds': {
    question: 'Seconds until the address of a file dies (6 hours unless the key says otherwise).',
  },
  'persona.expiredFileToken': { question: 'Status for a file address that has died.' },
  'persona.rateLimitPerMinute': { question: 'Requests per minute in the sandbox (300 is documented for production).' },
  'persona.pageSizeOutOfRange': {
    question: 'Answer to a page[size] outside 1 to 100.',
    values: { clamp: 'the nearest size that is allowed' },
  },
  'persona.outcomeWithoutMarker': {
    question: 'What becomes of a submitted generic document in the sandbox when nothing forces an outcome.',
    values: { processed: 'it is taken', errored: 'it could not be processed' },
  },
  'persona.accountNames': {
    question:
      'Whether an account holds names and address each as one field (`name.value.first.value`) or by names of their own (`name_first`): its type says.',
    values: { nested: 'one field each', flat: 'by names of their own' },
  },
  'persona.accountDocuments': {
    question: 'Whether an account names the documents that were created for it (relationships.documents).',
    values: { absent: 'it names none', listed: 'it names them' },
  },
  'persona.closedInquiry': {
    question: 'Status when a document is created for an inquiry that is expired, completed or decided.',
  },
  'persona.submitInClosedInquiry': {
    question: 'Answer when a document that is there already is submitted in an inquiry that has closed since.',
    values: { accepted: 'it is taken' },
  },
  'persona.inquiryWithoutMarker': {
    question:
      'What becomes of an inquiry once its documents are processed and nothing forces an outcome: what its template and workflows do is the organisation’s own.',
    values: {
      approved: 'it is approved',
      completed: 'it is completed, without a decision',
      needs_review: 'a person has to look at it',
      pending: 'it stays open',
      failed: 'it fails',
    },
  },
  'persona.failedVerification': {
    question:
      'What becomes of a verification whose checks fail (`reject=…`), and of its inquiry: a template may let the customer try again.',
    values: { failed: 'both fail', requires_retry: 'it wants the document again, and the inquiry stays open' },
  },
  'persona.inquiryExpiresHours': {
    question:
      'Hours until a created or pending inquiry expires (24 is documented for pending ones; a template may say otherwise).',
  },
  'persona.redaction': {
    question:
      'Whether the API key may redact inquiries, transactions and accounts; or the status with which that is refused.',
    values: { works: 'it may' },
  },
  'persona.redactedTransaction': {
    question:
      'Whether a transaction that was redacted says so (redacted-at is documented for inquiries and accounts only).',
    values: { shown: 'it says so', hidden: 'it does not' },
  },
  'persona.idClasses': {
    question:
      'Whether a government id may be of any class, or only of those that were seen (dl, pp, visa, cct); the whole list is not known.',
    values: { any: 'any class', seen: 'only those; others are refused (422)' },
  },
  'persona.relatedObjects': {
    question:
      'Whether a transaction names the verifications of its workflow (relationships.related-objects; what is in it depends on the workflow).',
    values: { listed: 'it names them', absent: 'it names none' },
  },
  'persona.events': {
    question:
      'Whether the practice API key may list events (permission event.read): what a new key may do is not documented; or the status with which that is refused.',
    values: { offered: 'it may' },
  },
  'persona.eventFilters': {
    question: 'Whether events may be filtered by name and by object at the same time.',
    values: { combined: 'they may', single: 'by one of them only' },
  },
  'persona.eventDelayMs': { question: 'How long after a change its event is listed, in milliseconds.' },
  'persona.processingMinMs': { question: 'Shortest processing time, in milliseconds.' },
  'persona.processingMaxMs': { question: 'Longest processing time, in milliseconds.' },
  'personr.uploadEncoding': {
    question: 'Whether the upload takes JSON (every sample), multipart (the header table) or both.',
    values: { both: 'both', json: 'JSON only', multipart: 'multipart only' },
  },
  'personr.errorHttpStatus': {
    question: 'Whether the HTTP status repeats the statusCode of an error body, or is 200.',
    values: { same: 'the same as statusCode' },
  },
  'personr.unauthorizedBody': {
    question: 'Body of a 401.',
    values: {
      status_code_message: 'statusCode and message',
      status_code_body: 'statusCode and body',
      status_message: 'status and message',
      empty: 'none',
    },
  },
  'personr.unknownApplicantBody': {
    question: 'Answer to an applicantId that does not exist.',
    values: {
      not_run: 'as a call that was not carried out',
      status_code_message: 'statusCode and message',
      not_found: 'a status of 404',
    },
  },
  'personr.unknownFlow': {
    question: 'Whether a flowName that matches no flow is refused.',
    values: { reject: 'it is refused', accept: 'it is taken' },
  },
  'personr.sameCustomer': {
    question: 'What creating an applicant of the same e-mail address, or a company of the same number, once more does.',
    values: {
      another: 'it makes another record',
      conflict: 'it is refused (409)',
      existing: 'it answers with the record that is there',
    },
  },
  'personr.unknownWorkspace': {
    question: 'Answer when the workspace to change to does not exist.',
    values: { reject: 'it is refused', ignore: 'nothing changes, and no error' },
  },
  'personr.linkField': {
    question:
      'Name of the id field of the link endpoint: the table says applicantId, sample and connector send applicant.',
    values: { applicant: 'applicant only', applicantId: 'applicantId only', both: 'either' },
  },
  'personr.linkHours': {
    question: 'Hours after which a link for the customer’s phone ends.',
  },
  'personr.resultBeforeReviewed': {
    question: 'Form of `result` before the review is finished.',
    values: { absent: 'it is not there', null: 'null', without_answer: 'an object without an answer' },
  },
  'personr.documentsListing': {
    question: 'What `documents` of the status lists: each image, each type, or nothing before the review.',
    values: { per_image: 'each image', per_type: 'each type once', after_review: 'nothing before the review' },
  },
  'personr.noticeElements': {
    question: 'Type of the elements of errors[] and warnings[] in the reply to an upload.',
    values: { tag: 'a word', object: 'an object with a code' },
  },
  'personr.refusedFile': {
    question:
      'Where a file is refused for what it is (corrupted, empty, too large, unsupported): errors[] of a 200, or an error with status 400.',
    values: { errors_array: 'in errors[] of a 200', status_400: 'as an error with status 400' },
  },
  'personr.duplicateUpload': {
    question: 'Answer to bytes that this applicant already has.',
    values: { conflict: 'a conflict (409)', errors_array: 'in errors[] of a 200', accepted: 'they are taken again' },
  },
  'personr.fileMaxBytes': { question: 'Largest file, in bytes (64 MB at the engine behind it).' },
  'personr.docTypes': {
    question: 'Whether only the documented document types are known, or also those of the engine behind it.',
    values: { documented: 'the documented ones only', wider: 'those of the engine as well' },
  },
  'personr.failedSide': {
    question: 'Whether an image that is refused also disables the other side of its document.',
    values: { this_image: 'this image only', both_sides: 'both sides' },
  },
  'personr.subTypeOfSelfie': {
    question: 'Answer when docSubType is sent with a SELFIE.',
    values: { reject: 'it is refused', ignore: 'it is passed over' },
  },
  'personr.attemptsExhausted': {
    question: 'Answer to a start after the fifth attempt or a final rejection.',
    values: { reject: 'it is refused', accept_without_effect: 'taken, and nothing happens' },
  },
  'personr.uploadAfterFinal': {
    question: 'Answer to an upload after a final rejection.',
    values: { conflict: 'a conflict (409)', accept: 'it is taken' },
  },
  'personr.reviewRejectType': {
    question:
      'Whether `result` says RETRY or FINAL, or the labels alone must tell (the list of final labels is not public).',
    values: { present: 'it says so', absent: 'the labels alone' },
  },
  'personr.privateComment': {
    question:
      'Whether `result` carries the comments of the reviewer (clientComment may be shown to the customer, the moderation comment may not).',
    values: { present: 'yes', absent: 'no' },
  },
  'personr.onHold': {
    question: 'Which status an applicant shows while the engine has it on hold.',
    values: {
      Pending: 'as one that is being checked',
      'On Hold': 'a status of its own',
      onHold: 'the engine’s own word',
    },
  },
  'personr.tokenWorkflows': {
    question: 'Which of the two documented ways to a token exists.',
    values: { both: 'both', basic: 'api-basic-auth only', generate: 'api-token-generate only' },
  },
  'personr.tokenEncoding': {
    question: 'Whether api-token-generate takes a form (documentation), JSON (connector) or both.',
    values: { both: 'both', multipart: 'a form only', json: 'JSON only' },
  },
  'personr.entityModule': {
    question:
      'Whether the account may make companies; Personr has to enable it, and what it answers before is not known.',
    values: { on: 'it may', off: 'it may not' },
  },
  'personr.entitySubTypes': {
    question: 'Whether docSubType of a company’s page is free text or one of a list, which is not public.',
    values: { any: 'any text', listed: 'only “Certificate of incorporation”' },
  },
  'personr.entityDateOrder': {
    question: 'Order of day and month in createdDate of an entity (12/09/2024).',
    values: { day_first: 'the day first', month_first: 'the month first' },
  },
  'personr.ownerTwice': {
    question: 'Answer when an owner is linked to a company that has them already.',
    values: {
      listed_once: 'the owner is listed once',
      listed_twice: 'the owner is listed twice',
      error: 'an error, and the owner is listed',
    },
  },
  'personr.downloadBeforeReviewed': {
    question: 'Answer to a download before the check is finished.',
    values: { not_run: 'as a call that was not carried out', empty: 'an empty list' },
  },
  'personr.rateLimitPerMinute': { question: 'Requests per minute.' },
  'personr.stageMinMs': { question: 'Shortest time in each of Pre-Checked and Pending, in milliseconds.' },
  'personr.stageMaxMs': { question: 'Longest time in each of Pre-Checked and Pending, in milliseconds.' },
  'sumsub.imageFileNames': {
    question:
      'Whether the list of images names the file of each as it was uploaded (public code reads it there; the reference is silent).',
    values: { present: 'yes', absent: 'no' },
  },
  'sumsub.duplicateOfInactive': {
    question:
      'Answer to the same bytes again after their image was put out of use (of one in use it is 409, error 1000).',
    values: { conflict: 'a conflict (409)', accepted: 'they are taken again' },
  },
  'sumsub.noticeElements': {
    question: 'Whether errors[] and warnings[] of an upload hold tags or objects with a code.',
    values: { object: 'objects with a code', tag: 'words' },
  },
  'sumsub.unknownLevel': { question: 'Status when the level’s name is not known.' },
  'sumsub.startsByItself': {
    question:
      'Whether an applicant who was sent by API goes to verification as soon as all that the level wants is there.',
    values: { no: 'no', yes: 'yes' },
  },
  'sumsub.requestLifetimeSeconds': {
    question: 'How far the timestamp of a signature may lie from Sumsub’s clock, in seconds.',
  },
  'sumsub.rateLimitPerMinute': {
    question: 'Requests per minute (the reference gives 50 writes and 300 reads in 5 seconds, not what counts as one).',
  },
  'sumsub.stageMinMs': { question: 'Shortest time in each of pending and queued, in milliseconds.' },
  'sumsub.stageMaxMs': { question: 'Longest time in each of pending and queued, in milliseconds.' },
};
