/** Texts of the attention screen. Keys start with `attention.`. */
export const attention = {
  'attention.shortcuts': 'Attention',
  'attention.title': 'Needs a person',
  'attention.count_one': '{{count}} thing to do',
  'attention.count_other': '{{count}} things to do',
  'attention.onlyWaiting': 'Nothing to do: what waits here goes on by itself',
  'attention.group.rescan': 'Scan again',
  'attention.group.rescan.hint': 'The image is not good enough. A new one takes its place.',
  'attention.group.correct_data': 'Correct what was typed',
  'attention.group.correct_data.hint': 'A field is missing or does not fit.',
  'attention.group.sign_in': 'Sign in again',
  'attention.group.sign_in.hint':
    'The provider refuses the connection’s credential. Nothing is lost; sending goes on by itself afterwards.',
  'attention.group.wait': 'Wait',
  'attention.group.wait.hint': 'Satchel tries again by itself. Nothing has to be done.',
  'attention.group.call_it': 'Call IT',
  'attention.group.call_it.hint': 'Something only IT or the provider can put right. The report holds no customer data.',
  'attention.step.rescan': 'Scan again',
  'attention.step.correct_data': 'Correct',
  'attention.step.sign_in': 'Open connection',
  'attention.step.wait': 'Try now',
  'attention.step.call_it': 'Copy report',
  'attention.step.copied': 'Report copied',
  'attention.choice.retry': 'Try again',
  'attention.choice.retry.hint': 'Sends the same call once more.',
  'attention.choice.leave': 'Leave it there',
  'attention.choice.confirm_delivered': 'It has arrived',
  'attention.choice.confirm_delivered.hint.applicant':
    'You looked at the provider’s dashboard and the customer is there.',
  'attention.choice.confirm_delivered.hint.document':
    'You looked at the provider’s dashboard and the document is there.',
  'attention.choice.confirm_delivered.hint.submit':
    'You looked at the provider’s dashboard and the document is being checked. It is not submitted again.',
  'attention.choice.confirm_delivered.hint.page':
    'You looked at the provider’s dashboard and the page is there. It is not sent again.',
  'attention.choice.confirm_delivered.hint.owner':
    'You looked at the provider’s dashboard and the owner is linked to the company. It is not done again.',
  'attention.choice.confirm_delivered.hint.check':
    'You looked at the provider’s dashboard and the check has started. It is not started again.',
  'attention.choice.confirm_delivered.hint.account': 'You looked at the provider’s dashboard and the account is there.',
  'attention.choice.confirm_delivered.hint.inquiry': 'You looked at the provider’s dashboard and the inquiry is there.',
  'attention.choice.confirm_delivered.hint.transaction':
    'You looked at the provider’s dashboard and the transaction is there.',
  'attention.choice.send_again': 'It has not arrived',
  'attention.choice.send_again.hint.applicant':
    'You looked at the provider’s dashboard and the customer is not there. They are created now.',
  'attention.choice.send_again.hint.document':
    'You looked at the provider’s dashboard and the document is not there. It is created now.',
  'attention.choice.send_again.hint.submit':
    'You looked at the provider’s dashboard and the document is not being checked. It is submitted now.',
  'attention.choice.send_again.hint.page':
    'You looked at the provider’s dashboard and the page is missing. It is sent once more.',
  'attention.choice.send_again.hint.owner':
    'You looked at the provider’s dashboard and the owner is not linked. It is done once more.',
  'attention.choice.send_again.hint.check':
    'You looked at the provider’s dashboard and the check has not started. It is started now.',
  'attention.choice.send_again.hint.account':
    'You looked at the provider’s dashboard and the account is not there. It is created now.',
  'attention.choice.send_again.hint.inquiry':
    'You looked at the provider’s dashboard and the inquiry is not there. It is opened now.',
  'attention.choice.send_again.hint.transaction':
    'You looked at the provider’s dashboard and the transaction is not there. It is created now.',
  'attention.choice.send_again.record': 'It is not there',
  'attention.choice.confirm_record': 'It is there',
  'attention.choice.confirm_record.label.applicant': 'Applicant id in the dashboard',
  'attention.choice.confirm_record.label.document': 'Document id in the dashboard',
  'attention.choice.confirm_record.label.other': 'Id in the dashboard',
  'attention.choice.confirm_record.hint':
    'Satchel reads it there and goes on only if it is the one that was sent from here.',
  'attention.doubt.applicant': 'The answer was lost. Is the customer at the provider?',
  'attention.doubt.document': 'The answer was lost. Is the document at the provider?',
  'attention.doubt.submit': 'The answer was lost. Is the document being checked?',
  'attention.doubt.page': 'The answer was lost. Did the page arrive?',
  'attention.doubt.owner': 'The answer was lost. Is the owner linked to the company?',
  'attention.doubt.check': 'The answer was lost. Has the check started?',
  'attention.doubt.account': 'The answer was lost. Is the customer’s account at the provider?',
  'attention.doubt.inquiry': 'The answer was lost. Is the customer’s inquiry at the provider?',
  'attention.doubt.transaction': 'The answer was lost. Is the transaction at the provider?',
  'attention.open': 'Open submission',
  'attention.connection.waiting_one': '{{count}} submission waits behind this connection.',
  'attention.connection.waiting_other': '{{count}} submissions wait behind this connection.',
  'attention.connection.since': 'Since',
  'attention.clock': 'Clock of this PC',
  'attention.key.tryNow': 'Try the row now, or everything',
  'attention.nextTry': 'Next try',
  'attention.network': 'when the network is back',
  'attention.retake.old': 'Refused image of {{slot}}',
  'attention.retake.new': 'New image of {{slot}}',
  'attention.retake.slots': 'Slots to capture again',
  'attention.retake.waiting': 'New image here',
  'attention.more': 'Show {{count}} more',
  'attention.empty.title': 'Nothing needs a person',
  'attention.empty.body': 'What Satchel cannot put right by itself appears here, with one next step.',
  'attention.loadFailed': 'The list could not be read. Nothing is lost; the pages are stored.',
  'attention.key.step': 'Take the next step',
  'attention.key.move': 'Next or previous row',
  'attention.key.first': 'First row',
  'attention.key.last': 'Last row',
  'attention.key.open': 'Open the submission',
  'attention.noName': 'Customer without a name',
} as const;
