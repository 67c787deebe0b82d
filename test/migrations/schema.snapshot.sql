CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'released')),
  operator TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  released_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE "blobs" (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('original', 'thumbnail', 'rendition')),
  byte_length INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at INTEGER NOT NULL
, purged_at INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE blobs_to_shred (
  blob_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE "connections" (
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
, redacts_when_purged INTEGER NOT NULL DEFAULT 0 CHECK (redacts_when_purged IN (0, 1)), redaction_undecided INTEGER NOT NULL DEFAULT 0 CHECK (redaction_undecided IN (0, 1))) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  submission_id TEXT NOT NULL REFERENCES submissions (id),
  requirement_id TEXT NOT NULL,
  document_type TEXT NOT NULL,
  country TEXT NOT NULL DEFAULT '', issued_on_sealed BLOB,
  UNIQUE (submission_id, requirement_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger (
  sequence INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  submission_id TEXT,
  operation_id TEXT,
  kind TEXT NOT NULL,
  -- {message: Message, requestId, nextAt, …} without personal data.
  data TEXT NOT NULL CHECK (json_valid(data)),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE operation_needs (
  operation_id TEXT NOT NULL REFERENCES operations (id),
  needs_id TEXT NOT NULL REFERENCES operations (id),
  PRIMARY KEY (operation_id, needs_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  submission_id TEXT NOT NULL REFERENCES submissions (id),
  connection_id TEXT NOT NULL REFERENCES connections (id),
  page_id TEXT REFERENCES pages (id),
  kind TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  -- Numbers keep the partial indexes small: see main/outbox/types.ts.
  state INTEGER NOT NULL,
  -- Made before the first attempt; the same for every repeat of the same bytes. Random, so an index on it would cost
  -- every insert a cold page, and nothing looks an operation up by it.
  idempotency_key TEXT NOT NULL,
  -- How many unfinished operations this one waits for.
  blocked_by INTEGER NOT NULL DEFAULT 0,
  run_at INTEGER NOT NULL,
  byte_length INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Failures in a row since the last progress; drives the backoff.
  failures INTEGER NOT NULL DEFAULT 0,
  lease_token TEXT,
  lease_expires_at INTEGER,
  -- Set durably before the last byte of a request leaves. NULL on a claimed operation after a crash proves that
  -- the provider cannot have had the whole request.
  committed_at INTEGER,
  first_attempt_at INTEGER,
  last_error TEXT CHECK (last_error IS NULL OR json_valid(last_error)),
  result TEXT CHECK (result IS NULL OR json_valid(result)),
  created_at INTEGER NOT NULL,
  done_at INTEGER
, lane INTEGER NOT NULL DEFAULT 0, turn_rank INTEGER NOT NULL DEFAULT 0, turn INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE owners (
  submission_id TEXT NOT NULL REFERENCES submissions (id),
  owner_submission_id TEXT NOT NULL REFERENCES submissions (id),
  position TEXT NOT NULL CHECK (position IN ('Director', 'Shareholder', 'Other')),
  PRIMARY KEY (submission_id, owner_submission_id),
  CHECK (submission_id <> owner_submission_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE page_measures (
  page_id TEXT PRIMARY KEY REFERENCES pages (id),
  measures TEXT NOT NULL CHECK (json_valid(measures)),
  look_sealed BLOB,
  alike_page_id TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
  id TEXT PRIMARY KEY,
  submission_id TEXT NOT NULL REFERENCES submissions (id),
  blob_id TEXT NOT NULL REFERENCES blobs (id),
  thumbnail_blob_id TEXT REFERENCES blobs (id),
  -- requirement/type/side, or NULL while the page lies in the tray.
  slot TEXT,
  state TEXT NOT NULL CHECK (state IN ('active', 'removed', 'replaced')),
  replaces_page_id TEXT REFERENCES pages (id),
  media_type TEXT NOT NULL,
  file_name_sealed BLOB NOT NULL,
  source TEXT NOT NULL,
  width_pixels INTEGER,
  height_pixels INTEGER,
  sheet_count INTEGER,
  -- Turn of the working copy in degrees; the original is never changed.
  rotation INTEGER NOT NULL DEFAULT 0,
  findings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(findings)),
  inspected_at INTEGER,
  captured_at INTEGER NOT NULL,
  removed_at INTEGER,
  delivered_at INTEGER
, stack_id TEXT REFERENCES submissions (id), purged_at INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE readings (
  page_id TEXT NOT NULL REFERENCES pages (id),
  -- mrz or barcode: one page may have both.
  source TEXT NOT NULL,
  reading_sealed BLOB NOT NULL,
  number_tag TEXT,
  -- When it was offered to the customer's empty fields. NULL: not yet, or what it filled went with its page.
  offered_at INTEGER,
  PRIMARY KEY (page_id, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE renditions (
  page_id TEXT PRIMARY KEY REFERENCES pages (id),
  blob_id TEXT NOT NULL REFERENCES blobs (id),
  media_type TEXT NOT NULL,
  -- The rule that wanted it, e.g. personr.sentAs.
  rule TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stack_moves (
  stack_id TEXT NOT NULL REFERENCES stacks (submission_id),
  position INTEGER NOT NULL,
  -- deal: a customer is made of these pages; join: the pages of this customer come back.
  kind TEXT NOT NULL CHECK (kind IN ('deal', 'join')),
  -- Ids of pages, or of one customer.
  ids TEXT NOT NULL CHECK (json_valid(ids)),
  PRIMARY KEY (stack_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE stacks (
  submission_id TEXT PRIMARY KEY REFERENCES submissions (id),
  -- {splitBy, pagesEach, expectedCustomers}
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  -- {pageId: edit}: what a person said against the proposal.
  edits TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(edits))
) STRICT, WITHOUT ROWID;

CREATE TABLE submissions (
  id TEXT PRIMARY KEY,
  batch_id TEXT NOT NULL REFERENCES batches (id),
  connection_id TEXT NOT NULL REFERENCES connections (id),
  -- The flow as it was when the submission was made: a later change of the connection must not move slots.
  flow TEXT NOT NULL CHECK (json_valid(flow)),
  state TEXT NOT NULL CHECK (state IN
    ('draft', 'ready', 'released', 'sending', 'sent', 'in_review', 'accepted', 'rejected', 'retake')),
  is_held INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1)),
  is_attention INTEGER NOT NULL DEFAULT 0 CHECK (is_attention IN (0, 1)),
  voided_at INTEGER,
  cause TEXT CHECK (cause IN ('rescan', 'correct_data', 'wait', 'sign_in', 'call_it')),
  -- Why it is where it is: a Message {code, params} without personal data.
  explanation TEXT NOT NULL CHECK (json_valid(explanation)),
  subject_sealed BLOB NOT NULL,
  -- {slotKey: Message} the provider wants again, while the state is 'retake'.
  retake_slots TEXT CHECK (retake_slots IS NULL OR json_valid(retake_slots)),
  override_reason_sealed BLOB,
  -- How many times the provider has been asked for a decision (Personr allows 5).
  round INTEGER NOT NULL DEFAULT 0,
  operator TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  released_at INTEGER,
  sent_at INTEGER,
  decided_at INTEGER
, unconfirmed_fields TEXT NOT NULL DEFAULT '{}'
  CHECK (json_valid(unconfirmed_fields)), same_customer_sealed BLOB, purged_at INTEGER, flow_id TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;

CREATE INDEX blobs_by_sha256 ON blobs (sha256) WHERE kind = 'original';

CREATE INDEX ledger_by_submission ON ledger (submission_id, sequence) WHERE submission_id IS NOT NULL;

CREATE UNIQUE INDEX one_active_page_per_slot ON pages (submission_id, slot)
  WHERE state = 'active' AND slot IS NOT NULL;

CREATE INDEX operation_needs_by_needed ON operation_needs (needs_id);

CREATE INDEX operations_by_submission ON operations (submission_id, id);

CREATE INDEX operations_in_attention ON operations (submission_id, id) WHERE state = 5;

CREATE INDEX operations_redacting ON operations (connection_id, id)
  WHERE kind GLOB '*.redact' AND state NOT IN (4, 6);

CREATE INDEX operations_runnable ON operations (connection_id, lane, state DESC, turn, id)
  WHERE state = 1 OR state = 2;

CREATE INDEX operations_unknown ON operations (run_at, id) WHERE state = 3;

CREATE INDEX pages_by_blob ON pages (blob_id);

CREATE INDEX pages_by_capture ON pages (captured_at);

CREATE INDEX pages_by_delivery ON pages (delivered_at) WHERE delivered_at IS NOT NULL;

CREATE INDEX pages_by_stack ON pages (stack_id, id) WHERE stack_id IS NOT NULL;

CREATE INDEX pages_by_submission ON pages (submission_id, state, id);

CREATE INDEX pages_by_thumbnail ON pages (thumbnail_blob_id) WHERE thumbnail_blob_id IS NOT NULL;

CREATE INDEX pages_not_inspected ON pages (id) WHERE inspected_at IS NULL AND state = 'active';

CREATE INDEX readings_by_number ON readings (number_tag, page_id) WHERE number_tag IS NOT NULL;

CREATE INDEX renditions_by_blob ON renditions (blob_id);

CREATE INDEX submissions_by_batch ON submissions (batch_id, state, is_held, voided_at, id);

CREATE INDEX submissions_by_flow ON submissions (connection_id, flow_id, voided_at, state, retake_slots, id);

CREATE INDEX submissions_by_state ON submissions (state, id);

CREATE INDEX submissions_for_lists ON submissions
  (id, state, is_held, is_attention, voided_at, cause, connection_id, batch_id, operator, created_at);

CREATE INDEX submissions_needing_a_person ON submissions (id) WHERE is_attention = 1;

CREATE INDEX submissions_over ON submissions
  (CASE WHEN voided_at IS NULL THEN decided_at ELSE max(voided_at, coalesce(decided_at, 0)) END, id)
  WHERE purged_at IS NULL AND (voided_at IS NOT NULL OR state IN ('accepted', 'rejected'));

CREATE INDEX submissions_waiting ON submissions (id) WHERE state IN ('released', 'sending')
  AND voided_at IS NULL AND is_held = 0 AND is_attention = 0;

CREATE TRIGGER ledger_is_append_only_delete BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_is_append_only_update BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
