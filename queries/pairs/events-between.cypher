// Events between two actors
// description: Every event in which both take part, on whichever side, oldest first. "caveat" says how an event is less than asserted, such as negated or planned.
// param: actor entity -- Name, alias or id of the one
// param: other entity -- Name, alias or id of the other
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many events
// returns: date, datePrecision, dateBasis, event, type, actors, targets, caveat, attributedTo, sources, sentence, eventId
// example: actor="Donald Trump" other="Kim Jong Un"
MATCH (:Entity {id: $actor})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $other})
WHERE ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
WITH DISTINCT e
ORDER BY e.date, e.id
LIMIT $limit
OPTIONAL MATCH (e)-[:HAS_ACTOR]->(doer:Entity)
WITH e, doer
ORDER BY doer.name, doer.id
WITH e, collect(doer.name) AS actors
OPTIONAL MATCH (e)-[:HAS_TARGET]->(receiver:Entity)
WITH e, actors, receiver
ORDER BY receiver.name, receiver.id
WITH e, actors, collect(receiver.name) AS targets
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, actors, targets, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.id, voucher.id
WITH e, actors, targets, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis,
       e.name AS event, e.type AS type, actors, targets,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       attributedTo, sources, sentences[0] AS sentence, e.id AS eventId
ORDER BY date, eventId
