import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

/** Where this program runs, as far as a copied profile folder does not carry it along. */
export interface Place {
  /** Folder of this PC and this account, outside every profile: what is known here of the profiles that ran here. */
  readonly records: string;
  /** Tells this PC from others; stored only as a hash. */
  readonly machine: string;
}

const ASK_MS = 2_000;

export function systemPlace(platform: NodeJS.Platform = process.platform): Place {
  return { records: recordsFolder(platform), machine: machineName(platform) };
}

/** State of this PC, which neither a roaming Windows profile nor a copy of the profile folder takes along. */
function recordsFolder(platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Satchel State', 'profiles');
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Satchel State', 'profiles');
  return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'satchel', 'profiles');
}

/** The system's own number of this installation; where it has none, the host's name. */
function machineName(platform: NodeJS.Platform): string {
  try {
    if (platform === 'win32') {
      const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
      return lastWord(ask('reg', ['query', key, '/v', 'MachineGuid']));
    }
    if (platform === 'darwin') {
      const text = ask('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']);
      return /"IOPlatformUUID" = "([^"]+)"/.exec(text)?.[1] ?? hostname();
    }
    return readFileSync('/etc/machine-id', 'utf8').trim() || hostname();
  } catch {
    return hostname();
  }
}

function ask(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', timeout: ASK_MS, windowsHide: true });
}

function lastWord(text: string): string {
  return text.trim().split(/\s+/).at(-1) ?? hostname();
}
