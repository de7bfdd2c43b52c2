// What is new since a day
// description: Events that nobody told before a day and somebody has told since, by the day of publication, those first told earliest first. Unless a day is given, it is that of the latest publication, never today. What only articles without a day tell is left out. "caveat" says how an event is less than asserted, such as negated or planned.
// param: since date = latest -- The first day of publication that counts; unless given, that of the latest publication
// param: actor entity = null -- Only events with this actor (name, alias or id)
// param: limit integer = 100 -- Show at most so many events
// returns: firstTold, date, datePrecision, dateBasis, event, type, caveat, attributedTo, sources, sentence, eventId
// example: since=2024-12-01
CALL () {
  MATCH (e:Event)
  WHERE $actor IS NULL AND e.firstTold >= $since
  WITH e.id AS id, e.firstTold AS firstTold
  ORDER BY firstTold, id
  LIMIT $limit
  RETURN id
  UNION ALL
  MATCH (:Entity {id: $actor})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)
  WHERE e.firstTold >= $since
  WITH DISTINCT e.id AS id, e.firstTold AS firstTold
  ORDER BY firstTold, id
  LIMIT $limit
  RETURN id
}
MATCH (e:Event {id: id})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, voucher.id
WITH e, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN e.firstTold AS firstTold, e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis,
       e.name AS event, e.type AS type,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       attributedTo, sources, sentences[0] AS sentence, e.id AS eventId
ORDER BY firstTold, eventId
