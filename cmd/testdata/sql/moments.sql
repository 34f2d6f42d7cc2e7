-- Medians and percentiles (R's type 7) of what ended in the period, and
-- estimates by Kaplan and Meier of what began in it.
CREATE TEMP TABLE ranked AS SELECT what, item, days, row_number() OVER (PARTITION BY what, item ORDER BY days) - 1 AS r, count(*) OVER (PARTITION BY what, item) - 1 AS last
  FROM (SELECT what, item, julianday(ended) - julianday(begun) AS days FROM span WHERE ended >= '2024-01-01' AND ended < '2025-01-01');
CREATE TEMP TABLE curve AS WITH
risk AS (SELECT what, item, julianday(coalesce(ended, date('now', 'localtime'))) - julianday(begun) AS days, count(ended) AS ended, count(*) AS gone
  FROM span WHERE estimated AND begun >= '2024-01-01' AND begun < '2025-01-01' GROUP BY 1, 2, 3),
at_risk AS (SELECT what, item, days, ended, sum(gone) OVER (PARTITION BY what, item ORDER BY days DESC) AS risk FROM risk)
SELECT what, item, days, exp(sum(iif(ended < risk, ln(1.0 - 1.0 * ended / risk), -1e9)) OVER (PARTITION BY what, item ORDER BY days)) AS left FROM at_risk;
SELECT what || '_ended', item, '', count(*) FROM ranked GROUP BY what, item
UNION ALL SELECT what || '_median', item, '', sum(days * CASE r WHEN CAST(0.5 * last AS INTEGER) THEN 1 - 0.5 * last + CAST(0.5 * last AS INTEGER) WHEN CAST(0.5 * last AS INTEGER) + 1 THEN 0.5 * last - CAST(0.5 * last AS INTEGER) ELSE 0 END) FROM ranked GROUP BY what, item
UNION ALL SELECT what || '_p85', item, '', sum(days * CASE r WHEN CAST(0.85 * last AS INTEGER) THEN 1 - 0.85 * last + CAST(0.85 * last AS INTEGER) WHEN CAST(0.85 * last AS INTEGER) + 1 THEN 0.85 * last - CAST(0.85 * last AS INTEGER) ELSE 0 END) FROM ranked GROUP BY what, item
UNION ALL SELECT what || '_km_median', item, '', min(days) FILTER (WHERE left <= 0.5) FROM curve GROUP BY what, item
UNION ALL SELECT what || '_km_p85', item, '', min(days) FILTER (WHERE left <= 0.15) FROM curve GROUP BY what, item;
