import type { activity as english } from '../en/activity.ts';
import type { Translation } from '../types.ts';

/** Texts of the activity screen. */
export const activity: Translation<typeof english> = {
  'activity.shortcuts': 'Protokoll',
  'activity.search': 'Referenz, Mitarbeiter oder Anfrage-ID',
  'activity.table': 'Protokoll',
  'activity.count_one': '{{shown}} Eintrag',
  'activity.count_other': '{{shown}} Einträge',
  'activity.column.sequence': 'Nr.',
  'activity.column.at': 'Zeit',
  'activity.column.reference': 'Referenz',
  'activity.column.what': 'Was geschah',
  'activity.column.who': 'Wer',
  'activity.column.requestId': 'Anfrage-ID',
  'activity.kind.person': 'Person',
  'activity.kind.provider': 'Anbieter',
  'activity.kind.system': 'Satchel',
  'activity.nextTry': 'nächster Versuch {{time}}',
  'activity.verify': 'Unversehrtheit prüfen',
  'activity.verify.running': 'Wird geprüft',
  'activity.verify.intact_one':
    'Das Protokoll ist unversehrt: {{shown}} Eintrag geprüft, nichts wurde geändert oder entfernt.',
  'activity.verify.intact_other':
    'Das Protokoll ist unversehrt: alle {{shown}} Einträge geprüft, nichts wurde geändert oder entfernt.',
  'activity.verify.broken':
    'Das Protokoll wurde verändert: Eintrag {{sequence}} passt nicht zum vorhergehenden. Lassen Sie diesen PC, wie er ist, und rufen Sie die IT an.',
  'activity.verify.failed':
    'Die Prüfung konnte nicht abgeschlossen werden. Versuchen Sie es erneut; gelingt es wieder nicht, rufen Sie die IT an.',
  'activity.empty.title': 'Das Protokoll ist leer',
  'activity.empty.body': 'Alles, was mit einem Vorgang geschieht, wird hier festgehalten und nie geändert.',
  'activity.noMatch.title': 'Kein Eintrag passt zu dieser Suche',
  'activity.noMatch.body': 'Gesucht wird in Referenz, Mitarbeiter und Anfrage-ID.',
  'activity.loadFailed': 'Das Protokoll konnte nicht gelesen werden.',
  'activity.key.search': 'Suchen',
  'activity.key.open': 'Vorgang öffnen',
  'activity.key.verify': 'Unversehrtheit prüfen',
};
