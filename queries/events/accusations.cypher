// Accusations
// description: Who accuses whom of what, oldest first: "words" is what the accused is said to have done, where the text gives it. Only accusations told as having been made count (affirmed, asserted or historical); criticism and condemnation do not. "rebuttal" is a sentence in which the accused, or who leads it, holds an office in it or speaks for it, rejects or denies something of the accuser within some days; null means that no rebuttal was read.
// param: actor entity = null -- Only accusations by this one (name, alias or id)
// param: other entity = null -- Only accusations of this one (name, alias or id)
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: days integer = 30 -- Look for a rebuttal on the day of the accusation and so many days after it
// param: limit integer = 100 -- Show at most so many accusations
// returns: date, datePrecision, dateBasis, accusers, accused, relation, words, rebuttal, rebuttedBy, attributedTo, sources, sentence, rebuttalId, eventId
// example: since=2023-01-01
MATCH (e:Event)
WHERE e.relation IN ['ACCUSED', 'BLAMED', 'DENOUNCED', 'CHARGED', 'SUED', 'WARNED_ABOUT']
  AND e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
  AND EXISTS { (e)-[:HAS_ACTOR]->(:Entity) } AND EXISTS { (e)-[:HAS_TARGET]->(:Entity) }
  AND ($actor IS NULL OR EXISTS { (e)-[:HAS_ACTOR]->(:Entity {id: $actor}) })
  AND ($other IS NULL OR EXISTS { (e)-[:HAS_TARGET]->(:Entity {id: $other}) })
  AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
WITH e
ORDER BY e.date, e.id
LIMIT $limit
MATCH (e)-[:HAS_ACTOR]->(accuser:Entity)
WITH e, accuser
ORDER BY accuser.name, accuser.id
WITH e, collect(accuser.name) AS accusers, collect(accuser.id) AS accuserIds
MATCH (e)-[:HAS_TARGET]->(accused:Entity)
WITH e, accusers, accuserIds, accused
ORDER BY accused.name, accused.id
WITH e, accusers, accuserIds, collect(accused.name) AS accused, collect(accused.id) AS accusedIds
// The first rebuttal in time: only direct relations that reject or deny lead to events worth a look.
CALL (e, accuserIds, accusedIds) {
  UNWIND accuserIds AS accuserId
  MATCH (accuser:Entity {id: accuserId})
  MATCH (accuser)<-[answer:REJECTED|DENIED_CLAIM_OF]-(who:Entity)
  UNWIND answer.eventIds AS answerId
  MATCH (no:Event {id: answerId})
  WHERE no.date >= e.date AND no.date <= coalesce(e.dateEnd, e.date) + duration({days: $days})
  WITH who, no, accusedIds
  WHERE who.id IN accusedIds OR EXISTS {
    MATCH (who)-[:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]->(body:Entity) WHERE body.id IN accusedIds }
  WITH no, who.name AS rebutter
  ORDER BY no.date, no.id, rebutter
  RETURN collect(DISTINCT rebutter) AS rebuttedBy, collect(no.id) AS rebuttalIds
}
WITH e, accusers, accuserIds, accused, rebuttedBy, rebuttalIds[0] AS rebuttalId
CALL (rebuttalId) {
  MATCH (no:Event {id: rebuttalId})
  MATCH (no)<-[:REPORTS]-(answer:Claim)
  WHERE answer.polarity = no.polarity AND answer.modality IN [no.modality, 'historical']
  WITH answer
  ORDER BY answer.confidence DESC, answer.id
  RETURN collect(answer.sentence) AS rebuttals
}
// Evidence: the surest claim first, and what the accuser is said to have said in its sentence.
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
OPTIONAL MATCH (article)<-[:IN_ARTICLE]-(said:Statement)
WHERE said.start >= claim.triggerEnd AND said.`end` <= claim.`end` AND EXISTS {
  MATCH (said)-[:SAID_BY]->(speaker:Entity) WHERE speaker.id IN accuserIds }
WITH e, accusers, accused, rebuttals, rebuttedBy, rebuttalId, claim, said,
     coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, said.start, said.id, voucher.id
WITH e, accusers, accused, rebuttals, rebuttedBy, rebuttalId, collect(DISTINCT outlet) AS sources,
     collect(DISTINCT voucher.name) AS attributedTo, collect(claim.sentence) AS sentences,
     collect(said.content) AS words
RETURN e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis, accusers, accused,
       e.relation AS relation, words[0] AS words, rebuttals[0] AS rebuttal, rebuttedBy, attributedTo, sources,
       sentences[0] AS sentence, rebuttalId, e.id AS eventId
ORDER BY date, eventId
