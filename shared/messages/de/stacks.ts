export const stacks = {
  'separator.title': 'Trennblatt – nächster Kunde',
  'separator.text':
    'Legen Sie dieses Blatt zwischen zwei Kunden. Es wird nicht gesendet und kann wieder benutzt werden.',
  'submission.stack': 'Ein Papierstapel von Seiten, der noch auf seine Kunden verteilt wird.',
  'ledger.pageParted_one': 'Die Datei wurde in {{count}} eigene Seite zerlegt.',
  'ledger.pageParted_other': 'Die Datei wurde in {{count}} eigene Seiten zerlegt.',
  'ledger.stackCreated': 'Ein Papierstapel wurde begonnen.',
  'ledger.stackSplit':
    'Der Papierstapel wurde auf {{customers}} Kunden verteilt; {{left}} Seiten bleiben in seiner Ablage.',
  'ledger.stackJoined': 'Die Seiten von {{customers}} Kunden wurden in den Papierstapel zurückgenommen.',
  'ledger.pageHandedOver': 'Eine Seite ging an einen anderen Vorgang.',
  'ledger.pageReceived': 'Eine Seite kam aus einem anderen Vorgang.',
  'stack.stillChecking': 'Einige Seiten werden noch geprüft. Warten Sie einen Augenblick.',
  'stack.unknownFlow': 'Die Verbindung hat keinen Ablauf „{{flow}}“. Möglich sind: {{known}}.',
  'stack.notFinished':
    'Der Papierstapel ist nur zum Teil verteilt, deshalb bleibt der Kunde hier. Schaffen Sie Platz auf dem Datenträger und geben Sie erneut frei; in logs/ des Profils steht, was nicht ging.',
  'stack.isMoving':
    'Seiten dieses Papierstapels werden gerade verteilt oder zurückgenommen. Warten Sie einen Augenblick.',
  'stack.oneSheet': 'Diese Datei hat nur ein Blatt.',
  'stack.cannotPart':
    'Diese Datei lässt sich nicht zerlegen. Scannen Sie ihre Blätter einzeln, oder importieren Sie sie als einzelne Dateien.',
  'stack.noSuchPage': 'Der Stapel hat keine Seite {{position}}.',
  'stack.isParted': 'Diese Datei wurde zerlegt: Ihre Blätter liegen hier als eigene Seiten.',
  'stack.tooManySheets':
    'Eine Datei mit mehr als 200 Blättern lässt sich nicht zerlegen. Scannen Sie den Stapel in kleineren Teilen.',
  'stack.nothingToSplit': 'Es ist keine Seite zu verteilen.',
  'stack.changed':
    'Der Papierstapel hat sich inzwischen geändert. Sehen Sie ihn noch einmal an und übernehmen Sie ihn dann.',
  'stack.hasNoSlots': 'Ein Papierstapel hat keine Plätze. Verteilen Sie ihn zuerst.',
  'stack.nothingToUndo': 'Aus diesem Papierstapel wurde nichts verteilt.',
  'stack.isReleased':
    'Ein Kunde dieses Papierstapels wurde freigegeben oder storniert; seine Seiten können nicht zurückgenommen werden.',
  'stack.notDealtOut':
    'Einige Seiten sind noch nicht verteilt. Übernehmen Sie den Vorschlag, oder legen Sie sie in die Ablage.',
  'separator.diskFull': 'Dort ist kein Platz mehr. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.',
  'separator.notWritable': 'Die Datei kann dort nicht geschrieben werden. Wählen Sie einen anderen Ordner oder Namen.',
} as const;
