-- Those that came in in the period, and those that were ever realised.
CREATE TEMP TABLE sought AS SELECT number, received FROM idea WHERE merged_into IS NULL AND (received >= '2024-01-01' AND received < '2025-01-01'
  OR number IN (SELECT subject_id FROM event INDEXED BY event_stage WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND new IN (SELECT key FROM stage WHERE kind = 'realised')));
