// Evidence of an event
// description: Every claim that reports the event: its sentence and trigger with their places in the article, the article, and on whose word it stands.
// param: event string -- Id of the event, as other queries return it, or the beginning of its name
// returns: event, sentence, start, end, trigger, triggerStart, triggerEnd, polarity, modality, attributedTo, article, url, published, source, rule, confidence, claimId, eventId
// example: event="Kim Jong Un and Donald Trump met"
MATCH (e:Event)
WHERE e.id = $event OR toLower(e.name) STARTS WITH toLower($event)
MATCH (e)<-[:REPORTS]-(claim:Claim)
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
RETURN e.name AS event, claim.sentence AS sentence, claim.start AS start, claim.`end` AS `end`,
       claim.trigger AS trigger, claim.triggerStart AS triggerStart, claim.triggerEnd AS triggerEnd,
       claim.polarity AS polarity, claim.modality AS modality, voucher.name AS attributedTo,
       article.name AS article, article.url AS url, article.published AS published, source.name AS source,
       claim.rule AS rule, claim.confidence AS confidence, claim.id AS claimId, e.id AS eventId
ORDER BY eventId, claimId
