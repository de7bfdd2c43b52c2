// Brokers between others
// description: Actors between others who do not meet: of the pairs of its most frequent partners, how many have no direct relation with each other ("apart"), also as a share of all pairs ("openness", from 0 to 1); those who stand between most pairs first. Partners are those with whom it has direct relations that come from events told as having happened. Unless one is asked for, only those who act most often are looked at.
// param: entity entity = null -- Only this one (name, alias or id)
// param: partners integer = 10 -- Look at so many partners of each, those with most events first
// param: candidates integer = 25 -- Look at so many actors, those who act most often first
// param: limit integer = 20 -- Show at most so many brokers
// returns: broker, kind, partners, apart, pairs, openness, between, brokerId
// example: limit=10
MATCH (m:Entity)
WHERE ($entity IS NULL OR m.id = $entity) AND (m:Country OR m:Organization OR m:Person OR m:Group)
WITH m, COUNT { (m)<-[:HAS_ACTOR]-() } AS degree
ORDER BY degree DESC, m.id
LIMIT $candidates
MATCH (m)-[deal]-(partner:Entity)
WHERE deal.eventIds IS NOT NULL
WITH m.id AS brokerId, partner.id AS partnerId, sum(deal.count) AS told
ORDER BY brokerId, told DESC, partnerId
WITH brokerId, collect(partnerId) AS those
WITH brokerId, those[0..$partners] AS some
WHERE size(some) >= 2
CALL (some) {
  UNWIND range(0, size(some) - 2) AS i
  UNWIND range(i + 1, size(some) - 1) AS j
  MATCH (one:Entity {id: some[i]})
  MATCH (other:Entity {id: some[j]})
  RETURN count(*) AS pairs, count(CASE WHEN NOT EXISTS { (one)--(other) } THEN 1 END) AS apart
}
WITH brokerId, some, pairs, apart
WHERE apart > 0
WITH brokerId, some, pairs, apart
ORDER BY apart DESC, toFloat(apart) / pairs DESC, brokerId
LIMIT $limit
MATCH (m:Entity {id: brokerId})
UNWIND range(0, size(some) - 1) AS place
MATCH (partner:Entity {id: some[place]})
WITH m, some, pairs, apart, place, partner
ORDER BY place
WITH m, some, pairs, apart, collect(partner.name) AS between
RETURN m.name AS broker, [label IN labels(m) WHERE label <> 'Entity'][0] AS kind, size(some) AS partners, apart, pairs,
       toFloat(apart) / pairs AS openness, between, m.id AS brokerId
ORDER BY apart DESC, openness DESC, brokerId
