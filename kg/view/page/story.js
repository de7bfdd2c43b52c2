"use strict";

/* The story of an entity: its events in words, the oldest first, each line opening on its evidence. */

class Story {
  constructor(facts, cards) {
    this.facts = facts;
    this.cards = cards;
  }

  /* `roles` gives for each event what part the entity has in it; events without a date come last. */
  lines(events, roles) {
    const told = [...events].sort((a, b) => (a.date || "9999").localeCompare(b.date || "9999"));
    const years = gather(told, (event) => [event.date ? event.date.slice(0, 4) : "No date"]);
    return [...years].flatMap(([year, events]) => [
      element("h4", { class: "year" }, year),
      element(
        "ol",
        { class: "story" },
        events.map((event) => element("li", {}, this.line(event, roles.get(event)))),
      ),
    ]);
  }

  /* Evidence is put in when a line is opened: an entity may have hundreds. */
  line(event, roles) {
    const backing = event.sourceCount > 1 ? element("span", { class: "count" }, event.sourceCount + " sources") : "";
    const words = [undated(event), " ", ...this.cards.chips(event), backing];
    const name = element("span", { class: "name", dir: "auto" }, words);
    const time = element("time", {}, shortDate(event));
    const line = element("details", {}, element("summary", {}, time, quadSign(event.quad), name));
    line.addEventListener("toggle", () => {
      if (line.childElementCount === 1) line.append(this.cards.opened(event, roles));
    });
    return line;
  }
}
