// Who belonged to whom
// description: Which states, people and organisations were members of which organisations on a day, as far as articles state it. "known" says how sure it is of that day: "dated"; "last known DAY", after which nothing is known; "uncertain", where it began or ended in that month or year, or nobody says when it began; "undated", where no time is told at all.
// param: organisation entity = null -- Only members of this organisation (name, alias or id)
// param: member entity = null -- Only memberships of this one (name, alias or id)
// param: asOf date = latest -- The day that is asked about; unless given, that of the latest publication
// param: undated boolean = true -- Show also what has no time
// param: limit integer = 100 -- Show at most so many rows
// returns: member, kind, title, organisation, since, until, known, lastStated, articles, sentence, memberId, organisationId
// example: organisation="NATO"
MATCH (whole:Entity)
WHERE ($organisation IS NULL OR whole.id = $organisation) AND EXISTS {
  MATCH (whole)<-[r:MEMBER_OF]-(who:Entity)
  WHERE ($member IS NULL OR who.id = $member) AND ($undated OR r.validBasis IS NOT NULL)
    AND ($asOf IS NULL OR (coalesce(r.validFrom <= $asOf, true) AND coalesce(r.validTo >= $asOf, true)))
}
WITH whole
ORDER BY whole.name, whole.id
LIMIT $limit
MATCH (whole)<-[r:MEMBER_OF]-(who:Entity)
WHERE ($member IS NULL OR who.id = $member) AND ($undated OR r.validBasis IS NOT NULL)
  AND ($asOf IS NULL OR (coalesce(r.validFrom <= $asOf, true) AND coalesce(r.validTo >= $asOf, true)))
WITH who, whole, r.title AS title, r.validFromIso AS since, r.validToIso AS until,
     max(r.lastKnown) AS lastKnown, collect(r.claimIds) AS told
ORDER BY whole.name, whole.id, who.name, who.id, since, until, title
LIMIT $limit
UNWIND told AS claimIds
UNWIND claimIds AS claimId
MATCH (claim:Claim {id: claimId})-[:IN_ARTICLE]->(article:Article)
WITH who, whole, title, since, until, lastKnown, claim, article
ORDER BY article.published, claim.id
WITH who, whole, title, since, until, lastKnown, max(article.published) AS lastStated,
     count(DISTINCT article.id) AS articles, collect(claim.sentence) AS sentences
RETURN who.name AS member, [label IN labels(who) WHERE label <> 'Entity'][0] AS kind, title,
       whole.name AS organisation, since, until,
       CASE
         WHEN since IS NULL AND until IS NULL AND lastKnown IS NULL THEN 'undated'
         WHEN until IS NULL AND lastKnown < $asOf THEN 'last known ' + toString(lastKnown)
         WHEN since IS NULL OR (until IS NULL AND lastKnown IS NULL) THEN 'uncertain'
         WHEN size(since) < 10 AND toString($asOf) STARTS WITH since THEN 'uncertain'
         WHEN size(until) < 10 AND toString($asOf) STARTS WITH until THEN 'uncertain'
         ELSE 'dated'
       END AS known,
       lastStated, articles, sentences[0] AS sentence, who.id AS memberId, whole.id AS organisationId
ORDER BY organisation, organisationId, member, memberId, since, until, title
