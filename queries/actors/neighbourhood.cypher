// Neighbourhood of an entity
// description: Everybody with whom the entity stands in a direct relation, the most frequent first. "out" reads entity, relation, neighbour; "in" the other way round. "basis" holds ids of events, or of claims where the relation lasts.
// param: entity entity -- Name, alias or id of the entity
// param: limit integer = 50 -- Show at most so many relations
// returns: neighbour, kind, relation, direction, title, count, firstDate, lastDate, attributedOnly, basis, neighbourId
// example: entity="Russia"
MATCH (me:Entity {id: $entity})-[r]-(other:Entity)
WITH r, other, coalesce(r.eventIds, r.claimIds) AS basis, [label IN labels(other) WHERE label <> 'Entity'] AS kinds,
     CASE WHEN r.reciprocal THEN 'both' WHEN startNode(r).id = $entity THEN 'out' ELSE 'in' END AS direction
RETURN other.name AS neighbour, kinds[0] AS kind, type(r) AS relation, direction, r.title AS title,
       size(basis) AS count, coalesce(r.firstDate, r.validFrom) AS firstDate,
       coalesce(r.lastDate, r.validTo) AS lastDate, r.attributedOnly AS attributedOnly, basis, other.id AS neighbourId
ORDER BY count DESC, relation, neighbourId, r.id
LIMIT $limit
