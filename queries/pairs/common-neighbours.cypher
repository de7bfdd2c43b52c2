// Common neighbours of two
// description: Everybody who stands in a direct relation to both, those with most to do with both first: "relations" and "count" are to the one, "otherRelations" and "otherCount" to the other. A relation comes from events told as having happened, or lasts as articles state it; counts are of events and of articles' statements.
// param: actor entity -- Name, alias or id of the one
// param: other entity -- Name, alias or id of the other
// param: limit integer = 50 -- Show at most so many neighbours
// returns: neighbour, kind, relations, count, otherRelations, otherCount, neighbourId
// example: actor="North Korea" other="South Korea"
MATCH (:Entity {id: $actor})-[r]-(n:Entity)
WHERE n.id <> $actor AND n.id <> $other
WITH n, type(r) AS relation, size(coalesce(r.eventIds, r.claimIds)) AS told
ORDER BY relation
WITH n, collect(DISTINCT relation) AS relations, sum(told) AS count
MATCH (n)-[s]-(:Entity {id: $other})
WITH n, relations, count, type(s) AS relation, size(coalesce(s.eventIds, s.claimIds)) AS told
ORDER BY relation
WITH n, relations, count, collect(DISTINCT relation) AS otherRelations, sum(told) AS otherCount
RETURN n.name AS neighbour, [label IN labels(n) WHERE label <> 'Entity'][0] AS kind, relations, count,
       otherRelations, otherCount, n.id AS neighbourId
ORDER BY CASE WHEN count < otherCount THEN count ELSE otherCount END DESC, count + otherCount DESC, neighbourId
LIMIT $limit
