import { join } from 'node:path';

/** Windows' own folder. Programs of the system are started from there by their whole path: another one may lie first on the PATH. */
export function systemRoot(): string {
  return process.env['SystemRoot'] ?? 'C:\\Windows';
}

/** Where the policy of this PC lies, if there is one: a place that only administrators write to. */
export function systemPolicyFile(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return join(process.env['ProgramData'] ?? 'C:\\ProgramData', 'Satchel', 'policy.json');
  if (platform === 'darwin') return '/Library/Application Support/Satchel/policy.json';
  return '/etc/satchel/policy.json';
}
