import type { supervision as english } from '../en/supervision.ts';
import type { Translation } from '../types.ts';

/** Texts about the supervisor: what only they may do, and their PIN. */
export const supervision: Translation<typeof english> = {
  'supervision.pin': 'PIN der Filialleitung',
  'supervision.pin.hint': 'Die Filialleitung gibt sie ein.',
  'supervision.pin.missing': 'Die PIN der Filialleitung fehlt.',
  'supervision.pin.new': 'Neue PIN',
  'supervision.pin.new.hint': '6 bis 12 Ziffern',
  'supervision.pin.new.bad': 'Wählen Sie 6 bis 12 Ziffern, die nicht alle gleich sind und nicht in einer Reihe stehen.',
  'supervision.pin.again': 'Neue PIN noch einmal',
  'supervision.pin.again.bad': 'Die beiden PINs sind verschieden.',
  'supervision.pin.old': 'Jetzige PIN',
  'supervision.pin.old.missing': 'Die jetzige PIN fehlt.',
  'supervision.waits': 'Die PIN war zu oft falsch. Sie lässt sich wieder eingeben',
  'supervision.notSet':
    'Auf diesem PC ist noch keine PIN der Filialleitung festgelegt. Zuerst legt die Filialleitung eine fest.',
  'supervision.notSet.practice':
    'Auch in der Übung darf das nur die Filialleitung. Legen Sie zuerst eine eigene PIN zum Üben fest.',
  'supervision.set': 'PIN der Filialleitung festlegen',
  'supervision.you': 'Nach der Richtlinie dieses PCs gehören Sie, {{operator}}, zur Filialleitung.',
  'supervision.others':
    'Nach der Richtlinie dieses PCs gehört {{operator}} nicht zur Filialleitung. Das sind: {{who}}.',
  'supervision.nobody': 'Die Richtlinie dieses PCs nennt niemanden als Filialleitung.',
  'supervision.group': 'alle in {{group}}',
  'supervision.override.title': 'Befunde übergehen',
  'supervision.override.text':
    'Der Kunde wird bereit, obwohl eine Prüfung nicht erfüllt ist. Die Befunde bleiben im Protokoll, mit Ihrem Konto und dieser Begründung. Der Anbieter kann die Seiten trotzdem ablehnen.',
  'supervision.override.reason': 'Warum darf er so gesendet werden?',
  'supervision.override.reason.hint': 'Mindestens drei Buchstaben. Kommt in das Protokoll.',
  'supervision.override.reason.short': 'Geben Sie eine Begründung mit mindestens drei Buchstaben ein.',
  'supervision.override.confirm': 'Befunde übergehen',
  'supervision.offer':
    'Solange keine PIN der Filialleitung festgelegt ist, kann niemand einen Befund übergehen, und wer zuerst kommt, kann sie festlegen. Lassen Sie das jetzt die Filialleitung tun.',
  'settings.section.supervisor': 'Filialleitung',
  'settings.supervisor.intro':
    'Wird ein Befund übergangen, eine Verbindung geändert oder ein neuer Wiederherstellungsschlüssel erstellt, entscheidet eine zweite Person. Wer das ist, sagt die Richtlinie dieses PCs oder, wo es keine gibt, eine PIN.',
  'settings.supervisor.account': 'Dieses Konto',
  'settings.supervisor.isOne': 'Gehört zur Filialleitung',
  'settings.supervisor.isNone': 'Gehört nicht zur Filialleitung',
  'settings.supervisor.who': 'Filialleitung',
  'settings.supervisor.byPin': 'Wer die PIN der Filialleitung kennt',
  'settings.supervisor.pin': 'PIN',
  'settings.supervisor.isSet': 'Festgelegt',
  'settings.supervisor.isNotSet': 'Noch nicht festgelegt',
  'settings.supervisor.change': 'PIN ändern',
  'settings.supervisor.forgotten': 'PIN vergessen',
  'settings.supervisor.forgotten.text':
    'Mit dem Wiederherstellungsschlüssel dieses PCs lässt sich eine neue PIN festlegen. Gibt es keinen, nennt die IT die Filialleitung in der Richtlinie des PCs, die an die Stelle der PIN tritt.',
  'settings.supervisor.save': 'PIN festlegen',
  'settings.supervisor.saved': 'Die PIN der Filialleitung ist festgelegt.',
  'settings.supervisor.none': 'niemand',
  'settings.recovery.askPin':
    'Wer den Wiederherstellungsschlüssel hat, kann eine neue PIN der Filialleitung festlegen, darum erstellt ihn die Filialleitung.',
};
