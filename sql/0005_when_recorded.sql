-- A recorded moment has a wall time, an instant, or both.

-- As it is told: with its offset, "2019-07-14T23:30:12-04:00", or without one where only a wall time is known; then
-- recorded_at follows from it and the library's zone. NULL: only the instant is known.
ALTER TABLE clips ADD COLUMN recorded_local TEXT;
-- Names never said a zone: what was taken as UTC is a wall time.
UPDATE clips SET recorded_local = substr(recorded_at, 1, 19) WHERE recorded_at_source IN ('file_name', 'folder_name');

-- The version of `facts`; what an earlier one looked into is looked into again by the next ingest.
ALTER TABLE clips ADD COLUMN facts_version INTEGER NOT NULL DEFAULT 1;
-- As the file says, or its card's folders; NULL: nothing does.
ALTER TABLE clips ADD COLUMN camera TEXT;

-- What a person has said of when a clip was recorded, by its content: it holds for the clip wherever it lies, and in
-- place of what was found, which stays as it is.
CREATE TABLE time_corrections (
  content_id TEXT PRIMARY KEY,
  recorded_at TEXT NOT NULL,
  recorded_local TEXT,
  created_at TEXT NOT NULL
) WITHOUT ROWID;

-- Files that were taken out of the library: an ingest that finds them leaves them out.
CREATE TABLE removed_clips (
  content_id TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  created_at TEXT NOT NULL
) WITHOUT ROWID;

-- Dates are compared as corrected, so no index helps.
DROP INDEX idx_clips_recorded;

-- Dates come from more sources: see sql/0003 on taking a check off.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  ' CHECK (recorded_at_source IN (''container'',''file_name'',''folder_name'',''mtime''))', '') WHERE name = 'clips';
PRAGMA writable_schema = RESET;
