import type { z } from 'zod';
import type { ReadableDatabase, WritableDatabase } from '../database/types.ts';

/** A setting kept as JSON under its key; `fallback` is what holds until somebody sets it. */
export interface Setting<Value> {
  readonly key: string;
  readonly schema: z.ZodType<Value>;
  readonly fallback: Value;
}

/** A value that no longer parses (an older or newer version wrote it) counts as not set. */
export function readSetting<Value>(db: ReadableDatabase, setting: Setting<Value>): Value {
  const row = db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', [setting.key]);
  if (row === undefined) return setting.fallback;
  try {
    const parsed = setting.schema.safeParse(JSON.parse(row.value));
    return parsed.success ? parsed.data : setting.fallback;
  } catch {
    return setting.fallback;
  }
}

/** Durable when it returns. Joins the caller's transaction. */
export function writeSetting<Value>(db: WritableDatabase, setting: Setting<Value>, value: Value): void {
  db.transaction(() => {
    db.run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
      setting.key,
      JSON.stringify(value),
    ]);
  });
}
