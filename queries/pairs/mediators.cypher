// Mediators between two sides
// description: Who mediates between two sides, offers to, or meets, talks to and cooperates with both. A side is the one asked for and who leads it, holds an office in it or speaks for it, as articles state it. Only cooperation told as having happened counts (affirmed, asserted or historical). "mediated" counts events in which one deals with both sides at once; they come first. The words are of an event with each side.
// param: actor entity -- Name, alias or id of the one side
// param: other entity -- Name, alias or id of the other side
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: candidates integer = 100 -- Look at so many who deal with both, mediators by name and those with most events first
// param: limit integer = 20 -- Show at most so many mediators
// returns: mediator, kind, mediated, withActor, withOther, event, sentence, otherEvent, otherSentence, eventId, otherEventId, mediatorId
// example: actor="Russia" other="Ukraine"
MATCH (left:Entity {id: $actor}), (right:Entity {id: $other})
CALL (left) {
  MATCH (left)<-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]-(one:Entity)
  RETURN collect(DISTINCT one.id) AS lefts
}
CALL (right) {
  MATCH (right)<-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]-(two:Entity)
  RETURN collect(DISTINCT two.id) AS rights
}
WITH [id IN [$actor] + lefts | [id, 'left']] + [id IN [$other] + rights | [id, 'right']] AS pairs
UNWIND pairs AS pair
MATCH (side:Entity {id: pair[0]})
MATCH (side)-[deal]-(m:Entity)
WHERE deal.eventIds IS NOT NULL
WITH m.id AS mediatorId, deal.eventIds AS eventIds, pair[1] AS side, deal.count AS told,
     CASE WHEN type(deal) = 'MEDIATED_BETWEEN' THEN 1 ELSE 0 END AS named
WITH mediatorId, collect([eventIds, side]) AS deals, max(named) AS named,
     sum(CASE WHEN side = 'left' THEN told ELSE 0 END) AS atLeft,
     sum(CASE WHEN side = 'right' THEN told ELSE 0 END) AS atRight
WHERE atLeft > 0 AND atRight > 0 AND NOT mediatorId IN [$actor, $other]
MATCH (m:Entity {id: mediatorId})
WHERE NOT EXISTS {
  MATCH (m)-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]->(body:Entity) WHERE body.id IN [$actor, $other] }
WITH mediatorId, deals, named, CASE WHEN atLeft < atRight THEN atLeft ELSE atRight END AS least
ORDER BY named DESC, least DESC, mediatorId
LIMIT $candidates
UNWIND deals AS deal
UNWIND deal[0] AS eventId
WITH mediatorId, eventId, collect(DISTINCT deal[1]) AS sides
MATCH (e:Event {id: eventId})
WHERE e.quad <= 2 AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since)
  AND ($until IS NULL OR e.date <= $until)
WITH mediatorId, eventId, size(sides) = 2 AS both, 'left' IN sides AS atLeft, 'right' IN sides AS atRight,
     toString(size(sides)) + coalesce(e.dateIso, '0000-00-00') + e.id AS key
WITH mediatorId, count(CASE WHEN both THEN eventId END) AS mediated,
     count(CASE WHEN atLeft THEN eventId END) AS withActor, count(CASE WHEN atRight THEN eventId END) AS withOther,
     substring(max(CASE WHEN atLeft THEN key END), 11) AS leftId,
     substring(max(CASE WHEN atRight THEN key END), 11) AS rightId
WHERE withActor > 0 AND withOther > 0
WITH mediatorId, mediated, withActor, withOther, leftId, rightId
ORDER BY mediated DESC, CASE WHEN withActor < withOther THEN withActor ELSE withOther END DESC,
         withActor + withOther DESC, mediatorId
LIMIT $limit
MATCH (m:Entity {id: mediatorId})
MATCH (e:Event {id: leftId})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
WITH m, mediated, withActor, withOther, rightId, e, claim
ORDER BY claim.confidence DESC, claim.id
WITH m, mediated, withActor, withOther, rightId, e, collect(claim.sentence) AS sentences
MATCH (f:Event {id: rightId})
MATCH (f)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = f.polarity AND claim.modality IN [f.modality, 'historical']
WITH m, mediated, withActor, withOther, e, sentences, f, claim
ORDER BY claim.confidence DESC, claim.id
WITH m, mediated, withActor, withOther, e, sentences, f, collect(claim.sentence) AS otherSentences
RETURN m.name AS mediator, [label IN labels(m) WHERE label <> 'Entity'][0] AS kind, mediated, withActor, withOther,
       e.name AS event, sentences[0] AS sentence, f.name AS otherEvent, otherSentences[0] AS otherSentence,
       e.id AS eventId, f.id AS otherEventId, m.id AS mediatorId
ORDER BY mediated DESC, CASE WHEN withActor < withOther THEN withActor ELSE withOther END DESC, withActor + withOther DESC, mediatorId
