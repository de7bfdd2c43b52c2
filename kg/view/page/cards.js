"use strict";

/* An event, a claim or a statement as a card: what is told, by whom, in which words, and what speaks against it. */

class Cards {
  constructor(facts, choose) {
    this.facts = facts;
    this.choose = choose;
  }

  event(event, roles) {
    return element("article", { class: "event" }, this.top(event, roles), this.title(event), ...this.body(event));
  }

  /* Under the event's own line, which says name and day. */
  opened(event, roles) {
    const go = () => this.choose(event.id, true);
    const alone = element("button", { type: "button", class: "go alone", onclick: go }, "Show this event alone");
    return element("article", { class: "event" }, this.top(event, roles), ...this.body(event), alone);
  }

  top(event, roles) {
    const type = element("span", { class: "type" }, quadSign(event.quad), inWords(event.type));
    if (event.mode) type.append(" · " + event.mode.replaceAll("-", " "));
    const own = roles ? element("span", { class: "role" }, [...roles].join(", ")) : null;
    return element("p", { class: "top" }, type, ...this.chips(event), own, element("time", {}, when(event)));
  }

  title(event) {
    const go = () => this.choose(event.id, true);
    return element("h4", { dir: "auto" }, element("button", { type: "button", class: "go", onclick: go }, event.name));
  }

  /* What warns against taking the event for a plain fact. */
  chips(event) {
    const disputed = this.facts.claimsOf(event).some((claim) => this.facts.against(claim).length);
    const words = [...doubts(event), ...(disputed ? ["disputed"] : [])];
    return words.map((word) => element("span", { class: "chip " + word }, word));
  }

  body(event) {
    const quiet = (words, name) => (words ? element("p", { class: "quiet " + name }, words) : null);
    return [
      this.participants(event),
      quiet(event.contexts?.length && "About: " + event.contexts.map(inWords).join(", "), "about"),
      quiet(toldBy(event), "told"),
      ...this.facts.claimsOf(event).map((claim) => this.claim(claim, event)),
    ].filter(Boolean);
  }

  participants(event) {
    const rows = [
      ["Actor", event.actors],
      ["Target", event.targets],
      ["Place", event.places],
    ];
    const parts = rows
      .filter(([, ids]) => ids)
      .map(([role, ids]) => element("span", { class: "part" }, role, this.people(ids)));
    return element("p", { class: "people" }, parts);
  }

  people(ids) {
    return this.facts.all(ids).map((entity) => this.person(entity));
  }

  person(entity) {
    const go = () => this.choose(entity.id, true);
    const parts = [kindSign(entity.kind), named(entity.name)];
    return element("button", { type: "button", class: "person", onclick: go }, ...parts);
  }

  claim(claim, event) {
    const [before, trigger, after] = claim.evidence;
    const words = trigger ? [before, element("mark", {}, trigger), after] : [before];
    const word = claim.attributedTo
      ? element("p", { class: "people" }, "According to", this.people(claim.attributedTo))
      : null;
    const found = "Rule " + claim.rule + ", confidence " + Number(claim.confidence).toFixed(2);
    return element(
      "figure",
      {},
      word,
      element("blockquote", { dir: "auto" }, ...words),
      element("figcaption", {}, ...this.origin(claim, event), element("p", { class: "rule" }, found)),
      ...this.facts.against(claim).map((other) => this.against(other)),
    );
  }

  /* A claim that says the contrary, with the way to its event. */
  against(claim) {
    const outlets = this.facts.all(claim.articles).flatMap((article) => this.facts.all(article.sources));
    const from = outlets.length ? [" (", named(outlets[0].name), ")"] : [];
    const words = ["Contradicted: ", element("q", { dir: "auto" }, claim.evidence.join("")), ...from];
    const [event] = claim.events || [];
    const go = () => this.choose(event, true);
    const way = event ? element("button", { type: "button", class: "go", onclick: go }, ...words) : words;
    return element("p", { class: "against" }, way);
  }

  statement(statement) {
    const style = statement.quoted ? "quoted" : "reported";
    const words = element("blockquote", { dir: "auto", class: style }, statement.content);
    const how = element("p", { class: "rule" }, statement.quoted ? "Quoted" : "Reported speech");
    return element("figure", {}, words, element("figcaption", {}, ...this.origin(statement), how));
  }

  /* Which article says it: title, source, day of publication unless that is the event's date already, and whose copy. */
  origin(item, event) {
    return this.facts.all(item.articles).map((article) => {
      const title = element("cite", { dir: "auto" }, article.title || article.name);
      const link = { href: article.url, rel: "noreferrer noopener", target: "_blank" };
      const source = this.facts.all(article.sources).map((one) => one.name);
      const published = article.published ? "published " + article.published : "no day of publication";
      const told = event?.dateBasis === "published" && event.date === article.published;
      const copied = this.facts.all(article.copyOf).map((first) => "copy of “" + (first.title || first.name) + "”");
      const rest = [...source, ...(told ? [] : [published]), ...copied].map((word) => [" · ", named(word)]).flat();
      return element("p", { class: "origin" }, article.url ? element("a", link, title) : title, ...rest);
    });
  }
}

/* A name keeps its own direction of writing to itself. */
function named(text) {
  return element("bdi", {}, text);
}
