// Most active pairs
// description: Which two deal most with each other: one acts on the other, or both meet, sign or fight; and how many of these events are cooperation or conflict. Only events told as having happened count (affirmed, asserted or historical); what two do side by side to somebody else does not.
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 20 -- Show at most so many pairs
// returns: first, second, events, cooperation, conflict, firstDate, lastDate, firstId, secondId
// example: limit=10
MATCH (e:Event)
// Every event has an id; that it is asked for lets Neo4j take all of them out of the index.
WHERE e.id IS NOT NULL
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
UNWIND e.pairs AS pair
WITH pair, count(*) AS events, collect(e.id) AS told
ORDER BY events DESC, pair
LIMIT $limit
UNWIND told AS eventId
MATCH (e:Event {id: eventId})
WITH split(pair, ' ') AS ids, events, count(CASE WHEN e.quad <= 2 THEN 1 END) AS cooperation, min(e.date) AS firstDate,
     max(coalesce(e.dateEnd, e.date)) AS lastDate
MATCH (a:Entity {id: ids[0]})
MATCH (b:Entity {id: ids[1]})
RETURN a.name AS first, b.name AS second, events, cooperation, events - cooperation AS conflict, firstDate, lastDate,
       a.id AS firstId, b.id AS secondId
ORDER BY events DESC, firstId, secondId
