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

  /* Entities whose name holds what was typed, and events with every word of it in any order; a word may be unfinished. */
  find(typed) {
    const words = plain(typed.trim());
    if (!words) return null;
    const each = separated(words).trim().split(" ");
    const entities = this.entities.filter(([, text]) => text.includes(words)).map(([entity]) => entity);
    this.events ??= this.facts.events.map((event) => [event, wordsOf(this.facts, event)]); // made when asked
    const events = this.events
      .filter(([, text]) => each.every((word) => text.includes(" " + word)))
      .map(([event]) => event);
    return { entities: new Set(entities.map((entity) => entity.id)), events };
  }
}

function wordsOf(facts, event) {
  const sentences = facts.claimsOf(event).map((claim) => claim.evidence.join(""));
  const names = [event.name, inWords(event.type), inWords(event.relation || "")];
  return separated(plain([...names, ...new Set(sentences)].join(" ")));
}

/* Words with one space before each. */
function separated(text) {
  return " " + text.replace(/[^\p{L}\p{N}]+/gu, " ");
}
