-- What resume, export-cancel, the check of the store and its size need to know.

ALTER TABLE export_runs ADD COLUMN replace_output INTEGER NOT NULL DEFAULT 0 CHECK (replace_output IN (0, 1));  -- --force
ALTER TABLE export_runs ADD COLUMN skip_broken INTEGER NOT NULL DEFAULT 0 CHECK (skip_broken IN (0, 1));  -- --on-error
ALTER TABLE export_runs ADD COLUMN requested_in TEXT;  -- the library on disk in which -o was given: not a copy of it

ALTER TABLE export_runs ADD COLUMN left_out TEXT;      -- JSON: stored paths of clips that are not in the film
ALTER TABLE export_runs ADD COLUMN film_key TEXT;      -- a hash over its segments' keys and how they are joined
ALTER TABLE export_runs ADD COLUMN output_content_hash TEXT;  -- "blake2b:…" of the whole film

ALTER TABLE jobs ADD COLUMN cancel_requested_at TEXT;

ALTER TABLE segments ADD COLUMN mtime_ns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE segments ADD COLUMN content_hash TEXT;  -- "blake2b:…" of the whole file; without one it is not trusted

ALTER TABLE segments ADD COLUMN hits INTEGER NOT NULL DEFAULT 0;  -- how often it served a run that did not render it

-- `set_in`: the library on disk in which it was set. What names a program is not believed in a copy of it.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  set_in TEXT NOT NULL
) WITHOUT ROWID;

-- The newest is the one with the highest number: a clock may have been set back.
DROP INDEX idx_export_runs_created;
DROP INDEX idx_export_runs_status_created;
CREATE INDEX idx_export_runs_status ON export_runs(status, id);
CREATE INDEX idx_export_runs_output ON export_runs(output_path) WHERE output_path IS NOT NULL;
CREATE INDEX idx_export_runs_film ON export_runs(film_key) WHERE film_key IS NOT NULL;
CREATE INDEX idx_export_runs_resumed ON export_runs(resumed_from_run_id) WHERE resumed_from_run_id IS NOT NULL;
