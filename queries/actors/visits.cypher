// Visits of people
// description: Which persons visited which country or place, oldest first, with the offices that articles give them on that day. Only visits told as having happened count; planned, denied and cancelled ones do not, nor do meetings of which nobody says that it was a visit.
// param: actor entity = null -- Only visits of this person (name, alias or id)
// param: place entity = null -- Only visits to this country, its places included, or to this place (name, alias or id)
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many visits
// returns: date, datePrecision, dateBasis, visitor, offices, destinations, attributedTo, sources, sentence, visitorId, eventId
// example: since=2019-01-01
OPTIONAL MATCH (asked:Entity {id: $place})
WITH CASE WHEN asked:Country THEN asked.country END AS code
MATCH (e:Event)
WHERE e.relation = 'VISITED' AND e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
WITH DISTINCT e, code
MATCH (e)-[:HAS_ACTOR]->(who:Entity)
WHERE who:Person AND ($actor IS NULL OR who.id = $actor)
MATCH (e)-[:HAS_TARGET|HELD_AT]->(spot:Entity)
WHERE (spot:Country OR spot:Place) AND ($place IS NULL OR spot.id = $place OR spot.country = code)
WITH DISTINCT e, who
ORDER BY e.date, e.id, who.id
LIMIT $limit
MATCH (e)-[:HAS_TARGET|HELD_AT]->(spot:Entity)
WHERE spot:Country OR spot:Place
WITH e, who, spot
ORDER BY spot.name, spot.id
WITH e, who, collect(DISTINCT spot.name) AS destinations
OPTIONAL MATCH (who)-[r:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]->(body:Entity)
WHERE coalesce(r.validFrom <= e.date, true) AND coalesce(r.validTo >= e.date, true)
WITH e, who, destinations, coalesce(r.title, 'office') + ' of ' + body.name AS office
ORDER BY office
WITH e, who, destinations, collect(DISTINCT office) AS offices
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH e, who, destinations, offices, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, voucher.id
WITH e, who, destinations, offices, collect(DISTINCT outlet) AS sources,
     collect(DISTINCT voucher.name) AS attributedTo, collect(claim.sentence) AS sentences
RETURN e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis, who.name AS visitor, offices,
       destinations, attributedTo, sources, sentences[0] AS sentence, who.id AS visitorId, e.id AS eventId
ORDER BY date, eventId, visitorId
