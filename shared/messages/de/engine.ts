/** Wie in der englischen Fassung: was die Prüfung hinter Sumsub und Personr über ein Bild sagt und neu verlangt. */
export function engineWords(provider: string, name: string): Readonly<Record<string, string>> {
  return {
    [`${provider}.image.forbiddenDocument`]: `${name} nimmt diese Art von Dokument nicht an. Scannen Sie ein anderes.`,
    [`${provider}.image.differentDocTypeOrCountry`]:
      'Das Bild zeigt eine andere Dokumentart oder ein anderes Land als gewählt.',
    [`${provider}.image.missingImportantInfo`]:
      'Wichtige Teile des Dokuments sind nicht auf dem Bild. Scannen Sie es neu.',
    [`${provider}.image.dataNotReadable`]: 'Die Daten auf dem Dokument sind nicht lesbar. Scannen Sie es neu.',
    [`${provider}.image.expiredDoc`]: 'Das Dokument ist abgelaufen. Scannen Sie ein gültiges.',
    [`${provider}.image.documentWayTooMuchOutside`]: 'Das Dokument ist nicht vollständig im Bild. Scannen Sie es neu.',
    [`${provider}.image.noIdDocFacePhoto`]:
      'Auf dem Dokument wurde kein Foto gefunden. Scannen Sie die Seite mit dem Foto.',
    [`${provider}.image.selfieFaceBadQuality`]: 'Das Gesicht ist nicht gut zu sehen. Nehmen Sie das Foto neu auf.',
    [`${provider}.image.screenRecapture`]:
      'Das Bild wurde von einem Bildschirm aufgenommen. Scannen Sie das Dokument selbst.',
    [`${provider}.image.screenshot`]: 'Das Bild ist ein Bildschirmfoto. Scannen Sie das Dokument selbst.',
    [`${provider}.image.sameSides`]: 'Dieselbe Seite wurde zweimal gesendet. Scannen Sie die andere Seite.',
    [`${provider}.image.shouldBeMrzDocument`]:
      'Die maschinenlesbaren Zeilen (MRZ) fehlen. Scannen Sie die ganze Passseite.',
    [`${provider}.image.shouldBeDoubleSided`]: 'Auch die andere Seite des Dokuments wird gebraucht.',
    [`${provider}.image.other`]: `${name} hat das Bild nicht angenommen. Scannen Sie es neu.`,
    [`${provider}.label.LOW_QUALITY`]: 'Das Bild ist nicht gut genug.',
    [`${provider}.label.NOT_DOC`]: 'Das Bild zeigt kein Dokument.',
    [`${provider}.label.ID_INVALID`]: 'Das Dokument ist nicht gültig.',
    [`${provider}.label.INCOMPLETE_DOC`]: 'Teile des Dokuments fehlen.',
    [`${provider}.label.UNSATISFACTORY_PHOTOS`]: 'Die Bilder sind nicht gut genug.',
    [`${provider}.label.DOC_PAGE_MISSING`]: 'Eine Seite des Dokuments fehlt.',
    [`${provider}.label.DOC_DAMAGED`]: 'Das Dokument ist beschädigt.',
    [`${provider}.label.DOC_MISSING`]: 'Das Dokument fehlt.',
    [`${provider}.label.PROB_APPLICANT_DATA`]: 'Die Daten auf dem Dokument passen nicht.',
    [`${provider}.label.GRAPHIC_EDITOR`]: 'Das Bild sieht bearbeitet aus. Scannen Sie das Original.',
    [`${provider}.label.DOC_DEPRIVED`]: 'Das Dokument ist nicht mehr gültig.',
    [`${provider}.label.FRONT_SIDE_MISSING`]: 'Die Vorderseite fehlt.',
    [`${provider}.label.BACK_SIDE_MISSING`]: 'Die Rückseite fehlt.',
    [`${provider}.label.SCREENSHOTS`]: 'Das Bild ist ein Bildschirmfoto. Scannen Sie das Original.',
    [`${provider}.label.BLACK_AND_WHITE`]: 'Das Bild ist schwarzweiß. Scannen Sie das Dokument in Farbe.',
    [`${provider}.label.EXPIRATION_DATE`]: 'Das Dokument ist abgelaufen oder läuft bald ab.',
    [`${provider}.label.UNFILLED_DOC`]: 'Das Dokument ist nicht ausgefüllt oder nicht unterschrieben.',
    [`${provider}.label.DIGITAL_DOCUMENT`]: 'Eine digitale Fassung wird nicht angenommen. Scannen Sie das Original.',
    [`${provider}.label.INCOMPATIBLE_LANGUAGE`]:
      'Die Sprache des Dokuments wird nicht angenommen. Eine Übersetzung wird gebraucht.',
    [`${provider}.label.ADDITIONAL_DOCUMENT_REQUIRED`]: 'Ein weiteres Dokument wird gebraucht.',
    [`${provider}.label.BAD_PROOF_OF_IDENTITY`]: 'Der Identitätsnachweis ist nicht gut genug.',
    [`${provider}.label.BAD_PROOF_OF_ADDRESS`]: 'Der Adressnachweis ist nicht gut genug.',
    [`${provider}.label.BAD_PROOF_OF_PAYMENT`]: 'Der Zahlungsnachweis ist nicht gut genug.',
    [`${provider}.label.WRONG_ADDRESS`]: 'Die Adresse passt nicht.',
    [`${provider}.label.BAD_SELFIE`]: 'Das Selfie ist nicht gut genug.',
    [`${provider}.label.BAD_VIDEO_SELFIE`]: 'Das Selfie ist nicht gut genug.',
    [`${provider}.label.BAD_AVATAR`]: 'Das Foto ist nicht gut genug.',
    [`${provider}.label.BAD_FACE_MATCHING`]: 'Das Gesicht ließ sich nicht vergleichen. Nehmen Sie das Selfie neu auf.',
    [`${provider}.label.SELFIE_WITH_PAPER`]: 'Das Selfie muss mit dem verlangten Blatt Papier aufgenommen werden.',
    [`${provider}.label.UNSUITABLE_ENV`]:
      'Die Umgebung ist nicht geeignet. Nehmen Sie das Foto neu auf, allein und bei gutem Licht.',
    [`${provider}.label.CONNECTION_INTERRUPTED`]: 'Die Aufnahme brach ab. Erfassen Sie sie neu.',
    [`${provider}.label.INCORRECT_SOCIAL_NUMBER`]: 'Die Nummer passt nicht.',
    [`${provider}.label.NOT_ALL_CHECKS_COMPLETED`]: 'Nicht jede Prüfung war möglich. Erfassen Sie das Dokument neu.',
    [`${provider}.label.REQUESTED_DATA_MISMATCH`]: 'Die Daten passen nicht zu dem, was verlangt wurde.',
    [`${provider}.label.other`]: `${name} verlangt ein neues Bild.`,
  };
}
