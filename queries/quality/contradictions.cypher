// Contradictions
// description: Pairs of claims of one event that cannot both be right, each with who says it, oldest event first. "differ" says in what: whether it happened (polarity), when (date), or who did it (actor).
// param: actor entity = null -- Only about events with this actor (name, alias or id)
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many pairs
// returns: date, event, differ, sentence, attributedTo, source, otherSentence, otherAttributedTo, otherSource, claimId, otherClaimId, eventId
// example: since=2022-01-01
CALL () {
  MATCH (e:Event)
  WHERE $actor IS NULL AND e.contradictionCount > 0
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  WITH e.id AS id, e.date AS date
  ORDER BY date, id
  LIMIT $limit
  RETURN id
  UNION ALL
  MATCH (:Entity {id: $actor})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)
  WHERE e.contradictionCount > 0
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  WITH DISTINCT e.id AS id, e.date AS date
  ORDER BY date, id
  LIMIT $limit
  RETURN id
}
MATCH (e:Event {id: id})
MATCH (e)<-[:REPORTS]-(one:Claim)
MATCH (one)-[:CONTRADICTS]->(other:Claim)
WITH e, one, other
ORDER BY e.date, e.id, one.id, other.id
LIMIT $limit
MATCH (one)-[:IN_ARTICLE]->(article:Article)
MATCH (other)-[:IN_ARTICLE]->(otherArticle:Article)
OPTIONAL MATCH (one)-[:ATTRIBUTED_TO]->(voucher:Entity)
OPTIONAL MATCH (other)-[:ATTRIBUTED_TO]->(otherVoucher:Entity)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (otherArticle)-[:PUBLISHED_BY]->(otherSource:Source)
RETURN e.date AS date, e.name AS event,
       CASE
         WHEN one.polarity <> other.polarity THEN 'polarity'
         WHEN one.dateEnd < other.date OR other.dateEnd < one.date THEN 'date'
         ELSE 'actor'
       END AS differ,
       one.sentence AS sentence, voucher.name AS attributedTo, coalesce(source.name, article.name) AS source,
       other.sentence AS otherSentence, otherVoucher.name AS otherAttributedTo,
       coalesce(otherSource.name, otherArticle.name) AS otherSource,
       one.id AS claimId, other.id AS otherClaimId, e.id AS eventId
ORDER BY date, eventId, claimId, otherClaimId
