// Statements about somebody
// description: What others, or it itself, are reported to have said with the entity's name in the words, oldest article first. The words must hold the name, an alias or a person's last name, spelled so and as whole words; "she", "the president" and demonyms such as "Russian" are not looked for, and two people of one last name are told apart only by the articles in which each is mentioned.
// param: entity entity -- Name, alias or id of whom the words are about
// param: speaker entity = null -- Only words of this speaker (name, alias or id)
// param: since date = null -- Leave out articles published before this day (and those without a day)
// param: until date = null -- Leave out articles published after this day (and those without a day)
// param: limit integer = 100 -- Show at most so many statements
// returns: published, speaker, words, quoted, article, url, source, start, end, statementId
// example: entity="Russia"
MATCH (about:Entity {id: $entity})
WITH about, [about.name] + coalesce(about.aliases, [])
            + CASE WHEN about:Person THEN split(about.name, ' ')[-1..] ELSE [] END AS names
WITH about, [name IN names | ' ' + trim(reduce(text = name, mark IN ['.', ',', '’', "'", '-'] |
                                                replace(text, mark, ' '))) + ' '] AS names
WITH about, names, [name IN names | split(trim(name), ' ')[0]] AS beginnings
MATCH (about)-[:MENTIONED_IN]->(article:Article)<-[:IN_ARTICLE]-(said:Statement)
WHERE any(beginning IN beginnings WHERE said.content CONTAINS beginning)
  AND ($speaker IS NULL OR EXISTS { (said)-[:SAID_BY]->(:Entity {id: $speaker}) })
  AND ($since IS NULL OR article.published >= $since) AND ($until IS NULL OR article.published <= $until)
WITH names, article, said, ' ' + reduce(text = said.content, mark IN
     ['.', ',', '’', "'", '-', ';', ':', '!', '?', '“', '”', '"', '(', ')', '–', '—'] | replace(text, mark, ' '))
     + ' ' AS words
WHERE any(name IN names WHERE words CONTAINS name)
WITH article, said
ORDER BY article.published, said.id
LIMIT $limit
OPTIONAL MATCH (said)-[:SAID_BY]->(who:Entity)
OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Source)
RETURN article.published AS published, who.name AS speaker, said.content AS words, said.quoted AS quoted,
       article.name AS article, article.url AS url, outlet.name AS source, said.start AS start, said.`end` AS `end`,
       said.id AS statementId
ORDER BY published, statementId
