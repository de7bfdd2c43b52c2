// Events between two actors (graph)
// description: Draws every event in which both take part, with the claims and articles that report it.
// param: actor entity -- Name, alias or id of the one
// param: other entity -- Name, alias or id of the other
// param: limit integer = 50 -- Draw at most so many events
// returns: participants, evidence
// example: actor="Donald Trump" other="Kim Jong Un"
// engine: neo4j
MATCH participants = (:Entity {id: $actor})<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)
                     -[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $other})
WITH e, participants
ORDER BY e.date, e.id
LIMIT $limit
MATCH evidence = (e)<-[:REPORTS]-(claim:Claim)-[:IN_ARTICLE]->(:Article)
RETURN participants, evidence
ORDER BY e.date, e.id, claim.id
