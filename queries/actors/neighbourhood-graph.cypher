// Neighbourhood of an entity (graph)
// description: Draws everybody with whom the entity stands in a direct relation.
// param: entity entity -- Name, alias or id of the entity
// param: limit integer = 100 -- Draw at most so many relations
// returns: path
// example: entity="Russia"
// engine: neo4j
MATCH path = (me:Entity {id: $entity})-[r]-(other:Entity)
RETURN path
ORDER BY size(coalesce(r.eventIds, r.claimIds)) DESC, type(r), other.id, r.id
LIMIT $limit
