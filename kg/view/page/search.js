"use strict";

/* Finding entities by name and alias, and events by the words of their names and sentences. */

class Search {
  constructor(facts) {
    this.entities = facts.entities.map((entity) => [
      entity,
      plain([entity.name, ...(entity.aliases || [])].join("\n")),
    ]);
    this.facts = facts;
  }

  /* Entities and events that hold what was typed; every word of it, in any order, for events. */
  find(typed) {
    const words = plain(typed.trim());
    if (!words) return null;
    const each = words.split(/\s+/);
    const entities = this.entities.filter(([, text]) => text.includes(words)).map(([entity]) => entity);
    this.events ??= this.facts.events.map((event) => [event, plain(wordsOf(this.facts, event))]); // long, so made when asked
    const events = this.events.filter(([, text]) => each.every((word) => text.includes(word))).map(([event]) => event);
    return { entities: new Set(entities.map((entity) => entity.id)), events };
  }
}

function wordsOf(facts, event) {
  const sentences = facts.claimsOf(event).map((claim) => claim.evidence.join(""));
  return [event.name, inWords(event.type), inWords(event.relation || ""), ...new Set(sentences)].join("\n");
}
