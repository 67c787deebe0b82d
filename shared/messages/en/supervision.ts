/** Who may do what only a supervisor may, and the supervisor's PIN. */
export const supervision: Readonly<Record<string, string>> = {
  'supervision.notSet':
    'Only a supervisor may do this, and no supervisor PIN is set yet. The supervisor sets one in the settings under Supervisor.',
  'supervision.pinWanted': 'Only a supervisor may do this. Enter the supervisor PIN.',
  'supervision.wrongPin': 'This is not the supervisor PIN.',
  'supervision.wrongPinWait_one': 'This is not the supervisor PIN. It can be entered again in {{count}} minute.',
  'supervision.wrongPinWait_other': 'This is not the supervisor PIN. It can be entered again in {{count}} minutes.',
  'supervision.wait_one': 'The PIN was wrong too often. It can be entered again in {{count}} minute.',
  'supervision.wait_other': 'The PIN was wrong too often. It can be entered again in {{count}} minutes.',
  'supervision.pinUnreadable':
    'The supervisor PIN that is kept on this PC cannot be read. Set a new one with the recovery key, in the settings under Supervisor.',
  'supervision.pinForm': 'The PIN was not set. Choose 6 to 12 digits that are not all the same and not in a row.',
  'supervision.pinsDiffer': 'The PIN was not set, because the two differ. Enter it once more.',
  'supervision.isSet': 'A supervisor PIN is set already. Whoever knows it can change it.',
  'supervision.pinOutOfUse':
    'The policy of this PC says who is a supervisor, so the PIN is not used. IT can name other supervisors there.',
  'supervision.notNamed':
    'Only a supervisor may do this, and the account {{operator}} is none by the policy of this PC. IT can name it there.',
  'supervision.policy.notTrusted':
    'There is a policy for this PC, but others than administrators may write to it. It is not believed, and nobody is a supervisor until IT has put its rights in order.',
  'supervision.policy.unreadable':
    'There is a policy for this PC, but it cannot be read. Nobody is a supervisor until IT has put that in order.',
  'supervision.policy.malformed':
    'There is a policy for this PC, but it is not understood. Nobody is a supervisor until IT has put it in order.',
  'supervision.otherGrant': 'The supervisor has allowed something else. Ask once more.',
  'ledger.supervisorPinSet': 'The supervisor PIN was set.',
  'ledger.supervisorPinChanged': 'The supervisor PIN was changed by somebody who knew it.',
  'ledger.supervisorPinReset': 'A new supervisor PIN was set with the recovery key.',
  'ledger.supervisorPinWrong': 'A wrong supervisor PIN was entered.',
  'ledger.overriddenByPin_one': 'A finding was overridden with the supervisor PIN and a reason.',
  'ledger.overriddenByPin_other': '{{count}} findings were overridden with the supervisor PIN and a reason.',
  'ledger.overriddenByAccount_one': 'A finding was overridden by a supervisor whom the policy names, with a reason.',
  'ledger.overriddenByAccount_other':
    '{{count}} findings were overridden by a supervisor whom the policy names, with a reason.',
};
