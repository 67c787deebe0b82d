import { engineWords } from './engine.ts';

/** What the network and the providers said, in words for the desk. */
export const providers: Readonly<Record<string, string>> = {
  'network.offline': 'Dieser PC hat kein Netzwerk. Das Senden geht von selbst weiter, sobald es wieder da ist.',
  'network.refused': 'Der Server des Anbieters nimmt im Augenblick keine Verbindungen an.',
  'network.proxyAuthentication': 'Der Proxy dieses Netzwerks verlangt ein Passwort.',
  'network.captivePortal':
    'Dieses Netzwerk verlangt zuerst eine Anmeldeseite. Öffnen Sie einen Browser und melden Sie sich am Netzwerk an; danach geht das Senden weiter.',
  'network.nameNotFound':
    'Die Adresse des Anbieters ist nicht zu finden: Der Namensdienst (DNS) dieses Netzwerks kennt sie nicht oder antwortet nicht. Sobald er es tut, geht das Senden von selbst weiter.',
  'network.unreachable':
    'Der Server des Anbieters antwortet nicht. Sobald er es tut, geht das Senden von selbst weiter.',
  'network.certificateUntrusted':
    'Der Verbindung wird nicht vertraut: Dieser PC kennt den Aussteller des Zertifikats nicht. Entweder verlangt dieses Netzwerk erst eine Anmeldung, oder ein Filter dazwischen ist diesem PC nicht bekannt.',
  'network.certificateExpired':
    'Der Verbindung wird nicht vertraut: Das Zertifikat ist abgelaufen. Bevor es erneuert ist, wird nichts gesendet.',
  'network.certificateNotYetValid':
    'Der Verbindung wird nicht vertraut: Das Zertifikat gilt noch nicht. Wahrscheinlich geht die Uhr dieses PCs falsch.',
  'network.certificateDate':
    'Der Verbindung wird nicht vertraut: Das Zertifikat ist abgelaufen oder gilt noch nicht. Vielleicht geht die Uhr dieses PCs falsch.',
  'network.certificateWrongHost':
    'Der Verbindung wird nicht vertraut: Das Zertifikat gehört zu einer anderen Adresse. Entweder verlangt dieses Netzwerk erst eine Anmeldung, oder jemand steht dazwischen.',
  'network.certificateRevoked': 'Der Verbindung wird nicht vertraut: Das Zertifikat wurde widerrufen.',
  'network.tlsFailed': 'Mit der Adresse des Anbieters ließ sich keine sichere Verbindung vereinbaren.',
  'network.clockWrong':
    'Die Uhr dieses PCs geht um etwa {{hours}} Std. {{minutes}} Min. falsch, deshalb gelten Zertifikate als abgelaufen oder noch nicht gültig. Bevor sie richtig gestellt ist, lässt sich nichts senden.',
  'network.proxyUnreachable': 'Der Proxy dieses Netzwerks ist nicht zu erreichen.',
  'network.proxyRefused': 'Der Proxy dieses Netzwerks lässt die Verbindung zum Anbieter nicht durch.',
  'network.moved':
    'Der Anbieter schickt diese Verbindung zu einer anderen Adresse weiter: {{host}}. Ihre Basis-URL muss korrigiert werden.',
  'network.filtered':
    'Ein Filter auf dem Weg hat anstelle des Anbieters mit einer Webseite geantwortet. Er muss die Adresse des Anbieters durchlassen.',
  'network.reset': 'Die Verbindung brach ab, bevor alles gesendet war. Es wird erneut versucht.',
  'network.silence': 'Auf der Verbindung tat sich zu lange nichts. Es wird erneut versucht.',
  'network.truncated': 'Die Antwort brach ab. Es wird erneut versucht.',
  'network.tooLarge': 'Die Antwort war viel zu groß. Es wird erneut versucht.',
  'network.other': 'Die Verbindung ist gescheitert. Es wird erneut versucht.',
  'network.aborted': 'Das Senden wurde beendet, bevor es fertig war. Es geht später weiter.',
  'network.answerLost':
    'Alles wurde gesendet, aber die Antwort ging verloren. Ob es angekommen ist, wird geklärt, bevor etwas wiederholt wird.',

  'provider.pageUnreadable': 'Eine Seite im Tresor ist beschädigt oder fehlt. Scannen Sie sie neu.',
  'provider.mediaType': 'Diese Art von Datei wird nicht angenommen. Scannen Sie die Seite als JPEG, PNG oder PDF.',
  'provider.noCredential':
    'Diese Verbindung hat keine brauchbaren Zugangsdaten. Geben Sie sie in den Einstellungen der Verbindung ein.',

  'persona.created': 'Persona hat die Bilder des Dokuments angenommen.',
  'persona.createdOnce':
    'Persona hat die Bilder des Dokuments angenommen. Dieselbe Anfrage wurde unter demselben Schlüssel wiederholt, es ist also einmal dort.',
  'persona.createdAgain':
    'Persona hat das Dokument nicht mehr, das eingereicht werden sollte, deshalb wird es mit denselben Seiten neu angelegt.',
  'persona.askDocument':
    'Die Antwort auf das Anlegen des Dokuments ({{kind}}) ging verloren, und es ist zu lange her, als dass Persona dieselbe Anfrage erkennt. Eine Liste gibt Persona nicht. Suchen Sie im Persona-Dashboard ein Dokument dieser Art im Zustand „initiated“.',
  'persona.askSubmit':
    'Die Antwort ging verloren, und Persona kann nicht sagen, ob das Dokument geprüft wird. Sehen Sie im Persona-Dashboard nach.',
  'persona.recordSame':
    'Eine Person hat das Dokument bei Persona gefunden: Art, Dateinamen und Größen sind die gesendeten. Es geht damit weiter.',
  'persona.recordOther':
    'Das Dokument mit dieser ID ist ein anderes: Art oder Dateien sind nicht die gesendeten. Nichts wurde geändert.',
  'persona.recordSubmitted':
    'Das Dokument mit dieser ID ist schon eingereicht, dieses war es nie. Es ist ein anderes; nichts wurde geändert.',
  'persona.recordMissing':
    'Persona hat kein Dokument mit dieser ID. Kopieren Sie die ID aus dem Dashboard; sie beginnt mit doc_.',
  'persona.recordNotComparable':
    'Persona zeigt diesem API-Schlüssel die Dateien des Dokuments nicht, es lässt sich also nicht vergleichen. Nichts wurde geändert.',
  'persona.submitted': 'Persona hat das Dokument zur Prüfung angenommen.',
  'persona.submitFound': 'Persona hat das Dokument schon; nichts wurde doppelt gesendet.',
  'persona.submitDidNotHappen': 'Persona hat das Dokument noch nicht zur Prüfung angenommen. Es wird erneut versucht.',
  'persona.inReview': 'Persona prüft das Dokument.',
  'persona.statusUnknown': 'Persona meldet einen Status, den Satchel nicht kennt ({{status}}). Es fragt weiter nach.',
  'persona.processed': 'Persona hat das Dokument verarbeitet.',
  'persona.errored': 'Persona konnte dieses Dokument nicht verarbeiten. Erfassen Sie es neu.',
  'persona.answerUnreadable': 'Die Antwort von Persona ließ sich nicht lesen und gilt deshalb nicht als Erfolg.',
  'persona.keyInProgress': 'Persona arbeitet noch an derselben Anfrage. Es wird später erneut gefragt.',
  'persona.keyMisuse':
    'Persona meldet, dass eine Anfrage mit anderem Inhalt wiederholt wurde. Das darf nicht vorkommen: Sagen Sie es der IT.',
  'persona.fileRefused': 'Persona hat die Datei abgelehnt. Scannen Sie die Seite neu.',
  'persona.fileTooLarge':
    'Persona hat die Datei abgelehnt: Sie muss kleiner als {{bytes}} Bytes sein. Scannen Sie sie mit geringerer Auflösung neu.',
  'persona.tooManyFiles':
    'Persona nimmt höchstens {{files}} Seiten eines Dokuments an. Erfassen Sie es mit weniger Seiten neu.',
  'persona.requestTooLarge': 'Das Dokument ist für Persona zu groß. Scannen Sie es mit geringerer Auflösung neu.',
  'persona.kindRefused':
    'Persona kennt diese Art von Dokument nicht. Der Ablauf dieser Verbindung muss korrigiert werden.',
  'persona.versionRefused':
    'Persona kennt die API-Version dieser Verbindung nicht. Wählen Sie in ihren Einstellungen eine andere.',
  'persona.invalid': 'Persona hält die Daten des Kunden für falsch. Vergleichen Sie sie mit dem Dokument.',
  'persona.fieldRefused': 'Persona hat dieses Feld abgelehnt: {{field}}.',
  'persona.unauthorized':
    'Persona hat den API-Schlüssel abgelehnt. Geben Sie in den Einstellungen der Verbindung einen gültigen ein.',
  'persona.ipNotPermitted':
    'Persona lässt dieses Netzwerk nicht zu: Seine Adresse steht nicht auf der Liste des API-Schlüssels.',
  'persona.environmentInactive': 'Diese Persona-Umgebung ist nicht aktiv.',
  'persona.quotaUsed': 'Das mit Persona vereinbarte Kontingent ist verbraucht.',
  'persona.rateLimited': 'Persona nimmt im Augenblick keine Aufrufe mehr an. Das Senden geht von selbst weiter.',
  'persona.withdrawn':
    'Persona hat diesen Weg, Dokumente zu senden, eingestellt (veraltet seit dem 13. April 2026). Nichts ist verloren: Die Seiten warten hier. Die IT muss mit Persona einen anderen Weg vereinbaren.',
  'persona.keyPermission':
    'Der API-Schlüssel darf das nicht. Er braucht die Berechtigungen document.read und document.write, für Anfragen und für Dokumente eines Kontos auch account, für Anfragen auch inquiry, für Transaktionen txn.',
  'persona.forbidden': 'Persona erlaubt diesen Aufruf mit diesem API-Schlüssel nicht.',
  'persona.writeForbidden':
    'Persona erlaubt diesem API-Schlüssel nicht, Dokumente zu senden. Dem Schlüssel kann eine Berechtigung fehlen, oder Persona hat diesen Weg eingestellt (veraltet seit dem 13. April 2026).',
  'persona.documentMissing':
    'Persona hat dieses Dokument nicht mehr. Vielleicht hat es dort jemand gelöscht. Wenn noch nicht entschieden war, kommt keine Entscheidung mehr: Stornieren Sie den Vorgang, und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'persona.missingAgain':
    'Persona hat das Dokument nicht, obwohl es mehr als einmal angelegt wurde. Nehmen Sie den Vorgang zurück und geben Sie ihn wieder frei, um es noch einmal anzulegen, oder rufen Sie die IT an.',
  'persona.submittedGone':
    'Persona sagt, dass es dieses Dokument nicht mehr hat. Also wird dort nichts davon geprüft, was auch angekommen war. Sehen Sie im Dashboard von Persona nach, warum. „Erneut versuchen“ legt es dort neu an; hat es jemand mit Absicht gelöscht, stornieren Sie stattdessen den Vorgang.',
  'persona.documentUnknown':
    'Personas eigene Nummer dieses Dokuments ist nicht bekannt, deshalb lässt es sich nicht verfolgen.',
  'persona.wrongAddress': 'Unter dieser Adresse gibt es kein Persona. Prüfen Sie die Adresse der Verbindung.',
  'persona.timeout': 'Persona hat zu lange für die Antwort gebraucht.',
  'persona.conflict': 'Das Dokument wurde bei Persona im selben Augenblick geändert. Es wird erneut versucht.',
  'persona.failureDoubted':
    'Persona hat mit einem Fehler geantwortet, kann das Dokument aber trotzdem angenommen haben. Dieselbe Anfrage wird unter demselben Schlüssel wiederholt; das zeigt es.',
  'persona.failedThere':
    'Persona hat zu dieser Anfrage einen eigenen Fehler vermerkt und wiederholt ihn unter demselben Schlüssel. Sie wird als neue Anfrage gesendet. Bei Persona kann ein nicht eingereichtes Dokument liegen geblieben sein; nachschlagen lässt es sich dort nicht.',
  'persona.unavailable': 'Persona hat eine Störung.',
  'persona.refused': 'Persona hat den Aufruf abgelehnt (Status {{status}}).',
  'persona.testOk': 'Persona hat geantwortet; der API-Schlüssel ist gültig.',
  'persona.testSandboxKey': 'Das ist ein Sandbox-Schlüssel, aber die Verbindung ist als Produktion gekennzeichnet.',
  'persona.testProductionKey':
    'Das ist ein Produktionsschlüssel, aber die Verbindung ist nicht als Produktion gekennzeichnet.',

  'personr.created': 'Personr hat den Kunden angelegt.',
  'personr.createdIn': 'Personr hat den Kunden angelegt, im Arbeitsbereich „{{workspace}}“.',
  'personr.createdOther':
    'Personr hat mit einem Vorgang geantwortet ({{id}}), der schon in Gebrauch ist oder einen anderen Namen hat. Nichts wurde dorthin gesendet. Die IT findet im Dashboard von Personr heraus, wem er gehört, und fragt Personr, wie dieser Kunde einen eigenen bekommt.',
  'personr.alreadyThere':
    'Personr meldet, dass es diesen Kunden schon hat, und hat keinen Vorgang angelegt. Die IT sucht ihn im Dashboard von Personr und fragt Personr, wie dieser Kunde einen neuen bekommt.',
  'personr.entityCreated': 'Personr hat die Firma angelegt.',
  'personr.workspaceUnknown':
    'Personr lässt dieses Konto nicht in den Arbeitsbereich „{{workspace}}“. Der Name muss genau so geschrieben sein wie im Dashboard von Personr. Anderswo wurde nichts angelegt.',
  'personr.workspaceOther':
    'Personr bleibt im Arbeitsbereich „{{current}}“ statt „{{workspace}}“. Dort wurde nichts angelegt.',
  'personr.askEntity':
    'Die Antwort auf das Anlegen der Firma ging verloren, und Personr lässt sich nicht danach fragen. Suchen Sie im Dashboard von Personr nach dem neuesten Unternehmen mit diesem Namen.',
  'personr.entityNotRun':
    'Personr hat die Firma nicht angelegt. Firmen (Entities) muss der Ansprechpartner bei Personr für dieses Konto freischalten.',
  'personr.ownerAwaited':
    'Die Firma wartet darauf, dass einer ihrer Inhaber bei Personr angelegt wird. Geben Sie auch den Inhaber frei.',
  'personr.ownerAdded': 'Personr hat den Inhaber mit der Firma verknüpft.',
  'personr.ownerRefused': 'Personr hat den Inhaber nicht mit der Firma verknüpft.',
  'personr.cannotTellOwner':
    'Die Antwort ging verloren, und Personr lässt sich nicht fragen, ob der Inhaber mit der Firma verknüpft ist. Sehen Sie im Dashboard von Personr nach.',
  'personr.askApplicant':
    'Die Antwort auf das Anlegen des Kunden ging verloren, und bei Personr lässt sich nicht nachfragen. Suchen Sie im Personr-Dashboard den neuesten Bewerber mit der E-Mail-Adresse dieses Kunden.',
  'personr.recordSame':
    'Eine Person hat den Kunden bei Personr gefunden, und er ist der von hier angelegte. Es geht damit weiter.',
  'personr.recordOther':
    'Der Bewerber mit dieser ID ist ein anderer: Er wurde nicht von diesem Vorgang angelegt. Nichts wurde geändert.',
  'personr.recordStarted':
    'Die Prüfung dieses Bewerbers hat schon begonnen, er kann also nicht der von hier angelegte sein. Nichts wurde geändert.',
  'personr.recordMissing': 'Personr hat keinen Bewerber mit dieser ID. Kopieren Sie die ID aus dem Dashboard.',
  'personr.recordNotComparable':
    'Personr zeigt von diesem Bewerber nichts, was sich vergleichen ließe. Nichts wurde geändert.',
  'personr.uploaded': 'Personr hat die Seite angenommen.',
  'personr.uploadedNow': 'Personr hat die Seite jetzt angenommen: Der Versuch davor war nicht angekommen.',
  'personr.uploadedWithWarnings': 'Personr hat die Seite angenommen, mit Hinweisen.',
  'personr.uploadFound': 'Personr hat die Seite schon; nichts wurde doppelt gesendet.',
  'personr.uploadDidNotHappen':
    'Personr führt auf, was es von diesem Kunden hat, und diese Seite ist nicht dabei. Sie wird erneut gesendet.',
  'personr.uploadedAgain':
    'Erneut gesendet: Vor seiner Prüfung verrät Personr nicht, ob es diese Seite noch hat. Falls ja, liegt dasselbe Bild dort zweimal.',
  'personr.sideStillThere': 'Personr hat diese Seite noch und nutzt sie, deshalb wurde sie nicht noch einmal gesendet.',
  'personr.sideInactive':
    'Personr hat diese Seite außer Gebrauch gesetzt, als es die andere ablehnte, und nimmt dasselbe Bild nicht noch einmal. Scannen Sie auch diese Seite neu.',
  'personr.uploadNotListed':
    'Personr führt noch keine Seite dieses Kunden auf. Genau dieselben Bytes gehen noch einmal an denselben Kunden: Sollten sie dort sein, meldet Personr „doppelt“, und das gilt als die verlorene Antwort.',
  'personr.cannotTellUpload':
    'Die Antwort ging verloren, und Personr kann nicht sagen, ob es diese Seite hat. Sehen Sie im Personr-Dashboard nach.',
  'personr.started': 'Personr hat die Prüfung begonnen.',
  'personr.startFound': 'Die Prüfung hat schon begonnen; nichts wurde doppelt begonnen.',
  'personr.startNotSeen':
    'Ob die Prüfung begonnen hat, ist nicht bekannt: Sie ist noch nicht zu sehen. Vor einem neuen Anstoß wird noch einmal nachgesehen.',
  'personr.startDidNotHappen': 'Die Prüfung hat nicht begonnen. Sie wird erneut angestoßen.',
  'personr.cannotTellStart':
    'Die Antwort ging verloren, und Personr kann nicht sagen, ob die Prüfung begonnen hat. Sehen Sie im Personr-Dashboard nach.',
  'personr.inReview': 'Personr prüft den Kunden.',
  'personr.onHold':
    'Personr hat diesen Kunden zurückgestellt. Jemand muss im Personr-Dashboard nachsehen; Satchel fragt weiter nach.',
  'personr.statusUnknown': 'Personr meldet einen Status, den Satchel nicht kennt ({{status}}). Es fragt weiter nach.',
  'personr.fieldMissing': 'Personr braucht dieses Feld: {{field}}.',
  'personr.fieldRefused': 'Personr hat dieses Feld abgelehnt: {{field}}.',
  'personr.invalid': 'Personr hat die Daten des Kunden abgelehnt.',
  'personr.otherApplicant':
    'Die Antwort von Personr nennt einen anderen Kunden. Für diesen wird nichts mehr gesendet, bis die IT nachgesehen hat.',
  'personr.applicantMissing':
    'Personr hat diesen Kunden nicht mehr. Vielleicht hat jemand den Datensatz dort gelöscht. Wenn noch nicht entschieden war, kommt keine Entscheidung mehr: Stornieren Sie den Vorgang, und erfassen Sie den Kunden neu, falls er noch geprüft werden soll.',
  'personr.applicantUnknown':
    'Personrs eigene Nummer dieses Kunden ist nicht bekannt, deshalb lässt sich für ihn nichts senden.',
  'personr.applicantEnded': 'Personr nimmt für diesen Kunden keine Bilder mehr an.',
  'personr.attemptsUsed': 'Bei Personr sind für diesen Kunden keine Versuche mehr übrig.',
  'personr.flowUnknown':
    'Personr kennt den Ablauf „{{flow}}“ nicht, oder er gehört nicht zu diesem Arbeitsbereich. Er muss genau so heißen wie im Dashboard von Personr: Die IT gibt dem Ablauf dort diesen Namen oder berichtigt den Namen in den Einstellungen der Verbindung und versucht es erneut.',
  'personr.docTypeRefused':
    'Personr kennt diese Dokumentart nicht. Der Ablauf dieser Verbindung muss korrigiert werden.',
  'personr.docTypeForm':
    'Der Ablauf nennt dieses Dokument „{{type}}“, Personr schreibt seine Dokumente aber in Großbuchstaben, wie DRIVERS. Die IT muss den Ablauf der Verbindung berichtigen; nehmen Sie den Kunden dann zurück, und geben Sie ihn noch einmal frei.',
  'personr.parameterMissing':
    'Personr meldet, dass etwas fehlt, was gesendet wurde. Vielleicht hat es seine Aufrufe geändert.',
  'personr.uploadEncoding':
    'Personr hat die Seite in keiner Form angenommen, die seine Dokumentation nennt. Nichts wurde gespeichert. Die IT fragt Personr, in welcher Form es Uploads annimmt, und meldet es den Herstellern von Satchel.',
  'personr.notRun': 'Personr hat den Aufruf nicht ausgeführt: Eine Bedingung auf seiner Seite ist nicht erfüllt.',
  'personr.fileRefused': 'Personr hat die Datei abgelehnt. Scannen Sie die Seite neu.',
  'personr.fileTooLarge': 'Die Seite ist für Personr zu groß. Scannen Sie sie mit geringerer Auflösung neu.',
  'personr.duplicateImage': 'Personr hat genau dieses Bild schon. Vorder- und Rückseite müssen zwei Bilder sein.',
  'personr.signInRefused':
    'Personr hat die E-Mail-Adresse oder das Passwort dieser Verbindung abgelehnt. Geben Sie beides in ihren Einstellungen neu ein.',
  'personr.forbidden': 'Personr erlaubt diesem Konto das nicht.',
  'personr.wrongAddress': 'Unter dieser Adresse gibt es kein Personr. Prüfen Sie die Adresse der Verbindung.',
  'personr.answerUnreadable': 'Die Antwort von Personr ließ sich nicht lesen und gilt deshalb nicht als Erfolg.',
  'personr.timeout': 'Personr hat zu lange für die Antwort gebraucht.',
  'personr.conflict': 'Personr war mit diesem Kunden beschäftigt. Es wird erneut versucht.',
  'personr.conflictAgain':
    'Personr meldet immer wieder, dass es mit diesem Kunden beschäftigt ist. Sehen Sie in seinem Dashboard beim Datensatz des Kunden nach; danach versuchen Sie es erneut, oder die IT fragt Personr, mit diesem Bericht.',
  'personr.rateLimited': 'Personr nimmt im Augenblick keine Aufrufe mehr an. Das Senden geht von selbst weiter.',
  'personr.unavailable': 'Personr hat eine Störung.',
  'personr.refused': 'Personr hat den Aufruf abgelehnt (Status {{status}}).',
  'personr.testOk':
    'Personr hat geantwortet; das Konto ist gültig. Ein Arbeitsbereich ist nicht eingestellt, deshalb kommen neue Kunden in den, den dieses Konto zuletzt benutzt hat.',
  'personr.testOkWorkspace':
    'Personr hat geantwortet; das Konto ist gültig. Neue Kunden kommen in den Arbeitsbereich „{{workspace}}“.',

  'personr.linkAwaited': 'Der Kunde hat den Link und ist noch nicht fertig.',
  'personr.linkUnused':
    'Der Kunde hat über den Link nicht abgeschlossen. Die neuen Bilder können am Schalter aufgenommen werden; ein Versuch wurde nicht verbraucht.',
  'personr.linkRefused':
    'Der Link von Personr geht nicht über eine sichere Verbindung und wird deshalb niemandem gegeben.',
  'personr.keptTooEarly': 'Personr gibt seine Dokumente erst heraus, wenn die Prüfung vorbei ist.',
  'personr.keptNothing': 'Personr hat von diesem Kunden kein Dokument.',
  'personr.decision.approved': 'Personr hat den Kunden angenommen.',
  'personr.decision.finalPrivate':
    'Personr hat abgelehnt. Die Gründe stehen im Personr-Dashboard; sie sind nicht für den Schalter bestimmt.',
  'personr.decision.attemptsUsed': 'Personr hat abgelehnt: Alle {{count}} Versuche sind verbraucht.',
  'personr.decision.retake': 'Personr verlangt neue Bilder. Übrige Versuche: {{left}}.',
  'personr.decision.unclear':
    'Personr hat abgelehnt, ohne zu sagen, ob neue Bilder helfen würden. Jemand muss im Personr-Dashboard nachsehen.',
  ...engineWords('personr', 'Personr'),
};
