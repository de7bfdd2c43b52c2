"use strict";

/* List, search, filter, choice and keys: what the reader does, and what is shown for it. */

class View {
  constructor() {
    this.facts = new Facts(byId("facts").textContent);
    this.hidden = new Set(); // event types that the filter takes away
    this.chosen = null; // id of an entity or a relation
    this.opener = byId("search");
    this.panel = new Panel(byId("panel"), this.facts, (id, focus) => this.choose(id, focus));
    this.picture = new Picture(byId("graph"), this.facts, (id) => this.choose(id, false));
    this.fillHeader();
    this.fillList();
    this.fillFilter();
    this.fillLegend();
    this.listen();
    this.refresh();
    this.picture.fit();
  }

  /* `focus` says that the keyboard goes along: into the panel, and back to where it came from. */
  choose(id, focus) {
    if (id && !byId("panel").contains(document.activeElement))
      this.opener = focus ? document.activeElement : byId("search");
    this.chosen = id;
    this.refresh();
    if (id) this.picture.reveal(id, this.covered());
    if (id && focus) this.panel.focus();
    if (!id && focus) this.opener.focus();
  }

  /* How much of the picture's foot the panel hides on a narrow page, in pixels. */
  covered() {
    const [picture, panel] = [byId("graph"), byId("panel")].map((one) => one.getBoundingClientRect());
    return panel.left > picture.left ? 0 : Math.max(0, picture.bottom - panel.top);
  }

  /* Bring picture, panel and list into line with search, filter and choice. */
  refresh() {
    const matching = this.search();
    const sees = (type) => !this.hidden.has(type);
    const relations = this.facts.relations.filter((relation) => this.facts.typesOf(relation).some(sees));
    const drawn = this.picture.show({
      relations: new Set(relations.map((relation) => relation.id)),
      unconnected: byId("unconnected").checked,
      chosen: this.chosen,
      matching,
    });
    byId("nothing").hidden = drawn > 0;
    byId("filtered").textContent = this.hidden.size ? "(" + counted(this.hidden.size, "type") + " hidden)" : "";
    this.panel.show(this.chosen, sees);
    for (const [id, { button }] of this.rows) button.setAttribute("aria-current", String(id === this.chosen));
  }

  /* Ids of the entities whose name or alias holds the words searched for; null when nothing is searched for. */
  search() {
    const words = plain(byId("search").value.trim());
    const rows = [...this.rows];
    for (const [, row] of rows) row.item.hidden = !row.words.includes(words);
    const found = rows.filter(([, row]) => !row.item.hidden);
    byId("found").textContent = words ? found.length + " of " + counted(rows.length, "entity", "entities") : "";
    return words ? new Set(found.map(([id]) => id)) : null;
  }

  fillHeader() {
    const { entities, relations, events, articles } = this.facts;
    const counts = [
      counted(entities.length, "entity", "entities"),
      counted(relations.length, "relation"),
      counted(events.length, "event"),
      counted(articles.length, "article"),
    ];
    byId("counts").textContent = counts.join(" · ");
    byId("graph").setAttribute(
      "aria-label",
      "Graph of " + counts.join(", ") + ". The list of entities gives the same by keyboard.",
    );
  }

  fillList() {
    const weight = (entity) => this.facts.rolesOf(entity).size;
    const order = [...this.facts.entities].sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name, "en"));
    this.rows = new Map(order.map((entity) => [entity.id, this.row(entity, weight(entity))]));
    byId("entities").append(...[...this.rows.values()].map((row) => row.item));
  }

  row(entity, events) {
    const label = { "aria-label": entity.name + ", " + entity.kind + ", " + counted(events, "event") };
    const go = { type: "button", onclick: () => this.choose(entity.id, true), ...label };
    const count = element("span", { class: "count" }, events ? String(events) : "");
    const button = element("button", go, kindSign(entity.kind), element("bdi", {}, entity.name), count);
    const words = plain([entity.name, ...(entity.aliases || [])].join("\n"));
    return { item: element("li", {}, button), button, words };
  }

  fillFilter() {
    byId("types").append(...this.facts.types.map((type) => this.typeBox(type)));
    const lone = this.facts.entities.filter((entity) => !this.facts.relationsByEntity.has(entity.id)).length;
    byId("unconnected").nextElementSibling.textContent = lone + " unconnected";
    byId("unconnected").parentElement.hidden = lone === 0;
  }

  typeBox({ name, quad, count }) {
    const box = element("input", { type: "checkbox", checked: true, value: name });
    box.addEventListener("change", () => {
      this.hidden[box.checked ? "delete" : "add"](name);
      this.refresh();
    });
    const number = element("span", { class: "count" }, String(count));
    return element("label", { title: QUADS[quad].name }, box, quadSign(quad), inWords(name), number);
  }

  fillLegend() {
    const signs = Object.keys(KINDS).map((kind) => [kindSign(kind), kind]);
    const lines = [1, 2, 3, 4, 0].map((quad) => [quadSign(quad), QUADS[quad].name]);
    const all = [...signs, ...lines, [quadSign(1, true), "only on the word of others"]];
    byId("signs").append(...all.map((sign) => element("p", {}, ...sign)));
    byId("legend").open = innerWidth > 760;
    byId("filter").open = innerWidth > 760;
  }

  setTypes(shown) {
    this.hidden = new Set(shown ? [] : this.facts.types.map((type) => type.name));
    for (const box of byId("types").querySelectorAll("input")) box.checked = shown;
    this.refresh();
  }

  listen() {
    byId("search").addEventListener("input", () => this.refresh());
    byId("unconnected").addEventListener("change", () => (this.refresh(), this.picture.fit()));
    byId("all").addEventListener("click", () => this.setTypes(true));
    byId("none").addEventListener("click", () => this.setTypes(false));
    byId("closer").addEventListener("click", () => this.picture.zoomBy(1.3));
    byId("farther").addEventListener("click", () => this.picture.zoomBy(1 / 1.3));
    byId("fit").addEventListener("click", () => this.picture.fit());
    document.addEventListener("keydown", (event) => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.picture.style());
    new ResizeObserver(() => this.picture.resized()).observe(byId("graph"));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.escape();
    else if (event.key === "/" && event.target !== byId("search")) byId("search").focus();
    else if (event.key === "Enter" && event.target === byId("search")) this.steps()[0]?.click();
    else if (event.key === "ArrowDown") return this.step(event, 1);
    else if (event.key === "ArrowUp") return this.step(event, -1);
    else return;
    event.preventDefault();
  }

  /* First the choice goes, then the search. */
  escape() {
    if (this.chosen) return this.choose(null, true);
    byId("search").value = "";
    this.refresh();
  }

  steps() {
    return [...this.rows.values()].filter((row) => !row.item.hidden).map((row) => row.button);
  }

  /* Up and down go through the list, from the search box too. */
  step(event, by) {
    const stops = [byId("search"), ...this.steps()];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
  }
}

new View();
