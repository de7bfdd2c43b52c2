// Mediators between two sides
// description: Who mediates between two sides, offers to, or meets, talks to and cooperates with both. A side is the one asked for and who leads it, holds an office in it or speaks for it, as articles state it. Only cooperation told as having happened counts (affirmed, asserted or historical). "mediated" counts events in which one deals with both sides at once; they come first. The words are of an event with each side.
// param: actor entity -- Name, alias or id of the one side
// param: other entity -- Name, alias or id of the other side
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 20 -- Show at most so many mediators
// returns: mediator, kind, mediated, withActor, withOther, event, sentence, otherEvent, otherSentence, eventId, otherEventId, mediatorId
// example: actor="Russia" other="Ukraine"
CALL () {
  // The members of both sides.
  MATCH (one:Entity {id: $actor})
  RETURN one AS member, 'left' AS side
  UNION
  MATCH (one:Entity {id: $other})
  RETURN one AS member, 'right' AS side
  UNION
  MATCH (:Entity {id: $actor})<-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]-(one:Entity)
  RETURN one AS member, 'left' AS side
  UNION
  MATCH (:Entity {id: $other})<-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]-(one:Entity)
  RETURN one AS member, 'right' AS side
}
// With whom each member deals, by events of cooperation: an event knows who dealt with whom in it.
WITH member, side, member.id AS memberId
MATCH (member)<-[:HAS_ACTOR|HAS_TARGET]-(e)
WHERE e.quad <= 2 AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since)
  AND ($until IS NULL OR e.date <= $until)
UNWIND e.pairs AS pair
WITH memberId, side, split(pair, ' ') AS two, coalesce(e.dateIso, '0000-00-00') + e.id AS event
WHERE memberId IN two
WITH CASE WHEN two[0] = memberId THEN two[1] ELSE two[0] END AS mediatorId, event,
     min(side) AS least, max(side) AS most
// The greatest key is that of an event with both sides, if there is one, and of those the latest.
WITH mediatorId, least = 'left' AS atLeft, most = 'right' AS atRight,
     CASE WHEN least <> most THEN '2' ELSE '1' END + event AS key
WITH mediatorId, count(CASE WHEN atLeft AND atRight THEN 1 END) AS mediated,
     count(CASE WHEN atLeft THEN 1 END) AS withActor, count(CASE WHEN atRight THEN 1 END) AS withOther,
     substring(max(CASE WHEN atLeft THEN key END), 11) AS leftId,
     substring(max(CASE WHEN atRight THEN key END), 11) AS rightId
WHERE withActor > 0 AND withOther > 0 AND NOT mediatorId IN [$actor, $other]
// Members of a side are no mediators; in the order in which they are shown, so that Neo4j stops after the last of these.
WITH mediatorId, mediated, withActor, withOther, leftId, rightId,
     CASE WHEN withActor < withOther THEN withActor ELSE withOther END AS lesser, withActor + withOther AS dealt
ORDER BY mediated DESC, lesser DESC, dealt DESC, mediatorId
MATCH (m:Entity {id: mediatorId})
WHERE NOT EXISTS {
  MATCH (m)-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]->(body:Entity) WHERE body.id IN [$actor, $other] }
WITH mediatorId, mediated, withActor, withOther, leftId, rightId, lesser, dealt
ORDER BY mediated DESC, lesser DESC, dealt DESC, mediatorId
LIMIT $limit
// Only for what is shown: the words of an event with each side.
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
