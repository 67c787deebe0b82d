/** Where a submission is and why; what sync does and why it waits. */
export const delivery: Readonly<Record<string, string>> = {
  'submission.draft': 'Vor der Freigabe fehlt noch etwas.',
  'submission.ready': 'Vollständig und geprüft. Der Vorgang geht hinaus, wenn der Stapel freigegeben wird.',
  'submission.released': 'Freigegeben. Der Vorgang wird gesendet, sobald er an der Reihe ist.',
  'submission.sending': 'Wird gesendet. Jede Seite gilt erst als gesendet, wenn der Anbieter sie bestätigt hat.',
  'submission.asked': 'Der Anbieter wird nach dem Ergebnis gefragt.',
  'submission.sent': 'Der Anbieter hat alles bestätigt. Als Nächstes kommt seine Entscheidung.',
  'submission.sentByWord':
    'Gesendet. Dass alles angekommen ist, sagt zum Teil eine Person: Die Antwort des Anbieters ging verloren. Als Nächstes kommt seine Entscheidung.',
  'submission.inReview': 'In Prüfung beim Anbieter.',
  'submission.accepted': 'Entschieden: angenommen.',
  'submission.rejected': 'Entschieden: abgelehnt.',
  'submission.retake': 'Zurück am Schalter für neue Bilder.',
  'submission.retakeIncomplete': 'Es fehlt noch ein neues Bild, das der Anbieter verlangt hat.',
  'submission.held': 'Von einer Person zurückgehalten. Bis es weitergeht, wird nichts gesendet.',
  'submission.voided': 'Von einer Person storniert. Es wird nichts mehr gesendet.',
  'submission.takenBack': 'Zur Korrektur zurückgenommen. Was der Anbieter schon hat, wird nicht noch einmal gesendet.',

  'ledger.held': 'Zurückgehalten',
  'ledger.letGo': 'Nicht mehr zurückgehalten',
  'ledger.decided.retry': 'Entschieden: erneut versuchen, als neue Anfrage',
  'ledger.decided.confirm_delivered': 'Entschieden: beim Anbieter angekommen',
  'ledger.decided.confirm_record': 'Entschieden: beim Anbieter vorhanden; die ID wurde eingegeben und verglichen',
  'ledger.decided.send_again': 'Entschieden: nicht angekommen, erneut senden',
  'ledger.decided.leave': 'Entschieden: beim Anbieter so gelassen, wie es ist',

  'sync.online': 'Verbunden.',
  'sync.networkUnknown': 'Seit dem Start wurde noch nichts gesendet.',
  'sync.offlineWanted':
    'Satchel arbeitet offline. Alles bleibt erhalten und wird gesendet, wenn Sie wieder online gehen.',
  'sync.outsideHours':
    'Außerhalb der eingestellten Zeiten wird nichts gesendet; weiter geht es um {{from}}. „Jetzt versuchen“ sendet sofort.',
  'sync.connectionOpen': 'Die Verbindung funktioniert wieder.',
  'sync.providerSilent':
    'Der Server des Anbieters bricht ab oder antwortet nicht. Sobald er es tut, geht das Senden von selbst weiter.',
  'sync.clockOff':
    'Die Uhr dieses PCs geht um etwa {{hours}} Std. {{minutes}} Min. falsch. Das Senden geht weiter, aber Zeiten in Aufzeichnungen und sichere Verbindungen hängen davon ab.',
  'sync.credentialMissing':
    'Die Anmeldung dieser Verbindung fehlt oder ist gesperrt. Melden Sie sich in den Einstellungen neu an.',
  'sync.pauseUnreadable':
    'Warum diese Verbindung angehalten wurde, lässt sich nicht lesen. Rufen Sie die IT an; testen Sie dann die Verbindung in den Einstellungen.',
  'sync.unknown':
    'Die Antwort ging verloren, die Sendung kann also angekommen sein. Das wird geklärt, bevor etwas erneut gesendet wird.',
  'sync.interrupted': 'Unterbrochen, bevor die ganze Anfrage diesen PC verlassen hatte. Sie wird erneut gesendet.',
  'sync.interruptedUnknown':
    'Unterbrochen, nachdem die ganze Anfrage diesen PC verlassen hatte; sie kann also angekommen sein. Das wird geklärt, bevor etwas erneut gesendet wird.',
  'sync.personDecides':
    'Die Antwort ging verloren, und beim Anbieter lässt sich nicht nachfragen. Sehen Sie dort nach, ob die Sendung angekommen ist, und entscheiden Sie dann hier.',
  'sync.attentionOver': 'Was zu klären war, ist behoben.',
  'sync.confirmedByPerson': 'Eine Person sagt, dass die Sendung angekommen ist.',
  'sync.wrongDecision':
    'Diese Entscheidung passt nicht zu dem, was inzwischen bekannt ist; nichts wurde geändert. In der Zeile des Kunden steht, was möglich ist.',
  'sync.sendingAgain': 'Eine Person hat entschieden, erneut zu senden.',
  'sync.leftByPerson': 'Eine Person hat entschieden, es so zu lassen.',
  'sync.pageUnreadable': 'Eine Seite auf diesem PC ist beschädigt oder fehlt. Scannen Sie sie neu.',
  'sync.payloadInvalid':
    'Was für diesen Aufruf geplant war, lässt sich nicht lesen. Es wurde nichts gesendet. Rufen Sie die IT an.',
  'sync.connectionGone':
    'Die Verbindung für diesen Aufruf gibt es nicht mehr, oder diese Version kennt den Aufruf nicht. Rufen Sie die IT an.',
  'sync.storageFailed':
    'Der Datenträger hat einen Schreibvorgang nicht angenommen, deshalb wurde nichts gesendet. Es wird von selbst erneut versucht.',
  'sync.fault':
    'Ein Fehler in Satchel hat diesen Aufruf angehalten. Nichts gilt als gesendet. Rufen Sie mit dem Bericht die IT an.',
};
