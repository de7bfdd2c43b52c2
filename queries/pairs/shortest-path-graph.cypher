// Shortest paths between two entities (graph)
// description: Draws how two entities are linked through at most four events: every shortest path.
// param: from entity -- Name, alias or id of the one end
// param: to entity -- Name, alias or id of the other end
// param: limit integer = 25 -- Draw at most so many paths
// returns: path
// example: from="Kim Jong Un" to="North Korea"
// engine: neo4j
MATCH (a:Entity {id: $from}), (b:Entity {id: $to})
WHERE a.id <> b.id
MATCH path = allShortestPaths((a)-[:HAS_ACTOR|HAS_TARGET*..8]-(b))
RETURN path
ORDER BY reduce(key = '', stop IN nodes(path) | key + stop.id + ' ')
LIMIT $limit
