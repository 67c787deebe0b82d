/** Siehe das englische Gegenstück: was jemand an einer Verbindung und ihren Abläufen ändert. */
export const changes: Readonly<Record<string, string>> = {
  'change.connection.renamed': 'Die Verbindung „{{from}}“ heißt „{{to}}“.',
  'change.connection.address': 'Die Adresse ist {{to}}; sie war {{from}}.',
  'change.connection.setting': '{{setting}}: „{{to}}“ statt „{{from}}“.',
  'change.connection.settingSet': '{{setting}}: „{{to}}“.',
  'change.connection.settingCleared': '{{setting}}: leer statt „{{from}}“.',
  'change.flow.added': 'Der Ablauf „{{flow}}“ kommt hinzu.',
  'change.flow.removed': 'Der Ablauf „{{flow}}“ wird entfernt.',
  'change.flow.first': 'Die Abläufe haben eine andere Reihenfolge; „{{flow}}“ wird zuerst angeboten.',
  'change.flow.renamed': 'Der Ablauf „{{from}}“ heißt „{{flow}}“.',
  'change.flow.reordered': '„{{flow}}“: Die Anforderungen haben eine andere Reihenfolge.',
  'change.flow.way': '„{{flow}}“: Der Weg zum Anbieter ist ein anderer: {{way}}.',
  'change.flow.routeField': '„{{flow}}“: {{routeField}}: „{{to}}“ statt „{{from}}“.',
  'change.flow.routeFieldSet': '„{{flow}}“: {{routeField}}: „{{to}}“.',
  'change.flow.routeFieldCleared': '„{{flow}}“: {{routeField}}: leer statt „{{from}}“.',
  'change.flow.fieldAsked': '„{{flow}}“: Am Schalter ist zu erfragen: {{field}}.',
  'change.flow.fieldNotAsked': '„{{flow}}“: Am Schalter ist nicht mehr zu erfragen: {{field}}.',
  'change.flow.severity': '„{{flow}}“: {{rule}}: „{{toSeverity}}“ statt „{{fromSeverity}}“.',
  'change.flow.details': '„{{flow}}“: andere Einzelheiten.',
  'change.requirement.added': '„{{flow}}“: „{{requirement}}“ wird zusätzlich verlangt.',
  'change.requirement.addedOptional': '„{{flow}}“: „{{requirement}}“ kommt hinzu und ist optional.',
  'change.requirement.removed': '„{{flow}}“: „{{requirement}}“ wird nicht mehr verlangt.',
  'change.requirement.renamed': '„{{flow}}“: Die Anforderung „{{from}}“ heißt „{{requirement}}“.',
  'change.requirement.optional': '„{{flow}}“: „{{requirement}}“ ist optional.',
  'change.requirement.required': '„{{flow}}“: „{{requirement}}“ ist nicht mehr optional.',
  'change.requirement.maxAge_one': '„{{flow}}“: „{{requirement}}“ darf höchstens {{count}} Tag alt sein.',
  'change.requirement.maxAge_other': '„{{flow}}“: „{{requirement}}“ darf höchstens {{count}} Tage alt sein.',
  'change.requirement.anyAge': '„{{flow}}“: „{{requirement}}“ darf beliebig alt sein.',
  'change.document.added':
    '„{{flow}}“: „{{requirement}}“ lässt ein weiteres Dokument zu: {{documentType}} ({{sides}}).',
  'change.document.removed': '„{{flow}}“: „{{requirement}}“ lässt dieses Dokument nicht mehr zu: {{documentType}}.',
  'change.document.first':
    '„{{flow}}“: „{{requirement}}“ bietet die Dokumente in anderer Reihenfolge an: {{documentType}} zuerst.',
  'change.document.sides': '„{{flow}}“: „{{requirement}}“, {{documentType}}: „{{toSides}}“ statt „{{fromSides}}“.',
  'change.document.word':
    '„{{flow}}“: „{{requirement}}“, {{documentType}}: Das Wort des Anbieters ist „{{to}}“, nicht „{{from}}“.',
  'change.document.maxAge_one': '„{{flow}}“: „{{requirement}}“, {{documentType}}: höchstens {{count}} Tag alt.',
  'change.document.maxAge_other': '„{{flow}}“: „{{requirement}}“, {{documentType}}: höchstens {{count}} Tage alt.',
  'change.document.anyAge': '„{{flow}}“: „{{requirement}}“, {{documentType}}: beliebig alt.',

  'connection.otherProvider':
    'Eine Verbindung bleibt bei ihrem Anbieter. Fügen Sie für einen anderen eine weitere Verbindung hinzu.',
  'connection.addressIsFixed':
    'Diese Adresse kann es nicht werden, denn die hinterlegten Zugangsdaten gingen dorthin. Fügen Sie mit ihr eine weitere Verbindung hinzu.',
  'connection.flowInUse_one':
    'Der Ablauf „{{flow}}“ lässt sich nicht entfernen: {{count}} Kunde, der am Schalter oder noch nicht gesendet ist, gehört zu ihm. Warten Sie, bis dieser Kunde gesendet ist, stornieren Sie ihn, oder behalten Sie den Ablauf.',
  'connection.flowInUse_other':
    'Der Ablauf „{{flow}}“ lässt sich nicht entfernen: {{count}} Kunden, die am Schalter oder noch nicht gesendet sind, gehören zu ihm. Warten Sie, bis sie gesendet sind, stornieren Sie sie, oder behalten Sie den Ablauf.',
  'connection.flowIdUsed':
    'Der Ablauf „{{flow}}“ kann nicht die Kennung „{{id}}“ haben: Kunden gehören zu einem anderen Ablauf dieser Kennung, der entfernt wurde. Geben Sie ihm eine andere Kennung.',
  'connection.flowKindFixed':
    'Der Ablauf „{{flow}}“ kann nicht zwischen Personen und Unternehmen wechseln. Fügen Sie einen anderen Ablauf mit eigener Kennung hinzu.',
  'ledger.connectionChanged_one': 'Die Verbindung „{{connection}}“ wurde in {{count}} Punkt geändert.',
  'ledger.connectionChanged_other': 'Die Verbindung „{{connection}}“ wurde in {{count}} Punkten geändert.',
  'ledger.flowFollowed': 'Der Ablauf „{{flow}}“ wurde geändert, und dieser Kunde folgt ihm.',
  'ledger.flowMoved': 'Eine Seite kam mit auf einen anderen Platz, weil der Ablauf geändert wurde: {{requirement}}.',
  'ledger.flowSetAside': 'Eine Seite wurde in die Ablage gelegt, weil der Ablauf keinen Platz mehr für sie hat.',
};
