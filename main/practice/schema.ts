import type { Migration } from '../database/index.ts';

/** `application_id` of a practice file: "SatP". Another program's file, and Satchel's own, are refused. */
export const PRACTICE_APPLICATION_ID = 0x53617450;

/**
 * What the practice server remembers. Columns that end in `_sealed` hold what a customer's data may be part of (file
 * names, answers, applicants) and are encrypted; of a file only hash, size and type are kept.
 */
export const practiceMigrations: readonly Migration[] = [
  {
    version: 1,
    name: 'practice',
    up(db) {
      db.exec(`
        CREATE TABLE settings (
          name TEXT PRIMARY KEY,
          value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE requests (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          request_id TEXT NOT NULL,
          at INTEGER NOT NULL,
          api TEXT NOT NULL,
          method TEXT NOT NULL,
          path TEXT NOT NULL,
          -- What the server decided; a fault may have kept it from the client.
          status INTEGER,
          fault TEXT,
          idempotency_key TEXT,
          is_replay INTEGER NOT NULL DEFAULT 0,
          body_bytes INTEGER NOT NULL,
          body_sha256 TEXT NOT NULL
        ) STRICT;

        CREATE TABLE request_files (
          request_sequence INTEGER NOT NULL REFERENCES requests (sequence),
          sha256 TEXT NOT NULL,
          byte_length INTEGER NOT NULL,
          media_type TEXT NOT NULL
        ) STRICT;
        CREATE INDEX request_files_by_hash ON request_files (sha256);

        CREATE TABLE stored_files (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          file_id TEXT NOT NULL UNIQUE,
          owner_id TEXT NOT NULL,
          at INTEGER NOT NULL,
          sha256 TEXT NOT NULL,
          byte_length INTEGER NOT NULL,
          media_type TEXT NOT NULL,
          file_name_sealed BLOB NOT NULL,
          decision TEXT,
          doc_type TEXT,
          doc_sub_type TEXT,
          country TEXT,
          is_active INTEGER NOT NULL DEFAULT 1
        ) STRICT;
        CREATE INDEX stored_files_by_owner ON stored_files (owner_id, sequence);
        CREATE INDEX stored_files_by_hash ON stored_files (sha256);

        CREATE TABLE documents (
          document_id TEXT PRIMARY KEY,
          kind TEXT NOT NULL,
          fields_sealed BLOB NOT NULL,
          decision TEXT,
          created_at INTEGER NOT NULL,
          submitted_at INTEGER,
          decided_at INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE idempotency (
          key TEXT PRIMARY KEY,
          fingerprint TEXT NOT NULL,
          status INTEGER NOT NULL,
          body_sealed BLOB NOT NULL,
          request_id TEXT NOT NULL,
          created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE rate_windows (
          api TEXT PRIMARY KEY,
          started_at INTEGER NOT NULL,
          used INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE personr_users (
          email_sha256 TEXT PRIMARY KEY,
          user_id TEXT NOT NULL,
          token_sha256 TEXT,
          token_expires_at INTEGER,
          tokens_minted INTEGER NOT NULL DEFAULT 0,
          workspace TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE applicants (
          applicant_id TEXT PRIMARY KEY,
          workspace TEXT NOT NULL,
          flow_name TEXT NOT NULL,
          details_sealed BLOB NOT NULL,
          created_at INTEGER NOT NULL,
          checks_used INTEGER NOT NULL DEFAULT 0,
          started_at INTEGER,
          pending_at INTEGER,
          reviewed_at INTEGER,
          outcome TEXT,
          reject_labels TEXT NOT NULL DEFAULT '[]'
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE next_decisions (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          api TEXT NOT NULL,
          decision TEXT NOT NULL
        ) STRICT;
      `);
    },
  },
  {
    version: 2,
    name: 'persona inquiries, accounts, government ids and transactions',
    up(db) {
      db.exec(`
        ALTER TABLE documents ADD COLUMN class TEXT NOT NULL DEFAULT 'generic';
        ALTER TABLE documents ADD COLUMN inquiry_id TEXT;
        ALTER TABLE documents ADD COLUMN account_id TEXT;
        ALTER TABLE documents ADD COLUMN country_code TEXT;
        ALTER TABLE documents ADD COLUMN id_class TEXT;
        CREATE INDEX documents_by_inquiry ON documents (inquiry_id);

        CREATE TABLE accounts (
          account_id TEXT PRIMARY KEY,
          reference_sha256 TEXT UNIQUE,
          type_id TEXT,
          details_sealed BLOB NOT NULL,
          created_at INTEGER NOT NULL,
          redacted_at INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE inquiries (
          inquiry_id TEXT PRIMARY KEY,
          account_id TEXT,
          template_id TEXT NOT NULL,
          details_sealed BLOB NOT NULL,
          created_at INTEGER NOT NULL,
          -- What somebody set (approve, decline, expire, simulate); otherwise the documents tell.
          set_status TEXT,
          set_at INTEGER,
          runs_from INTEGER NOT NULL,
          redacted_at INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE transactions (
          transaction_id TEXT PRIMARY KEY,
          type_id TEXT NOT NULL,
          reference_sha256 TEXT,
          details_sealed BLOB NOT NULL,
          decision TEXT,
          created_at INTEGER NOT NULL,
          decided_at INTEGER NOT NULL,
          redacted_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX transactions_by_reference ON transactions (reference_sha256);
      `);
    },
  },
  {
    version: 3,
    name: 'references of sumsub',
    up(db) {
      db.exec(`
        -- One applicant for each reference of the client's.
        CREATE TABLE sumsub_references (
          reference_sha256 TEXT PRIMARY KEY,
          applicant_id TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sumsub_references_by_applicant ON sumsub_references (applicant_id);
      `);
    },
  },
  {
    version: 4,
    name: 'companies',
    up(db) {
      db.exec(`
        ALTER TABLE applicants ADD COLUMN is_entity INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE personr_owners (
          sequence INTEGER PRIMARY KEY AUTOINCREMENT,
          entity_id TEXT NOT NULL,
          owner_id TEXT NOT NULL,
          position TEXT NOT NULL
        ) STRICT;
      `);
    },
  },
  {
    version: 5,
    name: 'documents and reviewers of persona transactions',
    up(db) {
      db.exec(`
        ALTER TABLE documents ADD COLUMN transaction_id TEXT;
        CREATE INDEX documents_by_transaction ON documents (transaction_id);
        -- Set when a person decided it; otherwise a workflow did.
        ALTER TABLE transactions ADD COLUMN is_decided_by_person INTEGER NOT NULL DEFAULT 0;
      `);
    },
  },
];
