// Timeline of an actor
// description: Every event in which the actor takes part, oldest first, with the words that report it. "caveat" says how an event is less than asserted, such as negated or planned.
// param: actor entity -- Name, alias or id of the actor
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many events
// returns: date, datePrecision, dateBasis, event, type, role, others, caveat, attributedTo, sources, sentence, eventId
// example: actor="Kim Jong Un"
MATCH (actor:Entity {id: $actor})<-[part:HAS_ACTOR|HAS_TARGET]-(e:Event)
WHERE ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
WITH e, CASE type(part) WHEN 'HAS_ACTOR' THEN 'actor' ELSE 'target' END AS role
ORDER BY e.date, e.id, role
LIMIT $limit
OPTIONAL MATCH (e)-[:HAS_ACTOR|HAS_TARGET]->(other:Entity)
WHERE other.id <> $actor
WITH e, role, other
ORDER BY other.name, other.id
WITH e, role, collect(DISTINCT other.name) AS others
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, role, others, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.id, voucher.id
WITH e, role, others, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis,
       e.name AS event, e.type AS type, role, others,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       attributedTo, sources, sentences[0] AS sentence, e.id AS eventId
ORDER BY date, eventId, role
