-- Only the ideas of the cohort: how far each has come, and how it was let on.
CREATE TEMP TABLE way AS SELECT key, position, row_number() OVER (ORDER BY position) AS place FROM stage WHERE kind NOT IN ('parked', 'closed');
CREATE TEMP TABLE far AS SELECT max(coalesce(w.place, 1)) AS place, sum(e.forced) AS forced
  FROM (SELECT number FROM idea WHERE received >= '2024-01-01' AND received < '2025-01-01' AND merged_into IS NULL) i
    CROSS JOIN event e ON e.subject = 'idea' AND e.field = 'stage' AND e.live = 1 AND e.subject_id = i.number
    LEFT JOIN way w ON w.key = e.new GROUP BY i.number;
CREATE TEMP TABLE reached AS SELECT w.key, w.place, count(*) FILTER (WHERE f.place >= w.place) AS n, count(*) AS received FROM way w CROSS JOIN far f GROUP BY w.place;
SELECT 'reached', key, '', n FROM reached
UNION ALL SELECT 'reached_share', key, '', 1.0 * n / received FROM reached
UNION ALL SELECT 'conversion', key, '', 1.0 * n / lag(n, 1, received) OVER (ORDER BY place) FROM reached
UNION ALL SELECT 'forced', '', '', sum(forced) FROM far;
