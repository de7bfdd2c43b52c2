// Rising tension
// description: Pairs between which there was more conflict in the last days than in as many days before, the sharpest rise first, with the words of the latest event. Days count back from "asOf", never from today. Only events told as having happened count (affirmed, asserted or historical; conflict in word or deed), by the day on which they began; two who act side by side are not in conflict.
// param: days integer = 30 -- Compare so many days with as many before
// param: asOf date = latest -- The last day that counts; unless given, that of the latest publication
// param: limit integer = 20 -- Show at most so many pairs
// returns: first, second, recent, before, rise, lastDate, event, sentence, eventId, firstId, secondId
// example: days=30 asOf=2024-01-31
MATCH (e:Event)
WHERE e.date > $asOf - duration({days: 2 * $days}) AND e.date <= $asOf AND e.quad >= 3
  AND e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
MATCH (e)-[one:HAS_ACTOR|HAS_TARGET]->(a:Entity)
MATCH (e)-[two:HAS_ACTOR|HAS_TARGET]->(b:Entity)
WHERE a.id < b.id AND (type(one) <> type(two)
  OR (type(one) = 'HAS_ACTOR' AND NOT EXISTS { (e)-[:HAS_TARGET]->(:Entity) }))
WITH a, b, count(DISTINCT CASE WHEN e.date > $asOf - duration({days: $days}) THEN e.id END) AS recent,
     count(DISTINCT CASE WHEN e.date <= $asOf - duration({days: $days}) THEN e.id END) AS before,
     max(e.date) AS lastDate, substring(max(e.dateIso + e.id), 10) AS lastId
WHERE recent > before
WITH a, b, recent, before, lastDate, lastId
ORDER BY recent - before DESC, recent DESC, a.id, b.id
LIMIT $limit
MATCH (e:Event {id: lastId})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
WITH a, b, recent, before, lastDate, e, claim
ORDER BY claim.confidence DESC, claim.id
WITH a, b, recent, before, lastDate, e, collect(claim.sentence) AS sentences
RETURN a.name AS first, b.name AS second, recent, before, recent - before AS rise, lastDate, e.name AS event,
       sentences[0] AS sentence, e.id AS eventId, a.id AS firstId, b.id AS secondId
ORDER BY rise DESC, recent DESC, firstId, secondId
