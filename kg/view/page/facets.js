"use strict";

/* The boxes of the filters, each choice with how many events it shows. */

const QUAD_ORDER = [1, 2, 3, 4, 0];

class Facets {
  constructor(container, filters, state, change) {
    Object.assign(this, { filters, state, change });
    this.boxes = []; // [filter, value, box, count]
    this.groups = []; // [box of a quad class, its types]
    container.append(
      this.part("type", "Event types", this.quads()),
      this.part(
        "relation",
        "Relations",
        this.list("relation", (value) => [quadSign(this.quadOfRelation(value)), inWords(value)]),
      ),
      this.part(
        "told",
        "How it is told",
        this.list("told", (value) => [TOLD[value]]),
      ),
      this.part(
        "source",
        "Sources",
        this.list("source", (value) => [element("bdi", {}, value)]),
      ),
    );
  }

  part(name, title, rows) {
    const state = element("span", { class: "quiet" });
    const button = (word, shown) => {
      const go = () => this.setAll(name, shown);
      return element("button", { type: "button", "aria-label": word + ": " + title.toLowerCase(), onclick: go }, word);
    };
    const actions = element("p", { class: "actions" }, button("All", true), button("None", false));
    const part = element(
      "details",
      { class: "facet", id: "filter-" + name },
      element("summary", {}, title, " ", state),
      actions,
      ...rows,
    );
    part.update = () => {
      const [all, hidden] = [this.filters.options[name].length, this.state.hidden[name].size];
      state.textContent = hidden ? all - hidden + " of " + all : "";
    };
    (this.parts ??= []).push(part);
    return part;
  }

  list(name, words) {
    return this.filters.options[name].map((value) => this.row(name, value, words(value)));
  }

  row(name, value, words) {
    const box = element("input", { type: "checkbox", value });
    const count = element("span", { class: "count" });
    box.addEventListener("change", () => this.set(name, [value], box.checked));
    this.boxes.push([name, value, box, count]);
    return element("label", {}, box, ...words, count);
  }

  /* Event types under their quad class, which has a box for all of them. */
  quads() {
    const types = (quad) => this.filters.options.type.filter((type) => this.filters.quadOf(type) === quad).sort();
    return QUAD_ORDER.filter((quad) => types(quad).length).flatMap((quad) => {
      const box = element("input", { type: "checkbox", value: "quad-" + quad });
      box.addEventListener("change", () => this.set("type", types(quad), box.checked));
      this.groups.push([box, types(quad)]);
      const head = element("label", { class: "quad" }, box, quadSign(quad), QUADS[quad].name);
      const rows = types(quad).map((type) => this.row("type", type, [inWords(type)]));
      return quad
        ? element("div", { role: "group", "aria-label": QUADS[quad].name }, head, ...rows)
        : rows.map((row) => withSign(row, quad));
    });
  }

  quadOfRelation(relation) {
    return this.filters.things.find((thing) => thing.relation === relation).quad;
  }

  set(name, values, shown) {
    for (const value of values) this.state.hidden[name][shown ? "delete" : "add"](value);
    this.change();
  }

  setAll(name, shown) {
    this.set(name, this.filters.options[name], shown);
  }

  show(counts) {
    for (const [name, value, box, count] of this.boxes) {
      const number = counts[name].get(value) || 0;
      box.checked = !this.state.hidden[name].has(value);
      count.textContent = number;
      box.parentElement.classList.toggle("empty", !number);
    }
    for (const [box, types] of this.groups) {
      const hidden = types.filter((type) => this.state.hidden.type.has(type)).length;
      box.checked = hidden === 0;
      box.indeterminate = hidden > 0 && hidden < types.length;
    }
    for (const part of this.parts) part.update();
  }
}

function withSign(row, quad) {
  row.classList.add("quad");
  row.firstChild.after(quadSign(quad));
  return row;
}
