// Who said what
// description: The words that articles report somebody to have said, oldest article first; of everybody, of one speaker, or with a word in them. No speaker means that the article names none.
// param: speaker entity = null -- Only words of this speaker (name, alias or id)
// param: words string = null -- Only what holds these words
// param: since date = null -- Leave out articles published before this day (and those without a day)
// param: until date = null -- Leave out articles published after this day (and those without a day)
// param: limit integer = 100 -- Show at most so many statements
// returns: published, speaker, words, quoted, article, url, source, start, end, statementId
// example: since=2018-01-01
CALL () {
  MATCH (said:Statement)
  WHERE $speaker IS NULL AND ($words IS NULL OR toLower(said.content) CONTAINS toLower($words))
    AND ($since IS NULL OR said.published >= $since) AND ($until IS NULL OR said.published <= $until)
  WITH said.id AS id, said.published AS published
  ORDER BY published, id
  LIMIT $limit
  RETURN id
  UNION ALL
  MATCH (:Entity {id: $speaker})<-[:SAID_BY]-(said:Statement)
  WHERE ($words IS NULL OR toLower(said.content) CONTAINS toLower($words))
    AND ($since IS NULL OR said.published >= $since) AND ($until IS NULL OR said.published <= $until)
  WITH DISTINCT said.id AS id, said.published AS published
  ORDER BY published, id
  LIMIT $limit
  RETURN id
}
MATCH (said:Statement {id: id})
MATCH (said)-[:IN_ARTICLE]->(article:Article)
OPTIONAL MATCH (said)-[:SAID_BY]->(who:Entity)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Source)
RETURN said.published AS published, who.name AS speaker, said.content AS words, said.quoted AS quoted,
       article.name AS article, article.url AS url, outlet.name AS source, said.start AS start, said.`end` AS `end`,
       said.id AS statementId
ORDER BY published, statementId
