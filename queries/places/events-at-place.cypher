// Events at a place
// description: What happened, or is said to happen, in a city, region or country, oldest first; of a country, at its places too. Only events of which an article names the place: who is attacked is no place, unless the text says that it happened there. "caveat" says how an event is less than asserted, such as negated or planned.
// param: place entity -- Name, alias or id of the place or country
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many events
// returns: date, datePrecision, dateBasis, event, type, places, caveat, attributedTo, sources, sentence, eventId
// example: place="Ankara"
MATCH (asked:Entity {id: $place})
CALL (asked) {
  RETURN asked AS spot
  UNION
  MATCH (spot:Entity)
  WHERE asked:Country AND spot.country = asked.country AND spot:Place
  RETURN spot
}
MATCH (spot)<-[:HELD_AT]-(e:Event)
WHERE ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
WITH e, spot
ORDER BY spot.name, spot.id
WITH e, collect(DISTINCT spot.name) AS places
ORDER BY e.date, e.id
LIMIT $limit
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, places, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, voucher.id
WITH e, places, collect(DISTINCT outlet) AS sources, collect(DISTINCT voucher.name) AS attributedTo,
     collect(claim.sentence) AS sentences
RETURN e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis, e.name AS event, e.type AS type,
       places,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       attributedTo, sources, sentences[0] AS sentence, e.id AS eventId
ORDER BY date, eventId
