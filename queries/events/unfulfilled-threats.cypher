// Threats not followed by acts
// description: Threats after which no act of the same side against the same side was read within some days, latest first. It means just that, "no such act was read": not that nothing was done. An act is violence, coercion, sanctions or a show of force, told as having happened, which lasted beyond the first day of the threat. A side is everybody who acts for the country of the one named (a president's threat may be followed by the army), or only the one named where no country is known. "window" is "open" while these days are not over on "asOf". Threats without a date or a target are left out.
// param: actor entity = null -- Only threats by this one (name, alias or id)
// param: other entity = null -- Only threats against this one (name, alias or id)
// param: days integer = 90 -- An act counts within so many days after the threat
// param: since date = null -- Leave out what ended before this day
// param: until date = null -- Leave out what began after this day
// param: asOf date = latest -- The last day that is known; unless given, that of the latest publication
// param: limit integer = 100 -- Show at most so many threats
// returns: date, datePrecision, dateBasis, threatener, target, event, window, attributedTo, sources, sentence, threatenerId, targetId, eventId
// example: days=90
CALL () {
  MATCH (threat:Event)
  WHERE threat.type = 'THREATEN' AND threat.polarity = 'affirmed' AND threat.modality IN ['asserted', 'historical']
    AND threat.date IS NOT NULL AND ($asOf IS NULL OR threat.date <= $asOf)
    AND ($since IS NULL OR coalesce(threat.dateEnd, threat.date) >= $since)
    AND ($until IS NULL OR threat.date <= $until)
  MATCH (threat)-[:HAS_ACTOR]->(a:Entity)
  WHERE $actor IS NULL OR a.id = $actor
  MATCH (threat)-[:HAS_TARGET]->(t:Entity)
  WHERE $other IS NULL OR t.id = $other
  RETURN coalesce(a.country, a.id) + ' > ' + coalesce(t.country, t.id) AS sides, threat.id AS threatId, a.id AS aId,
         t.id AS tId, threat.date AS start, coalesce(threat.dateEnd, threat.date) AS stop
  UNION ALL
  MATCH (act:Event)
  WHERE act.type IN ['ASSAULT', 'COERCE', 'SANCTION', 'MOBILIZE'] AND act.date IS NOT NULL
    AND act.polarity = 'affirmed' AND act.modality IN ['asserted', 'historical']
  MATCH (act)-[:HAS_ACTOR]->(doer:Entity)
  MATCH (act)-[part:HAS_TARGET|HAS_ACTOR]->(victim:Entity)
  WHERE type(part) = 'HAS_TARGET' OR act.relation = 'FOUGHT_WITH'
  RETURN coalesce(doer.country, doer.id) + ' > ' + coalesce(victim.country, victim.id) AS sides, null AS threatId,
         null AS aId, null AS tId, act.date AS start, coalesce(act.dateEnd, act.date) AS stop
}
WITH sides, collect(CASE WHEN threatId IS NOT NULL THEN [threatId, aId, tId, start, stop] END) AS threats,
     collect(CASE WHEN threatId IS NULL THEN [start, stop] END) AS acts
UNWIND threats AS told
WITH told, acts
WHERE none(act IN acts WHERE act[1] > told[3] AND act[0] <= told[4] + duration({days: $days}))
WITH told[0] AS threatId, told[1] AS aId, told[2] AS tId, told[3] AS start
ORDER BY start DESC, threatId, aId, tId
LIMIT $limit
MATCH (threat:Event {id: threatId})
MATCH (a:Entity {id: aId})
MATCH (t:Entity {id: tId})
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
