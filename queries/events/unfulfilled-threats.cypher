// Threats not followed by acts
// description: Threats after which no act of the same side against the same side was read within some days, latest first. It means just that, "no such act was read": not that nothing was done. An act is violence, coercion, sanctions or a show of force, told as having happened, which lasted beyond the first day of the threat; a side is the one named, whom it leads, serves or is part of, and who leads or is part of it, as articles state it. "window" is "open" while these days are not over on "asOf". Threats without a date or a target are left out.
// param: actor entity = null -- Only threats by this one (name, alias or id)
// param: other entity = null -- Only threats against this one (name, alias or id)
// param: days integer = 90 -- An act counts within so many days after the threat
// param: since date = null -- Leave out what ended before this day
// param: until date = null -- Leave out what began after this day
// param: asOf date = latest -- The last day that is known; unless given, that of the latest publication
// param: candidates integer = 200 -- Look at so many threats, the latest first
// param: limit integer = 100 -- Show at most so many threats
// returns: date, datePrecision, dateBasis, threatener, target, event, window, attributedTo, sources, sentence, threatenerId, targetId, eventId
// example: days=90
MATCH (threat:Event)
WHERE threat.type = 'THREATEN' AND threat.polarity = 'affirmed' AND threat.modality IN ['asserted', 'historical']
  AND threat.date IS NOT NULL AND ($asOf IS NULL OR threat.date <= $asOf)
  AND ($since IS NULL OR coalesce(threat.dateEnd, threat.date) >= $since) AND ($until IS NULL OR threat.date <= $until)
MATCH (threat)-[:HAS_ACTOR]->(a:Entity)
WHERE $actor IS NULL OR a.id = $actor
MATCH (threat)-[:HAS_TARGET]->(t:Entity)
WHERE $other IS NULL OR t.id = $other
WITH threat, a, t
ORDER BY threat.date DESC, threat.id, a.id, t.id
LIMIT $candidates
OPTIONAL MATCH (a)-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR|PART_OF]->(body:Entity)
WITH threat, a, t, collect(DISTINCT body.id) AS bodies
OPTIONAL MATCH (a)<-[:LEADS|PART_OF]-(organ:Entity)
WITH threat, a, t, bodies, collect(DISTINCT organ.id) AS organs
WITH threat, a, t, [a.id] + bodies + organs AS doers
OPTIONAL MATCH (t)-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR|PART_OF]->(body:Entity)
WITH threat, a, t, doers, collect(DISTINCT body.id) AS bodies
OPTIONAL MATCH (t)<-[:LEADS|PART_OF]-(organ:Entity)
WITH threat, a, t, doers, bodies, collect(DISTINCT organ.id) AS organs
WITH threat, a, t, doers, [t.id] + bodies + organs AS victims
UNWIND doers AS doerId
MATCH (doer:Entity {id: doerId})
OPTIONAL MATCH (doer)-[deed]-(victim:Entity)
WHERE victim.id IN victims AND deed.eventIds IS NOT NULL
  AND (deed.reciprocal OR startNode(deed).id = doerId) AND deed.lastDate >= threat.date
UNWIND coalesce(deed.eventIds, [null]) AS actId
OPTIONAL MATCH (act:Event {id: actId})
WHERE act.type IN ['ASSAULT', 'COERCE', 'SANCTION', 'MOBILIZE'] AND coalesce(act.dateEnd, act.date) > threat.date
  AND act.date <= coalesce(threat.dateEnd, threat.date) + duration({days: $days})
WITH threat, a, t, count(act.id) AS acts
WHERE acts = 0
WITH threat, a, t
ORDER BY threat.date DESC, threat.id, a.id, t.id
LIMIT $limit
MATCH (threat)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = threat.polarity AND claim.modality IN [threat.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH threat, a, t, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, voucher.id
WITH threat, a, t, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN threat.date AS date, threat.datePrecision AS datePrecision, threat.dateBasis AS dateBasis,
       a.name AS threatener, t.name AS target, threat.name AS event,
       CASE WHEN coalesce(threat.dateEnd, threat.date) + duration({days: $days}) < $asOf THEN 'over' ELSE 'open' END
         AS window,
       attributedTo, sources, sentences[0] AS sentence, a.id AS threatenerId, t.id AS targetId, threat.id AS eventId
ORDER BY date DESC, eventId, threatenerId, targetId
