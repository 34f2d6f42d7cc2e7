CREATE TEMP TABLE ended AS SELECT number, reason, answered, max(iif(old <> '' AND v.kind = 'closed' AND was <> 'closed', day, '')) AS day
  FROM visit v JOIN idea i USING (number) JOIN stage s ON s.key = i.stage AND s.kind = 'closed' GROUP BY number HAVING max(iif(left_on IS NULL, v.kind, '')) = 'closed';
SELECT 'closed_still', '', '', count(*) FROM ended WHERE day >= '2024-01-01' AND day < '2025-01-01'
UNION ALL SELECT 'closed_reason', reason, '', count(*) FROM ended WHERE day >= '2024-01-01' AND day < '2025-01-01' GROUP BY reason
UNION ALL SELECT 'closed_reason_share', reason, '', 1.0 * count(*) / sum(count(*)) OVER () FROM ended WHERE day >= '2024-01-01' AND day < '2025-01-01' GROUP BY reason
UNION ALL SELECT 'closed_told', '', '', avg(answered <> '') FROM ended WHERE day >= '2024-01-01' AND day < '2025-01-01';
