/** Capture, import, preflight and connections. */
export const capture: Readonly<Record<string, string>> = {
  'folder.off': 'Es wird kein Ordner beobachtet. Wählen Sie einen in den Einstellungen.',
  'folder.busy': 'Die Seiten des Ordners werden schon übernommen.',
  'folder.noAnswer':
    'Der Ordner antwortet nicht, wie eine Freigabe, deren Server weg ist. Nichts wurde übernommen, und jede Datei ist noch da. Es wird von selbst wieder nachgesehen.',
  'folder.nothing': 'Im Ordner liegt gerade keine vollständige Datei.',
  'folder.notMoved':
    '{{file}} wurde übernommen, lässt sich aber nicht aus dem Ordner verschieben: Vielleicht hält ein anderes Programm die Datei fest, oder dieses Konto darf sie nicht verschieben. Es wird von selbst wieder versucht, und nichts wird doppelt übernommen; wenn sie liegen bleibt, räumen Sie sie von Hand weg, oder rufen Sie die IT an.',
  'folder.takenBefore':
    '{{file}} wurde schon einmal aus dem Ordner übernommen. Übernehmen Sie die Datei nur dann noch einmal, wenn sie zu dem Kunden gehört, der vor Ihnen steht; sonst räumen Sie sie von Hand weg.',
  'folder.changed':
    '{{file}} wurde noch geschrieben, als sie übernommen wurde; die Datei bleibt deshalb liegen und wird noch einmal angeboten. Übernehmen Sie sie erneut, und nehmen Sie dann die kürzere Seite heraus.',
  'import.notFound':
    '{{file}} wurde nicht übernommen: Die Datei ist nicht mehr da, oder ihr Name enthält Zeichen, die dieses System nicht lesen kann. Prüfen Sie den Ordner, benennen Sie die Datei bei Bedarf um und importieren Sie sie erneut.',
  'import.unreadable':
    '{{file}} wurde nicht übernommen: Dieses Konto darf die Datei nicht lesen. Bitten Sie die IT um das Leserecht, oder kopieren Sie die Datei in Ihren eigenen Ordner und importieren Sie sie von dort.',
  'import.link':
    '{{file}} wurde nicht übernommen: Das ist eine Verknüpfung und nicht die Datei selbst. Importieren Sie die Datei, auf die sie zeigt.',
  'import.notAFile':
    '{{file}} wurde nicht übernommen: Das ist ein Ordner, ein Gerät oder eine Pipe und keine Datei. Importieren Sie eine JPEG-, PNG- oder PDF-Datei.',
  'import.empty':
    '{{file}} wurde nicht übernommen: Die Datei ist leer (0 Bytes). Scannen oder speichern Sie die Seite erneut und importieren Sie dann die neue Datei.',
  'import.tooLarge':
    '{{file}} wurde nicht übernommen: Die Datei hat {{megabytes}} MB, die Grenze liegt bei {{limitMegabytes}} MB. Scannen Sie die Seite mit 300 dpi, oder teilen Sie das PDF auf, und importieren Sie es erneut.',
  'import.changedWhileReading':
    '{{file}} wurde nicht übernommen: Die Datei änderte sich, während sie gelesen wurde. Warten Sie, bis der Scanner oder das Programm sie fertig geschrieben hat, und importieren Sie sie erneut.',
  'import.diskFull':
    '{{file}} wurde nicht übernommen: Der Datenträger dieses PCs ist voll, es fehlen mindestens {{megabytes}} MB. Zuvor übernommene Seiten sind sicher. Schaffen Sie Platz und importieren Sie dann die übrigen Dateien erneut.',
  'import.readOnly':
    '{{file}} wurde nicht übernommen: In den Tresor auf diesem PC kann nicht geschrieben werden. Zuvor übernommene Seiten sind sicher. Rufen Sie die IT an und importieren Sie dann die übrigen Dateien erneut.',
  'import.diskError':
    '{{file}} wurde nicht übernommen: Der Datenträger dieses PCs hat einen Fehler gemeldet. Zuvor übernommene Seiten sind sicher. Versuchen Sie es erneut; geschieht es wieder, rufen Sie die IT an.',
  'import.noAnswer':
    '{{file}} wurde nicht übernommen: Der Ordner, in dem die Datei liegt, antwortet nicht. Importieren Sie sie noch einmal, sobald die Freigabe oder das Laufwerk erreichbar ist.',
  'import.notTried':
    '{{file}} wurde nicht versucht, weil der Import vorher anhalten musste. Beheben Sie, was bei der anderen Datei genannt ist, und importieren Sie dann diese erneut.',
  'import.folderUnreadable':
    'Der Ordner {{file}} wurde nicht übernommen: Dieses Konto darf ihn nicht lesen. Bitten Sie die IT um das Leserecht und importieren Sie ihn dann erneut.',
  'import.folderEmpty':
    'Der Ordner {{file}} wurde nicht übernommen: Er enthält keine Datei. Wählen Sie den Ordner, in dem die Seiten liegen.',
  'import.folderInFolder':
    'Der Ordner {{file}} in {{folder}} wurde nicht übernommen: Übernommen werden nur Dateien, die direkt in einem Ordner liegen. Importieren Sie {{file}} für sich, wenn seine Seiten zu diesem Kunden gehören.',
  'import.phonePhoto':
    '{{file}} ist ein HEIC-Foto, wie Telefone sie aufnehmen, und hier nicht lesbar. Lassen Sie das Telefon es als JPEG senden: am iPhone per Mail teilen oder vor der Aufnahme Einstellungen, Kamera, Formate, Maximale Kompatibilität wählen.',
  'import.unknownType':
    '{{file}} wurde nicht übernommen: Der Inhalt ist weder JPEG noch PNG, TIFF, WebP oder PDF, was auch immer der Name sagt. Scannen oder speichern Sie die Seite als JPEG, PNG oder PDF.',
  'import.wrongType':
    '{{file}} wurde nicht übernommen: Der Inhalt ist {{type}}, Satchel nimmt JPEG, PNG, TIFF, WebP und PDF. Scannen oder speichern Sie die Seite als JPEG, PNG oder PDF.',
  'import.truncated':
    '{{file}} wurde nicht übernommen: Der Inhalt ist {{type}} und endet zu früh, ein Teil fehlt. Scannen oder kopieren Sie die Datei erneut und importieren Sie dann die neue.',

  'capture.isVoided':
    'Dieser Vorgang wurde storniert, deshalb lässt sich nichts hinzufügen oder ändern. Beginnen Sie einen neuen Kunden.',
  'capture.isReleased':
    'Dieser Vorgang ist schon freigegeben, deshalb lässt sich nichts hinzufügen oder ändern. Um ihn zu berichtigen, bevor alles gesendet ist, öffnen Sie ihn unter Vorgänge und nehmen Sie ihn zurück.',
  'capture.isHeld': 'Dieser Vorgang wird zurückgehalten. Heben Sie das zuerst auf und geben Sie ihn dann frei.',
  'capture.notReady':
    'Dieser Vorgang ist noch nicht bereit. Ergänzen Sie, was rot gekennzeichnet ist, und geben Sie ihn dann frei.',
  'capture.notPossibleNow': 'Das ist beim jetzigen Stand des Vorgangs nicht möglich. Sehen Sie in seinem Verlauf nach.',
  'capture.unknownSlot': 'Diesen Platz gibt es bei dem Kunden nicht mehr. Wählen Sie einen der gezeigten Plätze.',
  'capture.pageIsDelivered':
    'Der Anbieter hat diese Seite schon, deshalb bleibt sie. Erfassen Sie eine neue Seite für ihren Platz, wenn der Anbieter eine verlangt.',
  'capture.documentIsFixed':
    'Der Anbieter hat schon Seiten dieses Dokuments, deshalb bleibt seine Art. Erfassen Sie die verlangten Seiten, oder stornieren Sie den Vorgang und beginnen Sie einen neuen Kunden.',
  'capture.overrideNotEnough':
    'Das lässt sich nicht übergehen: Eine benötigte Seite oder ein Feld fehlt, eine Seite wird noch geprüft, oder Seiten sind vielleicht von zwei Kunden. Ergänzen oder entscheiden Sie das Gekennzeichnete und übergehen Sie dann den Rest.',
  'capture.otherDisagreement':
    'Was nicht übereinstimmt, hat sich inzwischen geändert. Sehen Sie es sich noch einmal an und entscheiden Sie dann.',
  'capture.nothingDisagrees':
    'Die Seiten dieses Kunden stimmen miteinander und mit den Feldern überein, es ist also nichts zu entscheiden.',
  'capture.beingAsked': 'Der Anbieter wird gerade nach diesem Kunden gefragt. Versuchen Sie es gleich noch einmal.',
  'capture.takeBackWhileSending':
    'Eine Seite dieses Vorgangs wird gerade gesendet. Warten Sie, bis sie angekommen ist, und nehmen Sie ihn dann zurück.',
  'capture.takeBackWhileUnknown':
    'Es ist nicht bekannt, ob der letzte Aufruf dieses Vorgangs angekommen ist. Satchel findet es von selbst heraus oder fragt unter „Klärung“. Nehmen Sie den Vorgang danach zurück.',
  'capture.voidWhileSending':
    'Eine Seite dieses Vorgangs wird gerade gesendet. Warten Sie, bis sie angekommen ist, und stornieren Sie ihn dann.',
  'capture.voidWhileUnknown':
    'Es ist nicht bekannt, ob der letzte Aufruf dieses Vorgangs angekommen ist. Entscheiden Sie das zuerst unter „Klärung“ und stornieren Sie ihn dann.',

  'batch.isClosed':
    'Der Stapel ist geschlossen, deshalb lässt sich kein Kunde hinzufügen. Öffnen Sie ihn wieder oder beginnen Sie einen neuen Stapel.',

  'connection.notFound': 'Diese Verbindung gibt es nicht mehr. Wählen Sie in den Einstellungen eine andere.',
  'connection.inUse_one':
    'Die Verbindung lässt sich nicht entfernen: {{count}} Vorgang über sie ist noch nicht abgeschlossen. Warten Sie seine Entscheidung ab, oder stornieren Sie ihn.',
  'connection.inUse_other':
    'Die Verbindung lässt sich nicht entfernen: {{count}} Vorgänge über sie sind noch nicht abgeschlossen. Warten Sie deren Entscheidungen ab, oder stornieren Sie sie.',
  'connection.redactsWhenPurged':
    'Die Verbindung lässt sich nicht entfernen, solange ihr Anbieter die Daten ihrer Kunden entfernen soll, wenn deren Seiten gelöscht werden. Schalten Sie das zuerst in den Einstellungen unter Aufbewahrung aus.',
  'connection.redacting_one':
    'Die Verbindung lässt sich nicht entfernen: Die Daten von {{count}} gelöschten Kunden sind beim Anbieter noch zu entfernen. Warten Sie das ab, oder schalten Sie es in den Einstellungen unter Aufbewahrung aus.',
  'connection.redacting_other':
    'Die Verbindung lässt sich nicht entfernen: {{count}} Datensätze gelöschter Kunden sind beim Anbieter noch zu entfernen. Warten Sie das ab, oder schalten Sie es in den Einstellungen unter Aufbewahrung aus.',

  'manifest.notChosen': 'Kein Ordner ist gewählt. Wählen Sie den Ordner mit dem Manifest.',
  'manifest.notFound':
    'Im Ordner {{folder}} gibt es keine lesbare Datei {{file}}. Wählen Sie den Ordner, in dem sie liegt, und prüfen Sie, ob dieses Konto sie lesen darf.',
  'manifest.tooLarge':
    '{{file}} ist größer als 10 MB und wurde deshalb nicht gelesen. Verteilen Sie den Inhalt auf mehrere Ordner.',
  'manifest.notUtf8':
    '{{file}} ist kein UTF-8-Text, deshalb wurde nichts importiert. Speichern Sie die Datei als CSV mit UTF-8 und versuchen Sie es erneut.',
  'manifest.notCsv':
    '{{file}}, Zeile {{line}}: Ein Anführungszeichen wird geöffnet und nicht geschlossen, oder es steht mitten in einer Zelle. Nichts wurde importiert. Korrigieren Sie die Zeile und versuchen Sie es erneut.',
  'manifest.empty':
    '{{file}} ist leer. Schreiben Sie die Spalten in die erste Zeile und in jede weitere Zeile eine Datei.',
  'manifest.noRows': '{{file}} hat Spalten, aber keine Zeilen. Schreiben Sie nach der ersten in jede Zeile eine Datei.',
  'manifest.unknownColumn':
    '{{file}}, Zeile {{line}}: Es gibt keine Spalte „{{column}}“. Nichts wurde importiert. Korrigieren oder entfernen Sie die Spalte und versuchen Sie es erneut.',
  'manifest.missingColumn':
    '{{file}}, Zeile {{line}}: Die Spalte „{{column}}“ fehlt. Nichts wurde importiert. Fügen Sie die Spalte hinzu (ihre Zellen dürfen leer sein) und versuchen Sie es erneut.',
  'manifest.columnTwice':
    '{{file}}, Zeile {{line}}: Die Spalte „{{column}}“ ist zweimal da. Nichts wurde importiert. Entfernen Sie eine und versuchen Sie es erneut.',
  'manifest.cellCount':
    'Zeile {{line}} wurde ausgelassen: Sie hat {{found}} Zellen, gebraucht werden {{wanted}}. Prüfen Sie Trennzeichen und Anführungszeichen.',
  'manifest.noCustomer':
    'Zeile {{line}} wurde ausgelassen: Die Spalte customer ist leer. Schreiben Sie in jede Zeile eines Kunden dasselbe Wort.',
  'manifest.customerLeftOut':
    'Kunde {{customer}} (Zeile {{line}}) wurde mit allen seinen Dateien ({{files}}) ausgelassen. Korrigieren Sie die dazu genannte Zeile und importieren Sie ihn erneut.',
  'manifest.contradiction':
    'Zeile {{line}}: Die Spalte {{column}} des Kunden {{customer}} ist anders als in Zeile {{firstLine}}. Prüfen Sie, ob beide Zeilen dieselbe Person betreffen.',
  'manifest.unknownFlow':
    'Zeile {{line}}: Die Verbindung hat keinen Ablauf „{{flow}}“ (Spalte flow). Verwenden Sie einen von diesen: {{known}}.',
  'manifest.ambiguousFlow':
    'Zwei der gewählten Verbindungen haben einen Ablauf „{{flow}}“. Nichts wurde importiert. Importieren Sie für eine Verbindung nach der anderen.',
  'manifest.unknownRequirement':
    'Zeile {{line}} wurde ausgelassen: Der Ablauf hat keine Anforderung „{{requirement}}“ (Spalte requirement). Verwenden Sie eine von diesen: {{known}}.',
  'manifest.unknownDocumentType':
    'Zeile {{line}} wurde ausgelassen: „{{documentType}}“ (Spalte document_type) ist dort nicht zulässig. Verwenden Sie eines von diesen: {{known}}.',
  'manifest.unknownSide':
    'Zeile {{line}} wurde ausgelassen: „{{side}}“ (Spalte side) ist keine Seite dieses Dokuments. Verwenden Sie eine von diesen: {{known}}.',
  'manifest.twoDocumentTypes':
    'Zeile {{line}} wurde ausgelassen: Die Anforderung {{requirement}} hat in einer früheren Zeile schon das Dokument {{first}}. Verwenden Sie für sie nur eine Dokumentart.',
  'manifest.slotTwice':
    'Zeile {{line}} wurde ausgelassen: Zeile {{firstLine}} hat schon eine Datei für dieselbe Seite dieses Dokuments. Behalten Sie eine der beiden Zeilen.',
  'manifest.fileOfTwo':
    'Zeile {{line}} wurde ausgelassen: {{file}} ist dieselbe Datei wie {{other}} in Zeile {{otherLine}}, die einem anderen Kunden gehört. Klären Sie, wem sie gehört, und korrigieren Sie beide Zeilen.',
  'manifest.referenceTwice':
    'Zeile {{line}}: Kunde {{customer}} hat die Referenz {{reference}} wie Kunde {{other}} in Zeile {{otherLine}}. Schreiben Sie in die Spalte customer dasselbe Wort, wenn es derselbe Kunde ist, oder korrigieren Sie die Referenz.',
  'manifest.encrypted':
    '{{file}} ist verschlüsselt. Verlangt sie ein Passwort, kann kein Anbieter sie öffnen: Speichern Sie sie ohne und importieren Sie diese Fassung.',
  'manifest.importedBefore':
    '{{before}} von {{total}} Kunden kamen mit denselben Dateien schon früher aus einem Manifest. Importieren Sie sie nur dann erneut, wenn sie zweimal da sein sollen.',
  'manifest.importedInPart':
    '{{before}} von {{total}} Kunden kamen ganz oder teilweise schon früher aus einem Manifest. Die Dateien dieser Zeilen sind schon da: {{lines}}. Importieren Sie nur, was fehlt (Dateien: {{missing}}).',
  'manifest.begunBefore':
    '{{before}} von {{total}} Kunden sind schon da, aber ohne ihre Dateien: Ein Import dieses Manifests wurde abgebrochen. Importieren Sie nur, was fehlt (Dateien: {{missing}}).',
  'manifest.notAgainInPart':
    'Nichts wurde importiert: {{before}} von {{total}} Kunden kamen ganz oder teilweise schon früher aus einem Manifest. Importieren Sie nur, was fehlt (Dateien: {{missing}}; Befehlszeile: --missing), oder alles noch einmal (--again).',
  'manifest.cannotAdd':
    'Zeile {{line}}: Von Kunde {{customer}} ist erst ein Teil der Dateien da, und diese kann nicht hinzugefügt werden: Der Kunde wurde freigegeben oder hat jetzt eine andere Referenz. Fügen Sie sie am Schalter hinzu.',
  'manifest.notAgain':
    'Nichts wurde importiert: {{before}} von {{total}} Kunden kamen mit denselben Dateien schon früher aus einem Manifest. Lesen Sie den Ordner noch einmal und bestätigen Sie, wenn sie zweimal da sein sollen (Befehlszeile: --again).',
  'manifest.noAnswer':
    '{{file}} lässt sich nicht lesen: Der Ordner antwortet nicht, wie eine Freigabe, deren Server weg ist. Nichts wurde importiert. Versuchen Sie es noch einmal, sobald er erreichbar ist.',
  'manifest.noFile':
    'Zeile {{line}} wurde ausgelassen: Die Spalte file ist leer. Schreiben Sie den Namen der Datei hinein, wie er im Ordner steht.',
  'manifest.fileMissing':
    'Zeile {{line}} wurde ausgelassen: Die Datei {{file}} ist nicht im Ordner. Prüfen Sie ihren Namen Buchstabe für Buchstabe und importieren Sie sie erneut.',
  'manifest.fileOutside':
    'Zeile {{line}} wurde ausgelassen: {{file}} liegt außerhalb des Ordners mit dem Manifest oder ist eine Verknüpfung. Legen Sie die Datei selbst in den Ordner.',
  'manifest.unknownCountry':
    'Zeile {{line}}: {{country}} (Spalte country) ist kein Ländercode. Verwenden Sie drei Buchstaben wie in DEU, AUS oder GBR.',
  'manifest.bad.given_name':
    'Zeile {{line}}: Der Vorname (Spalte given_name) ist länger als 100 Buchstaben. Kürzen Sie ihn.',
  'manifest.bad.family_name':
    'Zeile {{line}}: Der Nachname (Spalte family_name) ist länger als 100 Buchstaben. Kürzen Sie ihn.',
  'manifest.bad.birth_date':
    'Zeile {{line}}: Die Spalte birth_date ist kein Datum. Schreiben Sie Jahr-Monat-Tag, wie 1984-08-12.',
  'manifest.bad.document_number':
    'Zeile {{line}}: Die Dokumentnummer (Spalte document_number) ist länger als 40 Zeichen. Kürzen Sie sie.',
  'manifest.bad.document_expiry_date':
    'Zeile {{line}}: Die Spalte document_expiry_date ist kein Datum. Schreiben Sie Jahr-Monat-Tag, wie 2031-05-17, oder lassen Sie sie leer.',
  'manifest.bad.issued_on':
    'Zeile {{line}}: Die Spalte issued_on ist kein Datum. Schreiben Sie Jahr-Monat-Tag, wie 2026-05-17, oder lassen Sie sie leer.',
  'manifest.twoIssueDates':
    'Zeile {{line}} wurde ausgelassen: Die Anforderung {{requirement}} hat in einer früheren Zeile ein anderes Datum in der Spalte issued_on. Schreiben Sie in beide dasselbe.',
  'manifest.bad.country':
    'Zeile {{line}}: Die Spalte country ist kein Ländercode. Verwenden Sie drei Buchstaben wie in DEU, AUS oder GBR.',
  'manifest.bad.email':
    'Zeile {{line}}: Die Spalte email ist keine E-Mail-Adresse. Korrigieren Sie sie oder lassen Sie sie leer.',
  'manifest.bad.phone':
    'Zeile {{line}}: Die Spalte phone ist keine Telefonnummer. Schreiben Sie sie mit + und Landesvorwahl, wie +61400000000.',
  'manifest.bad.company_name': 'Zeile {{line}}: Die Spalte company_name ist länger als 200 Buchstaben. Kürzen Sie sie.',
  'manifest.bad.registration_number':
    'Zeile {{line}}: Die Spalte registration_number ist länger als 60 Zeichen. Kürzen Sie sie.',
  'manifest.bad.reference': 'Zeile {{line}}: Die Spalte reference ist länger als 80 Zeichen. Kürzen Sie sie.',

  'finding.slot.empty': '{{requirement}}: Eine Seite fehlt.',
  'finding.slot.empty.next': 'Scannen oder importieren.',
  'finding.slot.otherSideEmpty': '{{requirement}}: Diese Seite fehlt, die andere ist da.',
  'finding.slot.otherSideEmpty.next': 'Scannen oder importieren, oder die andere Seite herausnehmen.',
  'finding.slot.wantsRetake': '{{requirement}}: Der Anbieter verlangt ein neues Bild.',
  'finding.slot.wantsRetake.next': 'Die Seite neu scannen oder importieren.',
  'finding.slot.needsPicture': '{{file}} ist ein PDF, und dieser Platz braucht ein Bild.',
  'finding.slot.needsPicture.next': 'Die Seite herausnehmen und ein JPEG oder PNG importieren.',
  'finding.subject.missing.givenName': 'Der Vorname fehlt, und der Anbieter braucht ihn.',
  'finding.subject.missing.givenName.next': 'Den Vornamen eintragen.',
  'finding.subject.missing.familyName': 'Der Nachname fehlt, und der Anbieter braucht ihn.',
  'finding.subject.missing.familyName.next': 'Den Nachnamen eintragen.',
  'finding.subject.missing.birthDate': 'Das Geburtsdatum fehlt, und der Anbieter braucht es.',
  'finding.subject.missing.birthDate.next': 'Das Geburtsdatum eintragen.',
  'finding.subject.missing.documentNumber': 'Die Dokumentnummer fehlt, und der Ablauf verlangt sie.',
  'finding.subject.missing.documentNumber.next': 'Die Nummer eintragen, die auf dem Dokument steht.',
  'finding.subject.missing.documentExpiryDate':
    'Das Datum, bis zu dem das Dokument gilt, fehlt, und der Ablauf verlangt es.',
  'finding.subject.missing.documentExpiryDate.next': 'Das Datum eintragen, das auf dem Dokument steht.',
  'finding.subject.missing.country': 'Das Land fehlt, und der Anbieter braucht es.',
  'finding.subject.missing.country.next': 'Das Land eintragen.',
  'finding.subject.missing.email': 'Die E-Mail-Adresse fehlt, und der Anbieter braucht sie.',
  'finding.subject.missing.email.next': 'Die E-Mail-Adresse eintragen.',
  'finding.subject.missing.phone': 'Die Telefonnummer fehlt, und der Anbieter braucht sie.',
  'finding.subject.missing.phone.next': 'Die Telefonnummer eintragen.',
  'finding.subject.missing.companyName': 'Der Name der Firma fehlt, und der Anbieter braucht ihn.',
  'finding.subject.missing.companyName.next': 'Den Namen so eintragen, wie er im Register steht.',
  'finding.subject.missing.registrationNumber': 'Die Registernummer der Firma fehlt, und der Anbieter braucht sie.',
  'finding.subject.missing.registrationNumber.next': 'Die Nummer so eintragen, wie sie im Register steht.',
  'finding.subject.missing.reference': 'Die Referenz fehlt, und der Anbieter braucht sie.',
  'finding.subject.missing.reference.next': 'Die Referenz eintragen.',
  'finding.subject.birthDateInFuture': 'Das Geburtsdatum liegt in der Zukunft.',
  'finding.subject.birthDateInFuture.next': 'Das Datum korrigieren.',
  'finding.subject.documentExpired': 'Das Ausweisdokument ist abgelaufen, und der Anbieter nimmt es nicht an.',
  'finding.subject.documentExpired.next': 'Um ein gültiges Dokument bitten, oder das Datum korrigieren.',
  'finding.document.tooOld': '{{file}} wurde vor {{days}} Tagen ausgestellt; die Grenze sind {{max}} Tage.',
  'finding.document.tooOld.next': 'Um ein neueres Dokument bitten, oder das Ausstellungsdatum korrigieren.',
  'finding.document.issueDateMissing':
    'Das Ausstellungsdatum von {{file}} ist noch nicht bekannt; die Grenze sind {{max}} Tage.',
  'finding.document.issueDateMissing.next': 'Das Datum, das darauf gedruckt ist, unter „Ausgestellt am“ eingeben.',
  'finding.document.issuedInFuture': 'Das Ausstellungsdatum von {{file}} liegt in der Zukunft.',
  'finding.document.issuedInFuture.next': 'Das Ausstellungsdatum korrigieren.',
  'finding.subject.unconfirmed_one': 'Ein Feld wurde aus dem Dokument gelesen, und noch niemand hat es verglichen.',
  'finding.subject.unconfirmed_other':
    '{{count}} Felder wurden aus dem Dokument gelesen, und noch niemand hat sie verglichen.',
  'finding.subject.unconfirmed.next': 'Mit dem Dokument vergleichen, Falsches korrigieren, dann F7 drücken.',
  'finding.identity.disagrees':
    '{{file}} ist vielleicht von einem anderen Kunden: Dort steht nicht, was in den Feldern steht.',
  'finding.identity.disagrees.next':
    'Beides vergleichen, dann das Feld korrigieren, die Seite herausnehmen, oder bestätigen, dass es derselbe Kunde ist.',
  'finding.identity.pagesDisagree':
    '{{file}} und {{other}} sind vielleicht von zwei Kunden: Es steht nicht dasselbe darauf.',
  'finding.identity.pagesDisagree.next':
    'Beide Seiten vergleichen, dann die falsche herausnehmen, oder bestätigen, dass es derselbe Kunde ist.',
  'finding.identity.otherExpiry': '{{file}} ist bis zu einem anderen Tag gültig, als im Feld steht.',
  'finding.identity.otherExpiry.next': 'Das Datum mit dem Dokument vergleichen und das Feld korrigieren.',
  'finding.identity.decided':
    'Auf {{file}} steht etwas anderes, und eine Person hat entschieden, dass es derselbe Kunde ist.',
  'finding.identity.decided.next': 'Es ist nichts zu tun, außer wenn das falsch war.',
  'finding.identity.sameNumber':
    '{{file}} hat die Dokumentnummer, die auch beim Kunden mit der Referenz {{reference}} gelesen wurde.',
  'finding.identity.sameNumber.next': 'Den anderen Kunden öffnen und prüfen, wem das Dokument gehört.',
  'finding.identity.sameNumberUnnamed':
    '{{file}} hat die Dokumentnummer, die auch bei einem Kunden ohne Referenz gelesen wurde.',
  'finding.identity.sameNumberUnnamed.next': 'Den anderen Kunden öffnen und prüfen, wem das Dokument gehört.',
  'finding.country.unknown': '{{country}} ist kein Land.',
  'finding.country.unknown.next': 'Das Land aus der Liste wählen.',
  'finding.page.beingChecked': '{{file}} wird geprüft.',
  'finding.page.beingChecked.next': 'Einen Augenblick warten.',
  'finding.page.checkWaits':
    '{{file}} lässt sich auf diesem PC gerade nicht lesen und ist deshalb noch nicht geprüft: Vielleicht hält ein anderes Programm die Datei fest.',
  'finding.page.checkWaits.next': 'Warten, Satchel versucht es von selbst wieder; wenn es so bleibt, die IT anrufen.',
  'finding.page.damaged': '{{file}} lässt sich nicht zu Ende lesen: Die Datei ist beschädigt, oder ein Teil fehlt.',
  'finding.page.damaged.next': 'Die Seite neu scannen oder importieren.',
  'finding.page.notConvertible':
    '{{file}} lässt sich nicht zu Ende lesen und deshalb nicht in der Form senden, die der Anbieter annimmt.',
  'finding.page.notConvertible.next': 'Die Seite neu scannen, als JPEG, PNG oder PDF.',
  'finding.page.editorNamed':
    '{{file}} nennt {{program}}, ein Programm zum Bearbeiten von Bildern, deshalb kann der Anbieter die Datei für bearbeitet halten.',
  'finding.page.editorNamed.next': 'Das Dokument selbst neu scannen oder fotografieren.',
  'finding.page.tooManySheets': '{{file}} enthält mehr als 50 Blätter.',
  'finding.page.tooManySheets.next': 'Die Blätter, die gebraucht werden, als eigene Datei speichern.',
  'finding.page.foreignTiff':
    '{{file}} ist ein TIFF einer Art, die hier nicht gezeigt werden kann ({{kind}}). Beschädigt ist es deshalb nicht unbedingt.',
  'finding.page.foreignTiff.next':
    'Die Seite noch einmal als JPEG, PNG oder PDF scannen oder die Datei in einem dieser Formate speichern lassen.',
  'finding.page.animated': '{{file}} ist eine Animation: mehrere Bilder, die nacheinander gezeigt werden.',
  'finding.page.animated.next':
    'Das Dokument fotografieren oder scannen, oder das eine Bild, das es zeigt, als JPEG oder PNG speichern und das importieren.',
  'finding.page.filmWithin':
    '{{file}} hat hinter dem Bild einen kurzen Film von {{megabytes}} MB, wie Telefone ihn aufnehmen, und wird mit ihm gesendet.',
  'finding.page.filmWithin.next':
    'Wenn der Film nicht mitgehen soll, am Telefon das bewegte Foto ausschalten und das Bild neu aufnehmen.',
  'finding.persona.sentAs':
    '{{file}} wird als {{to}} gesendet: {{from}} gehört nicht zu den Formen, die Persona zeigt. Das Original bleibt hier, wie es ist.',
  'finding.persona.sentAs.next': 'Es ist nichts zu tun.',
  'finding.persona.sentSmaller':
    '{{file}} wird als kleineres {{to}} gesendet: Persona nimmt Bilder von Ausweisen bis 15 MB. Das Original bleibt hier, wie es ist.',
  'finding.persona.sentSmaller.next': 'Es ist nichts zu tun.',
  'finding.persona.sentAsPicture':
    '{{file}} wird als {{to}} gesendet: Ausweisdokumente nimmt Persona nur als Bild. Das Original bleibt hier, wie es ist.',
  'finding.persona.sentAsPicture.next': 'Es ist nichts zu tun.',
  'finding.personr.sentAs':
    '{{file}} wird als {{to}} gesendet: Personr nimmt kein {{from}}. Das Original bleibt hier, wie es ist.',
  'finding.personr.sentAs.next': 'Es ist nichts zu tun.',
  'finding.personr.sentUnlocked':
    '{{file}} wird als {{to}} gesendet: Es ist ein geschütztes PDF, und verschlüsselte Dateien lehnt Personr wahrscheinlich ab. Das Original bleibt hier, wie es ist.',
  'finding.personr.sentUnlocked.next': 'Es ist nichts zu tun.',
  'finding.mrz.unsure':
    '{{file}} hat eine maschinenlesbare Zone (die Zeilen mit Buchstaben und <<<), sie lässt sich aber nicht sicher lesen.',
  'finding.mrz.unsure.next': 'Neu scannen: flach, scharf, ohne Spiegelung und mit der ganzen Zone.',
  'finding.mrz.anotherUnsure':
    '{{file}} zeigt noch ein Dokument, dessen maschinenlesbare Zone sich nicht sicher lesen lässt: Es kann jemand anderem gehören.',
  'finding.mrz.anotherUnsure.next': 'Die Dokumente neu scannen, jedes für sich.',
  'finding.mrz.expired':
    'Die maschinenlesbare Zone von {{file}} sagt, dass das Dokument abgelaufen ist, und der Anbieter nimmt es nicht an.',
  'finding.mrz.expired.next': 'Um ein gültiges Dokument bitten.',
  'finding.licence.expired': 'Nach dem Barcode von {{file}} ist der Führerschein abgelaufen.',
  'finding.licence.expired.next': 'Um ein gültiges Dokument bitten.',
  'finding.page.separator': '{{file}} ist ein Trennblatt und keine Seite eines Kunden.',
  'finding.page.separator.next': 'In die Ablage legen und die Seite scannen, die hierher gehört.',
  'finding.page.separatorWithin':
    'Zwischen den Blättern von {{file}} liegt ein Trennblatt: Es können die mehrerer Kunden sein.',
  'finding.page.separatorWithin.next': 'Die Seite herausnehmen und die Blätter jedes Kunden als eigene Datei erfassen.',
  'finding.page.twoPeople': 'Blatt {{first}} und Blatt {{other}} von {{file}} sind Dokumente von zwei Personen.',
  'finding.page.twoPeople.next': 'Die Seite herausnehmen und die Blätter jedes Kunden als eigene Datei erfassen.',
  'finding.page.twoPeopleTogether': '{{file}} zeigt Dokumente von zwei Personen.',
  'finding.page.twoPeopleTogether.next': 'Die Seite herausnehmen und das Dokument jedes Kunden für sich erfassen.',
  'finding.page.unreadable':
    '{{file}} ließ sich nicht in angemessener Zeit öffnen, also wird auch kein Anbieter die Datei öffnen.',
  'finding.page.unreadable.next': 'Die Seite neu scannen, oder neu als JPEG speichern.',
  'finding.page.lost': 'Die gespeicherten Bytes von {{file}} fehlen auf diesem PC oder sind verändert.',
  'finding.page.lost.next': 'Die Seite neu erfassen und die IT anrufen.',
  'finding.page.tooManyPixels': '{{file}} hat mehr als 100 Millionen Pixel.',
  'finding.page.tooManyPixels.next': 'Die Seite mit 300 dpi scannen.',
  'finding.page.tooFewPixels':
    '{{file}} hat nur {{width}} × {{height}} Pixel, Einzelheiten sind vielleicht nicht zu erkennen.',
  'finding.page.tooFewPixels.next': 'Mit 300 dpi scannen, oder aus geringerem Abstand neu fotografieren.',
  'finding.page.blank': 'Auf {{file}} ist nichts zu sehen.',
  'finding.page.blank.next': 'Die Seite wenden und neu scannen, oder herausnehmen.',
  'finding.page.lowResolution':
    '{{file}} zeigt das Dokument mit etwa {{dpi}} Punkten pro Zoll; Kleingedrucktes braucht {{wanted}} oder mehr.',
  'finding.page.lowResolution.next': 'Mit 300 dpi scannen, oder aus geringerem Abstand fotografieren.',
  'finding.page.blurred': '{{file}} ist unscharf, Kleingedrucktes ist vielleicht nicht lesbar.',
  'finding.page.blurred.next':
    'Neu scannen: flach auf sauberem Glas, oder mit ruhig gehaltener, scharf gestellter Kamera.',
  'finding.page.glare': 'Auf {{file}} spiegelt sich Licht, das etwas verdecken kann.',
  'finding.page.glare.next': 'Neu aufnehmen, ohne Blitz und von der Lampe weggeneigt.',
  'finding.page.dark': '{{file}} ist sehr dunkel.',
  'finding.page.dark.next': 'Mit mehr Licht neu aufnehmen.',
  'finding.page.overexposed': 'Große Teile von {{file}} sind ganz weiß: überbelichtet.',
  'finding.page.overexposed.next': 'Mit weniger Licht neu aufnehmen, oder dunkler scannen.',
  'finding.page.faint': '{{file}} ist blass: Gedrucktes hebt sich kaum vom Papier ab.',
  'finding.page.faint.next': 'Mit mehr Kontrast neu scannen, oder um eine bessere Kopie bitten.',
  'finding.page.cut': 'Das Dokument reicht über den Rand von {{file}} hinaus.',
  'finding.page.cut.next': 'Neu aufnehmen, mit dem ganzen Dokument im Bild.',
  'finding.page.noFace': 'Auf {{file}} war kein Gesicht zu erkennen.',
  'finding.page.noFace.next':
    'Nachsehen, ob das Gesicht ganz, von vorn und hell zu sehen ist und das Bild aufrecht steht; sonst neu aufnehmen.',
  'finding.page.severalFaces': 'Auf {{file}} ist mehr als ein Gesicht zu erkennen.',
  'finding.page.severalFaces.next': 'Nachsehen, ob nur der Kunde im Bild ist; sonst neu aufnehmen.',
  'finding.persona.page.blackAndWhite': '{{file}} ist schwarz-weiß.',
  'finding.persona.page.blackAndWhite.next': 'In Farbe scannen, wenn das Dokument farbig ist.',
  'finding.personr.page.blackAndWhite':
    '{{file}} ist schwarz-weiß, und Personr schickt Dokumente in Schwarz-Weiß zurück.',
  'finding.personr.page.blackAndWhite.next': 'Das Dokument selbst in Farbe scannen.',
  'finding.page.wrongExtension':
    '{{file}} ist in Wirklichkeit ein {{type}}. Gesendet wird mit der Endung {{rightExtension}}.',
  'finding.page.wrongExtension.next':
    'Hier ist nichts zu tun; die Datei an ihrer Quelle in {{rightExtension}} umbenennen.',
  'finding.page.duplicate': '{{file}} wurde schon erfasst, für den Kunden mit der Referenz {{reference}}.',
  'finding.page.duplicate.next': 'Beide Seiten vergleichen und eine herausnehmen, falls sie versehentlich hier ist.',
  'finding.page.duplicateUnnamed': '{{file}} wurde schon erfasst, für einen Kunden ohne Referenz.',
  'finding.page.duplicateUnnamed.next':
    'Beide Seiten vergleichen und eine herausnehmen, falls sie versehentlich hier ist.',
  'finding.page.sameBytes': '{{file}} und {{other}} sind dieselbe Datei auf zwei Plätzen.',
  'finding.page.sameBytes.next': 'Auf einen der Plätze die richtige Seite legen.',
  'finding.page.cardForPassport': '{{file}} ist die Rückseite einer Karte, und hier wird ein Reisepass gebraucht.',
  'finding.page.cardForPassport.next': 'Die Karte als Dokument wählen oder den Reisepass scannen.',
  'finding.page.passportForCard': '{{file}} ist ein Reisepass, und hier wird eine Karte gebraucht.',
  'finding.page.passportForCard.next': 'Den Reisepass als Dokument wählen oder die Karte scannen.',
  'finding.page.backForFront': '{{file}} ist die Rückseite der Karte, und hier wird ihre Vorderseite gebraucht.',
  'finding.page.backForFront.next': 'Auf den Platz der Rückseite legen und die Vorderseite scannen.',
  'finding.page.scannedSelfie': '{{file}} kam aus dem Scanner, und hier wird ein Foto des Kunden gebraucht.',
  'finding.page.scannedSelfie.next': 'Auf den Platz des Dokuments legen und den Kunden fotografieren.',
  'finding.page.documentForSelfie': '{{file}} zeigt ein Dokument, und hier wird ein Foto des Kunden gebraucht.',
  'finding.page.documentForSelfie.next': 'Auf den Platz des Dokuments legen und den Kunden fotografieren.',
  'finding.page.sameImage': '{{file}} und {{other}} zeigen dieselbe Seite.',
  'finding.page.sameImage.next': 'Das Dokument wenden und die andere Seite scannen.',
  'finding.page.alike':
    '{{file}} sieht aus wie eine früher erfasste Seite, beim Kunden mit der Referenz {{reference}}.',
  'finding.page.alike.next': 'Beide Seiten vergleichen und eine herausnehmen, falls sie versehentlich hier ist.',
  'finding.page.alikeUnnamed': '{{file}} sieht aus wie eine früher erfasste Seite, bei einem Kunden ohne Referenz.',
  'finding.page.alikeUnnamed.next': 'Beide Seiten vergleichen und eine herausnehmen, falls sie versehentlich hier ist.',
  'finding.page.inTray': '{{file}} liegt in der Ablage und wird nicht gesendet.',
  'finding.page.inTray.next': 'Auf einen Platz verschieben oder herausnehmen.',
  'finding.pdf.encrypted': '{{file}} verlangt ein Passwort, deshalb kann der Anbieter die Datei nicht öffnen.',
  'finding.pdf.encrypted.next': 'Das PDF ohne Passwort speichern, oder die Seite scannen.',
  'finding.pdf.noSheets': '{{file}} ist ein PDF ohne Blatt.',
  'finding.pdf.noSheets.next': 'Die Seite neu scannen oder speichern.',
  'finding.pdf.several': '{{file}} enthält mehrere PDFs hintereinander, und gezeigt wird davon nur eines.',
  'finding.pdf.several.next':
    'Jedes einzeln scannen oder als eigene Datei speichern und die importieren, die hierher gehören.',
  'finding.pdf.sentAlone':
    '{{file}} beginnt oder endet nicht, wie ein PDF es soll: Webportale und Mailprogramme schreiben etwas davor oder dahinter, und manche Programme lassen die letzte Zeile weg. Gesendet wird ein {{to}}, bei dem das stimmt. Das Original bleibt hier, wie es ist.',
  'finding.pdf.sentAlone.next': 'Es ist nichts zu tun.',
  'finding.persona.file.type': '{{file}} ist kein JPEG, PNG oder PDF, und Persona zeigt keine andere Form.',
  'finding.persona.file.type.next': 'Die Seite als JPEG, PNG oder PDF scannen.',
  'finding.persona.file.tooSmall':
    '{{file}} hat {{kilobytes}} KB. Persona nennt {{limitKilobytes}} KB als Mindestgröße für Fotos von Ausweisdokumenten.',
  'finding.persona.file.tooSmall.next': 'Die Seite mit höherer Auflösung scannen.',
  'finding.persona.file.tooLarge':
    '{{file}} hat {{megabytes}} MB. Persona nennt {{limitMegabytes}} MB als Höchstgröße für Fotos von Ausweisdokumenten.',
  'finding.persona.file.tooLarge.next': 'Die Seite mit 300 dpi als JPEG scannen.',
  'finding.persona.file.encrypted':
    '{{file}} ist ein geschütztes PDF, und Persona sagt nicht, ob es verschlüsselte Dateien nimmt.',
  'finding.persona.file.encrypted.next': 'Die Seite scannen, oder das PDF ohne Schutz speichern.',
  'finding.persona.country.missing': '{{requirement}}: Das Land des Dokuments fehlt, und Persona braucht es.',
  'finding.persona.country.missing.next': 'Das Land wählen.',
  'finding.persona.country.differs': 'Auf {{file}} steht das Land {{read}}, und an Persona ginge damit {{sent}}.',
  'finding.persona.country.differs.next': 'Das Land des Dokuments wählen.',
  'finding.persona.photo.wanted': '{{file}} ist ein PDF. Ausweisdokumente nimmt Persona nur als Bild.',
  'finding.persona.photo.wanted.next': 'Die Seite als Bild scannen.',
  'finding.persona.photo.severalSheets':
    '{{file}} ist ein PDF mit {{sheets}} Blättern. Ausweisdokumente nimmt Persona nur als Bild, eines je Seite.',
  'finding.persona.photo.severalSheets.next':
    'Jede Seite als Bild scannen, oder das Blatt, das hierher gehört, für sich speichern.',
  'finding.personr.file.type': '{{file}} ist kein JPEG, PNG oder PDF, und Personr nimmt nichts anderes an.',
  'finding.personr.file.type.next': 'Die Seite als JPEG, PNG oder PDF scannen.',
  'finding.personr.file.tooLarge':
    '{{file}} hat {{megabytes}} MB. Mehr als {{limitMegabytes}} MB lehnt Personr wahrscheinlich ab.',
  'finding.personr.file.tooLarge.next': 'Die Seite mit 300 dpi als JPEG scannen.',
  'finding.personr.file.encrypted':
    '{{file}} ist ein geschütztes PDF, und verschlüsselte Dateien lehnt Personr wahrscheinlich ab.',
  'finding.personr.file.encrypted.next': 'Ausdrucken und scannen, oder das PDF ohne Schutz speichern.',
  'finding.personr.country.missing': '{{requirement}}: Das Land des Dokuments fehlt, und Personr braucht es.',
  'finding.personr.country.missing.next': 'Das Land wählen.',
  'finding.personr.document.word':
    '{{requirement}}: Der Ablauf nennt dieses Dokument „{{type}}“, Personr schreibt seine Dokumente aber in Großbuchstaben, wie DRIVERS.',
  'finding.personr.document.word.next':
    'Die IT berichtigt den Ablauf in den Einstellungen der Verbindung; der Kunde folgt ihm von selbst.',
  'finding.personr.country.differs': 'Auf {{file}} steht das Land {{read}}, und an Personr ginge damit {{sent}}.',
  'finding.personr.country.differs.next': 'Das Land des Dokuments wählen.',
  'finding.personr.page.sameBytes':
    '{{file}} und {{other}} sind dieselbe Datei auf zwei Plätzen. Personr lehnt dasselbe Bild beim zweiten Mal ab.',
  'finding.personr.page.sameBytes.next': 'Für einen der Plätze die richtige Seite scannen oder importieren.',

  'ledger.batchCreated': 'Stapel {{number}} wurde begonnen.',
  'ledger.batchClosed': 'Stapel {{number}} wurde geschlossen.',
  'ledger.batchReopened': 'Stapel {{number}} wurde wieder geöffnet.',
  'ledger.batchReleased':
    'Stapel {{number}} wurde freigegeben: {{released}} hinausgegangen, {{kept}} am Schalter behalten.',
  'ledger.submissionCreated': 'Der Kunde wurde unter dem Ablauf {{flow}} begonnen.',
  'ledger.subjectSaved': 'Die Daten des Kunden wurden gespeichert.',
  'ledger.subjectSavedHere':
    'Die Daten des Kunden wurden hier gespeichert. Der Anbieter hat sie schon und nimmt keine Änderung an; dort bleiben sie, wie sie waren.',
  'ledger.subjectFilled_one': 'Ein Feld des Kunden wurde mit dem gefüllt, was auf einer Seite steht.',
  'ledger.subjectFilled_other': '{{count}} Felder des Kunden wurden mit dem gefüllt, was auf einer Seite steht.',
  'ledger.subjectWithdrawn_one':
    'Ein Feld, das eine Seite gefüllt hatte, ist wieder leer, weil die Seite herausgenommen wurde.',
  'ledger.subjectWithdrawn_other':
    '{{count}} Felder, die eine Seite gefüllt hatte, sind wieder leer, weil die Seite herausgenommen wurde.',
  'ledger.ownerSet': 'Ein Kunde wurde zum Inhaber der Firma gemacht.',
  'ledger.ownerRemoved': 'Ein Kunde ist nicht mehr Inhaber der Firma.',
  'capture.ownerOfPerson': 'Nur eine Firma hat Inhaber.',
  'capture.ownerIsLinked':
    'Der Anbieter hat diesen Inhaber schon mit der Firma verknüpft. Das lässt sich nur dort ändern.',
  'capture.ownerElsewhere':
    'Ein Inhaber muss eine Person desselben Stapels und derselben Verbindung sein, die nicht storniert ist.',
  'finding.owner.voided': 'Ein Inhaber dieser Firma wurde storniert und kommt deshalb nie zum Anbieter.',
  'finding.owner.voided.next': 'Diesen Inhaber aus der Firma herausnehmen, oder den richtigen eintragen.',
  'capture.linkOnlyForRetake':
    'Der Kunde kann nur selbst abschließen, wenn der Anbieter neue Bilder will und der Vorgang nicht angehalten ist.',
  'capture.linkIsOut':
    'Der Kunde hat schon einen Link. Hat er ihn verloren, holen Sie den Vorgang erst an den Schalter zurück; dann lässt sich ein neuer Link geben.',
  'capture.linkAndPages':
    'Für diese Wiederholung wurden schon Seiten erfasst. Geben Sie sie frei, oder nehmen Sie sie heraus, bevor der Kunde selbst abschließt.',
  'capture.linkNotOffered': 'Der Anbieter bietet das für diesen Kunden nicht an, oder es ist kein Versuch mehr übrig.',
  'capture.noLinkAwaited': 'Auf diesen Kunden wird nicht gewartet.',
  'ledger.handedOver': 'Der Kunde hat den Link des Anbieters bekommen, um die neuen Bilder selbst aufzunehmen.',
  'ledger.backFromCustomer':
    'Auf den Kunden wird nicht mehr gewartet: Die neuen Bilder werden am Schalter aufgenommen.',
  'ledger.keptRead_one':
    'Ein Dokument wurde vom Anbieter zurückgelesen, im Klartext, in einen von einer Person genannten Ordner.',
  'ledger.keptRead_other':
    '{{count}} Dokumente wurden vom Anbieter zurückgelesen, im Klartext, in einen von einer Person genannten Ordner.',
  'ledger.recordRead': 'Der Anbieter wurde gefragt, wie der Kunde dort geführt wird.',
  'ledger.subjectConfirmed_one': 'Ein Feld, das aus dem Dokument gelesen wurde, wurde bestätigt.',
  'ledger.subjectConfirmed_other': '{{count}} Felder, die aus dem Dokument gelesen wurden, wurden bestätigt.',
  'ledger.identityDisagrees':
    'Eine Seite ist vielleicht von einem anderen Kunden. Bis eine Person entscheidet, geht nichts weiter.',
  'ledger.identityDecided_one': 'Etwas, das nicht übereinstimmt, wurde mit Begründung demselben Kunden zugesprochen.',
  'ledger.identityDecided_other':
    '{{count}} Dinge, die nicht übereinstimmen, wurden mit Begründung demselben Kunden zugesprochen.',
  'ledger.documentChosen': '{{requirement}}: Das Dokument wurde gewählt.',
  'ledger.pageCaptured': '{{requirement}}: Eine Seite wurde erfasst.',
  'ledger.pageRetaken':
    '{{requirement}}: Eine neue Seite trat an die Stelle der Seite, die der Anbieter noch einmal verlangt.',
  'ledger.pageCapturedToTray': 'Eine Seite wurde erfasst und liegt in der Ablage.',
  'ledger.pageRendition':
    'Eine Seite wird als {{to}} gesendet, weil der Anbieter kein {{from}} annimmt. Das Original bleibt erhalten.',
  'ledger.pageRenditionSmaller':
    'Eine Seite wird als kleineres {{to}} gesendet, weil der Anbieter kein so großes Bild nimmt. Das Original bleibt erhalten.',
  'ledger.pageRenditionUnlocked':
    'Eine Seite wird als {{to}} gesendet, weil der Anbieter verschlüsselte Dateien ablehnt. Das Original bleibt erhalten.',
  'ledger.pageRenditionAlone':
    'Eine Seite wird als {{to}} gesendet, das richtig beginnt und endet, ohne das, was in ihrer Datei davor oder dahinter steht. Das Original bleibt.',
  'ledger.pageMoved': 'Eine Seite wurde auf einen anderen Platz verschoben.',
  'ledger.pageMovedToTray': 'Eine Seite wurde in die Ablage verschoben.',
  'ledger.blankSetAside': 'Eine Seite, auf der nichts ist, wurde in die Ablage gelegt.',
  'ledger.separatorSetAside': 'Ein Trennblatt wurde in die Ablage gelegt.',
  'ledger.pageClosedUp':
    '{{requirement}}: Die nächste Seite des Imports rückte nach, weil eine Seite davor in der Ablage liegt.',
  'ledger.pageRemoved': 'Eine Seite wurde herausgenommen.',
  'ledger.pageReplaced': 'Eine Seite wurde herausgenommen, ein neuer Scan trat an ihre Stelle.',
  'ledger.pageRestored': 'Eine herausgenommene Seite wurde zurückgeholt.',
  'ledger.pageFinding': 'Eine Prüfung hat bei einer Seite etwas gefunden.',
  'ledger.purged_one': 'Die Seite wurde gelöscht: Die {{days}} Tage, die Seiten aufbewahrt werden, sind um.',
  'ledger.purged_other': '{{count}} Seiten wurden gelöscht: Die {{days}} Tage, die Seiten aufbewahrt werden, sind um.',
  'ledger.retentionSet_one': 'Ab jetzt werden Seiten nach der Entscheidung einen Tag aufbewahrt und dann gelöscht.',
  'ledger.retentionSet_other':
    'Ab jetzt werden Seiten nach der Entscheidung {{count}} Tage aufbewahrt und dann gelöscht.',
  'ledger.redactionOn': 'Ab jetzt entfernt auch der Anbieter die Kundendaten, wenn hier Seiten gelöscht werden.',
  'ledger.redactionOff':
    'Ab jetzt bleiben die Datensätze beim Anbieter, wie sie sind, wenn hier Seiten gelöscht werden.',
  'ledger.redactionForgotten':
    'Eine ältere Kopie hat die Datenbank ersetzt. Bei Anbietern wird nichts entfernt und hier keine Seite gelöscht, bis unter Aufbewahrung festgelegt ist, ob es dabei bleibt.',
  'ledger.redactionCalledOff':
    'Das wurde ausgeschaltet, bevor es an der Reihe war; beim Anbieter wird nichts mehr entfernt. Was ein Aufruf vorher verlangt hatte, kann dort fort sein.',
  'ledger.retentionOff': 'Ab jetzt werden Seiten auf Dauer aufbewahrt.',
  'ledger.overridden_one': 'Ein Befund wurde mit Begründung übergangen.',
  'ledger.overridden_other': '{{count}} Befunde wurden mit Begründung übergangen.',
};
