// Allies and enemies
// description: Who was allied or at war with whom on a day, as far as articles state it; both directions are one row. "known" says how sure it is of that day: "dated"; "last known DAY", after which nothing is known; "uncertain", where it began or ended in that month or year, or nobody says when it began; "undated", where no time is told at all.
// param: entity entity = null -- Only allies and enemies of this one (name, alias or id)
// param: asOf date = latest -- The day that is asked about; unless given, that of the latest publication
// param: undated boolean = true -- Show also what has no time
// param: limit integer = 100 -- Show at most so many rows
// returns: first, relation, second, since, until, known, lastStated, articles, sentence, firstId, secondId
// example: entity="United States"
MATCH (one:Entity)-[r:ALLIED_WITH|AT_WAR_WITH]-(other:Entity)
WHERE (one.id = $entity OR ($entity IS NULL AND one.id < other.id))
  AND ($undated OR r.validBasis IS NOT NULL)
  AND ($asOf IS NULL OR (coalesce(r.validFrom <= $asOf, true) AND coalesce(r.validTo >= $asOf, true)))
WITH one, other, type(r) AS relation, r.validFromIso AS since, r.validToIso AS until,
     max(r.lastKnown) AS lastKnown, collect(r.claimIds) AS told
ORDER BY one.name, one.id, relation, other.name, other.id, since, until
LIMIT $limit
UNWIND told AS claimIds
UNWIND claimIds AS claimId
MATCH (claim:Claim {id: claimId})-[:IN_ARTICLE]->(article:Article)
WITH one, other, relation, since, until, lastKnown, claim, article
ORDER BY article.published, claim.id
WITH one, other, relation, since, until, lastKnown, max(article.published) AS lastStated,
     count(DISTINCT article.id) AS articles, collect(claim.sentence) AS sentences
RETURN one.name AS first, relation, other.name AS second, since, until,
       CASE
         WHEN since IS NULL AND until IS NULL AND lastKnown IS NULL THEN 'undated'
         WHEN until IS NULL AND lastKnown < $asOf THEN 'last known ' + toString(lastKnown)
         WHEN since IS NULL OR (until IS NULL AND lastKnown IS NULL) THEN 'uncertain'
         WHEN size(since) < 10 AND toString($asOf) STARTS WITH since THEN 'uncertain'
         WHEN size(until) < 10 AND toString($asOf) STARTS WITH until THEN 'uncertain'
         ELSE 'dated'
       END AS known,
       lastStated, articles, sentences[0] AS sentence, one.id AS firstId, other.id AS secondId
ORDER BY first, firstId, relation, second, secondId, since, until
