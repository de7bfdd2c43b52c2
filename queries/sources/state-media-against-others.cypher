// State media against others
// description: Events told on the word of state media, as outlet or as the one whom an article quotes, beside what others tell of the same event, latest first. "others" says whether others "tell it too", "deny it" (their claim contradicts one on state media's word), both, or null: then only state media stand behind it. State media are those of the gazetteer's list, and outlets called so, such as "Iranian state television"; an article that quotes them is not counted among the others. "caveat" says how an event is less than asserted.
// param: event string = null -- Only this event: its id, as other queries return it, or the beginning of its name
// param: actor entity = null -- Only events with this actor (name, alias or id)
// param: state string = null -- Only state media of the state with this three-letter code, such as RUS
// param: since date = null -- Leave out what ended before this day (and what has no date)
// param: until date = null -- Leave out what began after this day (and what has no date)
// param: limit integer = 100 -- Show at most so many events
// returns: date, datePrecision, dateBasis, event, caveat, stateMedia, states, sentence, others, otherSources, otherSentence, eventId
// example: since=2018-01-01
CALL () {
  MATCH (voice:Entity)<-[:ATTRIBUTED_TO]-(claim:Claim)
  WHERE voice.stateMedia IS NOT NULL AND ($state IS NULL OR voice.stateMedia = $state)
  MATCH (claim)-[:REPORTS]->(e:Event)
  WHERE ($event IS NULL OR e.id = $event OR toLower(e.name) STARTS WITH toLower($event))
    AND ($actor IS NULL OR EXISTS { (e)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $actor}) })
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  RETURN e.id AS id, e.date AS date
  UNION
  MATCH (outlet:Source)<-[:PUBLISHED_BY]-(article:Article)
  WHERE outlet.stateMedia IS NOT NULL AND ($state IS NULL OR outlet.stateMedia = $state)
  MATCH (article)<-[:IN_ARTICLE]-(claim:Claim)
  MATCH (claim)-[:REPORTS]->(e:Event)
  WHERE ($event IS NULL OR e.id = $event OR toLower(e.name) STARTS WITH toLower($event))
    AND ($actor IS NULL OR EXISTS { (e)-[:HAS_ACTOR|HAS_TARGET]->(:Entity {id: $actor}) })
    AND ($since IS NULL OR coalesce(e.dateEnd, e.date) >= $since) AND ($until IS NULL OR e.date <= $until)
  RETURN e.id AS id, e.date AS date
}
WITH id, date
ORDER BY date DESC, id
LIMIT $limit
MATCH (e:Event {id: id})
CALL (e) {
  MATCH (e)<-[:REPORTS]-(claim:Claim)
  MATCH (claim)-[:IN_ARTICLE]->(article:Article)
  OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(outlet:Source)
  OPTIONAL MATCH (claim)-[:ATTRIBUTED_TO]->(voice:Entity)
  UNWIND [[voice.name, voice.stateMedia], [outlet.name, outlet.stateMedia]] AS teller
  WITH claim, teller[0] AS medium, teller[1] AS state
  WHERE state IS NOT NULL AND ($state IS NULL OR state = $state)
  WITH claim, medium, state
  ORDER BY claim.confidence DESC, claim.id, medium
  RETURN collect(DISTINCT medium) AS media, collect(DISTINCT state) AS states, collect(claim.sentence) AS sentences,
         collect(DISTINCT claim.id) AS claimIds
}
CALL (e, claimIds) {
  MATCH (e)<-[:REPORTS]-(other:Claim)
  WHERE NOT other.id IN claimIds
  MATCH (other)-[:IN_ARTICLE]->(article:Article)
  OPTIONAL MATCH (article)-[:PUBLISHED_BY]->(source:Source)
  OPTIONAL MATCH (other)-[:CONTRADICTS]-(theirs:Claim)
  WHERE theirs.id IN claimIds
  WITH other, coalesce(source.name, article.name) AS outlet, count(theirs) AS against
  ORDER BY against DESC, other.confidence DESC, other.id
  RETURN collect(DISTINCT outlet) AS otherSources, collect(other.sentence) AS otherSentences,
         count(CASE WHEN against > 0 THEN 1 END) AS denials, count(other) AS tellings
}
RETURN e.date AS date, e.datePrecision AS datePrecision, e.dateBasis AS dateBasis, e.name AS event,
       CASE
         WHEN e.polarity = 'affirmed' AND e.modality = 'asserted' THEN null
         WHEN e.polarity = 'affirmed' THEN e.modality
         WHEN e.modality = 'asserted' THEN e.polarity
         ELSE e.polarity + ', ' + e.modality
       END AS caveat,
       media AS stateMedia, states, sentences[0] AS sentence,
       CASE
         WHEN tellings = 0 THEN null
         WHEN denials = 0 THEN 'tell it too'
         WHEN denials = tellings THEN 'deny it'
         ELSE 'tell and deny it'
       END AS others,
       otherSources, otherSentences[0] AS otherSentence, e.id AS eventId
ORDER BY date DESC, eventId
