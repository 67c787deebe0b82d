/** Where a submission is and why; what sync does and why it waits. */
export const delivery: Readonly<Record<string, string>> = {
  'submission.draft': 'Something is still missing before this can be released.',
  'submission.ready': 'Complete and checked. It goes out when the batch is released.',
  'submission.released': 'Released. It will be sent as soon as it is its turn.',
  'submission.sending': 'Being sent. Every page is confirmed by the provider before it counts as sent.',
  'submission.asked': 'The provider is asked for the outcome.',
  'submission.sent': 'The provider has confirmed everything. Its decision comes next.',
  'submission.sentByWord':
    'Sent. That all of it has arrived is partly a person’s word: the provider’s answer was lost. Its decision comes next.',
  'submission.inReview': 'In review at the provider.',
  'submission.accepted': 'Decided: accepted.',
  'submission.rejected': 'Decided: rejected.',
  'submission.retake': 'Back at the desk for new images.',
  'submission.retakeIncomplete': 'A new image is still missing that the provider asked for.',
  'submission.held': 'Held by a person. Nothing is sent until it is let go.',
  'submission.voided': 'Voided by a person. Nothing more is sent.',
  'submission.takenBack': 'Taken back to be corrected. What the provider already has is not sent again.',

  'ledger.held': 'Held',
  'ledger.letGo': 'Let go',
  'ledger.decided.retry': 'Decided: try again, as a new request',
  'ledger.decided.confirm_delivered': 'Decided: it has arrived at the provider',
  'ledger.decided.confirm_record': 'Decided: it is at the provider; its id was entered and compared',
  'ledger.decided.send_again': 'Decided: it has not arrived, send it again',
  'ledger.decided.leave': 'Decided: left as it is at the provider',

  'sync.online': 'Connected.',
  'sync.networkUnknown': 'Nothing has been sent yet since the start.',
  'sync.offlineWanted': 'Working offline. Everything is kept and sent when you go online again.',
  'sync.outsideHours':
    'Nothing is sent outside the hours set in Settings; it goes on at {{from}}. “Try now” sends at once.',
  'sync.connectionOpen': 'The connection works again.',
  'sync.providerSilent': 'The provider’s server breaks off or does not answer. Sending goes on by itself when it does.',
  'sync.clockOff':
    'The clock of this PC is wrong by about {{hours}} h {{minutes}} min. Sending goes on, but times in records and secure connections depend on it.',
  'sync.credentialMissing': 'The sign-in of this connection is missing or locked. Sign in again in Settings.',
  'sync.pauseUnreadable':
    'Why this connection was paused cannot be read. Call IT; then test the connection in Settings.',
  'sync.unknown': 'The answer was lost, so it may have arrived. It is looked into before anything is sent again.',
  'sync.interrupted': 'Interrupted before the whole request had left this PC. It is sent again.',
  'sync.interruptedUnknown':
    'Interrupted after the whole request had left this PC, so it may have arrived. It is looked into before anything is sent again.',
  'sync.personDecides':
    'The answer was lost and the provider offers no way to ask. Look there whether it has arrived, then decide here.',
  'sync.attentionOver': 'What needed a person has been put right.',
  'sync.confirmedByPerson': 'A person says that it has arrived.',
  'sync.wrongDecision':
    'This decision does not fit what is known by now, so nothing was changed. The customer’s row says what is possible.',
  'sync.sendingAgain': 'A person decided to send it again.',
  'sync.leftByPerson': 'A person decided to leave it as it is.',
  'sync.pageUnreadable': 'A page is damaged or missing on this PC. Scan it again.',
  'sync.payloadInvalid': 'What was planned for this call cannot be read. Nothing was sent. Call IT.',
  'sync.connectionGone': 'The connection for this call is gone, or this version does not know the call. Call IT.',
  'sync.storageFailed': 'The disk did not take a write, so nothing was sent. It is tried again by itself.',
  'sync.fault': 'A fault in Satchel stopped this call. Nothing counts as sent. Call IT with the report.',
};
