CREATE TEMP TABLE stay AS SELECT new AS stage, julianday(left_on) - julianday(day) AS days FROM visit WHERE left_on IS NOT NULL;
CREATE TEMP TABLE mark AS SELECT stage, last + 1 AS stays,
    sum(days * CASE r WHEN CAST(0.5 * last AS INTEGER) THEN 1 - 0.5 * last + CAST(0.5 * last AS INTEGER) WHEN CAST(0.5 * last AS INTEGER) + 1 THEN 0.5 * last - CAST(0.5 * last AS INTEGER) ELSE 0 END) AS p50,
    sum(days * CASE r WHEN CAST(0.85 * last AS INTEGER) THEN 1 - 0.85 * last + CAST(0.85 * last AS INTEGER) WHEN CAST(0.85 * last AS INTEGER) + 1 THEN 0.85 * last - CAST(0.85 * last AS INTEGER) ELSE 0 END) AS p85,
    sum(days * CASE r WHEN CAST(0.95 * last AS INTEGER) THEN 1 - 0.95 * last + CAST(0.95 * last AS INTEGER) WHEN CAST(0.95 * last AS INTEGER) + 1 THEN 0.95 * last - CAST(0.95 * last AS INTEGER) ELSE 0 END) AS p95
  FROM (SELECT stage, days, row_number() OVER (PARTITION BY stage ORDER BY days) - 1 AS r, count(*) OVER (PARTITION BY stage) - 1 AS last FROM stay) GROUP BY stage;
SELECT 'aging', v.number, i.title, v.new, v.days, m.stays, m.p50, m.p85, m.p95, CASE WHEN v.days > p95 THEN 95 WHEN v.days > p85 THEN 85 WHEN v.days > p50 THEN 50 ELSE 0 END AS over
  FROM (SELECT *, julianday(date('now', 'localtime')) - julianday(day) AS days FROM visit WHERE left_on IS NULL AND kind NOT IN ('realised', 'closed')) v JOIN idea i USING (number) LEFT JOIN mark m ON m.stage = v.new
  ORDER BY over DESC, v.days DESC, v.number;
