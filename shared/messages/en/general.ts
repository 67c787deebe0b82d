/** The app itself: its door, its start, its key store. */
export const general: Readonly<Record<string, string>> = {
  'app.internal':
    'Something went wrong inside Satchel. Nothing that was captured is lost. Try again; if it happens again, give the log to IT.',
  'app.notAllowed': 'This request did not come from the Satchel window and was refused.',
  'app.invalidInput': '{{field}}: {{problem}}',
  'retention.wantsYes':
    '{{submissions}} customers with {{pages}} pages are past it already. Their pages would be destroyed and cannot be brought back; if that is meant, add --yes.',
  'retention.noRedaction': 'The provider of this connection cannot be asked to remove what it has.',
  'retention.redactWantsYes':
    'What the provider removes when pages are purged cannot be brought back there either. What it has no call for (documents by themselves, also those of an account) and accounts that other visits share stay there. If that is meant, add --yes.',
  'app.notFound': 'This is no longer there. It may have been removed or purged in the meantime.',
  'app.askNotOffered': 'This provider cannot be asked for that.',
  'app.askUnanswered':
    'The connection broke off, or brought no whole answer in time. This is not tried again by itself: ask again.',
  'app.keptFileExists': 'A file of that name is there already: {{file}}. Nothing was written; name an empty folder.',
  'app.keptNotWritten':
    'The files cannot be written to {{folder}}: it may be full, or not yours to write in. None of them was left there.',
  'app.notInAttention': 'No submission of that reference or id needs a person.',
  'app.severalSubmissions': 'Several submissions of that reference need a person. Name one by its id (see: status).',
  'app.nothingToDecide': 'Nothing of this submission waits for a decision.',
  'app.otherDecision': 'This decision does not fit what is known. {{why}} Possible here: {{options}}.',
  'app.keyStoreLocked':
    'The key store of this PC does not open the vault. Nothing is lost: enter the recovery key in Settings.',

  'start.inUse': 'Satchel is already running on this profile. Close the other window or command first.',
  'start.databaseForeign':
    'The database in the profile folder belongs to another program. It was left as it is. Choose another profile folder.',
  'start.databaseFuture':
    'The profile was last used by a newer Satchel. It was left as it is. Install the newer version again.',
  'start.databaseReadOnly':
    'The profile folder cannot be written to. Nothing was changed. Give this account the right to write there, then start again.',
  'start.databaseDisk':
    'The disk does not let Satchel open its database. Nothing was changed. Free some space or call IT.',
  'start.keysLocked':
    'The key store of this PC does not open the vault (another account, another PC, or a cleared key store). Nothing is lost. Enter the recovery key.',

  'start.databaseRestored':
    'The database was damaged. It was set aside whole, and the last copy took its place. Pages captured after that copy are still in the vault: call IT. Whatever was on its way is looked up at the provider before it is sent again.',
  'start.databaseSetAside':
    'The database was damaged and there was no copy. It was set aside whole, and an empty one took its place. The pages are still in the vault: call IT before you go on.',
  'start.damagedDatabaseLies':
    'A damaged database from an earlier day lies beside this one. Pages that only it knows are still in the vault: call IT.',
  'start.redactionUndecided':
    'An older copy of the data took over. Say once more in the settings under Retention whether providers remove what they have of purged customers too. Until then no page is purged.',
  'start.databaseNotIntact':
    'After the sudden end of the last run, parts of the database do not read well. The pages are in the vault. Release nothing more and call IT.',
  'start.diskFull':
    'The disk is full, so this was not done. Nothing is lost. Delete what is not needed on this PC, then try again.',
  'start.diskFullNeeds':
    'The disk is full. Nothing is lost, and what was released is still sent. To capture again, free at least {{megabytes}} MB.',

  'installation.otherPc':
    'This profile has not run on this PC before: it was moved here, or it is a copy. Nothing is sent from it before a person has decided. If the original is still in use, go on working there.',
  'installation.elsewhere':
    'This profile last ran in another folder of this PC: it was moved, or it is a copy. Nothing is sent from it before a person has decided. If the original is still in use, go on working there.',
  'installation.older':
    'This profile has run further than this on this PC: an older copy was put in its place. What has been sent since is not known here, and nothing is sent before a person has decided.',
  'installation.commands': 'Decide with one of these commands first: {{commands}}.',
  'installation.originalOpen':
    'The original of this profile is open on this PC at this moment. Close it first, or go on working there.',
  'installation.nothingToDecide': 'There is nothing to decide about this profile, or not in this way.',
  'ledger.installation.moved': 'Decided: the profile was moved here; the old place is not used any more',
  'ledger.installation.older_copy': 'Decided: an older copy; what was open is looked up before it is sent again',

  'sample.missing': 'The specimen documents are not installed with this copy of Satchel.',
  'connection.unknown': 'There is no connection called {{name}}. Known: {{known}}.',
  'connection.practiceIsFixed':
    'A practice connection cannot be changed: it belongs to the practice server on this PC.',
  'recovery.malformed': 'This is not a recovery key. It begins with AGE-SECRET-KEY-1; copy it whole, without spaces.',
  'recovery.does_not_fit': 'This is the recovery key of another vault. Nothing was changed.',
  'recovery.none':
    'No recovery key was ever made for this vault. Sign in as the user who captured these pages, on the same PC.',
  'recovery.key_store_unavailable': 'The key store of this PC cannot be used at the moment. Unlock it, then try again.',
  'connection.flowsFile': 'The flows file {{file}} was not taken: {{problem}}. docs/connections.md shows one.',
  'connection.credentialMissing':
    'No credential came on standard input, so nothing was added. Hand it over with a pipe: echo "$KEY" | satchel connection add …',
  'connection.credentialNotJson': 'The credential on standard input is not JSON. {{provider}} wants {{form}}.',
};
