CREATE TEMP TABLE held AS SELECT coalesce(c.name, '') AS coach, julianday('2024-12-31') - julianday(received) AS age, limit_days > 0 AND julianday('2024-12-31') - julianday(day) > limit_days AS stuck
  FROM visit v JOIN idea i USING (number) JOIN stage s ON s.key = new LEFT JOIN coach c ON c.id = i.coach WHERE day < '2025-01-01' AND (left_on IS NULL OR left_on >= '2025-01-01') AND v.kind NOT IN ('realised', 'closed');
CREATE TEMP TABLE aged AS SELECT coach, age, row_number() OVER (PARTITION BY coach ORDER BY age) - 1 AS r, count(*) OVER (PARTITION BY coach) - 1 AS last FROM held;
SELECT 'open_end', '', 'coach:' || coach, count(*) FROM held GROUP BY coach
UNION ALL SELECT 'stuck', '', 'coach:' || coach, sum(stuck) FROM held GROUP BY coach
UNION ALL SELECT 'open_age_longest', '', 'coach:' || coach, max(age) FROM held GROUP BY coach
UNION ALL SELECT 'open_age_median', '', 'coach:' || coach, sum(age * CASE r WHEN last / 2 THEN iif(last % 2, 0.5, 1) WHEN last / 2 + 1 THEN iif(last % 2, 0.5, 0) ELSE 0 END) FROM aged GROUP BY coach
UNION ALL SELECT 'received', '', 'coach:' || coalesce(c.name, ''), count(*) FROM visit JOIN idea i USING (number) LEFT JOIN coach c ON c.id = i.coach WHERE old = '' AND day >= '2024-01-01' AND day < '2025-01-01' GROUP BY i.coach
UNION ALL SELECT 'realised', '', 'coach:' || coalesce(c.name, ''), count(*) FROM visit v JOIN idea i USING (number) LEFT JOIN coach c ON c.id = i.coach WHERE old <> '' AND v.kind = 'realised' AND was <> 'realised' AND day >= '2024-01-01' AND day < '2025-01-01' GROUP BY i.coach;
