// Hotspots by country
// description: Where there was most violence and force, by the country of the place, in the last days before "asOf" or in all: "violent" counts violence (ASSAULT), "hostile" all material conflict, which includes protest, coercion, sanctions and shows of force. Only events told as having happened count (affirmed, asserted or historical). The place is the one that an article names; where it names none, violence counts where the state or place is that it was done to. The words are of the latest violent event, or else of the latest hostile one.
// param: days integer = null -- Only what began in so many days up to asOf
// param: asOf date = latest -- The last day that counts; unless given, that of the latest publication
// param: limit integer = 20 -- Show at most so many countries
// returns: country, violent, hostile, firstDate, lastDate, event, sentence, eventId, code
// example: limit=10
MATCH (e:Event)
WHERE e.type IN ['ASSAULT', 'COERCE', 'SANCTION', 'MOBILIZE', 'PROTEST']
  AND e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
  AND coalesce(e.date <= $asOf, true) AND ($days IS NULL OR e.date > $asOf - duration({days: $days}))
MATCH (e)-[r:HELD_AT|HAS_TARGET]->(spot:Entity)
WHERE spot.country IS NOT NULL AND (type(r) = 'HELD_AT' OR (e.type = 'ASSAULT' AND (spot:Country OR spot:Place)
      AND NOT EXISTS { (e)-[:HELD_AT]->(:Entity) }))
WITH spot.country AS code, count(DISTINCT CASE WHEN e.type = 'ASSAULT' THEN e.id END) AS violent,
     count(DISTINCT e.id) AS hostile, min(e.date) AS firstDate, max(coalesce(e.dateEnd, e.date)) AS lastDate,
     substring(max(CASE WHEN e.type = 'ASSAULT' THEN '1' ELSE '0' END + coalesce(e.dateIso, '0000-00-00') + e.id), 11)
       AS lastId
ORDER BY violent DESC, hostile DESC, code
LIMIT $limit
OPTIONAL MATCH (land:Entity)
WHERE land.country = code AND land:Country
WITH code, violent, hostile, firstDate, lastDate, lastId, min(land.name) AS country
MATCH (e:Event {id: lastId})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
WITH code, country, violent, hostile, firstDate, lastDate, e, claim
ORDER BY claim.confidence DESC, claim.id
WITH code, country, violent, hostile, firstDate, lastDate, e, collect(claim.sentence) AS sentences
RETURN coalesce(country, code) AS country, violent, hostile, firstDate, lastDate, e.name AS event,
       sentences[0] AS sentence, e.id AS eventId, code
ORDER BY violent DESC, hostile DESC, code
