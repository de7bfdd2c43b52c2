// Who did what to whom
// description: Every event that one side did, that was done to the other, or of one kind, oldest first. "caveat" says how an event is less than asserted, such as negated or planned.
// param: actor entity = null -- Only what this one did (name, alias or id)
// param: other entity = null -- Only what was done to this one, or with it, such as a meeting (name, alias or id)
// param: kind string = null -- Only events of this PLOVER type or relationship, such as ASSAULT or MET_WITH
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many events
// returns: date, datePrecision, dateBasis, event, type, actors, targets, caveat, attributedTo, sources, sentence, eventId
// example: actor="Russia" kind="ASSAULT"
CALL () {
  MATCH (e:Event)
  WHERE $actor IS NULL AND $other IS NULL AND ($kind IS NULL OR e.type = $kind OR e.relation = $kind)
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  WITH e.id AS id, e.date AS date
  ORDER BY date, id
  LIMIT $limit
  RETURN id
  UNION ALL
  MATCH (:Entity {id: $actor})<-[:HAS_ACTOR]-(e:Event)
  WHERE $other IS NULL AND ($kind IS NULL OR e.type = $kind OR e.relation = $kind)
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  WITH DISTINCT e.id AS id, e.date AS date
  ORDER BY date, id
  LIMIT $limit
  RETURN id
  UNION ALL
  MATCH (:Entity {id: $other})<-[part:HAS_ACTOR|HAS_TARGET]-(e:Event)
  WHERE ($kind IS NULL OR e.type = $kind OR e.relation = $kind)
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
    AND ($actor IS NULL OR EXISTS { (e)-[:HAS_ACTOR]->(:Entity {id: $actor}) })
    AND (type(part) = 'HAS_TARGET'
         OR ((e.relation ENDS WITH '_WITH' OR e.relation = 'AGREED_TO_MEET') AND coalesce($actor, '') <> $other
             AND NOT EXISTS { (e)-[:HAS_TARGET]->(:Entity) }))
  WITH DISTINCT e.id AS id, e.date AS date
  ORDER BY date, id
  LIMIT $limit
  RETURN id
}
MATCH (e:Event {id: id})
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
