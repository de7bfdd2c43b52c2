// Common neighbours of two
// description: Everybody who stands in a direct relation to both, those with most to do with both first: "relations" and "count" are to the one, "otherRelations" and "otherCount" to the other. A relation comes from events told as having happened, or lasts as articles state it; counts are of events and of articles' statements.
// param: actor entity -- Name, alias or id of the one
// param: other entity -- Name, alias or id of the other
// param: limit integer = 50 -- Show at most so many neighbours
// returns: neighbour, kind, relations, count, otherRelations, otherCount, neighbourId
// example: actor="North Korea" other="South Korea"
UNWIND [[$actor, true], [$other, false]] AS side
MATCH (me:Entity {id: side[0]})
MATCH (me)-[r]-(n:Entity)
WHERE n.id <> $actor AND n.id <> $other
WITH n.id AS neighbourId, side[1] AS first, type(r) AS relation, size(coalesce(r.eventIds, r.claimIds)) AS told
ORDER BY relation
WITH neighbourId, collect(DISTINCT CASE WHEN first THEN relation END) AS relations,
     sum(CASE WHEN first THEN told ELSE 0 END) AS count,
     collect(DISTINCT CASE WHEN NOT first THEN relation END) AS otherRelations,
     sum(CASE WHEN first THEN 0 ELSE told END) AS otherCount
WHERE count > 0 AND otherCount > 0
WITH neighbourId, relations, count, otherRelations, otherCount
ORDER BY CASE WHEN count < otherCount THEN count ELSE otherCount END DESC, count + otherCount DESC, neighbourId
LIMIT $limit
MATCH (n:Entity {id: neighbourId})
RETURN n.name AS neighbour, [label IN labels(n) WHERE label <> 'Entity'][0] AS kind, relations, count,
       otherRelations, otherCount, neighbourId
ORDER BY CASE WHEN count < otherCount THEN count ELSE otherCount END DESC, count + otherCount DESC, neighbourId
