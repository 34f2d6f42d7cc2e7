-- What takes time: when it began and when it ended.
CREATE TEMP TABLE decided AS SELECT number, min(day) AS day FROM (
    SELECT number, day FROM visit WHERE old <> '' AND kind IN ('test', 'introduction', 'realised', 'closed')
    UNION ALL SELECT idea, max(day, received) FROM decision JOIN idea ON number = idea WHERE resolution <> 'postpone' AND merged_into IS NULL) GROUP BY number;
CREATE TEMP TABLE span AS
SELECT 'first_answer' AS what, '' AS item, 1 AS estimated, received AS begun, iif(answered = '', NULL, max(answered, received)) AS ended FROM idea WHERE merged_into IS NULL OR answered <> ''
UNION ALL SELECT 'decision', '', 1, i.day, d.day FROM visit i LEFT JOIN decided d USING (number) WHERE old = '' AND (d.day IS NOT NULL OR kind NOT IN ('realised', 'closed'));
