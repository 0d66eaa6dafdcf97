-- Tables are plain: no column and no check calls a function, so that a database is opened with the guard against schemas
-- that do (PRAGMA trusted_schema). Columns that nobody reads go.

ALTER TABLE clips DROP COLUMN duration_ms;
ALTER TABLE clips DROP COLUMN width;
ALTER TABLE clips DROP COLUMN height;
ALTER TABLE clips DROP COLUMN rate;
ALTER TABLE clips DROP COLUMN codec;
ALTER TABLE clips DROP COLUMN rotation;
ALTER TABLE clips DROP COLUMN sample_aspect;
ALTER TABLE clips DROP COLUMN field_order;
ALTER TABLE clips DROP COLUMN color_transfer;
ALTER TABLE clips DROP COLUMN has_audio;

ALTER TABLE export_recipes DROP COLUMN mode;
ALTER TABLE export_recipes DROP COLUMN output_preset;

ALTER TABLE export_runs DROP COLUMN mode;
ALTER TABLE export_runs DROP COLUMN output_preset;
ALTER TABLE export_runs DROP COLUMN recipe_name;
ALTER TABLE export_runs DROP COLUMN requested_in;     -- whose place it is, is noted by the person who names it
ALTER TABLE export_runs DROP COLUMN tmp_output_path;  -- follows from the run's number
ALTER TABLE export_run_segments DROP COLUMN tmp_output_path;
DROP INDEX idx_export_segments_status;
ALTER TABLE settings DROP COLUMN set_in;              -- nothing in it names a program any longer

-- Checks are taken off as SQLite's documentation of ALTER TABLE has it: they have no part in how rows are stored.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (json_valid(facts))', '') WHERE name = 'clips';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (json_valid(settings))', '') WHERE name = 'export_recipes';
UPDATE sqlite_schema SET sql = replace(replace(replace(sql, ' CHECK (json_valid(recipe_snapshot))', ''),
  ' CHECK (json_valid(inputs_snapshot))', ''), ' CHECK (json_valid(normalized_settings))', '')
  WHERE name = 'export_runs';
PRAGMA writable_schema = RESET;
