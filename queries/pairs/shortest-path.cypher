// Shortest path between two entities
// description: How two entities are linked through at most four events, a row for each event on the way, with the words that report it. Of several shortest paths it takes the one whose ids come first.
// param: from entity -- Name, alias or id of the one end
// param: to entity -- Name, alias or id of the other end
// returns: step, left, event, right, date, caveat, attributedTo, source, url, sentence, eventId
// example: from="Kim Jong Un" to="North Korea"
MATCH (a:Entity {id: $from}), (b:Entity {id: $to})
WHERE a.id <> b.id
MATCH path = shortestPath((a)-[:HAS_ACTOR|HAS_TARGET*..8]-(b))
// Of all ways of that length the first by its ids. They are not gathered: there may be very many, and the embedded
// engine gathers 256. Two steps lead over one event, four over two, and so on.
WITH length(path) AS long
CALL (long) {
  MATCH (:Entity {id: $from})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $to})
  WHERE long = 2
  RETURN min(e.id) AS way
  UNION ALL
  MATCH (:Entity {id: $from})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)-[:HAS_ACTOR|HAS_TARGET]->(x:Entity)
  WHERE long = 4
  WITH x, min(e.id) AS eId
  MATCH (x)<-[:HAS_ACTOR|HAS_TARGET]-(f:Event)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $to})
  RETURN min(eId + ' ' + x.id + ' ' + f.id) AS way
  UNION ALL
  MATCH (:Entity {id: $from})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)-[:HAS_ACTOR|HAS_TARGET]->(x:Entity)
  WHERE long = 6
  WITH x, min(e.id) AS eId
  MATCH (:Entity {id: $to})<-[:HAS_ACTOR|HAS_TARGET]-(g:Event)-[:HAS_ACTOR|HAS_TARGET]->(y:Entity)
  WITH x, eId, y, min(g.id) AS gId
  MATCH (x)<-[:HAS_ACTOR|HAS_TARGET]-(f:Event)-[:HAS_ACTOR|HAS_TARGET]->(y)
  RETURN min(eId + ' ' + x.id + ' ' + f.id + ' ' + y.id + ' ' + gId) AS way
  UNION ALL
  MATCH (a:Entity {id: $from}), (b:Entity {id: $to})
  WHERE long = 8
  MATCH path = allShortestPaths((a)-[:HAS_ACTOR|HAS_TARGET*..8]-(b))
  RETURN min(trim(reduce(way = '', stop IN nodes(path)[1..-1] | way + stop.id + ' '))) AS way
}
WITH way
WHERE way IS NOT NULL
WITH [$from] + split(way, ' ') + [$to] AS stops
UNWIND range(0, size(stops) - 3, 2) AS i
WITH i / 2 + 1 AS step, stops[i] AS leftId, stops[i + 1] AS eventId, stops[i + 2] AS rightId
MATCH (left:Entity {id: leftId})
MATCH (right:Entity {id: rightId})
MATCH (e:Event {id: eventId})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
WITH step, left, e, right, min(claim.id) AS claimId
MATCH (claim:Claim {id: claimId})
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
RETURN step, left.name AS left, e.name AS event, right.name AS right, e.date AS date,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       voucher.name AS attributedTo, coalesce(source.name, article.name) AS source, article.url AS url,
       claim.sentence AS sentence, e.id AS eventId
ORDER BY step, claim.id
