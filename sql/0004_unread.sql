-- Two columns that nobody reads: a recipe's LUT is in its settings, and a segment's samples follow from its frames.

ALTER TABLE export_recipes DROP COLUMN lut_id;
ALTER TABLE segments DROP COLUMN samples;
