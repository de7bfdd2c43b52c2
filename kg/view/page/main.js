"use strict";

/* The page as a whole: what the reader does changes the state, and everything is brought into line with it. */

class View {
  constructor() {
    this.facts = new Facts(byId("facts").textContent);
    this.filters = new Filters(this.facts);
    this.searching = new Search(this.facts);
    this.state = new State(this.filters.options);
    this.address = new Address(this.state, () => this.moved());
    this.opener = byId("search");
    const choose = (id, focus) => this.choose(id, focus);
    this.list = new List(this.facts, choose);
    this.panel = new Panel(byId("panel"), this.facts, choose);
    this.facets = new Facets(byId("facets"), this.filters, this.state, () => this.changed(true));
    this.times = new Times(this.facts, (span, settled) => this.changed(settled, span));
    this.picture = new Picture(byId("graph"), this.facts, (id) => choose(id, false));
    this.fillPage();
    this.listen();
    this.moved();
    this.start();
  }

  async start() {
    await this.picture.fit();
    this.reveal();
  }

  /* Something of the state is new; it is not yet `settled` while a word is typed or a handle pulled. */
  changed(settled, news = {}) {
    Object.assign(this.state, news);
    this.address.write(settled);
    this.refresh();
  }

  /* The address is new: at the beginning, by "back" and "forward", or typed. */
  moved() {
    byId("search").value = this.state.search;
    byId("unconnected").checked = this.state.unconnected;
    this.refresh();
    this.reveal();
  }

  /* `focus` says that the keyboard goes along: into the panel, and back to where it came from. */
  choose(id, focus) {
    if (id && !byId("panel").contains(document.activeElement))
      this.opener = focus ? document.activeElement : byId("search");
    if (id !== this.state.chosen) this.changed(true, { chosen: id });
    this.reveal();
    if (id && focus) this.panel.focus();
    if (!id && focus) (this.opener.isConnected ? this.opener : byId("search")).focus();
  }

  reveal() {
    if (this.state.chosen) this.picture.reveal(this.state.chosen, this.covered());
  }

  /* How much of the picture's foot the panel hides on a narrow page, in pixels. */
  covered() {
    const [picture, panel] = [byId("graph"), byId("panel")].map((one) => one.getBoundingClientRect());
    return panel.left > picture.left ? 0 : Math.max(0, picture.bottom - panel.top);
  }

  /* Bring everything into line with the state. */
  refresh() {
    const { state } = this;
    const found = this.searching.find(state.search);
    const { passing, counts, dated } = this.filters.apply(state);
    const relations = this.filters.relationsOf(passing);
    this.picture.show({
      relations,
      unconnected: state.unconnected,
      chosen: state.chosen,
      matching: found && this.matching(found),
    });
    byId("nothing").hidden = relations.size > 0 || state.unconnected;
    this.list.show({ found, passing, filtered: state.filters > 0, chosen: state.chosen });
    this.facets.show(counts);
    this.times.show(dated, state);
    this.panel.show(state.chosen, passing);
    this.say(passing);
  }

  /* Whom a search shows in the picture: whom it names, or if nobody, who took part in the events found. */
  matching({ entities, events }) {
    if (entities.size) return entities;
    return new Set(events.flatMap((event) => [...(event.actors || []), ...(event.targets || [])]));
  }

  say(passing) {
    const { events } = this.facts;
    const seen = events.filter((event) => passing.has(event.id)).length;
    byId("filtered").textContent = this.state.filters ? seen + " of " + counted(events.length, "event") : "";
    byId("reset").hidden = !this.state.filters;
  }

  fillPage() {
    const { entities, relations, events, articles } = this.facts;
    const counts = [
      counted(entities.length, "entity", "entities"),
      counted(relations.length, "relation"),
      counted(events.length, "event"),
      counted(articles.length, "article"),
    ];
    byId("counts").textContent = counts.join(" · ");
    const keys = ". Arrow keys move it, plus and minus zoom. The list of entities gives the same by keyboard.";
    byId("graph").setAttribute("aria-label", "Graph of " + counts.join(", ") + keys);
    byId("keys").append(...keyTable());
    this.fillLegend();
    this.fillNotes(entities);
  }

  fillNotes(entities) {
    const lone = entities.filter((entity) => !this.facts.relationsByEntity.has(entity.id)).length;
    byId("unconnected").nextElementSibling.textContent = "Draw " + lone + " unconnected";
    byId("unconnected").parentElement.hidden = lone === 0;
    const drawn = this.picture.drawn.entities.length;
    byId("left-out").hidden = drawn === entities.length;
    byId("left-out").textContent =
      `The ${drawn} most connected of ${entities.length} entities are drawn; search reaches all.`;
  }

  fillLegend() {
    const signs = Object.keys(KINDS).map((kind) => [kindSign(kind), kind]);
    const lines = QUAD_ORDER.map((quad) => [quadSign(quad), QUADS[quad].name]);
    const all = [...signs, ...lines, [quadSign(1, true), "only on the word of others"]];
    byId("signs").append(...all.map((sign) => element("p", {}, ...sign)));
    byId("legend").open = innerWidth > 760 && innerHeight > 700;
    byId("filter-type").open = innerWidth > 760 && innerHeight > 850;
  }

  listen() {
    byId("search").addEventListener("input", () => this.changed(false, { search: byId("search").value }));
    byId("search").addEventListener("change", () => this.changed(true));
    byId("unconnected").addEventListener("change", () => {
      this.changed(true, { unconnected: byId("unconnected").checked });
      this.picture.fit();
    });
    byId("undated").addEventListener("change", () => this.changed(true, { undated: byId("undated").checked }));
    byId("reset").addEventListener("click", () => this.reset());
    byId("closer").addEventListener("click", () => this.picture.zoomBy(1.3));
    byId("farther").addEventListener("click", () => this.picture.zoomBy(1 / 1.3));
    byId("fit").addEventListener("click", () => this.picture.fit());
    byId("copy").addEventListener("click", () => this.copyLink());
    byId("ask").addEventListener("click", () => this.help());
    document.addEventListener("keydown", (event) => obey(this, event) && event.preventDefault());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.picture.style());
    new ResizeObserver(() => this.picture.resized()).observe(byId("graph"));
  }

  reset() {
    this.state.clearFilters();
    this.changed(true);
  }

  help() {
    byId("help").showModal();
  }

  async copyLink() {
    byId("said").textContent = await this.address.copy();
  }

  /* First the choice goes, then the search. */
  escape() {
    if (this.state.chosen) return this.choose(null, true);
    byId("search").value = "";
    this.changed(true, { search: "" });
  }

  goTo(target) {
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  /* Up and down go through the list, from the search box too; elsewhere the keys keep their own meaning. */
  step(by) {
    const stops = [byId("search"), ...this.list.buttons()];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return false;
    stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
    return true;
  }
}

new View();
