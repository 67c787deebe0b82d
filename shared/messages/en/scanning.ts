/**
 * Scanners. Each sentence says what happened and what to do; that pages which came before are safe is said beside it, with
 * their number. `{{page}}` is the page that was in the scanner.
 */
export const scanning: Readonly<Record<string, string>> = {
  'scan.running': 'A scan is running already. Wait for its end or stop it, then scan again.',
  'scan.busy': 'The scanner is busy with something else. Wait until it has finished, then scan again.',
  'scan.paperJam':
    'Paper jam at page {{page}}. Open the scanner, take the paper out, put this page and those after it back, then scan again.',
  'scan.multiFeed':
    'Two sheets went in at once at page {{page}}. Take them out, fan the stack, put this page and those after it back, then scan again.',
  'scan.feederEmpty': 'There is no paper in the feeder. Put the pages in until they are held, then scan again.',
  'scan.coverOpen': 'The cover of the scanner is open. Close it until it clicks, then scan again.',
  'scan.offline':
    'The scanner does not answer. Check that it is switched on and connected, then look for scanners again.',
  'scan.cancelled': 'The scan was stopped.',
  'scan.accessDenied':
    'This account may not use the scanner. Ask IT for the right to it (on Linux: the group scanner; for a network scanner: its own settings), then sign in again.',
  'scan.otherCertificate':
    'The scanner shows another certificate than before, so nothing was asked of it. Ask IT whether it was replaced or reset; if so, forget it under Settings, Scanners, and add it again.',
  'scan.unsupported':
    'The scanner cannot do what the profile asks: it gave or refused another resolution, colour mode or size, or only one side of the paper. Choose other values, then scan again.',
  'scan.incompletePage':
    'Page {{page}} did not arrive whole, so it was not taken. Scan this page and those after it again; if it happens again, switch the scanner off and on.',
  'scan.diskFull':
    'The disk of this PC is full, so page {{page}} was not taken. Free some space, then scan this page and those after it again.',
  'scan.diskFullNeeds':
    'The disk of this PC is full, so page {{page}} was not taken. Free at least {{megabytes}} MB, then scan this page and those after it again.',
  'scan.readOnly':
    'The vault on this PC cannot be written to, so page {{page}} was not taken. Call IT; when it can be written to, scan this page and those after it again.',
  'scan.diskError':
    'The disk of this PC reported an error, so page {{page}} was not taken. Scan this page and those after it again; if it happens again, call IT.',
  'scan.notStored':
    'Page {{page}} was scanned and could not be taken in; the reason is named with it. Solve that, then scan this page and those after it again.',
  'scan.customerReleased':
    'The customer was released while page {{page}} was being scanned, so the page was not taken. Take the customer back in Submissions if the page belongs to them, then scan this page and those after it again.',
  'scan.customerVoided':
    'The customer was voided while page {{page}} was being scanned, so the page was not taken. Start a new customer, then scan this page and those after it again.',
  'scan.deviceError':
    'The scanner reported an error at page {{page}}. Switch it off and on, then scan this page and those after it again.',
  'scanner.none':
    'No scanner answers. Switch it on, connect it to this PC or its network, then look again. A network scanner that does not appear can be added by its address under Settings, Scanners. Files can be imported all the same.',
  'scanner.noSane':
    'No network scanner answers. A scanner on a cable needs the program scanimage, which is not installed on this PC: ask IT to install it (Debian and Ubuntu: sudo apt install sane-utils), then look again. A network scanner can be added by its address under Settings, Scanners.',
  'scanner.noCable':
    'No network scanner answers. Switch it on and look again, or add it by its address under Settings, Scanners. A scanner on a cable cannot be used on this system yet: scan with its own program into a file, then import it.',
  'scanner.addressUnclear':
    'This is no address of a scanner. Enter its name or IP address as the scanner shows it, for example 192.168.1.20.',
  'scanner.notRemembered': 'This PC remembers no network scanner called {{name}}. It remembers: {{known}}.',
  'scanner.noEscl':
    'Something answers there, but it is no scanner that works without a driver (eSCL, AirPrint). Check the address; on some scanners AirPrint or network scanning has to be switched on first.',
  'scanner.noUsableSource':
    'The scanner answers, but gives neither JPEG nor PNG in colour or grey, so Satchel cannot use it. Scan with its own program into a file, then import it.',
};
