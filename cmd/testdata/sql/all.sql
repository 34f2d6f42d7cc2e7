-- The ideas that a report looks at.
CREATE TEMP VIEW sought AS SELECT number, received FROM idea WHERE merged_into IS NULL;
