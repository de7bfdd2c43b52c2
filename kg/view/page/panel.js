"use strict";

/* The panel: facts and evidence of what is chosen. */

const LATEST = 12; // events shown while nothing is chosen

class Panel {
  constructor(container, facts, choose) {
    this.container = container;
    this.facts = facts;
    this.choose = choose;
    this.cards = new Cards(facts, choose);
    this.story = new Story(facts, this.cards);
  }

  /* `passing` are the ids of what the filters let through. */
  show(chosen, passing) {
    this.passing = passing;
    const scrolled = chosen === this.chosen ? this.container.scrollTop : 0;
    const parts = this.partsOf(chosen);
    this.container.classList.toggle("open", Boolean(chosen));
    this.container.replaceChildren(...parts.filter(Boolean));
    this.container.scrollTop = scrolled;
    this.chosen = chosen;
  }

  partsOf(chosen) {
    const [item, relation] = [this.facts.get(chosen), this.facts.relationById.get(chosen)];
    if (relation) return this.relation(relation);
    if (item?.kind) return this.entity(item);
    if (item?.quad) return this.event(item);
    return chosen ? this.unknown(chosen) : this.overview();
  }

  focus() {
    this.container.querySelector("h2")?.focus({ preventScroll: true });
  }

  overview() {
    const help =
      "Choose an entity or a relation to read its facts, each with the sentence it comes from. " +
      "A relation is drawn only from events told as facts; what is denied, planned or demanded stands with its entities.";
    const events = this.shown(this.facts.events).filter((event) => this.facts.hasNamedParty(event));
    const none = element("p", { class: "nothing" }, "No event passes the filters. “Reset” shows all again.");
    const cards = events.slice(0, LATEST).map((event) => this.cards.event(event));
    return [heading("Latest events"), element("p", { class: "quiet" }, help), ...(cards.length ? cards : [none])];
  }

  /* A link may be older than the page, or of another one. */
  unknown(id) {
    const words = "The link leads to “" + id + "”, which this page does not hold.";
    return [this.closing(), heading("Not here"), element("p", { class: "quiet" }, words)];
  }

  event(event) {
    const type = inWords(event.type) + (event.mode ? " · " + event.mode.replaceAll("-", " ") : "");
    const kind = element("p", { class: "kind" }, quadSign(event.quad), QUADS[event.quad].name);
    const facts = factList([
      ["Type", type],
      ["When", when(event)],
      ["How it is told", TOLD[toldOf(event)]],
      ["Confidence", event.confidence === undefined ? null : Number(event.confidence).toFixed(2)],
      ["Id", event.id],
    ]);
    const chips = element("p", { class: "top" }, ...this.cards.chips(event));
    return [this.closing(), heading(event.name, kind), chips, facts, ...this.cards.body(event)];
  }

  entity(entity) {
    const roles = this.facts.rolesOf(entity);
    const events = this.shown([...roles.keys()]);
    const said = this.facts.statementsBySpeaker.get(entity.id) || [];
    const statements = said.map((statement) => this.cards.statement(statement));
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
      ...this.section("Story", this.story.lines(events, roles), events.length, roles.size),
      ...this.section("Statements", statements),
    ];
  }

  relation(relation) {
    const ends = this.facts.all([relation.source, relation.target]);
    const claims = this.facts.all(relation.claimIds).map((claim) => this.cards.claim(claim));
    const events = this.shown(this.facts.eventsBehind(relation));
    const word = element("p", { class: "kind" }, quadSign(this.facts.quadOf(relation), relation.attributedOnly));
    word.append(QUADS[this.facts.quadOf(relation)].name);
    return [
      this.closing(),
      heading(ends[0].name + " " + inWords(relation.type) + " " + ends[1].name, word),
      element(
        "p",
        { class: "people" },
        ends.map((end) => this.cards.person(end)),
      ),
      factList([
        ["Title", relation.title],
        [
          "Told",
          toldBy(relation).replace(/^told /, "") || "in " + counted((relation.articleIds || []).length, "article"),
        ],
        ["From", relation.firstDate || relation.validFromIso],
        ["To", relation.lastDate || relation.validToIso || (relation.lastKnown && "last known " + relation.lastKnown)],
        ["Direction", relation.reciprocal ? "both ways: done together" : null],
        ["On whose word", relation.attributedOnly ? "only on the word of others" : null],
      ]),
      ...this.section(
        "Events",
        events.map((event) => this.cards.event(event)),
        events.length,
        relation.eventIds?.length,
      ),
      ...this.section("Evidence", claims),
    ];
  }

  /* `count` of `all` are in the parts; the filters keep the others back. */
  section(title, parts, count = parts.length, all = count) {
    if (!all) return [];
    const kept = all - count;
    const note = kept ? element("p", { class: "quiet" }, counted(kept, "event") + " hidden by the filters.") : null;
    return [element("h3", {}, title, element("span", { class: "count" }, String(count))), ...parts, note];
  }

  relationsOf(entity) {
    const relations = this.facts.relationsByEntity.get(entity.id) || [];
    if (!relations.length) return [];
    const rows = relations.map((relation) => element("li", {}, this.relationButton(entity, relation)));
    return this.section("Relations", [element("ul", { class: "relations" }, rows)], relations.length);
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

  shown(events) {
    return events.filter((event) => this.passing.has(event.id));
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

function factList(rows) {
  const told = rows.filter(([, value]) => value);
  return element(
    "dl",
    {},
    told.flatMap(([term, value]) => [element("dt", {}, term), element("dd", { dir: "auto" }, value)]),
  );
}
