import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { systemRoot } from './place.ts';

/** The user id of root, on Linux and macOS. */
export const ADMINISTRATOR = 0;

/** Group and others may write. */
const WRITABLE_BY_OTHERS = 0o022;

const ASK_MS = 10_000;

/**
 * Whether only administrators can have written this file and can put another in its place: it and its folder are theirs, and
 * nobody else may change either. Rejects when that cannot be found out.
 */
export async function isAdministrators(handle: FileHandle, file: string, administrator: number): Promise<boolean> {
  if (process.platform === 'win32') return areAdministrators(await askWindows(file));
  return [await handle.stat(), await stat(dirname(file))].every(
    ({ uid, mode }) => uid === administrator && (mode & WRITABLE_BY_OTHERS) === 0,
  );
}

/** SYSTEM, the group of administrators, and Windows' own installer (well-known SIDs). */
const ADMINISTRATORS: ReadonlySet<string> = new Set([
  'S-1-5-18',
  'S-1-5-32-544',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]);

/** Whether every SID of this text, one a line, is an administrator's; false for none at all. */
export function areAdministrators(text: string): boolean {
  const sids = text.split(/\s+/).filter((sid) => sid !== '');
  return sids.length > 0 && sids.every((sid) => ADMINISTRATORS.has(sid));
}

/**
 * Prints the owners of the file and of its folder, and whoever may change the file (write, append, delete, its rights, its owner)
 * or take it out of its folder. Everybody may make *other* files in a folder under ProgramData, so that right does not count.
 */
const WHO_MAY_WRITE = `
$ErrorActionPreference = 'Stop'
$sid = [Security.Principal.SecurityIdentifier]
$file = $env:SATCHEL_POLICY_FILE
foreach ($place in @(@($file, 0xD0006), @((Split-Path -LiteralPath $file), 0xD0040))) {
  $acl = Get-Acl -LiteralPath $place[0]
  $acl.GetOwner($sid).Value
  $acl.GetAccessRules($true, $true, $sid) | Where-Object {
    $_.AccessControlType -eq 'Allow' -and ([int]$_.FileSystemRights -band $place[1]) -and
    -not ($_.PropagationFlags -band [Security.AccessControl.PropagationFlags]::InheritOnly)
  } | ForEach-Object { $_.IdentityReference.Value }
}`;

/** Not yet run on Windows. */
async function askWindows(file: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    join(systemRoot(), 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
    ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', WHO_MAY_WRITE],
    { env: { ...process.env, SATCHEL_POLICY_FILE: file }, timeout: ASK_MS, windowsHide: true },
  );
  return stdout;
}
