// What is new since a day
// description: Events that nobody told before a day and somebody has told since, by the day of publication, those first told earliest first. Unless a day is given, it is that of the latest publication, never today. What only articles without a day tell is left out. "caveat" says how an event is less than asserted, such as negated or planned.
// param: since date = latest -- The first day of publication that counts; unless given, that of the latest publication
// param: actor entity = null -- Only events with this actor (name, alias or id)
// param: limit integer = 100 -- Show at most so many events
// returns: firstTold, date, datePrecision, dateBasis, event, type, caveat, attributedTo, sources, sentence, eventId
// example: since=2024-12-01
MATCH (article:Article)
WHERE article.published >= $since
MATCH (article)<-[:IN_ARTICLE]-(claim:Claim)-[:REPORTS]->(e:Event)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
  AND ($actor IS NULL OR EXISTS { (e)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $actor}) })
WITH e.id AS eventId, min(article.published) AS firstTold
MATCH (e:Event {id: eventId})
WHERE NOT EXISTS {
  MATCH (e)<-[:REPORTS]-(:Claim)-[:IN_ARTICLE]->(earlier:Article) WHERE earlier.published < $since
}
WITH e, firstTold
ORDER BY firstTold, e.id
LIMIT $limit
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, firstTold, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, voucher.id
WITH e, firstTold, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN firstTold, e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis,
       e.name AS event, e.type AS type,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       attributedTo, sources, sentences[0] AS sentence, e.id AS eventId
ORDER BY firstTold, eventId
