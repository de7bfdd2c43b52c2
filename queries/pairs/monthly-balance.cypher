// Cooperation and conflict of a pair by month
// description: How many events between two were cooperation or conflict, month by month, with the words of the month's last one. Only events told as having happened count (affirmed, asserted or historical), in the month in which they began, or were published where no words give a day; those of which only the year or season is known are left out. "balance" is cooperation less conflict; "together" counts what both did side by side to somebody else, and is in neither.
// param: actor entity -- Name, alias or id of the one
// param: other entity -- Name, alias or id of the other
// param: since date = null -- Leave out what ended before this day
// param: until date = null -- Leave out what began after this day
// returns: month, cooperation, conflict, balance, together, event, sentence, eventId
// example: actor="Iran" other="Pakistan"
MATCH (:Entity {id: $actor})<-[mine:HAS_ACTOR|HAS_TARGET]-(e:Event)-[theirs:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $other})
WHERE e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
  AND (type(mine) = 'HAS_ACTOR' OR type(theirs) = 'HAS_ACTOR')
  AND e.date IS NOT NULL AND NOT e.datePrecision IN ['year', 'season']
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
WITH e, CASE
       WHEN type(mine) = type(theirs) AND EXISTS { (e)-[:HAS_TARGET]->(:Entity) } THEN 'together'
       WHEN e.quad <= 2 THEN 'cooperation'
       ELSE 'conflict'
     END AS stance
WITH substring(e.dateIso, 0, 7) AS month,
     count(DISTINCT CASE WHEN stance = 'cooperation' THEN e.id END) AS cooperation,
     count(DISTINCT CASE WHEN stance = 'conflict' THEN e.id END) AS conflict,
     count(DISTINCT CASE WHEN stance = 'together' THEN e.id END) AS together,
     substring(max(e.dateIso + e.id), 10) AS lastId
MATCH (e:Event {id: lastId})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
WITH month, cooperation, conflict, together, e, claim
ORDER BY claim.confidence DESC, claim.id
WITH month, cooperation, conflict, together, e, collect(claim.sentence) AS sentences
RETURN month, cooperation, conflict, cooperation - conflict AS balance, together, e.name AS event,
       sentences[0] AS sentence, e.id AS eventId
ORDER BY month
