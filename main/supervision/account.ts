import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Policy } from '../policy/index.ts';
import { systemRoot } from '../policy/index.ts';

const run = promisify(execFile);
const ASK = { timeout: 5_000, windowsHide: true } as const;

/** What the operating system calls the account that Satchel runs as, and the groups that it is in: by name, on Windows by SID too. */
export interface Account {
  readonly names: readonly string[];
  readonly groups: readonly string[];
}

/**
 * Asks the system. `operator`: the account's name as Satchel shows it. Programs are started by their whole path, because
 * whoever chooses the PATH could put one that lies before the system's. Rejects when the system does not answer.
 */
export async function systemAccount(operator: string): Promise<Account> {
  if (process.platform === 'win32') {
    // Not yet run on Windows.
    const whoami = join(systemRoot(), 'System32', 'whoami.exe');
    const [user, groups] = await Promise.all([
      run(whoami, ['/user', '/fo', 'csv', '/nh'], ASK),
      run(whoami, ['/groups', '/fo', 'csv', '/nh'], ASK),
    ]);
    return { names: [operator, ...namesOfTable(user.stdout)], groups: namesOfTable(groups.stdout) };
  }
  if (process.platform === 'darwin') {
    const [names, numbers] = await Promise.all([run('/usr/bin/id', ['-Gn'], ASK), run('/usr/bin/id', ['-G'], ASK)]);
    return { names: [operator], groups: namesInWords(names.stdout, numbers.stdout) };
  }
  // A group of a directory may be called "domain users", so the names end with a zero byte.
  const { stdout } = await run('/usr/bin/id', ['-Gnz'], ASK);
  return { names: [operator], groups: stdout.split('\0').filter((name) => name !== '') };
}

/**
 * macOS writes spaces between the names. Where there are more words than groups a name has one in it, and no word is believed:
 * "domain users" would make everybody one of the "users".
 */
export function namesInWords(names: string, numbers: string): string[] {
  const words = names.trim().split(/\s+/);
  return words.length === numbers.trim().split(/\s+/).length ? words : [];
}

/** Names and SIDs of `whoami /fo csv /nh`: rows as `"DESK\\kim","S-1-5-…"` and `"DESK\\Managers","Group","S-1-5-…","…"`. */
export function namesOfTable(text: string): string[] {
  return text.split(/\r?\n/).flatMap((row) => {
    const cells = [...row.matchAll(/"([^"]*)"/g)].map(([, cell = '']) => cell);
    const sid = cells.find((cell) => /^S-1-\d/.test(cell));
    return sid === undefined ? [] : [cells[0] ?? sid, sid];
  });
}

/**
 * Whether the policy names the account or one of its groups. Windows does not tell capitals apart, and there a name without
 * its domain stands for that name in every domain.
 */
export function isNamed(
  { supervisors }: Policy,
  account: Account,
  platform: NodeJS.Platform = process.platform,
): boolean {
  const known = (names: readonly string[]): ReadonlySet<string> =>
    new Set(platform === 'win32' ? names.map((name) => name.toLowerCase()).flatMap(withoutDomain) : names);
  const asWritten = (name: string): string => (platform === 'win32' ? name.toLowerCase() : name);
  const names = known(account.names);
  const groups = known(account.groups);
  return (
    supervisors.accounts.some((name) => names.has(asWritten(name))) ||
    supervisors.groups.some((name) => groups.has(asWritten(name)))
  );
}

function withoutDomain(name: string): string[] {
  const at = name.lastIndexOf('\\');
  return at === -1 ? [name] : [name, name.slice(at + 1)];
}
