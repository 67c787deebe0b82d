/** The app itself: its door, its start, its key store. */
export const general: Readonly<Record<string, string>> = {
  'app.internal':
    'In Satchel ist etwas schiefgegangen. Nichts Erfasstes ist verloren. Versuchen Sie es erneut; geschieht es wieder, geben Sie das Logbuch an die IT.',
  'app.notAllowed': 'Diese Anfrage kam nicht aus dem Satchel-Fenster und wurde abgelehnt.',
  'app.invalidInput': '{{field}}: {{problem}}',
  'retention.wantsYes':
    'Für {{submissions}} Kunden mit {{pages}} Seiten ist die Frist schon um. Ihre Seiten würden vernichtet und sind nicht zurückzuholen; ist das gewollt, --yes angeben.',
  'retention.noRedaction': 'Der Anbieter dieser Verbindung lässt sich nicht bitten, zu entfernen, was er hat.',
  'retention.redactWantsYes':
    'Was der Anbieter entfernt, wenn hier Seiten gelöscht werden, ist auch dort nicht zurückzuholen. Wofür er keinen Aufruf hat (einzelne Dokumente, auch die eines Kontos), und Konten, die zu mehreren Besuchen gehören, bleiben dort. Ist das gewollt, --yes angeben.',
  'app.notFound': 'Das ist nicht mehr da. Es kann inzwischen entfernt oder gelöscht worden sein.',
  'app.askNotOffered': 'Danach lässt sich dieser Anbieter nicht fragen.',
  'app.askUnanswered':
    'Die Verbindung brach ab oder brachte nicht rechtzeitig eine ganze Antwort. Von selbst wird das nicht wiederholt: Fragen Sie noch einmal.',
  'app.keptFileExists':
    'Eine Datei dieses Namens gibt es schon: {{file}}. Nichts wurde geschrieben; nennen Sie einen leeren Ordner.',
  'app.keptNotWritten':
    'Die Dateien lassen sich nicht nach {{folder}} schreiben: Vielleicht ist es voll, oder Sie dürfen dort nicht schreiben. Keine davon blieb dort.',
  'app.notInAttention': 'Kein Vorgang mit dieser Referenz oder ID ist zu klären.',
  'app.severalSubmissions':
    'Mehrere Vorgänge mit dieser Referenz sind zu klären. Nennen Sie einen mit seiner ID (siehe: status).',
  'app.nothingToDecide': 'Zu diesem Vorgang ist nichts zu entscheiden.',
  'app.otherDecision': 'Diese Entscheidung passt nicht zu dem, was bekannt ist. {{why}} Möglich ist hier: {{options}}.',
  'app.keyStoreLocked':
    'Der Schlüsselspeicher dieses PCs öffnet den Tresor nicht. Nichts ist verloren: Geben Sie den Wiederherstellungsschlüssel in den Einstellungen ein.',

  'start.inUse':
    'Satchel läuft mit diesem Profil bereits. Schließen Sie zuerst das andere Fenster oder den anderen Befehl.',
  'start.databaseForeign':
    'Die Datenbank im Profilordner gehört zu einem anderen Programm. Sie wurde nicht verändert. Wählen Sie einen anderen Profilordner.',
  'start.databaseFuture':
    'Das Profil wurde zuletzt von einem neueren Satchel benutzt. Es wurde nicht verändert. Installieren Sie die neuere Version wieder.',
  'start.databaseReadOnly':
    'In den Profilordner kann nicht geschrieben werden. Nichts wurde geändert. Geben Sie diesem Konto das Recht, dort zu schreiben, und starten Sie dann erneut.',
  'start.databaseDisk':
    'Der Datenträger lässt Satchel seine Datenbank nicht öffnen. Nichts wurde geändert. Schaffen Sie Platz oder rufen Sie die IT an.',
  'start.keysLocked':
    'Der Schlüsselspeicher dieses PCs öffnet den Tresor nicht (anderes Konto, anderer PC oder geleerter Schlüsselspeicher). Nichts ist verloren. Geben Sie den Wiederherstellungsschlüssel ein.',

  'start.databaseRestored':
    'Die Datenbank war beschädigt. Sie wurde vollständig beiseitegelegt, und die letzte Kopie trat an ihre Stelle. Seiten, die nach dieser Kopie erfasst wurden, liegen noch im Tresor: Rufen Sie die IT an. Was unterwegs war, wird beim Anbieter nachgeschlagen, bevor es erneut gesendet wird.',
  'start.databaseSetAside':
    'Die Datenbank war beschädigt, und es gab keine Kopie. Sie wurde vollständig beiseitegelegt, und eine leere trat an ihre Stelle. Die Seiten liegen noch im Tresor: Rufen Sie die IT an, bevor Sie weiterarbeiten.',
  'start.damagedDatabaseLies':
    'Neben der Datenbank liegt eine beschädigte von einem früheren Tag. Seiten, die nur sie kennt, sind noch im Tresor: Rufen Sie die IT.',
  'start.redactionUndecided':
    'Eine ältere Kopie der Daten trat an deren Stelle. Legen Sie in den Einstellungen unter Aufbewahrung noch einmal fest, ob auch Anbieter entfernen, was sie von gelöschten Kunden haben. Bis dahin wird keine Seite gelöscht.',
  'start.databaseNotIntact':
    'Nach dem plötzlichen Ende des letzten Laufs lassen sich Teile der Datenbank nicht richtig lesen. Die Seiten sind im Tresor. Geben Sie nichts mehr frei und rufen Sie die IT.',
  'start.diskFull':
    'Der Datenträger ist voll, darum wurde das nicht ausgeführt. Nichts ist verloren. Löschen Sie, was auf diesem PC nicht gebraucht wird, und versuchen Sie es noch einmal.',
  'start.diskFullNeeds':
    'Der Datenträger ist voll. Nichts ist verloren, und was freigegeben wurde, wird weiter gesendet. Zum Erfassen müssen mindestens {{megabytes}} MB frei werden.',

  'installation.otherPc':
    'Dieses Profil ist auf diesem PC noch nicht gelaufen: Es wurde hierher verschoben, oder es ist eine Kopie. Bevor jemand entschieden hat, wird nichts daraus gesendet. Ist das Original noch in Gebrauch, arbeiten Sie dort weiter.',
  'installation.elsewhere':
    'Dieses Profil lief zuletzt in einem anderen Ordner dieses PCs: Es wurde verschoben, oder es ist eine Kopie. Bevor jemand entschieden hat, wird nichts daraus gesendet. Ist das Original noch in Gebrauch, arbeiten Sie dort weiter.',
  'installation.older':
    'Dieses Profil ist auf diesem PC schon weiter gelaufen: Eine ältere Kopie trat an seine Stelle. Was seither gesendet wurde, ist hier nicht bekannt, und bevor jemand entschieden hat, wird nichts gesendet.',
  'installation.commands': 'Entscheiden Sie zuerst mit einem dieser Befehle: {{commands}}.',
  'installation.originalOpen':
    'Das Original dieses Profils ist auf diesem PC gerade geöffnet. Schließen Sie es zuerst, oder arbeiten Sie dort weiter.',
  'installation.nothingToDecide': 'Über dieses Profil ist nichts zu entscheiden, oder nicht auf diese Weise.',
  'ledger.installation.moved':
    'Entschieden: Das Profil wurde hierher verschoben; der alte Ort ist nicht mehr in Gebrauch',
  'ledger.installation.older_copy':
    'Entschieden: eine ältere Kopie; Offenes wird nachgeschlagen, bevor es erneut gesendet wird',

  'sample.missing': 'Die Musterdokumente sind bei dieser Installation von Satchel nicht dabei.',
  'connection.unknown': 'Es gibt keine Verbindung namens {{name}}. Bekannt sind: {{known}}.',
  'connection.practiceIsFixed':
    'Eine Übungsverbindung lässt sich nicht ändern: Sie gehört zum Übungsserver auf diesem PC.',
  'recovery.malformed':
    'Das ist kein Wiederherstellungsschlüssel. Er beginnt mit AGE-SECRET-KEY-1; kopieren Sie ihn ganz und ohne Leerzeichen.',
  'recovery.does_not_fit': 'Das ist der Wiederherstellungsschlüssel eines anderen Tresors. Nichts wurde geändert.',
  'recovery.none':
    'Für diesen Tresor wurde nie ein Wiederherstellungsschlüssel erstellt. Melden Sie sich am selben PC als der Benutzer an, der diese Seiten erfasst hat.',
  'recovery.key_store_unavailable':
    'Der Schlüsselspeicher dieses PCs ist im Augenblick nicht verfügbar. Entsperren Sie ihn und versuchen Sie es dann erneut.',
  'connection.flowsFile':
    'Die Datei mit den Abläufen, {{file}}, wurde nicht übernommen: {{problem}}. Ein Beispiel steht in docs/connections.md.',
  'connection.credentialMissing':
    'Auf der Standardeingabe kamen keine Zugangsdaten, deshalb wurde nichts hinzugefügt. Übergeben Sie sie mit einer Pipe: echo "$KEY" | satchel connection add …',
  'connection.credentialNotJson':
    'Die Zugangsdaten auf der Standardeingabe sind kein JSON. {{provider}} braucht {{form}}.',
};
