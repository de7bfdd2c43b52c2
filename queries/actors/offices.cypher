// Who held which office
// description: Who led, held an office in or spoke for whom on a day, as far as articles state it. "known" says how sure it is of that day: "dated"; "last known DAY", after which nothing is known; "uncertain", where it began or ended in that month or year, or nobody says when it began; "undated", where no time is told at all.
// param: body entity = null -- Only offices of this state or organisation (name, alias or id)
// param: holder entity = null -- Only offices of this person (name, alias or id)
// param: asOf date = latest -- The day that is asked about; unless given, that of the latest publication
// param: undated boolean = true -- Show also what has no time
// param: limit integer = 100 -- Show at most so many rows
// returns: holder, relation, title, body, since, until, known, lastStated, articles, sentence, holderId, bodyId
// example: body="United States"
MATCH (whole:Entity)
WHERE ($body IS NULL OR whole.id = $body) AND EXISTS {
  MATCH (whole)<-[r:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]-(who:Entity)
  WHERE ($holder IS NULL OR who.id = $holder) AND ($undated OR r.validBasis IS NOT NULL)
    AND ($asOf IS NULL OR (coalesce(r.validFrom <= $asOf, true) AND coalesce(r.validTo >= $asOf, true)))
}
WITH whole
ORDER BY whole.name, whole.id
LIMIT $limit
MATCH (whole)<-[r:LEADS|HOLDS_OFFICE_IN|SPEAKS_FOR]-(who:Entity)
WHERE ($holder IS NULL OR who.id = $holder) AND ($undated OR r.validBasis IS NOT NULL)
  AND ($asOf IS NULL OR (coalesce(r.validFrom <= $asOf, true) AND coalesce(r.validTo >= $asOf, true)))
WITH whole.name AS body, whole.id AS bodyId, type(r) AS relation, who.name AS holder, who.id AS holderId,
     r.title AS title, r.validFromIso AS since, r.validToIso AS until,
     max(r.lastKnown) AS lastKnown, collect(r.claimIds) AS told
ORDER BY body, bodyId, relation, holder, holderId, since, until, title
LIMIT $limit
UNWIND told AS claimIds
UNWIND claimIds AS claimId
MATCH (claim:Claim {id: claimId})-[:IN_ARTICLE]->(article:Article)
WITH body, bodyId, relation, holder, holderId, title, since, until, lastKnown, claim, article
ORDER BY article.published, claim.id
WITH body, bodyId, relation, holder, holderId, title, since, until, lastKnown,
     max(article.published) AS lastStated, count(DISTINCT article.id) AS articles, collect(claim.sentence) AS sentences
RETURN holder, relation, title, body, since, until,
       CASE
         WHEN since IS NULL AND until IS NULL AND lastKnown IS NULL THEN 'undated'
         WHEN until IS NULL AND lastKnown < $asOf THEN 'last known ' + toString(lastKnown)
         WHEN since IS NULL OR (until IS NULL AND lastKnown IS NULL) THEN 'uncertain'
         WHEN size(since) < 10 AND toString($asOf) STARTS WITH since THEN 'uncertain'
         WHEN size(until) < 10 AND toString($asOf) STARTS WITH until THEN 'uncertain'
         ELSE 'dated'
       END AS known,
       lastStated, articles, sentences[0] AS sentence, holderId, bodyId
ORDER BY body, bodyId, relation, holder, holderId, since, until, title
