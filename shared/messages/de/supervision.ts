/** Wer tun darf, was nur die Filialleitung darf, und die PIN der Filialleitung. */
export const supervision: Readonly<Record<string, string>> = {
  'supervision.notSet':
    'Das darf nur die Filialleitung, und noch ist keine PIN der Filialleitung festgelegt. Die Filialleitung legt sie in den Einstellungen unter Filialleitung fest.',
  'supervision.pinWanted': 'Das darf nur die Filialleitung. Geben Sie die PIN der Filialleitung ein.',
  'supervision.wrongPin': 'Das ist nicht die PIN der Filialleitung.',
  'supervision.wrongPinWait_one':
    'Das ist nicht die PIN der Filialleitung. Sie lässt sich in {{count}} Minute wieder eingeben.',
  'supervision.wrongPinWait_other':
    'Das ist nicht die PIN der Filialleitung. Sie lässt sich in {{count}} Minuten wieder eingeben.',
  'supervision.wait_one': 'Die PIN war zu oft falsch. Sie lässt sich in {{count}} Minute wieder eingeben.',
  'supervision.wait_other': 'Die PIN war zu oft falsch. Sie lässt sich in {{count}} Minuten wieder eingeben.',
  'supervision.pinUnreadable':
    'Die PIN der Filialleitung, die auf diesem PC liegt, ist nicht lesbar. Legen Sie mit dem Wiederherstellungsschlüssel eine neue fest, in den Einstellungen unter Filialleitung.',
  'supervision.pinForm':
    'Die PIN wurde nicht festgelegt. Wählen Sie 6 bis 12 Ziffern, die nicht alle gleich sind und nicht der Reihe nach kommen.',
  'supervision.pinsDiffer':
    'Die PIN wurde nicht festgelegt, weil die beiden sich unterscheiden. Geben Sie sie noch einmal ein.',
  'supervision.isSet': 'Eine PIN der Filialleitung ist schon festgelegt. Wer sie kennt, kann sie ändern.',
  'supervision.pinOutOfUse':
    'Die Richtlinie dieses PCs nennt die Filialleitung, darum wird keine PIN verwendet. Die IT kann dort andere nennen.',
  'supervision.notNamed':
    'Das darf nur die Filialleitung, und das Konto {{operator}} gehört nach der Richtlinie dieses PCs nicht dazu. Die IT kann es dort nennen.',
  'supervision.policy.notTrusted':
    'Für diesen PC gibt es eine Richtlinie, in die aber nicht nur Administratoren schreiben dürfen. Ihr wird nicht geglaubt, und niemand gehört zur Filialleitung, bis die IT die Rechte in Ordnung gebracht hat.',
  'supervision.policy.unreadable':
    'Für diesen PC gibt es eine Richtlinie, die sich aber nicht lesen lässt. Niemand gehört zur Filialleitung, bis die IT das in Ordnung gebracht hat.',
  'supervision.policy.malformed':
    'Für diesen PC gibt es eine Richtlinie, die aber nicht verstanden wird. Niemand gehört zur Filialleitung, bis die IT sie in Ordnung gebracht hat.',
  'supervision.otherGrant': 'Die Filialleitung hat etwas anderes erlaubt. Fragen Sie noch einmal.',
  'ledger.supervisorPinSet': 'Die PIN der Filialleitung wurde festgelegt.',
  'ledger.supervisorPinChanged': 'Die PIN der Filialleitung wurde von jemandem geändert, der sie kannte.',
  'ledger.supervisorPinReset': 'Mit dem Wiederherstellungsschlüssel wurde eine neue PIN der Filialleitung festgelegt.',
  'ledger.supervisorPinWrong': 'Eine falsche PIN der Filialleitung wurde eingegeben.',
  'ledger.overriddenByPin_one': 'Ein Befund wurde mit der PIN der Filialleitung und Begründung übergangen.',
  'ledger.overriddenByPin_other': '{{count}} Befunde wurden mit der PIN der Filialleitung und Begründung übergangen.',
  'ledger.overriddenByAccount_one':
    'Ein Befund wurde von der Filialleitung, die in der Richtlinie steht, mit Begründung übergangen.',
  'ledger.overriddenByAccount_other':
    '{{count}} Befunde wurden von der Filialleitung, die in der Richtlinie steht, mit Begründung übergangen.',
};
