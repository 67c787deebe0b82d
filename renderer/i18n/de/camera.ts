/** Texte zur Kamera im Erfassungsbild. */
export const camera = {
  'capture.camera': 'Kamera',
  'capture.camera.title': 'Foto aufnehmen',
  'capture.camera.titleFor': 'Foto aufnehmen: {{slot}}',
  'capture.camera.starting': 'Die Kamera startet',
  'capture.camera.live': 'Was die Kamera jetzt zeigt',
  'capture.camera.taken': 'Das aufgenommene Foto',
  'capture.camera.take': 'Foto aufnehmen',
  'capture.camera.again': 'Noch einmal',
  'capture.camera.use': 'Dieses Foto verwenden',
  'capture.camera.hint': 'Das ganze Gesicht, Blick in die Kamera, Licht von vorn. Keine Brille, kein Hut.',
  'capture.camera.check':
    'Ist das ganze Gesicht scharf und gleichmäßig hell? Behalten wird erst etwas, wenn Sie das Foto verwenden.',
  'capture.camera.notKept': 'Das Foto wurde nicht behalten',
  'capture.camera.which': 'Kamera',
  'capture.camera.unnamed': 'Kamera {{number}}',
  'capture.camera.tryAgain': 'Noch einmal versuchen',
  'capture.camera.trouble.none': 'Keine Kamera gefunden',
  'capture.camera.trouble.none.next': 'Schließen Sie eine Kamera an, oder importieren Sie ein Foto als Datei.',
  'capture.camera.trouble.denied': 'Satchel darf die Kamera nicht benutzen',
  'capture.camera.trouble.denied.next':
    'Erlauben Sie es in den Datenschutz-Einstellungen dieses PCs, oder bitten Sie die IT darum.',
  'capture.camera.trouble.busy': 'Ein anderes Programm benutzt die Kamera',
  'capture.camera.trouble.busy.next':
    'Schließen Sie dieses Programm, zum Beispiel ein Videogespräch, und versuchen Sie es noch einmal.',
  'capture.camera.trouble.gone': 'Die Kamera ist weg',
  'capture.camera.trouble.gone.next': 'Schließen Sie sie wieder an, und versuchen Sie es noch einmal.',
  'capture.camera.trouble.failed': 'Die Kamera startet nicht',
  'capture.camera.trouble.failed.next':
    'Ziehen Sie sie ab und schließen Sie sie wieder an, oder nehmen Sie eine andere Kamera.',
} as const;
