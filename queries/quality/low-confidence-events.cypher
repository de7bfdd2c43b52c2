// Events of low confidence
// description: Events of which every telling was read with little confidence, the least sure first, with the rule that found the surest telling and its words. Confidence is that of the rule, from 0 to 1, and no probability; "kg explain" tells what speaks against an event. "caveat" says how an event is less than asserted, such as negated or planned.
// param: below number = 0.7 -- Only events whose confidence is less than this
// param: actor entity = null -- Only events with this actor (name, alias or id)
// param: limit integer = 100 -- Show at most so many events
// returns: confidence, date, datePrecision, dateBasis, event, type, rule, trigger, caveat, attributedTo, sources, sentence, eventId
// example: limit=20
MATCH (e:Event)
WHERE e.confidence < $below
  AND ($actor IS NULL OR EXISTS { (e)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $actor}) })
WITH e
ORDER BY e.confidence, e.id
LIMIT $limit
MATCH (e)<-[:REPORTS]-(claim:Claim)
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, voucher.id
WITH e, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences, collect(claim.rule) AS rules, collect(claim.trigger) AS triggers
RETURN e.confidence AS confidence, e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis,
       e.name AS event, e.type AS type, rules[0] AS rule, triggers[0] AS trigger,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       attributedTo, sources, sentences[0] AS sentence, e.id AS eventId
ORDER BY confidence, eventId
