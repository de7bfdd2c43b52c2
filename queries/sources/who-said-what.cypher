// Who said what
// description: The words that articles report somebody to have said, oldest article first; of everybody, of one speaker, or with a word in them. No speaker means that the article names none.
// param: speaker entity = null -- Only words of this speaker (name, alias or id)
// param: words string = null -- Only what holds these words
// param: since date = null -- Leave out articles published before this day (and those without a day)
// param: until date = null -- Leave out articles published after this day (and those without a day)
// param: limit integer = 100 -- Show at most so many statements
// returns: published, speaker, words, quoted, article, url, source, start, end, statementId
// example: since=2018-01-01
MATCH (said:Statement)-[:IN_ARTICLE]->(article:Article)
WHERE ($words IS NULL OR toLower(said.content) CONTAINS toLower($words))
  AND ($speaker IS NULL OR EXISTS { (said)-[:SAID_BY]->(:Entity {id: $speaker}) })
  AND ($since IS NULL OR article.published >= $since) AND ($until IS NULL OR article.published <= $until)
OPTIONAL MATCH (said)-[:SAID_BY]->(who:Entity)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Source)
RETURN article.published AS published, who.name AS speaker, said.content AS words, said.quoted AS quoted,
       article.name AS article, article.url AS url, outlet.name AS source, said.start AS start, said.`end` AS `end`,
       said.id AS statementId
ORDER BY published, statementId
LIMIT $limit
