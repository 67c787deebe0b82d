/** Scanner; siehe die englischen Sätze. */
export const scanning: Readonly<Record<string, string>> = {
  'scan.running':
    'Es läuft schon ein Scan. Warten Sie auf sein Ende oder stoppen Sie ihn, und scannen Sie dann noch einmal.',
  'scan.busy':
    'Der Scanner ist mit etwas anderem beschäftigt. Warten Sie, bis er fertig ist, und scannen Sie dann noch einmal.',
  'scan.paperJam':
    'Papierstau bei Seite {{page}}. Öffnen Sie den Scanner, nehmen Sie das Papier heraus, legen Sie diese Seite und die folgenden wieder ein und scannen Sie noch einmal.',
  'scan.multiFeed':
    'Bei Seite {{page}} wurden zwei Blätter auf einmal eingezogen. Nehmen Sie sie heraus, fächern Sie den Stapel auf, legen Sie diese Seite und die folgenden wieder ein und scannen Sie noch einmal.',
  'scan.feederEmpty':
    'Im Einzug liegt kein Papier. Schieben Sie die Seiten hinein, bis sie gehalten werden, und scannen Sie dann noch einmal.',
  'scan.coverOpen':
    'Die Klappe des Scanners ist offen. Schließen Sie sie, bis sie einrastet, und scannen Sie dann noch einmal.',
  'scan.offline':
    'Der Scanner antwortet nicht. Prüfen Sie, ob er eingeschaltet und angeschlossen ist, und suchen Sie dann noch einmal nach Scannern.',
  'scan.cancelled': 'Der Scan wurde gestoppt.',
  'scan.accessDenied':
    'Dieses Konto darf den Scanner nicht benutzen. Bitten Sie die IT um das Recht dazu (unter Linux: Gruppe scanner; bei einem Netzwerkscanner: in dessen eigenen Einstellungen) und melden Sie sich dann neu an.',
  'scan.otherCertificate':
    'Der Scanner zeigt ein anderes Zertifikat als früher, deshalb wurde er nichts gefragt. Fragen Sie die IT, ob er ersetzt oder zurückgesetzt wurde; wenn ja, vergessen Sie ihn unter Einstellungen, Scanner, und fügen Sie ihn neu hinzu.',
  'scan.unsupported':
    'Der Scanner kann nicht, was das Profil verlangt: Auflösung, Farbe oder Größe waren andere oder wurden abgelehnt, oder es kam nur eine Seite des Blattes. Wählen Sie andere Werte und scannen Sie dann noch einmal.',
  'scan.incompletePage':
    'Seite {{page}} kam nicht ganz an und wurde deshalb nicht übernommen. Scannen Sie diese Seite und die folgenden noch einmal; geschieht es wieder, schalten Sie den Scanner aus und ein.',
  'scan.diskFull':
    'Die Festplatte dieses PCs ist voll, deshalb wurde Seite {{page}} nicht übernommen. Schaffen Sie Platz und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scan.diskFullNeeds':
    'Die Festplatte dieses PCs ist voll, deshalb wurde Seite {{page}} nicht übernommen. Schaffen Sie mindestens {{megabytes}} MB Platz und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scan.readOnly':
    'In den Tresor auf diesem PC lässt sich nicht schreiben, deshalb wurde Seite {{page}} nicht übernommen. Rufen Sie die IT; wenn es wieder geht, scannen Sie diese Seite und die folgenden noch einmal.',
  'scan.diskError':
    'Die Festplatte dieses PCs meldete einen Fehler, deshalb wurde Seite {{page}} nicht übernommen. Scannen Sie diese Seite und die folgenden noch einmal; geschieht es wieder, rufen Sie die IT.',
  'scan.notStored':
    'Seite {{page}} wurde gescannt und konnte nicht übernommen werden; der Grund steht dabei. Beheben Sie ihn und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scan.customerReleased':
    'Der Kunde wurde freigegeben, während Seite {{page}} gescannt wurde; sie wurde deshalb nicht übernommen. Nehmen Sie ihn unter Vorgänge zurück, wenn die Seite zu ihm gehört, und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scan.customerVoided':
    'Der Kunde wurde storniert, während Seite {{page}} gescannt wurde; sie wurde deshalb nicht übernommen. Beginnen Sie einen neuen Kunden und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scan.deviceError':
    'Der Scanner meldete bei Seite {{page}} einen Fehler. Schalten Sie ihn aus und ein und scannen Sie dann diese Seite und die folgenden noch einmal.',
  'scanner.none':
    'Kein Scanner antwortet. Schalten Sie ihn ein, verbinden Sie ihn mit diesem PC oder seinem Netz und suchen Sie dann noch einmal. Ein Netzwerkscanner, der nicht erscheint, lässt sich unter Einstellungen, Scanner, mit seiner Adresse hinzufügen. Dateien können trotzdem importiert werden.',
  'scanner.noSane':
    'Kein Netzwerkscanner antwortet. Ein Scanner am Kabel braucht das Programm scanimage, das auf diesem PC fehlt: Bitten Sie die IT, es zu installieren (Debian und Ubuntu: sudo apt install sane-utils), und suchen Sie dann noch einmal. Ein Netzwerkscanner lässt sich unter Einstellungen, Scanner, mit seiner Adresse hinzufügen.',
  'scanner.noCable':
    'Kein Netzwerkscanner antwortet. Schalten Sie ihn ein und suchen Sie noch einmal, oder fügen Sie ihn unter Einstellungen, Scanner, mit seiner Adresse hinzu. Ein Scanner am Kabel lässt sich auf diesem System noch nicht benutzen: Scannen Sie mit seinem Programm in eine Datei und importieren Sie diese.',
  'scanner.addressUnclear':
    'Das ist keine Adresse eines Scanners. Geben Sie seinen Namen oder seine IP-Adresse ein, wie der Scanner sie zeigt, zum Beispiel 192.168.1.20.',
  'scanner.notRemembered': 'Dieser PC kennt keinen Netzwerkscanner namens {{name}}. Er kennt: {{known}}.',
  'scanner.noEscl':
    'Dort antwortet etwas, aber es ist kein Scanner, der ohne Treiber arbeitet (eSCL, AirPrint). Prüfen Sie die Adresse; bei manchen Scannern muss AirPrint oder das Scannen im Netz erst eingeschaltet werden.',
  'scanner.noUsableSource':
    'Der Scanner antwortet, gibt aber weder JPEG noch PNG in Farbe oder Grau. Satchel kann ihn deshalb nicht benutzen. Scannen Sie mit seinem Programm in eine Datei und importieren Sie diese.',
};
