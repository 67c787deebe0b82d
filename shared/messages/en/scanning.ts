/**
 * Scanners. Each sentence says what happened and what to do; that pages which came before are safe is said beside it, with
 * their number. `{{page}}` is the page that was in the scanner.
 */
export const scanning: Readonly<Record<string, string>> = {
  'scan.running': 'A scan is running already. Wait for its end or stop it, then scan again.',
  'scan.busy': 'The scanner is busy with something else. Wait until it has finished, then scan again.',
  'scan.paperJam':
    'Paper jam at page {{page}}. Open the scanner, take the paper out, put this page and those after it back, then scan again.',
  'scan.feederEmpty': 'There is no paper in the feeder. Put the pages in until they are held, then scan again.',
  'scan.coverOpen': 'The cover of the scanner is open. Close it until it clicks, then scan again.',
  'scan.offline':
    'The scanner does not answer. Check that it is switched on and connected, then look for scanners again.',
  'scan.cancelled': 'The scan was stopped.',
  'scan.accessDenied':
    'This account may not use the scanner. Ask IT for the right to it (on Linux: the group scanner), then sign in again.',
  'scan.unsupported':
    'The scanner cannot do what the profile asks: it gave or refused another resolution, colour mode or size. Choose other values, then scan again.',
  'scan.incompletePage':
    'Page {{page}} did not arrive whole, so it was not taken. Scan this page and those after it again; if it happens again, switch the scanner off and on.',
  'scan.diskFull':
    'The disk of this PC is full, so page {{page}} was not taken. Free some space, then scan this page and those after it again.',
  'scan.notStored':
    'Page {{page}} was scanned and could not be taken in; the reason is named with it. Solve that, then scan this page and those after it again.',
  'scan.deviceError':
    'The scanner reported an error at page {{page}}. Switch it off and on, then scan this page and those after it again.',
  'scanner.none':
    'No scanner answers. Switch it on, connect it to this PC or its network, then look again. Files can be imported all the same.',
  'scanner.noSane':
    'Scanning needs the program scanimage, which is not installed on this PC. Ask IT to install it (Debian and Ubuntu: sudo apt install sane-utils), then look again. Files can be imported all the same.',
  'scanner.noDriver':
    'Satchel cannot drive scanners on this system yet. Scan with the program of the scanner into a file, then import it.',
};
