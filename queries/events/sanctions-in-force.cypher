// Sanctions in force
// description: Who had imposed sanctions on whom, or frozen assets, and had not lifted them by a day, as far as articles state it. Only what is told as having happened counts (affirmed, asserted or historical). Lifted means that later the same one, who leads it or holds an office in it, or whom it leads or serves, lifted restrictions or sanctions on the same target: which of several is not told apart, so one lifting ends all before it. "since" is the first such day that is read, by "sinceBasis" from words of the text or only that of publication, "lastTold" the latest; a null means that nobody gives a day.
// param: actor entity = null -- Only sanctions by this one (name, alias or id)
// param: other entity = null -- Only sanctions on this one (name, alias or id)
// param: asOf date = latest -- The day that is asked about; unless given, that of the latest publication
// param: limit integer = 100 -- Show at most so many pairs
// returns: sanctioner, target, since, sinceBasis, lastTold, events, event, attributedTo, sources, sentence, eventId, sanctionerId, targetId
// example: asOf=2025-01-01
CALL () {
  // Acts: sanctions from their first possible day, and liftings, which have no sanctionId, up to their last.
  MATCH (e:Event)
  WHERE e.relation IN ['IMPOSED_SANCTIONS_ON', 'FROZE_ASSETS_OF']
    AND e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
    AND coalesce(e.date <= $asOf, true)
  MATCH (e)-[:HAS_ACTOR]->(one:Entity)
  WHERE $actor IS NULL OR one.id = $actor
  MATCH (e)-[:HAS_TARGET]->(other:Entity)
  WHERE $other IS NULL OR other.id = $other
  RETURN one.id AS doerId, other.id AS otherId, coalesce(toString(e.date), '0000-00-00') AS day,
         e.id AS sanctionId, e.date AS date, e.dateBasis AS basis
  UNION ALL
  MATCH (who:Entity)-[lift:LIFTED_RESTRICTIONS_ON]->(other:Entity)
  WHERE $other IS NULL OR other.id = $other
  UNWIND lift.eventIds AS liftId
  MATCH (e:Event {id: liftId})
  WHERE coalesce(e.date <= $asOf, true)
  RETURN who.id AS doerId, other.id AS otherId, coalesce(toString(e.dateEnd), toString(e.date), '9999-12-31') AS day,
         null AS sanctionId, null AS date, null AS basis
}
// Whom each doer leads or serves, once for each doer.
WITH doerId, collect([otherId, day, sanctionId, date, basis]) AS acts
CALL (doerId) {
  MATCH (:Entity {id: doerId})-[:LEADS|HOLDS_OFFICE_IN]->(body:Entity)
  RETURN collect(DISTINCT body.id) AS bodyIds
}
WITH doerId, acts, reduce(ids = ' ', id IN bodyIds | ids + id + ' ') AS bodies
// Acts on one target come together: a sanction stands unless a later lifting is by the same one or by kin.
UNWIND acts AS act
WITH act[0] AS otherId,
     collect(CASE WHEN act[2] IS NOT NULL THEN [act[2], act[1], act[3], act[4], doerId, bodies] END) AS sanctions,
     collect(CASE WHEN act[2] IS NULL THEN act[1] + ' ' + doerId + bodies END) AS liftings
UNWIND sanctions AS sanction
WITH otherId, sanction[0] AS sanctionId, sanction[1] AS day, sanction[2] AS date, sanction[3] AS basis,
     sanction[4] AS oneId, sanction[5] AS bodies, liftings
WHERE none(lifting IN liftings WHERE lifting >= day
           AND (lifting CONTAINS ' ' + oneId + ' ' OR bodies CONTAINS ' ' + split(lifting, ' ')[1] + ' '))
// The least text of day and basis is the first with its basis, the greatest of day and id the last event.
WITH oneId, otherId, min(date) AS since, min(toString(date) + basis) AS first, max(date) AS lastTold,
     count(sanctionId) AS events, substring(max(day + sanctionId), 10) AS lastId
ORDER BY since, oneId, otherId
LIMIT $limit
// Only for what is shown: names and the words of the last event.
MATCH (one:Entity {id: oneId})
MATCH (other:Entity {id: otherId})
MATCH (e:Event {id: lastId})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
WITH one, other, since, first, lastTold, events, e, claim, coalesce(source.name, article.name) AS outlet, voucher
ORDER BY claim.confidence DESC, claim.id, voucher.id
WITH one, other, since, first, lastTold, events, e, collect(DISTINCT outlet) AS sources,
     collect(DISTINCT voucher.name) AS attributedTo, collect(claim.sentence) AS sentences
RETURN one.name AS sanctioner, other.name AS target, since, substring(first, 10) AS sinceBasis, lastTold, events,
       e.name AS event, attributedTo, sources,
       sentences[0] AS sentence, e.id AS eventId, one.id AS sanctionerId, other.id AS targetId
ORDER BY since, sanctionerId, targetId
