"use strict";

/* The panel: facts and evidence of what is chosen. */

class Panel {
  constructor(container, facts, choose) {
    this.container = container;
    this.facts = facts;
    this.choose = choose;
  }

  show(chosen, sees) {
    this.sees = sees;
    const entity = this.facts.get(chosen);
    const relation = this.facts.relationById.get(chosen);
    const parts = relation ? this.relation(relation) : entity ? this.entity(entity) : this.overview();
    this.container.classList.toggle("open", Boolean(entity || relation));
    this.container.replaceChildren(...parts.filter(Boolean));
    this.container.scrollTop = 0;
  }

  focus() {
    this.container.querySelector("h2")?.focus({ preventScroll: true });
  }

  overview() {
    const help =
      "Choose an entity or a relation to read its facts, each with the sentence it comes from. " +
      "A relation is drawn only from events told as facts; what is denied, planned or demanded stands with its entities.";
    return [
      heading("Latest events"),
      element("p", { class: "quiet" }, help),
      ...this.events(this.facts.events.filter((event) => this.facts.hasNamedParty(event)).slice(0, 20)),
    ];
  }

  entity(entity) {
    const roles = this.facts.rolesOf(entity);
    const sign = element("p", { class: "kind" }, kindSign(entity.kind), entity.kind);
    return [
      this.closing(),
      heading(entity.name, sign),
      factList([
        ["Also", (entity.aliases || []).filter((alias) => alias !== entity.name).join(" · ")],
        ["Country", entity.country],
        ["Sector", entity.sector],
        ["Position", entity.latitude === undefined ? null : entity.latitude + "°, " + entity.longitude + "°"],
        ["Read in", counted((entity.articles || []).length, "article")],
        ["Id", entity.id],
      ]),
      ...this.relationsOf(entity),
      ...this.section("Events", this.events([...roles.keys()], roles), roles.size),
      ...this.section("Statements", this.statements(entity)),
    ];
  }

  relation(relation) {
    const ends = this.facts.all([relation.source, relation.target]);
    const claims = this.facts.all(relation.claimIds);
    const events = this.facts.eventsBehind(relation);
    const word = element("p", { class: "kind" }, quadSign(this.facts.quadOf(relation), relation.attributedOnly));
    word.append(QUADS[this.facts.quadOf(relation)].name);
    return [
      this.closing(),
      heading(ends[0].name + " " + inWords(relation.type) + " " + ends[1].name, word),
      element(
        "p",
        { class: "people" },
        ends.map((end) => this.person(end)),
      ),
      factList([
        ["Title", relation.title],
        ["Told in", counted(relation.articleCount || (relation.articleIds || []).length, "article")],
        ["From", relation.firstDate || relation.validFromIso],
        ["To", relation.lastDate || relation.validToIso || (relation.lastKnown && "last known " + relation.lastKnown)],
        ["Direction", relation.reciprocal ? "both ways: done together" : null],
        ["On whose word", relation.attributedOnly ? "only on the word of others" : null],
      ]),
      ...this.section("Events", this.events(events), events.length),
      ...this.section(
        "Evidence",
        claims.map((claim) => this.claim(claim)),
      ),
    ];
  }

  section(title, cards, count) {
    if (!cards.length && !count) return [];
    const hidden = count ? count - cards.length : 0;
    const note = hidden ? element("p", { class: "quiet" }, counted(hidden, "event") + " hidden by the filter.") : null;
    return [
      element("h3", {}, title, element("span", { class: "count" }, String(count || cards.length))),
      ...cards,
      note,
    ];
  }

  relationsOf(entity) {
    const relations = this.facts.relationsByEntity.get(entity.id) || [];
    if (!relations.length) return [];
    const rows = relations.map((relation) => element("li", {}, this.relationButton(entity, relation)));
    return this.section("Relations", [element("ul", { class: "relations" }, rows)], relations.length).filter(
      (part) => !part?.classList.contains("quiet"),
    );
  }

  relationButton(entity, relation) {
    const outward = relation.source === entity.id;
    const other = this.facts.get(outward ? relation.target : relation.source);
    const words = outward
      ? [inWords(relation.type), " ", named(other.name)]
      : [named(other.name), " ", inWords(relation.type), " ", named(entity.name)];
    const many = relation.count > 1 ? element("span", { class: "count" }, "×" + relation.count) : null;
    const sign = quadSign(this.facts.quadOf(relation), relation.attributedOnly);
    const go = () => this.choose(relation.id, true);
    return element("button", { type: "button", onclick: go }, sign, element("span", {}, ...words), many);
  }

  events(events, roles) {
    return events.filter((event) => this.sees(event.type)).map((event) => this.event(event, roles?.get(event)));
  }

  event(event, roles) {
    const type = element("span", { class: "type" }, quadSign(event.quad), inWords(event.type));
    if (event.mode) type.append(" · " + event.mode.replaceAll("-", " "));
    const chips = doubts(event).map((doubt) => element("span", { class: "chip " + doubt }, doubt));
    const own = roles ? element("span", { class: "role" }, [...roles].join(", ")) : null;
    return element(
      "article",
      { class: "event" },
      element("p", { class: "top" }, type, ...chips, own, element("time", {}, when(event))),
      element("h4", { dir: "auto" }, event.name),
      this.participants(event),
      event.contexts?.length
        ? element("p", { class: "quiet" }, "About: " + event.contexts.map(inWords).join(", "))
        : null,
      ...this.facts.claimsOf(event).map((claim) => this.claim(claim, event)),
    );
  }

  participants(event) {
    const rows = [
      ["Actor", event.actors],
      ["Target", event.targets],
      ["Place", event.places],
    ];
    const told = rows.filter(([, ids]) => ids);
    const people = (ids) => this.facts.all(ids).map((entity) => this.person(entity));
    return element(
      "p",
      { class: "people" },
      told.map(([role, ids]) => element("span", { class: "part" }, role, people(ids))),
    );
  }

  person(entity) {
    const go = () => this.choose(entity.id, true);
    return element(
      "button",
      { type: "button", class: "person", onclick: go },
      kindSign(entity.kind),
      named(entity.name),
    );
  }

  claim(claim, event) {
    const [before, trigger, after] = claim.evidence;
    const words = trigger ? [before, element("mark", {}, trigger), after] : [before];
    const sources = this.facts.all(claim.attributedTo).map((entity) => this.person(entity));
    const word = sources.length ? element("p", { class: "people" }, "According to", sources) : null;
    const found = "Rule " + claim.rule + ", confidence " + Number(claim.confidence).toFixed(2);
    return element(
      "figure",
      {},
      word,
      element("blockquote", { dir: "auto" }, ...words),
      element("figcaption", {}, ...this.origin(claim, event), element("p", { class: "rule" }, found)),
    );
  }

  statements(entity) {
    return (this.facts.statementsBySpeaker.get(entity.id) || []).map((statement) => {
      const words = element(
        "blockquote",
        { dir: "auto", class: statement.quoted ? "quoted" : "reported" },
        statement.content,
      );
      const how = element("p", { class: "rule" }, statement.quoted ? "Quoted" : "Reported speech");
      return element("figure", {}, words, element("figcaption", {}, ...this.origin(statement), how));
    });
  }

  /* Which article says it: title, source, day of publication, unless that is the event's date already. */
  origin(item, event) {
    return this.facts.all(item.articles).map((article) => {
      const title = element("cite", { dir: "auto" }, article.title || article.name);
      const link = { href: article.url, rel: "noreferrer noopener", target: "_blank" };
      const source = this.facts.all(article.sources).map((one) => one.name);
      const published = article.published ? "published " + article.published : "no day of publication";
      const told = event?.dateBasis === "published" && event.date === article.published;
      const rest = [...source, ...(told ? [] : [published])].map((word) => [" · ", named(word)]).flat();
      return element("p", { class: "origin" }, article.url ? element("a", link, title) : title, ...rest);
    });
  }

  closing() {
    const close = () => this.choose(null, true);
    return element(
      "button",
      { type: "button", class: "close", "aria-label": "Close", title: "Close (Esc)", onclick: close },
      "✕",
    );
  }
}

function heading(text, ...before) {
  return element("div", { class: "heading" }, ...before, element("h2", { tabindex: -1, dir: "auto" }, text));
}

/* A name keeps its own direction of writing to itself. */
function named(text) {
  return element("bdi", {}, text);
}

function factList(rows) {
  const told = rows.filter(([, value]) => value);
  return element(
    "dl",
    {},
    told.flatMap(([term, value]) => [element("dt", {}, term), element("dd", { dir: "auto" }, value)]),
  );
}
