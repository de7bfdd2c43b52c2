// Brokers between others
// description: Actors between others who do not meet: of the pairs of its most frequent partners, how many have no direct relation with each other ("apart"), also as a share of all pairs ("openness", from 0 to 1); those who stand between most pairs first. Partners are those with whom it has direct relations that come from events told as having happened. Unless one is asked for, only those who act most often are looked at.
// param: entity entity = null -- Only this one (name, alias or id)
// param: partners integer = 10 -- Look at so many partners of each, those with most events first
// param: candidates integer = 25 -- Look at so many actors, those who act most often first
// param: limit integer = 20 -- Show at most so many brokers
// returns: broker, kind, partners, apart, pairs, openness, between, brokerId
// example: limit=10
MATCH (m:Entity)
// Every entity has an id; that it is asked for lets Neo4j take all of them out of the index.
WHERE m.id IS NOT NULL AND ($entity IS NULL OR m.id = $entity) AND NOT m:Place
WITH m, COUNT { (m)<-[:HAS_ACTOR]-() } AS degree
ORDER BY degree DESC, m.id
LIMIT $candidates
// Partners by how many events pair them with the broker: an event knows who dealt with whom in it.
MATCH (m)<-[:HAS_ACTOR|HAS_TARGET]-(e)
UNWIND e.pairs AS pair
WITH m, pair, count(*) AS told
WITH m.id AS brokerId, split(pair, ' ') AS two, told
WHERE brokerId IN two
WITH brokerId, CASE WHEN two[0] = brokerId THEN two[1] ELSE two[0] END AS partnerId, told
ORDER BY brokerId, told DESC, partnerId
WITH brokerId, collect(partnerId) AS those
WITH collect(brokerId) AS brokerIds, collect([brokerId, those]) AS brokers
UNWIND brokers AS broker
WITH broker[0] AS brokerId, broker[1][0..$partners] AS some, [id IN brokerIds WHERE id IN broker[1]] AS known
WHERE size(some) >= 2
// Whom each partner has met: of brokers it is known, at least of each other, and of the others it is asked once.
UNWIND [[brokerId, null, known]] + [oneId IN some | [oneId, [brokerId, some], null]] AS entry
WITH entry[0] AS oneId, collect(entry[1]) AS circles, collect(entry[2]) AS own
CALL (oneId, own) {
  MATCH (one:Entity {id: oneId})
  WHERE size(own) = 0
  MATCH (one)<-[:HAS_ACTOR|HAS_TARGET]-(e)
  UNWIND e.pairs AS pair
  WITH DISTINCT pair
  RETURN collect(pair) AS met
}
UNWIND circles AS circle
WITH circle[0] AS brokerId, circle[1] AS some, oneId,
     [otherId IN circle[1] WHERE oneId < otherId AND NOT otherId IN coalesce(own[0], [])
      AND NOT oneId + ' ' + otherId IN met] AS strange
// Of two who never dealt with each other some are still bound: one leads the other, or says so.
CALL (oneId, strange) {
  UNWIND strange AS otherId
  MATCH (one:Entity {id: oneId})
  MATCH (other:Entity {id: otherId})
  WHERE NOT EXISTS { (one)--(other) }
  RETURN count(*) AS strangers
}
WITH brokerId, some, size(some) * (size(some) - 1) / 2 AS pairs, sum(strangers) AS apart
WHERE apart > 0
WITH brokerId, some, pairs, apart
ORDER BY apart DESC, toFloat(apart) / pairs DESC, brokerId
LIMIT $limit
// Only for what is shown: names.
MATCH (m:Entity {id: brokerId})
UNWIND range(0, size(some) - 1) AS place
MATCH (partner:Entity {id: some[place]})
WITH m, some, pairs, apart, place, partner
ORDER BY place
WITH m, some, pairs, apart, collect(partner.name) AS between
RETURN m.name AS broker, [label IN labels(m) WHERE label <> 'Entity'][0] AS kind, size(some) AS partners, apart, pairs,
       toFloat(apart) / pairs AS openness, between, m.id AS brokerId
ORDER BY apart DESC, openness DESC, brokerId
