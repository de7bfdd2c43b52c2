// Unresolved actors
// description: Who takes part in events but stands for no country and is no international organisation or movement that the gazetteer knows by its sector: mostly names that it lacks, and people whom an article only describes, such as "gunmen". Those in most events first; "kg review" may tell who they are. Peoples of several states (such as Kurds) stand here too. The words are of one of its events.
// param: kind string = null -- Only Person, Organization or Group
// param: limit integer = 50 -- Show at most so many actors
// returns: actor, kind, sector, events, articles, event, sentence, eventId, actorId
// example: limit=20
MATCH (who:Entity)<-[:HAS_ACTOR|HAS_TARGET]-(e:Event)
WHERE who.country IS NULL AND coalesce(NOT who.sector IN ['IGO', 'NGO'], true)
  AND (who:Person OR who:Organization OR who:Group) AND ($kind IS NULL OR $kind IN labels(who))
WITH who, count(DISTINCT e.id) AS events, min(e.id) AS eventId
ORDER BY events DESC, who.id
LIMIT $limit
WITH who, events, eventId, COUNT { (who)-[:MENTIONED_IN]->(:Article) } AS articles
MATCH (e:Event {id: eventId})
MATCH (e)<-[:REPORTS]-(claim:Claim)
WITH who, events, articles, e, claim
ORDER BY claim.confidence DESC, claim.id
WITH who, events, articles, e, collect(claim.sentence) AS sentences
RETURN who.name AS actor, [label IN labels(who) WHERE label <> 'Entity'][0] AS kind, who.sector AS sector, events,
       articles, e.name AS event, sentences[0] AS sentence, e.id AS eventId, who.id AS actorId
ORDER BY events DESC, actorId
