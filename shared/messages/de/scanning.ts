/** Scanner; siehe die englischen Sätze. */
export const scanning: Readonly<Record<string, string>> = {
  'scan.running':
    'Es läuft schon ein Scan. Warten Sie auf sein Ende oder stoppen Sie ihn, und scannen Sie dann noch einmal.',
  'scan.busy':
    'Der Scanner ist mit etwas anderem beschäftigt. Warten Sie, bis er fertig ist, und scannen Sie dann noch einmal.',
  'scan.paperJam':
    'Papierstau bei Seite {{page}}. Öffnen Sie den Scanner, nehmen Sie das Papier heraus, legen Sie diese Seite und die folgenden wieder ein und scannen Sie noch einmal.',
  'scan.feederEmpty':
    'Im Einzug liegt kein Papier. Schieben Sie die Seiten hinein, bis sie gehalten werden, und scannen Sie dann noch einmal.',
  'scan.coverOpen':
    'Die Klappe des Scanners ist offen. Schließen Sie sie, bis sie einrastet, und scannen Sie dann noch einmal.',
  'scan.offline':
    'Der Scanner antwortet nicht. Prüfen Sie, ob er eingeschaltet und angeschlossen ist, und suchen Sie dann noch einmal nach Scannern.',
  'scan.cancelled': 'Der Scan wurde gestoppt.',
  'scan.accessDenied':
    'Dieses Konto darf den Scanner nicht benutzen. Bitten Sie die IT um das Recht dazu (unter Linux: Gruppe scanner) und melden Sie sich dann neu an.',
  'scan.unsupported':
    'Der Scanner kann nicht, was das Profil verlangt: Auflösung, Farbe oder Größe waren andere oder wurden abgelehnt. Wählen Sie andere Werte und scannen Sie dann noch einmal.',
  'scan.incompletePage':
    'Seite {{page}} kam nicht ganz an und wurde deshalb nicht übernommen. Scannen Sie diese Seite und die folgenden noch einmal; geschieht es wieder, schalten Sie den Scanner aus und ein.',
  'scan.diskFull':
    'Die Festplatte dieses PCs ist voll, deshalb wurde Seite {{page}} nicht übernommen. Schaffen Sie Platz und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scan.notStored':
    'Seite {{page}} wurde gescannt und konnte nicht übernommen werden; der Grund steht dabei. Beheben Sie ihn und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scan.deviceError':
    'Der Scanner meldete bei Seite {{page}} einen Fehler. Schalten Sie ihn aus und ein und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scanner.none':
    'Kein Scanner antwortet. Schalten Sie ihn ein, verbinden Sie ihn mit diesem PC oder seinem Netz und suchen Sie dann noch einmal. Dateien können trotzdem importiert werden.',
  'scanner.noSane':
    'Zum Scannen fehlt auf diesem PC das Programm scanimage. Bitten Sie die IT, es zu installieren (Debian und Ubuntu: sudo apt install sane-utils), und suchen Sie dann noch einmal. Dateien können trotzdem importiert werden.',
  'scanner.noDriver':
    'Satchel kann auf diesem System noch keine Scanner bedienen. Scannen Sie mit dem Programm des Scanners in eine Datei und importieren Sie diese.',
};
