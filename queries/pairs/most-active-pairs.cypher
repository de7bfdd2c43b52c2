// Most active pairs
// description: Which two deal most with each other: one acts on the other, or both meet, sign or fight; and how many of these events are cooperation or conflict. Only events told as having happened count (affirmed, asserted or historical); what two do side by side to somebody else does not.
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 20 -- Show at most so many pairs
// returns: first, second, events, cooperation, conflict, firstDate, lastDate, firstId, secondId
// example: limit=10
MATCH (e:Event)
WHERE e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
MATCH (e)-[:HAS_ACTOR]->(a:Entity)
MATCH (e)-[r:HAS_ACTOR|HAS_TARGET]->(b:Entity)
WHERE a.id <> b.id AND (type(r) = 'HAS_TARGET' OR NOT EXISTS { (e)-[:HAS_TARGET]->(:Entity) })
WITH CASE WHEN a.id < b.id THEN a.id ELSE b.id END AS firstId,
     CASE WHEN a.id < b.id THEN b.id ELSE a.id END AS secondId,
     count(DISTINCT e.id) AS events, count(DISTINCT CASE WHEN e.quad <= 2 THEN e.id END) AS cooperation,
     min(e.date) AS firstDate, max(coalesce(e.dateEnd, e.date)) AS lastDate
ORDER BY events DESC, firstId, secondId
LIMIT $limit
MATCH (a:Entity {id: firstId})
MATCH (b:Entity {id: secondId})
RETURN a.name AS first, b.name AS second, events, cooperation, events - cooperation AS conflict, firstDate, lastDate,
       firstId, secondId
ORDER BY events DESC, firstId, secondId
