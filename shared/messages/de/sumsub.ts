import { engineWords } from './engine.ts';

/** Was Sumsub gesagt hat und was an einer Seite nach Sumsubs eigenen Regeln nicht stimmt. */
export const sumsub: Readonly<Record<string, string>> = {
  'sumsub.created': 'Sumsub hat den Kunden angelegt.',
  'sumsub.createFound': 'Sumsub hat den Kunden schon, unter der gesendeten Referenz. Nichts wurde doppelt angelegt.',
  'sumsub.createDidNotHappen': 'Sumsub hat keinen Kunden unter der gesendeten Referenz. Der Kunde wird jetzt angelegt.',
  'sumsub.referenceTaken':
    'Sumsub meldet die Referenz dieses Kunden als vergeben, zeigt ihn diesem App-Token aber nicht. Vielleicht hat jemand den Datensatz dort gelöscht, oder das Token gehört zu einem anderen Konto.',
  'sumsub.askApplicant':
    'Die Antwort auf das Anlegen des Kunden ging verloren. Suchen Sie im Sumsub-Dashboard den neuesten Bewerber mit dem Namen dieses Kunden.',
  'sumsub.recordOther': 'Der Bewerber mit dieser ID ist nicht der von hier angelegte. Nichts wurde geändert.',
  'sumsub.otherApplicant':
    'Die Antwort von Sumsub nennt einen anderen Kunden. Für diesen wird nichts mehr gesendet, bis die IT nachgesehen hat.',
  'sumsub.uploaded': 'Sumsub hat die Seite angenommen.',
  'sumsub.uploadedNow': 'Sumsub hat die Seite jetzt angenommen: Der Versuch davor war nicht angekommen.',
  'sumsub.uploadedWithWarnings': 'Sumsub hat die Seite angenommen, mit Hinweisen.',
  'sumsub.uploadFound': 'Sumsub hat die Seite schon; nichts wurde doppelt gesendet.',
  'sumsub.uploadDidNotHappen':
    'Sumsub führt auf, was es von diesem Kunden hat, und diese Seite ist nicht dabei. Sie wird erneut gesendet.',
  'sumsub.uploadNotNamed':
    'Sumsub zeigt nicht, welche Seiten es hat. Genau dieselben Bytes gehen noch einmal: Sollten sie dort sein, meldet Sumsub das, und es gilt als die verlorene Antwort.',
  'sumsub.askPage':
    'Die Antwort auf das Senden der Seite ging verloren. Sehen Sie im Sumsub-Dashboard nach, ob die Seite dort ist.',
  'sumsub.sideStillThere': 'Sumsub hat diese Seite noch und nutzt sie, deshalb wurde sie nicht noch einmal gesendet.',
  'sumsub.sideInactive':
    'Sumsub hat diese Seite außer Gebrauch gesetzt, als es die andere ablehnte, und nimmt dasselbe Bild nicht noch einmal. Scannen Sie auch diese Seite neu.',
  'sumsub.started': 'Sumsub hat die Prüfung begonnen.',
  'sumsub.startFound': 'Die Prüfung hat schon begonnen; nichts wurde doppelt begonnen.',
  'sumsub.startDidNotHappen': 'Die Prüfung hat nicht begonnen. Sie wird erneut angestoßen.',
  'sumsub.cannotTellStart':
    'Die Antwort ging verloren, und Sumsub kann nicht sagen, ob die Prüfung begonnen hat. Sehen Sie im Sumsub-Dashboard nach.',
  'sumsub.documentsMissing':
    'Der Level bei Sumsub verlangt mehr, als dieser Ablauf hat. Der Ablauf oder der Level muss korrigiert werden.',
  'sumsub.inReview': 'Sumsub prüft den Kunden.',
  'sumsub.onHold':
    'Jemand aus Ihrer Organisation muss sich diesen Kunden im Sumsub-Dashboard ansehen. Satchel fragt weiter nach.',
  'sumsub.awaitingUser':
    'Sumsub wartet auf etwas vom Kunden, das keine Seite ist. Sehen Sie im Sumsub-Dashboard nach; Satchel fragt weiter nach.',
  'sumsub.statusUnknown': 'Sumsub meldet einen Status, den Satchel nicht kennt ({{status}}). Es fragt weiter nach.',
  'sumsub.fieldMissing': 'Sumsub braucht dieses Feld: {{field}}.',
  'sumsub.fieldRefused': 'Sumsub hat dieses Feld abgelehnt: {{field}}.',
  'sumsub.invalid': 'Sumsub hat die Daten des Kunden abgelehnt.',
  'sumsub.applicantMissing':
    'Sumsub hat diesen Kunden nicht mehr. Vielleicht hat jemand den Datensatz dort gelöscht. Wenn noch nicht entschieden war, kommt keine Entscheidung mehr: Stornieren Sie den Vorgang, und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'sumsub.applicantUnknown':
    'Sumsubs eigene Nummer dieses Kunden ist nicht bekannt, deshalb lässt sich für ihn nichts senden.',
  'sumsub.applicantEnded': 'Sumsub nimmt für diesen Kunden keine Bilder mehr an.',
  'sumsub.levelUnknown':
    'Sumsub kennt diesen Level nicht. Der Name des Ablaufs muss genau so geschrieben sein wie der Level im Sumsub-Dashboard.',
  'sumsub.docTypeRefused': 'Sumsub kennt diese Dokumentart nicht. Der Ablauf dieser Verbindung muss korrigiert werden.',
  'sumsub.docTypeNotWanted':
    'Der Level bei Sumsub nimmt diese Art von Dokument nicht. Der Ablauf oder der Level muss korrigiert werden.',
  'sumsub.tooManyDocuments': 'Sumsub hat die größte Zahl von Bildern erreicht, die es für einen Kunden annimmt.',
  'sumsub.fileRefused': 'Sumsub hat die Datei abgelehnt. Scannen Sie die Seite neu.',
  'sumsub.fileTooLarge': 'Die Seite ist für Sumsub zu groß. Scannen Sie sie mit geringerer Auflösung neu.',
  'sumsub.fileEmpty': 'Bei Sumsub kam eine leere Datei an. Scannen Sie die Seite neu.',
  'sumsub.fileCorrupted': 'Sumsub kann die Datei nicht öffnen. Scannen Sie die Seite neu.',
  'sumsub.fileFormat': 'Sumsub nimmt diese Form von Datei nicht. Scannen Sie die Seite als JPEG, PNG oder PDF.',
  'sumsub.fileSizeRefused':
    'Die Größe der Datei liegt außerhalb dessen, was Ihre Organisation bei Sumsub eingestellt hat. Scannen Sie die Seite mit anderer Auflösung neu.',
  'sumsub.fileEncrypted':
    'Die Datei verlangt ein Passwort, deshalb kann Sumsub sie nicht öffnen. Scannen Sie die Seite.',
  'sumsub.duplicateImage': 'Sumsub hat genau dieses Bild schon. Vorder- und Rückseite müssen zwei Bilder sein.',
  'sumsub.beingChecked': 'Sumsub prüft den Kunden gerade und nimmt nichts Neues an. Das Senden geht von selbst weiter.',
  'sumsub.beingCheckedAgain':
    'Sumsub meldet immer wieder, dass es den Kunden noch prüft und nichts Neues annimmt. Vielleicht muss jemand im Dashboard von Sumsub nachsehen; versuchen Sie es erneut, wenn diese Prüfung vorbei ist.',
  'sumsub.signInRefused':
    'Sumsub hat das App-Token oder die mit seinem geheimen Schlüssel gemachte Signatur abgelehnt. Geben Sie beides in den Einstellungen der Verbindung neu ein.',
  'sumsub.clockWrong':
    'Sumsub hat die Anfrage abgelehnt, weil die Uhr dieses PCs falsch geht. Nichts kann gesendet werden, bevor sie richtig gestellt ist.',
  'sumsub.requestExpired':
    'Die Anfrage kam bei Sumsub zu spät an: Die Leitung war zu langsam. Es wird erneut versucht.',
  'sumsub.requestExpiredAgain':
    'Die Anfrage kommt bei Sumsub immer wieder zu spät an: Die Leitung ist dafür zu langsam. Die IT prüft die Leitung; danach versuchen Sie es erneut.',
  'sumsub.forbidden':
    'Sumsub erlaubt diesem App-Token das nicht. Es braucht die Berechtigungen, Bewerber anzusehen und zu verwalten.',
  'sumsub.wrongAddress': 'Unter dieser Adresse gibt es kein Sumsub. Prüfen Sie die Adresse der Verbindung.',
  'sumsub.answerUnreadable': 'Die Antwort von Sumsub ließ sich nicht lesen und gilt deshalb nicht als Erfolg.',
  'sumsub.timeout': 'Sumsub hat zu lange für die Antwort gebraucht.',
  'sumsub.conflict': 'Sumsub war mit diesem Kunden beschäftigt. Es wird erneut versucht.',
  'sumsub.conflictAgain':
    'Sumsub meldet immer wieder, dass es mit diesem Kunden beschäftigt ist. Sehen Sie in seinem Dashboard beim Datensatz des Kunden nach; danach versuchen Sie es erneut, oder die IT fragt Sumsub, mit diesem Bericht.',
  'sumsub.rateLimited': 'Sumsub nimmt im Augenblick keine Aufrufe mehr an. Das Senden geht von selbst weiter.',
  'sumsub.unavailable': 'Sumsub hat eine Störung.',
  'sumsub.refused': 'Sumsub hat den Aufruf abgelehnt (Status {{status}}).',
  'sumsub.testOk': 'Sumsub hat geantwortet; das App-Token und sein geheimer Schlüssel sind gültig.',
  'sumsub.testSandboxToken': 'Das ist ein Sandbox-Token, aber die Verbindung ist als Produktion gekennzeichnet.',
  'sumsub.testProductionToken':
    'Das ist ein Produktionstoken, aber die Verbindung ist nicht als Produktion gekennzeichnet.',
  'sumsub.decision.approved': 'Sumsub hat den Kunden angenommen.',
  'sumsub.decision.finalPrivate':
    'Sumsub hat abgelehnt. Die Gründe stehen im Sumsub-Dashboard; sie sind nicht für den Schalter bestimmt.',
  'sumsub.decision.retake': 'Sumsub verlangt neue Bilder.',
  'sumsub.decision.unclear':
    'Sumsub hat abgelehnt, ohne zu sagen, ob neue Bilder helfen würden. Jemand muss im Sumsub-Dashboard nachsehen.',
  ...engineWords('sumsub', 'Sumsub'),

  'finding.sumsub.sentAs':
    '{{file}} wird als {{to}} gesendet: Sumsub nimmt kein {{from}}. Das Original bleibt hier, wie es ist.',
  'finding.sumsub.sentAs.next': 'Es ist nichts zu tun.',
  'finding.sumsub.sentUnlocked':
    '{{file}} wird als {{to}} gesendet: Es ist ein geschütztes PDF, und verschlüsselte Dateien lehnt Sumsub ab. Das Original bleibt hier, wie es ist.',
  'finding.sumsub.sentUnlocked.next': 'Es ist nichts zu tun.',
  'finding.sumsub.page.blackAndWhite':
    '{{file}} ist schwarz-weiß, und Sumsub schickt Dokumente in Schwarz-Weiß zurück.',
  'finding.sumsub.page.blackAndWhite.next': 'Das Dokument selbst in Farbe scannen.',
  'finding.sumsub.file.type': '{{file}} ist kein JPEG, PNG oder PDF, und Sumsub nimmt nichts anderes an.',
  'finding.sumsub.file.type.next': 'Die Seite als JPEG, PNG oder PDF scannen.',
  'finding.sumsub.file.tooLarge': '{{file}} hat {{megabytes}} MB. Sumsub lehnt mehr als {{limitMegabytes}} MB ab.',
  'finding.sumsub.file.tooLarge.next': 'Die Seite mit 300 dpi als JPEG scannen.',
  'finding.sumsub.file.encrypted': '{{file}} ist ein geschütztes PDF, und verschlüsselte Dateien lehnt Sumsub ab.',
  'finding.sumsub.file.encrypted.next': 'Ausdrucken und scannen, oder das PDF ohne Schutz speichern.',
  'finding.sumsub.country.missing': '{{requirement}}: Das Land des Dokuments fehlt, und Sumsub braucht es.',
  'finding.sumsub.country.missing.next': 'Das Land wählen.',
  'finding.sumsub.country.differs': 'Auf {{file}} steht das Land {{read}}, und an Sumsub ginge damit {{sent}}.',
  'finding.sumsub.country.differs.next': 'Das Land des Dokuments wählen.',
  'finding.sumsub.page.sameBytes':
    '{{file}} und {{other}} sind dieselbe Datei auf zwei Plätzen. Sumsub lehnt dasselbe Bild beim zweiten Mal ab.',
  'finding.sumsub.page.sameBytes.next': 'Für einen der Plätze die richtige Seite scannen oder importieren.',
};
