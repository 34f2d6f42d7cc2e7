-- The shell knows no working days: 14 days stand for the ten of the promise.
CREATE TEMP TABLE asked AS SELECT number, title, received, iif(answered = '', '', max(answered, received)) AS answered, date(received, '+14 days') AS promised, merged_into IS NULL AS own
  FROM idea WHERE merged_into IS NULL OR answered <> '';
CREATE TEMP TABLE span AS SELECT 'first_answer' AS what, '' AS item, 1 AS estimated, received AS begun, nullif(answered, '') AS ended FROM asked;
CREATE TEMP TABLE cohort AS SELECT * FROM asked WHERE received >= '2024-01-01' AND received < '2025-01-01';
SELECT 'answered_in_time', '', '', 1.0 * count(*) FILTER (WHERE answered <> '' AND answered <= promised) / count(*) FILTER (WHERE answered <> '' OR promised < date('now', 'localtime')) FROM cohort
UNION ALL SELECT 'answers_inside', '', '', count(*) FROM cohort WHERE answered = '' AND promised >= date('now', 'localtime')
UNION ALL SELECT 'answers_late', '', '', count(*) FROM cohort WHERE answered = '' AND promised < date('now', 'localtime')
UNION ALL SELECT 'answers_given', '', '', count(*) FROM asked WHERE answered >= '2024-01-01' AND answered < '2025-01-01'
UNION ALL SELECT 'longest_waiting', '', '', julianday('2024-12-31') - julianday(min(received)) FROM asked WHERE own AND received < '2025-01-01' AND (answered = '' OR answered >= '2025-01-01');
SELECT 'waiting', number, title, received, julianday(date('now', 'localtime')) - julianday(received), promised, promised < date('now', 'localtime')
  FROM cohort WHERE own AND answered = '' ORDER BY received, number;
