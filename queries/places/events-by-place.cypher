// Events by place
// description: Where the events were that are told as having happened (affirmed, asserted or historical), how many of these were cooperation or conflict, and where the place lies (degrees, where a listed source locates it). The place is the one that an article names; where it names none, violence counts where the state or place is that it was done to.
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 200 -- Show at most so many places
// returns: place, events, cooperation, conflict, latitude, longitude, country, firstDate, lastDate, placeId
// example: limit=10
MATCH (e:Event)
WHERE e.placeIds IS NOT NULL
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
UNWIND e.placeIds AS placeId
WITH placeId, count(*) AS events, count(CASE WHEN e.quad <= 2 THEN 1 END) AS cooperation, min(e.date) AS firstDate,
     max(coalesce(e.dateEnd, e.date)) AS lastDate
ORDER BY events DESC, placeId
LIMIT $limit
MATCH (place:Entity {id: placeId})
RETURN place.name AS place, events, cooperation, events - cooperation AS conflict, place.latitude AS latitude,
       place.longitude AS longitude, place.country AS country, firstDate, lastDate, placeId
ORDER BY events DESC, placeId
