// Allies and rivals of an actor
// description: With whom the actor cooperates and with whom it is in conflict, the most frequent first. Only events told as having happened count (affirmed, asserted or historical): "cooperation" and "conflict" where one acts on the other or both meet, sign or fight; "together" where both act side by side on somebody else. "verdict" is "ally" or "rival" where one outweighs the other at least two to one, else "mixed". "lasting" holds alliances and wars in force on a day, as articles state them. What a state's leaders do counts for them, not for the state.
// param: actor entity -- Name, alias or id of the actor
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: asOf date = latest -- The day for lasting alliances and wars; unless given, that of the latest publication
// param: limit integer = 20 -- Show at most so many others
// returns: other, kind, verdict, cooperation, conflict, together, lasting, firstDate, lastDate, event, sentence, eventId, otherId
// example: actor="Russia"
MATCH (me:Entity {id: $actor})
CALL (me) {
  MATCH (me)<-[mine:HAS_ACTOR|HAS_TARGET]-(e:Event)-[theirs:HAS_ACTOR|HAS_TARGET]->(other:Entity)
  WHERE other.id <> $actor AND e.polarity = 'affirmed' AND e.modality IN ['asserted', 'historical']
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
    AND (type(mine) = 'HAS_ACTOR' OR type(theirs) = 'HAS_ACTOR')
  RETURN other, e.id AS eventId, e.date AS first, coalesce(e.dateEnd, e.date) AS last,
         coalesce(e.dateIso, '0000-00-00') + e.id AS key, null AS bond,
         CASE
           WHEN type(mine) = type(theirs) AND EXISTS { (e)-[:HAS_TARGET]->(:Entity) } THEN 'together'
           WHEN e.quad <= 2 THEN 'cooperation'
           ELSE 'conflict'
         END AS stance
  UNION
  MATCH (me)-[r:ALLIED_WITH|AT_WAR_WITH]-(other:Entity)
  WHERE $asOf IS NULL OR (coalesce(r.validFrom <= $asOf, true) AND coalesce(r.validTo >= $asOf, true))
  RETURN other, null AS eventId, null AS first, null AS last, null AS key, type(r) AS bond, null AS stance
}
WITH other, eventId, first, last, key, bond, stance
ORDER BY bond
WITH other, count(DISTINCT CASE WHEN stance = 'cooperation' THEN eventId END) AS cooperation,
     count(DISTINCT CASE WHEN stance = 'conflict' THEN eventId END) AS conflict,
     count(DISTINCT CASE WHEN stance = 'together' THEN eventId END) AS together,
     collect(DISTINCT bond) AS lasting, min(first) AS firstDate, max(last) AS lastDate,
     substring(max(key), 10) AS eventId
ORDER BY cooperation + conflict + together DESC, other.id
LIMIT $limit
CALL (eventId) {
  MATCH (e:Event {id: eventId})
  MATCH (e)<-[:REPORTS]-(claim:Claim)
  WHERE claim.polarity = e.polarity AND claim.modality IN [e.modality, 'historical']
  WITH e, claim
  ORDER BY claim.confidence DESC, claim.id
  RETURN collect(e.name) AS names, collect(claim.sentence) AS sentences
}
RETURN other.name AS other, [label IN labels(other) WHERE label <> 'Entity'][0] AS kind,
       CASE
         WHEN cooperation + conflict + together = 0 THEN null
         WHEN cooperation + together >= 2 * conflict THEN 'ally'
         WHEN conflict >= 2 * (cooperation + together) THEN 'rival'
         ELSE 'mixed'
       END AS verdict,
       cooperation, conflict, together, lasting, firstDate, lastDate, names[0] AS event, sentences[0] AS sentence,
       eventId, other.id AS otherId
ORDER BY cooperation + conflict + together DESC, otherId
