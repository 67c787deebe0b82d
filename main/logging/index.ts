import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Values that a log line may carry. There is no place for free text from a customer, a provider or a file name. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

const MAX_LOG_BYTES = 4 * 1024 * 1024;

/**
 * Text that looks like a secret or a person's data never reaches the file, even if a caller slips: bearer and basic
 * credentials, API keys, recovery keys, e-mail addresses and long digit runs are replaced.
 */
export function redact(text: string): string {
  return text
    .replace(/\b(Bearer|Basic)\s+[\w+/=|.-]+/gi, '$1 [redacted]')
    .replace(/\bpersona_(sandbox|production)_[\w-]+/g, '[redacted key]')
    .replace(/AGE-SECRET-KEY-[0-9A-Z-]+/gi, '[redacted key]')
    .replace(/\bbus\|[\w|]+/g, '[redacted token]')
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[redacted e-mail]')
    .replace(/\+?\d{9,}/g, '[redacted number]');
}

/**
 * One JSON object per line in `<directory>/satchel.log`; at 4 MiB the file becomes `satchel.1.log`. A log that cannot be
 * written never stops the app: on a full disk the lines are lost, the pages are not.
 */
export function createFileLog(directory: string, now: () => number): Log {
  const file = join(directory, 'satchel.log');
  const write = (level: string, event: string, fields: LogFields = {}): void => {
    const safe = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? redact(value) : value]),
    );
    const line = `${JSON.stringify({ at: new Date(now()).toISOString(), level, event, ...safe })}\n`;
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) {
        rmSync(join(directory, 'satchel.1.log'), { force: true });
        renameSync(file, join(directory, 'satchel.1.log'));
      }
      appendFileSync(file, line, { mode: 0o600 });
    } catch {
      // Deliberately swallowed: see above.
    }
  };
  return {
    info: (event, fields) => {
      write('info', event, fields);
    },
    warn: (event, fields) => {
      write('warn', event, fields);
    },
    error: (event, fields) => {
      write('error', event, fields);
    },
  };
}

/** The kind and code of an error without its text, which may quote a path or a customer. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const frame =
    error.stack
      ?.split('\n')
      .find((line) => /^\s+at /.test(line))
      ?.trim() ?? null;
  return { error: error.name, code, at: frame?.replace(/\(?(file:\/\/)?\/.*\//, '(') ?? null };
}
