// Events on one source's word
// description: Events behind which only one independent source stands, those told by most articles first: articles of one outlet are one source, and so are copies of one text; who denies an event does not stand behind it. "caveat" says how an event is less than asserted, such as negated or planned.
// param: actor entity = null -- Only events with this actor (name, alias or id)
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many events
// returns: articles, claims, date, event, caveat, sources, attributedTo, sentence, eventId
// example: limit=20
CALL () {
  MATCH (e:Event)
  WHERE $actor IS NULL AND e.sourceCount = 1
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  WITH e.id AS id, e.articleCount AS articles, e.claimCount AS claims, e.date AS date
  ORDER BY articles DESC, claims DESC, date, id
  LIMIT $limit
  RETURN id
  UNION ALL
  MATCH (:Entity {id: $actor})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)
  WHERE e.sourceCount = 1
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  WITH DISTINCT e.id AS id, e.articleCount AS articles, e.claimCount AS claims, e.date AS date
  ORDER BY articles DESC, claims DESC, date, id
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
ORDER BY claim.id, voucher.id
WITH e, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN e.articleCount AS articles, e.claimCount AS claims, e.date AS date, e.name AS event,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       sources, attributedTo, sentences[0] AS sentence, e.id AS eventId
ORDER BY articles DESC, claims DESC, date, eventId
