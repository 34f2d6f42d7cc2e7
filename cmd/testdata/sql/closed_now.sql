CREATE TEMP VIEW sought AS SELECT number, received FROM idea WHERE merged_into IS NULL AND stage IN (SELECT key FROM stage WHERE kind = 'closed');
