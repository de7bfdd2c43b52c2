// Articles on an event
// description: Who tells an event and how: each claim with its article, oldest article first, the article's source and the text that it copies, and when it says that the event was.
// param: event string -- Id of the event, as other queries return it, or the beginning of its name
// returns: event, published, source, article, copyOf, date, datePrecision, polarity, modality, attributedTo, sentence, url, articleId, claimId, eventId
// example: event="Ukraine and Russia signed agreement"
MATCH (e:Event)
WHERE e.id = $event OR toLower(e.name) STARTS WITH toLower($event)
MATCH (e)<-[:REPORTS]-(claim:Claim)
MATCH (claim)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
OPTIONAL MATCH (article)-[:COPY_OF]->(original:Article)
OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voucher:Entity)
RETURN e.name AS event, article.published AS published, source.name AS source, article.name AS article,
       original.id AS copyOf, claim.date AS date, claim.datePrecision AS datePrecision,
       claim.polarity AS polarity, claim.modality AS modality, voucher.name AS attributedTo,
       claim.sentence AS sentence, article.url AS url, article.id AS articleId, claim.id AS claimId, e.id AS eventId
ORDER BY eventId, published, claimId
