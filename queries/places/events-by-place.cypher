// Events by place
// description: Where the events were that are told as having happened (affirmed, asserted or historical), how many of these were cooperation or conflict, and where the place lies (degrees, where a listed source locates it). The place is the one that an article names; where it names none, violence counts where the state or place is that it was done to.
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 200 -- Show at most so many places
// returns: place, events, cooperation, conflict, latitude, longitude, country, firstDate, lastDate, placeId
// example: limit=10
MATCH (e:Event)-[r:HELD_AT|HAS_TARGET]->(place:Entity)
WHERE e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  AND (type(r) = 'HELD_AT' OR (e.type = 'ASSAULT' AND (place:Country OR place:Place)
       AND NOT EXISTS { (e)-[:HELD_AT]->(:Entity) }))
WITH place, count(DISTINCT e.id) AS events,
     count(DISTINCT CASE WHEN e.quad <= 2 THEN e.id END) AS cooperation,
     count(DISTINCT CASE WHEN e.quad >= 3 THEN e.id END) AS conflict,
     min(e.date) AS firstDate, max(coalesce(e.dateEnd, e.date)) AS lastDate
RETURN place.name AS place, events, cooperation, conflict, place.latitude AS latitude, place.longitude AS longitude,
       place.country AS country, firstDate, lastDate, place.id AS placeId
ORDER BY events DESC, placeId
LIMIT $limit
