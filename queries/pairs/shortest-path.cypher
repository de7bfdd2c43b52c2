// Shortest path between two entities
// description: How two entities are linked through at most four events, a row for each event on the way, with the words that report it. Of several shortest paths it takes the one whose ids come first.
// param: from entity -- Name, alias or id of the one end
// param: to entity -- Name, alias or id of the other end
// returns: step, left, event, right, date, caveat, attributedTo, source, url, sentence, eventId
// example: from="Kim Jong Un" to="North Korea"
MATCH (a:Entity {id: $from}), (b:Entity {id: $to})
WHERE a.id <> b.id
MATCH path = allShortestPaths((a)-[:HAS_ACTOR|HAS_TARGET*..8]-(b))
WITH nodes(path) AS stops, reduce(key = '', stop IN nodes(path) | key + stop.id + ' ') AS key
ORDER BY key
LIMIT 1
UNWIND range(0, size(stops) - 3, 2) AS i
WITH i / 2 + 1 AS step, stops[i] AS left, stops[i + 1] AS e, stops[i + 2] AS right
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
