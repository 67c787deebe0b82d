import type { Migration } from '../types.ts';

/**
 * A connection may name any provider that is described (shared/domain/providers), so a further one needs no further migration.
 * What is read back is checked against the descriptions. SQLite cannot change a CHECK, so the table is made anew.
 */
export const describedProviders: Migration = {
  version: 11,
  name: 'described-providers',
  up(db) {
    db.exec(`
      CREATE TABLE connections_to_any_provider (
        id TEXT PRIMARY KEY,
        provider TEXT NOT NULL,
        name TEXT NOT NULL,
        environment TEXT NOT NULL CHECK (environment IN ('practice', 'sandbox', 'production')),
        base_url TEXT NOT NULL,
        settings TEXT NOT NULL CHECK (json_valid(settings)),
        flows TEXT NOT NULL CHECK (json_valid(flows)),
        credential_sealed BLOB,
        -- A token minted from the credential (Personr: one for the whole organisation), so that a restart mints no second.
        token_sealed BLOB,
        token_expires_at INTEGER,
        -- A pause of the whole connection: a JSON object {cause, message, untilMs, probeOperationId}, or NULL.
        pause TEXT CHECK (pause IS NULL OR json_valid(pause)),
        created_at INTEGER NOT NULL,
        removed_at INTEGER
      ) STRICT, WITHOUT ROWID;
      INSERT INTO connections_to_any_provider
        SELECT id, provider, name, environment, base_url, settings, flows, credential_sealed, token_sealed, token_expires_at,
          pause, created_at, removed_at FROM connections;
      DROP TABLE connections;
      ALTER TABLE connections_to_any_provider RENAME TO connections;
    `);
  },
};
