// Agreements
// description: What was agreed, signed or ratified, planned ceasefires too, oldest first; of everybody, of one actor, or between two. "caveat" says how an event is less than asserted, such as negated or planned.
// param: actor entity = null -- Only agreements with this actor (name, alias or id)
// param: other entity = null -- Only agreements in which this one takes part too (name, alias or id)
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many agreements
// returns: date, datePrecision, dateBasis, event, relation, parties, caveat, attributedTo, sources, sentence, eventId
// example: since=2018-01-01
MATCH (e:Event)
WHERE e.relation IN ['AGREED_WITH', 'AGREED_TO_MEET', 'AGREED_TO_COOPERATE_WITH', 'AGREED_TO_SUPPORT', 'AGREED_TO_AID',
                     'AGREED_TO_SIGN_WITH', 'SIGNED_AGREEMENT_WITH', 'REACHED_AGREEMENT_WITH',
                     'RATIFIED_AGREEMENT_WITH', 'ANNOUNCED_CEASEFIRE_WITH', 'CEASED_FIRE_WITH']
  AND ($actor IS NULL OR EXISTS { (e)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $actor}) })
  AND ($other IS NULL OR EXISTS { (e)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $other}) })
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
WITH e
ORDER BY e.date, e.id
LIMIT $limit
OPTIONAL MATCH (e)-[:HAS_ACTOR|HAS_TARGET]->(party:Entity)
WITH e, party
ORDER BY party.name, party.id
WITH e, collect(DISTINCT party.name) AS parties
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, parties, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.id, voucher.id
WITH e, parties, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis,
       e.name AS event, e.relation AS relation, parties,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       attributedTo, sources, sentences[0] AS sentence, e.id AS eventId
ORDER BY date, eventId
