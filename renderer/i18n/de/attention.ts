import type { attention as english } from '../en/attention.ts';
import type { Translation } from '../types.ts';

/** Texts of the attention screen. */
export const attention: Translation<typeof english> = {
  'attention.shortcuts': 'Klärung',
  'attention.title': 'Zu klären',
  'attention.count_one': '{{count}} Vorgang',
  'attention.count_other': '{{count}} Vorgänge',
  'attention.onlyWaiting': 'Nichts zu tun: Was hier wartet, geht von selbst weiter',
  'attention.group.rescan': 'Neu scannen',
  'attention.group.rescan.hint': 'Das Bild ist nicht gut genug. Ein neues tritt an seine Stelle.',
  'attention.group.correct_data': 'Eingaben korrigieren',
  'attention.group.correct_data.hint': 'Ein Feld fehlt oder passt nicht.',
  'attention.group.sign_in': 'Neu anmelden',
  'attention.group.sign_in.hint':
    'Der Anbieter lehnt die Zugangsdaten der Verbindung ab. Nichts ist verloren; danach geht das Senden von selbst weiter.',
  'attention.group.wait': 'Warten',
  'attention.group.wait.hint': 'Satchel versucht es von selbst erneut. Es ist nichts zu tun.',
  'attention.group.call_it': 'IT anrufen',
  'attention.group.call_it.hint':
    'Das kann nur die IT oder der Anbieter beheben. Der Bericht enthält keine Kundendaten.',
  'attention.step.rescan': 'Neu scannen',
  'attention.step.correct_data': 'Korrigieren',
  'attention.step.sign_in': 'Verbindung öffnen',
  'attention.step.wait': 'Jetzt versuchen',
  'attention.step.call_it': 'Bericht kopieren',
  'attention.step.copied': 'Bericht kopiert',
  'attention.choice.retry': 'Erneut versuchen',
  'attention.choice.retry.hint': 'Sendet denselben Aufruf noch einmal.',
  'attention.choice.leave': 'Dort lassen',
  'attention.choice.confirm_delivered': 'Ist angekommen',
  'attention.choice.confirm_delivered.hint.applicant':
    'Sie haben im Dashboard des Anbieters nachgesehen, und der Kunde ist dort.',
  'attention.choice.confirm_delivered.hint.document':
    'Sie haben im Dashboard des Anbieters nachgesehen, und das Dokument ist dort.',
  'attention.choice.confirm_delivered.hint.submit':
    'Sie haben im Dashboard des Anbieters nachgesehen, und das Dokument wird geprüft. Es wird nicht noch einmal eingereicht.',
  'attention.choice.confirm_delivered.hint.page':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Seite ist dort. Sie wird nicht noch einmal gesendet.',
  'attention.choice.confirm_delivered.hint.owner':
    'Sie haben im Dashboard des Anbieters nachgesehen, und der Inhaber ist mit der Firma verknüpft. Es geschieht nicht noch einmal.',
  'attention.choice.confirm_delivered.hint.check':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Prüfung läuft. Sie wird nicht noch einmal gestartet.',
  'attention.choice.confirm_delivered.hint.account':
    'Sie haben im Dashboard des Anbieters nachgesehen, und das Konto ist dort.',
  'attention.choice.confirm_delivered.hint.inquiry':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Anfrage ist dort.',
  'attention.choice.confirm_delivered.hint.transaction':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Transaktion ist dort.',
  'attention.choice.send_again': 'Ist nicht angekommen',
  'attention.choice.send_again.hint.applicant':
    'Sie haben im Dashboard des Anbieters nachgesehen, und der Kunde fehlt. Er wird jetzt angelegt.',
  'attention.choice.send_again.hint.document':
    'Sie haben im Dashboard des Anbieters nachgesehen, und das Dokument fehlt. Es wird jetzt angelegt.',
  'attention.choice.send_again.hint.submit':
    'Sie haben im Dashboard des Anbieters nachgesehen, und das Dokument wird nicht geprüft. Es wird jetzt eingereicht.',
  'attention.choice.send_again.hint.page':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Seite fehlt. Sie wird noch einmal gesendet.',
  'attention.choice.send_again.hint.owner':
    'Sie haben im Dashboard des Anbieters nachgesehen, und der Inhaber ist nicht verknüpft. Es geschieht noch einmal.',
  'attention.choice.send_again.hint.check':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Prüfung läuft nicht. Sie wird jetzt gestartet.',
  'attention.choice.send_again.hint.account':
    'Sie haben im Dashboard des Anbieters nachgesehen, und das Konto fehlt. Es wird jetzt angelegt.',
  'attention.choice.send_again.hint.inquiry':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Anfrage fehlt. Sie wird jetzt eröffnet.',
  'attention.choice.send_again.hint.transaction':
    'Sie haben im Dashboard des Anbieters nachgesehen, und die Transaktion fehlt. Sie wird jetzt angelegt.',
  'attention.choice.send_again.record': 'Ist nicht dort',
  'attention.choice.confirm_record': 'Ist dort',
  'attention.choice.confirm_record.label.applicant': 'Bewerber-ID (applicant id) im Dashboard',
  'attention.choice.confirm_record.label.document': 'Dokument-ID im Dashboard',
  'attention.choice.confirm_record.label.other': 'ID im Dashboard',
  'attention.choice.confirm_record.hint':
    'Satchel liest den Eintrag dort und macht nur weiter, wenn es der von hier gesendete ist.',
  'attention.doubt.applicant': 'Die Antwort ging verloren. Ist der Kunde beim Anbieter?',
  'attention.doubt.document': 'Die Antwort ging verloren. Ist das Dokument beim Anbieter?',
  'attention.doubt.submit': 'Die Antwort ging verloren. Wird das Dokument geprüft?',
  'attention.doubt.page': 'Die Antwort ging verloren. Ist die Seite angekommen?',
  'attention.doubt.owner': 'Die Antwort ging verloren. Ist der Inhaber mit der Firma verknüpft?',
  'attention.doubt.check': 'Die Antwort ging verloren. Läuft die Prüfung?',
  'attention.doubt.account': 'Die Antwort ging verloren. Ist das Konto des Kunden beim Anbieter?',
  'attention.doubt.inquiry': 'Die Antwort ging verloren. Ist die Anfrage des Kunden beim Anbieter?',
  'attention.doubt.transaction': 'Die Antwort ging verloren. Ist die Transaktion beim Anbieter?',
  'attention.open': 'Vorgang öffnen',
  'attention.connection.waiting_one': '{{count}} Vorgang wartet auf diese Verbindung.',
  'attention.connection.waiting_other': '{{count}} Vorgänge warten auf diese Verbindung.',
  'attention.connection.since': 'Seit',
  'attention.clock': 'Uhr dieses PCs',
  'attention.key.tryNow': 'Zeile jetzt versuchen, oder alles',
  'attention.nextTry': 'Nächster Versuch',
  'attention.network': 'sobald das Netzwerk wieder da ist',
  'attention.retake.old': 'Abgelehntes Bild: {{slot}}',
  'attention.retake.new': 'Neues Bild: {{slot}}',
  'attention.retake.slots': 'Neu aufzunehmende Plätze',
  'attention.retake.waiting': 'Neues Bild hierher',
  'attention.more': '{{count}} weitere anzeigen',
  'attention.empty.title': 'Nichts ist zu klären',
  'attention.empty.body': 'Was Satchel nicht selbst beheben kann, erscheint hier, mit genau einem nächsten Schritt.',
  'attention.loadFailed': 'Die Liste konnte nicht gelesen werden. Nichts ist verloren; die Seiten sind gespeichert.',
  'attention.key.step': 'Nächsten Schritt ausführen',
  'attention.key.move': 'Nächste oder vorige Zeile',
  'attention.key.first': 'Erste Zeile',
  'attention.key.last': 'Letzte Zeile',
  'attention.key.open': 'Vorgang öffnen',
  'attention.noName': 'Kunde ohne Namen',
};
