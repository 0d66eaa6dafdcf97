-- What only reading a clip tells, by its content; a later version of measuring makes it anew.
CREATE TABLE measurements (
  content_id TEXT NOT NULL,
  kind TEXT NOT NULL,      -- 'index': where its spans lie and can be entered
  version INTEGER NOT NULL,
  value TEXT NOT NULL,     -- JSON
  created_at TEXT NOT NULL,
  PRIMARY KEY (content_id, kind, version)
);

-- Two columns that nobody reads: a recipe's LUT is in its settings, and a segment's samples follow from its frames.
ALTER TABLE export_recipes DROP COLUMN lut_id;
ALTER TABLE segments DROP COLUMN samples;

-- Of a clip's bytes between its ends: by them a file that was mended in its middle is told from one that was only touched.
-- NULL: not taken yet.
ALTER TABLE clips ADD COLUMN sampled_id TEXT;
-- Such a file is known by all of its bytes from then on. NULL: it has none.
ALTER TABLE clips ADD COLUMN whole_id TEXT;
