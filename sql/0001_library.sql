-- The library, its clips, recipes, runs and segments. All times are UTC, ISO 8601 with Z.

CREATE TABLE libraries (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
);

-- One source file with a video stream. `facts` holds what ffprobe said, whole; the generated columns read it.
CREATE TABLE clips (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  library_id INTEGER NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
  path TEXT NOT NULL UNIQUE,                -- relative to the library root, or absolute when outside
  size_bytes INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  content_id TEXT NOT NULL UNIQUE,          -- "blake2b:…" over the size and both ends
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  duration_ms INTEGER GENERATED ALWAYS AS (json_extract(facts, '$.durationUs') / 1000) VIRTUAL,
  width INTEGER GENERATED ALWAYS AS (json_extract(facts, '$.width')) VIRTUAL,
  height INTEGER GENERATED ALWAYS AS (json_extract(facts, '$.height')) VIRTUAL,
  rate TEXT GENERATED ALWAYS AS (json_extract(facts, '$.rate')) VIRTUAL,
  codec TEXT GENERATED ALWAYS AS (json_extract(facts, '$.codec')) VIRTUAL,
  rotation INTEGER GENERATED ALWAYS AS (json_extract(facts, '$.rotation')) VIRTUAL,
  sample_aspect TEXT GENERATED ALWAYS AS (json_extract(facts, '$.sampleAspect')) VIRTUAL,
  field_order TEXT GENERATED ALWAYS AS (json_extract(facts, '$.fieldOrder')) VIRTUAL,
  color_transfer TEXT GENERATED ALWAYS AS (json_extract(facts, '$.colorTransfer')) VIRTUAL,
  has_audio INTEGER GENERATED ALWAYS AS (json_type(facts, '$.sound') = 'object') VIRTUAL,
  recorded_at TEXT NOT NULL,
  recorded_at_source TEXT NOT NULL CHECK (recorded_at_source IN ('container','file_name','folder_name','mtime')),
  recorded_at_estimated INTEGER NOT NULL CHECK (recorded_at_estimated IN (0, 1)),
  event TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX idx_clips_recorded ON clips(recorded_at, path);
CREATE INDEX idx_clips_event ON clips(event);

CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE clip_tags (
  clip_id INTEGER NOT NULL REFERENCES clips(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (clip_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX idx_clip_tags_tag ON clip_tags(tag_id);

CREATE TABLE luts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  library_id INTEGER NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
  name TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  content_id TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
);

-- `settings` is the whole recipe; the generated columns read it.
CREATE TABLE export_recipes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  library_id INTEGER NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
  name TEXT NOT NULL UNIQUE,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  mode TEXT GENERATED ALWAYS AS (json_extract(settings, '$.mode')) VIRTUAL,
  output_preset TEXT GENERATED ALWAYS AS (json_extract(settings, '$.outputPreset')) VIRTUAL,
  lut_id INTEGER REFERENCES luts(id) ON DELETE RESTRICT,
  created_at TEXT NOT NULL
);

-- One execution of a recipe. History outlives the recipe: it shows the snapshot.
CREATE TABLE export_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  library_id INTEGER NOT NULL REFERENCES libraries(id) ON DELETE CASCADE,
  recipe_id INTEGER REFERENCES export_recipes(id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending','rendering','completed','failed','cancelled')),
  progress INTEGER NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  recipe_snapshot TEXT NOT NULL CHECK (json_valid(recipe_snapshot)),
  inputs_snapshot TEXT NOT NULL CHECK (json_valid(inputs_snapshot)),
  normalized_settings TEXT NOT NULL CHECK (json_valid(normalized_settings)),
  luts_manifest TEXT,
  pipeline_version INTEGER NOT NULL,
  ffmpeg_version TEXT NOT NULL,
  mode TEXT GENERATED ALWAYS AS (json_extract(recipe_snapshot, '$.mode')) VIRTUAL,
  output_preset TEXT GENERATED ALWAYS AS (json_extract(recipe_snapshot, '$.outputPreset')) VIRTUAL,
  recipe_name TEXT GENERATED ALWAYS AS (json_extract(recipe_snapshot, '$.name')) VIRTUAL,
  requested_path TEXT,                      -- absolute, where -o put it; NULL: .dadcam/exports
  output_path TEXT,                         -- relative to the library root, or absolute when outside
  output_size_bytes INTEGER,
  output_content_id TEXT,                   -- "blake2b:…": whether a file at that path is still this film
  output_duration_ms INTEGER,
  tmp_output_path TEXT,
  thumbnail_path TEXT,
  total_clips INTEGER NOT NULL,
  total_duration_ms INTEGER NOT NULL,
  current_operation TEXT,
  frames_total INTEGER NOT NULL,
  frames_completed INTEGER NOT NULL DEFAULT 0,
  last_progress_at TEXT,
  error_message TEXT,
  error_category TEXT,
  error_detail TEXT,
  resumed_from_run_id INTEGER REFERENCES export_runs(id) ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  started_at TEXT,
  completed_at TEXT
);
CREATE INDEX idx_export_runs_created ON export_runs(created_at DESC, id DESC);
CREATE INDEX idx_export_runs_status_created ON export_runs(status, created_at DESC, id DESC);
CREATE INDEX idx_export_runs_recipe ON export_runs(recipe_id);

-- A run's status changes only along these arrows; completed, failed and cancelled are final.
CREATE TRIGGER export_runs_status BEFORE UPDATE OF status ON export_runs
WHEN NOT (
  (OLD.status = 'pending' AND NEW.status IN ('rendering','failed','cancelled')) OR
  (OLD.status = 'rendering' AND NEW.status IN ('completed','failed','cancelled')))
BEGIN
  SELECT RAISE(ABORT, 'an export cannot change its status that way');
END;

-- A clip's window on the run's timeline.
CREATE TABLE export_run_items (
  run_id INTEGER NOT NULL REFERENCES export_runs(id) ON DELETE CASCADE,
  item_index INTEGER NOT NULL,              -- 0..N-1
  clip_id INTEGER REFERENCES clips(id) ON DELETE SET NULL,
  path TEXT NOT NULL,
  start_frame INTEGER NOT NULL,
  frames INTEGER NOT NULL CHECK (frames > 0),
  PRIMARY KEY (run_id, item_index)
) WITHOUT ROWID;
CREATE INDEX idx_export_run_items_clip ON export_run_items(clip_id);

CREATE TABLE export_run_segments (
  run_id INTEGER NOT NULL REFERENCES export_runs(id) ON DELETE CASCADE,
  segment_index INTEGER NOT NULL,           -- 0..N-1
  key TEXT NOT NULL,
  clip_count INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  start_frame INTEGER NOT NULL,
  frames_total INTEGER NOT NULL CHECK (frames_total > 0),
  frames_completed INTEGER NOT NULL DEFAULT 0,
  samples_total INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending','rendering','completed','failed','cancelled')),
  reused INTEGER NOT NULL DEFAULT 0 CHECK (reused IN (0, 1)),
  tmp_output_path TEXT NOT NULL,
  final_output_path TEXT NOT NULL,
  error_message TEXT,
  started_at TEXT,
  completed_at TEXT,
  PRIMARY KEY (run_id, segment_index)
) WITHOUT ROWID;
CREATE INDEX idx_export_segments_status ON export_run_segments(status);
CREATE INDEX idx_export_segments_key ON export_run_segments(key);

-- The segment store: a file counts only when a row here names it and the file agrees with it.
CREATE TABLE segments (
  key TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,                -- relative to the library root
  bytes INTEGER NOT NULL,
  frames INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  last_used_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX idx_segments_last_used ON segments(last_used_at);

-- An export's place in the queue.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL UNIQUE REFERENCES export_runs(id) ON DELETE CASCADE,
  priority INTEGER NOT NULL DEFAULT 0,
  owner TEXT,                               -- host and process that render it
  heartbeat_at TEXT,
  created_at TEXT NOT NULL
);

CREATE TABLE job_logs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id INTEGER NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
  level TEXT NOT NULL CHECK (level IN ('info','warn','error')),
  message TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX idx_job_logs_job ON job_logs(job_id, id);
