/** What the system says in an error: its code (`ENOENT`, `ECONNREFUSED`), also of the error behind it; otherwise the error's name. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unreadable';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}

const OF_FILES: Readonly<Record<string, string>> = {
  EEXIST: 'there is a file of this name already',
  EISDIR: 'it is a folder',
  EACCES: 'this account may not',
  EPERM: 'this account may not',
};

/** Why a file could not be read (`missing`: it is not there) or written (its folder is not there). */
export function reasonOf(error: unknown, missing: string): string {
  const code = codeOf(error);
  return code === 'ENOENT' ? missing : (OF_FILES[code] ?? code);
}
