import type { SwitchWords } from './switch-words.ts';

/** German. Names of fields, headers and calls stay as the providers write them. */
export const switchesDe: SwitchWords = {
  'persona.documentWrites': {
    question:
      'Anlegen, Ändern und Einreichen von Dokumenten gelten seit dem 13.04.2026 als überholt; ob sie noch antworten, und womit, wenn es sie nicht mehr gibt.',
    values: { work: 'sie gehen noch' },
  },
  'persona.submitWithoutFiles': { question: 'Status, wenn ein Dokument ohne Dateien eingereicht wird.' },
  'persona.submitTwice': { question: 'Status, wenn ein Dokument eingereicht wird, das nicht mehr initiated ist.' },
  'persona.updateAfterSubmit': { question: 'Status, wenn ein Dokument geändert wird, das nicht mehr initiated ist.' },
  'persona.updateFiles': {
    question: 'Ob die Dateien einer Änderung die früheren ersetzen oder dazukommen.',
    values: { replace: 'sie ersetzen sie', append: 'sie kommen dazu' },
  },
  'persona.idempotencyMismatch': {
    question: 'Status, wenn ein Idempotenzschlüssel mit anderen Angaben noch einmal kommt.',
  },
  'persona.idempotencyConcurrent': {
    question: 'Antwort auf eine zweite Anfrage mit einem Schlüssel, dessen erste noch bearbeitet wird.',
    values: { wait: 'sie wartet auf die erste' },
  },
  'persona.idempotencyReplayRequestId': {
    question: 'Request-Id einer wiederholten Antwort.',
    values: { first: 'die der ersten Antwort', new: 'eine neue', absent: 'keine' },
  },
  'persona.idempotencyPatch': {
    question: 'Ob PATCH den Idempotency-Key beachtet.',
    values: { ignored: 'nein', honoured: 'ja' },
  },
  'persona.idempotencyKeepHours': {
    question:
      'Stunden, bis eine gemerkte Antwort vergessen wird (heutige Unterlagen: mindestens 24; ältere: mindestens 1).',
  },
  'persona.unknownAttributes': {
    question: 'Ob eine Angabe, die in der Beschreibung der Anfrage fehlt, abgelehnt wird (400).',
    values: { reject: 'sie wird abgelehnt', ignore: 'sie wird übergangen' },
  },
  'persona.invalidVersion': {
    question: 'Antwort auf eine unbekannte Persona-Version.',
    values: { ignore: 'als wäre keine angegeben' },
  },
  'persona.keyVersion': { question: 'Version des Übungsschlüssels; sie gilt, wenn Persona-Version fehlt.' },
  'persona.keyInflection': {
    question: 'Schreibweise, die beim Übungsschlüssel eingestellt ist; sie gilt, wenn Key-Inflection fehlt.',
    values: { kebab: 'name-first', camel: 'nameFirst', snake: 'name_first' },
  },
  'persona.fileMaxBytes': { question: 'Größte Datei eines Dokuments, in Bytes.' },
  'persona.fileMaxCount': { question: 'Höchste Zahl der Dateien eines Dokuments.' },
  'persona.fileTypes': {
    question: 'Welche Dateiarten als „images or PDFs“ gelten.',
    values: { images_and_pdf: 'jede Art Bild und PDF', jpeg_png_pdf: 'nur JPEG, PNG und PDF', any: 'jede Datei' },
  },
  'persona.fileDataUri': {
    question: 'Ob Base64 mit data: davor angenommen wird.',
    values: { reject: 'nein', accept: 'ja' },
  },
  'persona.requestMaxBytes': { question: 'Größte ganze Anfrage, in Bytes, über der die Antwort 413 ist.' },
  'persona.fileTokenSeconds': {
    question:
      'Sekunden, bis die Adresse einer Datei ungültig wird (6 Stunden, wenn der Schlüssel nichts anderes sagt).',
  },
  'persona.expiredFileToken': { question: 'Status für die Adresse einer Datei, die ungültig geworden ist.' },
  'persona.rateLimitPerMinute': {
    question: 'Anfragen je Minute in der Sandbox (für den Echtbetrieb sind 300 angegeben).',
  },
  'persona.pageSizeOutOfRange': {
    question: 'Antwort auf eine page[size] außerhalb von 1 bis 100.',
    values: { clamp: 'die nächste erlaubte Größe' },
  },
  'persona.outcomeWithoutMarker': {
    question: 'Was in der Sandbox aus einem eingereichten Dokument wird, wenn nichts das Ergebnis erzwingt.',
    values: { processed: 'es wird angenommen', errored: 'es war nicht zu verarbeiten' },
  },
  'persona.accountNames': {
    question:
      'Ob ein Konto Name und Anschrift je als ein Feld führt (`name.value.first.value`) oder unter eigenen Namen (`name_first`): Seine Art bestimmt es.',
    values: { nested: 'je ein Feld', flat: 'unter eigenen Namen' },
  },
  'persona.accountDocuments': {
    question: 'Ob ein Konto die Dokumente nennt, die für es angelegt wurden (relationships.documents).',
    values: { absent: 'es nennt keine', listed: 'es nennt sie' },
  },
  'persona.closedInquiry': {
    question:
      'Status, wenn ein Dokument für eine Inquiry angelegt wird, die abgelaufen, abgeschlossen oder entschieden ist.',
  },
  'persona.submitInClosedInquiry': {
    question:
      'Antwort, wenn ein Dokument, das schon da ist, in einer inzwischen geschlossenen Inquiry eingereicht wird.',
    values: { accepted: 'es wird genommen' },
  },
  'persona.inquiryWithoutMarker': {
    question:
      'Was aus einer Inquiry wird, wenn ihre Dokumente verarbeitet sind und nichts das Ergebnis erzwingt: Was Vorlage und Abläufe tun, bestimmt die Organisation.',
    values: {
      approved: 'sie wird angenommen',
      completed: 'sie ist abgeschlossen, ohne Entscheidung',
      needs_review: 'ein Mensch muss sie ansehen',
      pending: 'sie bleibt offen',
      failed: 'sie scheitert',
    },
  },
  'persona.failedVerification': {
    question:
      'Was aus einer Verifikation wird, deren Prüfungen scheitern (`reject=…`), und aus ihrer Inquiry: Eine Vorlage kann noch einen Versuch erlauben.',
    values: {
      failed: 'beide scheitern',
      requires_retry: 'sie möchte das Dokument noch einmal, die Inquiry bleibt offen',
    },
  },
  'persona.inquiryExpiresHours': {
    question:
      'Stunden, bis eine angelegte oder begonnene Inquiry abläuft (24 sind für begonnene angegeben; eine Vorlage kann anderes sagen).',
  },
  'persona.redaction': {
    question:
      'Ob der API-Schlüssel Inquirys, Transaktionen und Konten unkenntlich machen darf; oder der Status, mit dem das abgelehnt wird.',
    values: { works: 'er darf' },
  },
  'persona.redactedTransaction': {
    question:
      'Ob eine Transaktion, die unkenntlich gemacht wurde, das sagt (redacted-at ist nur für Inquirys und Konten angegeben).',
    values: { shown: 'sie sagt es', hidden: 'sie sagt es nicht' },
  },
  'persona.idClasses': {
    question:
      'Ob ein Ausweis von jeder Klasse sein darf oder nur von denen, die man gesehen hat (dl, pp, visa, cct); die ganze Liste ist nicht bekannt.',
    values: { any: 'jede Klasse', seen: 'nur diese; andere werden abgelehnt (422)' },
  },
  'persona.relatedObjects': {
    question:
      'Ob eine Transaktion die Prüfungen ihres Ablaufs nennt (relationships.related-objects; was darin steht, hängt vom Ablauf ab).',
    values: { listed: 'sie nennt sie', absent: 'sie nennt keine' },
  },
  'persona.events': {
    question:
      'Ob der API-Schlüssel der Übung Ereignisse auflisten darf (Berechtigung event.read): Was ein neuer Schlüssel darf, ist nicht dokumentiert; oder der Status, mit dem das abgelehnt wird.',
    values: { offered: 'er darf' },
  },
  'persona.eventFilters': {
    question: 'Ob Ereignisse zugleich nach Name und nach Objekt gefiltert werden dürfen.',
    values: { combined: 'das geht', single: 'nur nach einem von beiden' },
  },
  'persona.eventDelayMs': {
    question: 'Wie lange nach einer Änderung ihr Ereignis aufgelistet wird, in Millisekunden.',
  },
  'persona.processingMinMs': { question: 'Kürzeste Dauer der Verarbeitung, in Millisekunden.' },
  'persona.processingMaxMs': { question: 'Längste Dauer der Verarbeitung, in Millisekunden.' },
  'personr.uploadEncoding': {
    question: 'Ob das Hochladen JSON nimmt (jedes Beispiel), multipart (die Tabelle der Kopfzeilen) oder beides.',
    values: { both: 'beides', json: 'nur JSON', multipart: 'nur multipart' },
  },
  'personr.errorHttpStatus': {
    question: 'Ob der HTTP-Status den statusCode eines Fehlers wiederholt oder 200 ist.',
    values: { same: 'derselbe wie statusCode' },
  },
  'personr.unauthorizedBody': {
    question: 'Inhalt einer Antwort mit 401.',
    values: {
      status_code_message: 'statusCode und message',
      status_code_body: 'statusCode und body',
      status_message: 'status und message',
      empty: 'keiner',
    },
  },
  'personr.unknownApplicantBody': {
    question: 'Antwort auf eine applicantId, die es nicht gibt.',
    values: {
      not_run: 'wie eine nicht ausgeführte Anfrage',
      status_code_message: 'statusCode und message',
      not_found: 'ein Status 404',
    },
  },
  'personr.unknownFlow': {
    question: 'Ob ein flowName abgelehnt wird, zu dem kein Ablauf passt.',
    values: { reject: 'er wird abgelehnt', accept: 'er wird angenommen' },
  },
  'personr.sameCustomer': {
    question:
      'Was es bewirkt, einen Antragsteller derselben E-Mail-Adresse oder eine Firma derselben Nummer noch einmal anzulegen.',
    values: {
      another: 'es entsteht ein weiterer Vorgang',
      conflict: 'es wird abgelehnt (409)',
      existing: 'die Antwort ist der Vorgang, den es gibt',
    },
  },
  'personr.unknownWorkspace': {
    question: 'Antwort, wenn es den Workspace nicht gibt, in den gewechselt werden soll.',
    values: { reject: 'sie wird abgelehnt', ignore: 'nichts ändert sich, ohne Fehler' },
  },
  'personr.linkField': {
    question:
      'Name des Felds mit der Nummer beim Anlegen eines Links: Die Tabelle sagt applicantId, Beispiel und Connector senden applicant.',
    values: { applicant: 'nur applicant', applicantId: 'nur applicantId', both: 'eines von beiden' },
  },
  'personr.linkHours': {
    question: 'Stunden, nach denen ein Link für das Telefon des Kunden endet.',
  },
  'personr.resultBeforeReviewed': {
    question: 'Form von `result`, solange die Prüfung nicht fertig ist.',
    values: { absent: 'es fehlt', null: 'null', without_answer: 'ein Objekt ohne Ergebnis' },
  },
  'personr.documentsListing': {
    question: 'Was `documents` im Status nennt: jedes Bild, jede Art oder vor dem Ende der Prüfung nichts.',
    values: { per_image: 'jedes Bild', per_type: 'jede Art einmal', after_review: 'vor dem Ende der Prüfung nichts' },
  },
  'personr.noticeElements': {
    question: 'Art der Einträge von errors[] und warnings[] in der Antwort auf das Hochladen.',
    values: { tag: 'ein Wort', object: 'ein Objekt mit einem Code' },
  },
  'personr.refusedFile': {
    question:
      'Wo steht, dass eine Datei als solche abgelehnt wird (beschädigt, leer, zu groß, falsche Art): in errors[] bei 200 oder als Fehler mit Status 400.',
    values: { errors_array: 'in errors[] bei 200', status_400: 'als Fehler mit Status 400' },
  },
  'personr.duplicateUpload': {
    question: 'Antwort auf Bytes, die es bei diesem Applicant schon gibt.',
    values: {
      conflict: 'ein Konflikt (409)',
      errors_array: 'in errors[] bei 200',
      accepted: 'sie werden noch einmal angenommen',
    },
  },
  'personr.fileMaxBytes': { question: 'Größte Datei, in Bytes (64 MB bei dem System dahinter).' },
  'personr.docTypes': {
    question: 'Ob nur die dokumentierten Arten von Dokumenten bekannt sind oder auch die des Systems dahinter.',
    values: { documented: 'nur die dokumentierten', wider: 'auch die des Systems dahinter' },
  },
  'personr.failedSide': {
    question: 'Ob ein abgelehntes Bild auch die andere Seite seines Dokuments ungültig macht.',
    values: { this_image: 'nur dieses Bild', both_sides: 'beide Seiten' },
  },
  'personr.subTypeOfSelfie': {
    question: 'Antwort, wenn docSubType mit einem SELFIE gesendet wird.',
    values: { reject: 'es wird abgelehnt', ignore: 'es wird übergangen' },
  },
  'personr.attemptsExhausted': {
    question: 'Antwort auf einen Start nach dem fünften Versuch oder nach einer endgültigen Ablehnung.',
    values: { reject: 'er wird abgelehnt', accept_without_effect: 'angenommen, und nichts geschieht' },
  },
  'personr.uploadAfterFinal': {
    question: 'Antwort auf das Hochladen nach einer endgültigen Ablehnung.',
    values: { conflict: 'ein Konflikt (409)', accept: 'es wird angenommen' },
  },
  'personr.reviewRejectType': {
    question:
      'Ob `result` RETRY oder FINAL sagt oder nur die Gründe es erkennen lassen (die Liste der endgültigen Gründe ist nicht öffentlich).',
    values: { present: 'es sagt es', absent: 'nur die Gründe' },
  },
  'personr.privateComment': {
    question:
      'Ob `result` die Bemerkungen des Prüfers enthält (clientComment darf der Kunde sehen, moderationComment nicht).',
    values: { present: 'ja', absent: 'nein' },
  },
  'personr.onHold': {
    question: 'Welchen Status ein Applicant zeigt, während ihn das System dahinter angehalten hat.',
    values: {
      Pending: 'wie einer, der geprüft wird',
      'On Hold': 'ein eigener Status',
      onHold: 'das Wort des Systems dahinter',
    },
  },
  'personr.tokenWorkflows': {
    question: 'Welchen der beiden dokumentierten Wege zu einem Token es gibt.',
    values: { both: 'beide', basic: 'nur api-basic-auth', generate: 'nur api-token-generate' },
  },
  'personr.tokenEncoding': {
    question: 'Ob api-token-generate ein Formular nimmt (Unterlagen), JSON (Connector) oder beides.',
    values: { both: 'beides', multipart: 'nur ein Formular', json: 'nur JSON' },
  },
  'personr.entityModule': {
    question:
      'Ob das Konto Firmen anlegen darf; Personr muss das freischalten, und was es vorher antwortet, ist nicht bekannt.',
    values: { on: 'es darf', off: 'es darf nicht' },
  },
  'personr.entitySubTypes': {
    question:
      'Ob docSubType der Seite einer Firma freier Text ist oder aus einer Liste kommt, die nicht öffentlich ist.',
    values: { any: 'jeder Text', listed: 'nur „Certificate of incorporation“' },
  },
  'personr.entityDateOrder': {
    question: 'Reihenfolge von Tag und Monat in createdDate einer Firma (12/09/2024).',
    values: { day_first: 'der Tag zuerst', month_first: 'der Monat zuerst' },
  },
  'personr.ownerTwice': {
    question: 'Antwort, wenn ein Inhaber mit einer Firma verbunden wird, bei der er schon steht.',
    values: {
      listed_once: 'der Inhaber steht einmal da',
      listed_twice: 'der Inhaber steht zweimal da',
      error: 'ein Fehler, und der Inhaber steht da',
    },
  },
  'personr.downloadBeforeReviewed': {
    question: 'Antwort auf das Herunterladen, bevor die Prüfung fertig ist.',
    values: { not_run: 'wie eine nicht ausgeführte Anfrage', empty: 'eine leere Liste' },
  },
  'personr.rateLimitPerMinute': { question: 'Anfragen je Minute.' },
  'personr.stageMinMs': { question: 'Kürzeste Dauer je in Pre-Checked und Pending, in Millisekunden.' },
  'personr.stageMaxMs': { question: 'Längste Dauer je in Pre-Checked und Pending, in Millisekunden.' },
  'sumsub.imageFileNames': {
    question:
      'Ob die Liste der Bilder bei jedem den Dateinamen nennt, unter dem es kam (öffentlicher Code liest ihn dort; die Unterlagen schweigen).',
    values: { present: 'ja', absent: 'nein' },
  },
  'sumsub.duplicateOfInactive': {
    question:
      'Antwort auf dieselben Bytes, nachdem ihr Bild ungültig gemacht wurde (bei einem gültigen ist es 409, Fehler 1000).',
    values: { conflict: 'ein Konflikt (409)', accepted: 'sie werden noch einmal angenommen' },
  },
  'sumsub.noticeElements': {
    question: 'Ob errors[] und warnings[] nach dem Hochladen Wörter enthalten oder Objekte mit einem Code.',
    values: { object: 'Objekte mit einem Code', tag: 'Wörter' },
  },
  'sumsub.unknownLevel': { question: 'Status, wenn der Name des Levels nicht bekannt ist.' },
  'sumsub.startsByItself': {
    question:
      'Ob die Prüfung eines über die API gesendeten Applicant beginnt, sobald alles da ist, was das Level verlangt.',
    values: { no: 'nein', yes: 'ja' },
  },
  'sumsub.requestLifetimeSeconds': {
    question: 'Wie weit der Zeitstempel einer Signatur von der Uhr bei Sumsub abweichen darf, in Sekunden.',
  },
  'sumsub.rateLimitPerMinute': {
    question:
      'Anfragen je Minute (die Unterlagen nennen 50 schreibende und 300 lesende in 5 Sekunden, nicht aber, was als eine zählt).',
  },
  'sumsub.stageMinMs': { question: 'Kürzeste Dauer je in pending und queued, in Millisekunden.' },
  'sumsub.stageMaxMs': { question: 'Längste Dauer je in pending und queued, in Millisekunden.' },
};
