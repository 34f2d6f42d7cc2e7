CREATE TEMP TABLE begun AS SELECT e.*, s.effect AS seen, iif(s.value_before <> '', s.value_before, e.value_before) AS seen_before, s.value_after AS seen_after, s.cost AS seen_cost FROM
  (SELECT e.*, coalesce(nullif(begins, ''), (SELECT date(min(at) / 1000, 'unixepoch', 'localtime') FROM event JOIN stage ON key = new
    WHERE subject = 'idea' AND field = 'stage' AND live = 1 AND subject_id = e.idea AND old <> '' AND kind = 'realised')) AS day FROM effect e) e
  LEFT JOIN (SELECT *, row_number() OVER (PARTITION BY effect ORDER BY day DESC, id DESC) AS back FROM effect_seen) s ON s.effect = e.id AND back = 1
  WHERE e.day >= '2024-01-01' AND e.day < '2025-01-01';
SELECT 'effect_planned', measure, '', sum(value_after - value_before) FROM begun GROUP BY measure
UNION ALL SELECT 'effect_planned_seen', measure, '', sum(value_after - value_before) FROM begun WHERE seen IS NOT NULL GROUP BY measure
UNION ALL SELECT 'effect_seen', measure, '', sum(seen_after - seen_before) FROM begun WHERE seen IS NOT NULL GROUP BY measure
UNION ALL SELECT 'effect_cost', '', '', sum(cost) FROM begun WHERE cost <> ''
UNION ALL SELECT 'effect_cost_seen', '', '', sum(seen_cost) FROM begun WHERE seen_cost <> ''
UNION ALL SELECT 'effects_seen', '', '', 1.0 * count(seen) / count(*) FROM begun;
