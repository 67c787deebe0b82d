/** Dasselbe wie `en/persona.ts`. */
export const persona: Readonly<Record<string, string>> = {
  'persona.accountCreated': 'Persona hat jetzt ein Konto für den Kunden.',
  'persona.accountFound': 'Persona hat schon ein Konto mit der Referenz des Kunden; es wird verwendet.',
  'persona.accountGone': 'Persona hat kein Konto mehr für den Kunden. Vielleicht hat es dort jemand entfernt.',
  'persona.accountMissing':
    'Persona hat kein Konto mehr für den Kunden. Vielleicht hat es dort jemand entfernt. Stornieren Sie den Vorgang, und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'persona.accountUnchanged': 'Nichts, was im Konto bei Persona steht, wurde berichtigt.',
  'persona.accountUpdated': 'Was berichtigt wurde, steht jetzt im Konto bei Persona.',
  'persona.accountUpToDate': 'Im Konto bei Persona steht alles so, wie es berichtigt wurde.',
  'persona.accountNotUpdated': 'Die Berichtigung steht noch nicht im Konto bei Persona. Sie wird noch einmal gesendet.',
  'persona.askAccountUpdate':
    'Die Antwort auf eine Berichtigung des Kontos ging verloren. Sehen Sie bei Persona nach, ob sie dort steht.',
  'persona.accountNotThere': 'Persona hat noch kein Konto mit der Referenz des Kunden. Es wird jetzt angelegt.',
  'persona.accountOther':
    'Das Konto bei Persona mit dieser Referenz gehört jemandem mit anderem Namen oder Geburtsdatum. Die Referenz prüfen: Die Seiten kämen zum falschen Kunden.',
  'persona.askAccount':
    'Die Antwort auf das Anlegen des Kontos ging verloren. Im Dashboard von Persona nach einem Konto mit der Referenz des Kunden suchen.',
  'persona.inquiryCreated': 'Persona hat eine Anfrage (inquiry) für den Kunden eröffnet.',
  'persona.inquiryFound': 'Persona hat die Anfrage schon; sie wurde an ihrer Notiz erkannt und ist einmal da.',
  'persona.inquiryNotThere':
    'Persona hat keine Anfrage mit unserer Notiz, also wurde keine eröffnet. Es wird noch einmal versucht.',
  'persona.askInquiry':
    'Die Antwort auf das Eröffnen der Anfrage ging verloren, und Persona kann nicht sagen, welche es ist. Im Dashboard von Persona die Anfragen des Kunden ansehen.',
  'persona.inquiryApproved': 'Die Anfrage bei Persona wurde genehmigt.',
  'persona.inquiryCompleted': 'Die Anfrage bei Persona wurde abgeschlossen.',
  'persona.inquiryDeclined':
    'Persona hat die Unterlagen des Kunden nicht angenommen. Die Entscheidung ist endgültig; den Grund klärt die Leitung.',
  'persona.inquiryFailed':
    'Die Anfrage bei Persona scheiterte an den Seiten. Die genannten Dokumente neu erfassen; sie gehen in eine neue Anfrage.',
  'persona.inquiryUnclear':
    'Die Anfrage bei Persona scheiterte und sagt nicht, woran. Im Dashboard von Persona nachsehen; danach die Dokumente neu erfassen, oder diesen Vorgang stornieren.',
  'persona.inquiryWantsAgain':
    'Persona möchte ein Dokument noch einmal. Das genannte neu erfassen; es kommt in dieselbe Anfrage.',
  'persona.retryWanted': 'Persona möchte dieses Dokument noch einmal. Ganz und scharf neu erfassen.',
  'persona.inquiryNeedsReview': 'Jemand in Ihrem Haus prüft die Anfrage im Dashboard von Persona.',
  'persona.inquiryResumed': 'Die Anfrage bei Persona war abgelaufen. Sie wurde wieder geöffnet.',
  'persona.inquiryMissing':
    'Persona hat diese Anfrage nicht mehr. Vielleicht hat sie dort jemand gelöscht. Wenn noch nicht entschieden war, kommt keine Entscheidung mehr: Stornieren Sie den Vorgang, und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'persona.accountRedacted':
    'Jemand hat die Daten des Kunden aus dessen Konto bei Persona entfernen lassen, deshalb geht nichts mehr dorthin. Stornieren Sie den Vorgang und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'persona.recordRedacted':
    'Jemand hat die Daten des Kunden bei Persona entfernen lassen, bevor entschieden war. Eine Entscheidung kommt nicht mehr. Stornieren Sie den Vorgang und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'persona.redacted': 'Persona hat endgültig entfernt, was dort über den Kunden stand.',
  'persona.redactedBefore': 'Was bei Persona über den Kunden stand, war schon entfernt.',
  'persona.redactionOff': 'Die Verbindung lässt bei Persona alles, wie es ist; dort wird nichts mehr entfernt.',
  'persona.redactionRefused':
    'Die Seiten sind hier gelöscht, aber Persona hat nicht entfernt, was dort über den Kunden steht. Vielleicht fehlt dem API-Schlüssel das Recht dazu; die IT kann es mit diesem Bericht klären.',
  'persona.redactionMissing':
    'Die Seiten sind hier gelöscht, aber Persona kennt den Datensatz nicht, aus dem die Kundendaten zu entfernen wären. Vielleicht wurde er dort gelöscht, oder der Schlüssel gehört zu einem anderen Konto.',
  'persona.inquiryClosed':
    'Die Anfrage bei Persona wurde geschlossen, bevor alle Seiten da waren. Im Dashboard von Persona nachsehen; danach diesen Vorgang stornieren und den Kunden neu erfassen.',
  'persona.inquiryNotResumed':
    'Die Anfrage bei Persona ist abgelaufen und lässt sich nicht wieder öffnen. Im Dashboard von Persona nachsehen; danach diesen Vorgang stornieren und den Kunden neu erfassen.',
  'persona.submitNotTaken':
    'Persona hat das Dokument und lehnt immer wieder ab, es zu prüfen. Im Dashboard von Persona beim Datensatz des Kunden nachsehen; danach erneut versuchen oder diesen Vorgang stornieren.',
  'persona.templateRefused':
    'Persona kennt die Vorlage (inquiry template) dieses Ablaufs nicht. Die IT muss den Ablauf der Verbindung berichtigen; nehmen Sie den Kunden dann zurück, und geben Sie ihn noch einmal frei.',
  'persona.countryMissing': 'Persona verlangt das Land eines Ausweises. Das Land des Kunden eintragen.',
  'persona.photoWanted': 'Persona nimmt Ausweise nur als Bild, nicht als PDF. Die Seite als Bild scannen.',
  'persona.askAttached':
    'Die Antwort auf das Anhängen des Dokuments ging verloren, und Persona zeigt zu wenig von den Dokumenten der Anfrage, um zu vergleichen. Im Dashboard von Persona die Anfrage des Kunden ansehen.',
  'persona.attachedFound': 'Persona hat das Dokument schon bei den anderen des Kunden; nichts wurde doppelt gesendet.',
  'persona.attachedNotThere':
    'Beim Kunden hat Persona das Dokument nicht, also kam es nicht an. Es wird noch einmal gesendet.',
  'persona.attachedMissing':
    'Persona hat ein Dokument dieser Anfrage nicht mehr. Diesen Vorgang stornieren und den Kunden neu erfassen, oder die IT rufen.',
  'persona.transactionCreated': 'Persona hat die Seiten als Transaktion angenommen.',
  'persona.transactionFound': 'Persona hat die Transaktion schon; sie wurde an ihrer Marke erkannt und ist einmal da.',
  'persona.transactionNotThere':
    'Persona hat keine Transaktion mit unserer Marke, also wurde keine angelegt. Es wird noch einmal versucht.',
  'persona.transactionApproved': 'Die Transaktion bei Persona wurde genehmigt.',
  'persona.transactionMissing':
    'Persona hat diese Transaktion nicht mehr. Vielleicht hat sie dort jemand gelöscht. Wenn noch nicht entschieden war, kommt keine Entscheidung mehr: Stornieren Sie den Vorgang, und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'persona.transactionTypeRefused':
    'Persona kennt die Transaktionsart (transaction type) dieses Ablaufs nicht. Die IT muss den Ablauf der Verbindung berichtigen; nehmen Sie den Kunden dann zurück, und geben Sie ihn noch einmal frei.',
  'persona.askTransaction':
    'Die Antwort auf das Anlegen der Transaktion ging verloren. Im Dashboard von Persona nach einer Transaktion mit der Referenz des Kunden suchen.',
  'persona.testRateLimit':
    'Dieser Schlüssel darf {{limit}} Aufrufe in der Minute machen; {{remaining}} sind in dieser Minute noch frei.',
  'persona.testSimulation':
    'Die vorgetäuschte Anfrage wurde nicht genehmigt. Im Dashboard von Persona nachsehen, was die Vorlage auslöst.',
  'persona.linkNotOffered':
    'Ein Link von Persona für das Telefon des Kunden wird hier nicht angeboten. Die Seiten am Schalter neu erfassen.',
  'persona.fileNotGiven': 'Persona gibt die Datei nicht heraus. Vielleicht wurde sie dort geschwärzt.',
  'persona.accountFoundUnseen':
    'Persona hat schon ein Konto mit der Referenz des Kunden. Es zeigt weder Namen noch Geburtsdatum, also sagt nur die Referenz, wem es gehört.',
  'persona.accountTaken':
    'Persona sagt, dass die Referenz des Kunden vergeben ist, und zeigt nicht, an wen. Die Referenz prüfen; sie darf kein Komma enthalten.',
  'persona.referenceChanged':
    'Die Referenz des Kunden wurde geändert, nachdem das Konto der früheren bei Persona schon verwendet war. Die frühere Referenz wieder eintragen, oder diesen Vorgang stornieren und den Kunden neu erfassen.',
  'persona.fieldTwice':
    'Zwei Dokumente dieses Ablaufs füllen dasselbe Feld der Transaktion bei Persona, und eines ginge verloren. Nichts wurde gesendet. Die IT muss jedem ein eigenes Feld geben.',
  'persona.sideTwice':
    'Ein Ausweisdokument dieses Ablaufs hat mehr Seiten, als die Transaktion bei Persona Felder hat: Vorderseite und Rückseite. Eine ginge verloren, darum wurde nichts gesendet. Die IT muss den Ablauf berichtigen.',
  'persona.inquiryExpired':
    'Die Anfrage bei Persona ist abgelaufen, mit allen Seiten darin. Im Dashboard von Persona kann sie noch jemand entscheiden.',
  'persona.inquiryUndecided':
    'Die Anfrage bei Persona ist vor mehr als einem Tag mit allen Seiten abgelaufen, und niemand hat entschieden. Im Dashboard von Persona entscheiden lassen, dann hier erneut versuchen; oder diesen Vorgang stornieren.',
  'persona.check.id_barcode_detection':
    'Der Strichcode auf der Rückseite war nicht lesbar. Ganz und scharf neu erfassen.',
  'persona.check.id_blur_detection': 'Das Bild ist unscharf. Scharf neu erfassen.',
  'persona.check.id_glare_detection': 'Auf dem Dokument spiegelt sich Licht. Ohne Spiegelung neu erfassen.',
  'persona.check.id_color_detection': 'Das Bild ist nicht farbig. In Farbe neu erfassen.',
  'persona.check.id_double_side_detection':
    'Beide Seiten werden gebraucht, jede einmal. Vorder- und Rückseite neu erfassen.',
  'persona.check.id_mrz_detection': 'Die maschinenlesbaren Zeilen waren nicht lesbar. Ganz und scharf neu erfassen.',
  'persona.check.id_portrait_detection':
    'Das Lichtbild auf dem Dokument war nicht zu sehen. Die Seite mit dem Lichtbild neu erfassen.',
  'persona.check.id_electronic_replica_detection':
    'Das Bild zeigt einen Bildschirm oder einen Ausdruck. Das Dokument selbst erfassen.',
  'persona.check.id_unprocessable_submission_detection': 'Die Bilder waren nicht brauchbar. Das Dokument neu erfassen.',
  'persona.check.id_expired_detection': 'Das Dokument ist abgelaufen. Ein gültiges erfassen.',
  'persona.check.no_expiration_date':
    'Das Ablaufdatum war nicht lesbar. Die Seite mit dem Datum ganz und scharf neu erfassen.',
  'persona.check.id_type_detection': 'Die Art des Dokuments war nicht zu erkennen. Ganz neu erfassen.',
  'persona.check.id_disallowed_type_detection': 'Diese Art von Dokument wird nicht angenommen. Ein anderes erfassen.',
  'persona.check.type_not_detected': 'Die Art des Dokuments war nicht lesbar. Ganz und scharf neu erfassen.',
  'persona.check.id_disallowed_country_detection':
    'Dokumente dieses Landes werden nicht angenommen. Ein anderes erfassen.',
  'persona.check.no_country': 'Das Land des Dokuments war nicht lesbar. Ganz und scharf neu erfassen.',
  'persona.check.document_type_detection':
    'Die Art des Dokuments war nicht zu erkennen oder wird nicht angenommen. Neu erfassen, oder ein anderes.',
  'persona.check.document_expired_detection': 'Das Dokument ist zu alt. Ein neueres erfassen.',
  'persona.check.document_extracted_properties_detection':
    'Was auf dem Dokument steht, war nicht lesbar. Ganz und scharf neu erfassen.',
  'persona.askOfAccount':
    'Die Antwort auf das Senden des Dokuments ging verloren, und das Konto bei Persona zeigt zu wenig, um zu vergleichen. Im Dashboard von Persona die Dokumente des Kundenkontos ansehen.',
  'persona.accountHidesDocuments':
    'Das Konto bei Persona zeigt seine Dokumente nicht, also lässt sich nicht sagen, ob dieses ankam.',
  'persona.transactionFailed':
    'Persona hat die Transaktion wegen ihrer Bilder abgelehnt. Die genannten Dokumente neu erfassen; sie gehen mit allen anderen in eine neue Transaktion.',
  'persona.transactionWantsAgain':
    'Persona möchte die Dokumente der Transaktion noch einmal. Neu erfassen; sie gehen in eine neue Transaktion.',
  'persona.transactionNamesNone':
    'Die Transaktion bei Persona nennt keine Dokumente. Ihr Ablauf hat die Seiten vielleicht noch nicht angesehen, oder er zeigt nicht, was er angelegt hat.',
  'persona.accountKept': 'Das Konto des Kunden bei Persona bleibt, wie die Einstellungen der Verbindung es sagen.',
  'persona.accountShared':
    'Das Konto des Kunden bei Persona bleibt: Es hat eine eigene Referenz Ihrer Organisation, also gehört es auch zu anderen Besuchen, und ein solches Konto entfernt Satchel nie. Wer es weg haben will, entfernt es im Dashboard von Persona.',
  'persona.notRequired':
    'Die Vorlage bei Persona verlangt dieses Dokument nicht, deshalb nimmt sie keines an. Die IT vergleicht den Ablauf der Verbindung mit der Vorlage.',
  'persona.conflictAgain':
    'Persona meldet immer wieder, dass das nicht zu dem passt, was es hat. Die IT erfährt von Persona den Grund, mit diesem Bericht.',
  'persona.documentsStay':
    'Das bleibt bei Persona, weil es dort keinen Aufruf gibt, der ein einzelnes Dokument entfernt: {{ids}}. Wer es entfernt haben will, nennt es Persona.',
  'persona.accountInUse': 'Das Konto des Kunden bei Persona bleibt: Eine andere Anfrage gehört dazu.',
  'persona.testStep': '{{template}}, {{step}}: Die vorgetäuschte Anfrage ist {{status}}, wie sie soll.',
  'persona.testStepOther':
    '{{template}}, {{step}}: Die vorgetäuschte Anfrage ist {{status}}; zu erwarten war {{expected}}.',
  'persona.testStepRefused': '{{template}}, {{step}}: Persona führt es nicht aus (Status {{status}}).',
  'persona.testVerifications':
    '{{template}}, create_failed_verification: {{passed}} bestanden; von den gescheiterten Prüfungen würden {{told}} dem Schalter genannt, {{untold}} sind nicht für ihn.',
  'persona.documentUpdated': 'Persona hat die neuen Seiten in dem Dokument, das es schon hatte.',
  'persona.documentUpdateFound': 'Persona hat die neuen Seiten schon in dem Dokument; nichts wurde doppelt gesendet.',
  'persona.documentNotUpdated':
    'Das Dokument bei Persona hat die neuen Seiten noch nicht. Sie werden noch einmal gesendet.',
  'persona.documentNotExact':
    'Das Dokument bei Persona zeigt nicht genau die neuen Seiten, deshalb wird ein anderes angelegt. Dieses wird nie eingereicht.',
  'persona.documentNotTaken':
    'Persona nimmt für das vorhandene Dokument keine neuen Seiten an, deshalb wird ein anderes angelegt. Das vorhandene wird nie eingereicht.',
  'persona.updatedInstead':
    'Persona hat diese Seiten in dem Dokument, das schon da war. Ein anderes wird nicht angelegt.',
  'persona.askDocumentUpdate':
    'Die Antwort auf neue Seiten für ein Dokument ging verloren. Sehen Sie im Dashboard von Persona nach, ob das Dokument sie hat, und keine anderen.',
};
