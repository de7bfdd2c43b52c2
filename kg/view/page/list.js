"use strict";

/* The list at the left: entities, the busiest first, and the events that a search finds. */

const MOST_ROWS = 300; // of each; a list of thousands is slow, and nobody reads on

class List {
  constructor(facts, choose) {
    Object.assign(this, { facts, choose });
    this.rows = new Map(); // made when first shown
    const busy = (entity) => facts.rolesOf(entity).size;
    this.order = [...facts.entities].sort((a, b) => busy(b) - busy(a) || a.name.localeCompare(b.name, "en"));
  }

  /* `found` is what a search gives, or null; without one, those without an event to be seen are left out while a filter
     is in force. */
  show({ found, passing, filtered, chosen }) {
    const seen = (entity) => [...this.facts.rolesOf(entity).keys()].filter((event) => passing.has(event.id)).length;
    const counts = new Map(
      this.order.map((entity) => [entity.id, filtered ? seen(entity) : this.facts.rolesOf(entity).size]),
    );
    const entities = this.order.filter(({ id }) => (found ? found.entities.has(id) : !filtered || counts.get(id)));
    const events = found ? found.events.filter(({ id }) => passing.has(id)) : [];
    fill(
      byId("entities"),
      entities.slice(0, MOST_ROWS).map((entity) => this.entityRow(entity, counts.get(entity.id))),
    );
    fill(
      byId("events"),
      events.slice(0, MOST_ROWS).map((event) => this.eventRow(event)),
    );
    byId("found-events").hidden = !events.length;
    byId("found").textContent = this.says(entities, events, found, filtered);
    for (const [id, { button }] of this.rows) button.setAttribute("aria-current", String(id === chosen));
  }

  says(entities, events, found, filtered) {
    const all = counted(this.order.length, "entity", "entities");
    const parts = found || filtered ? [entities.length + " of " + all] : [];
    if (found) parts.push(counted(events.length, "event"));
    if (entities.length > MOST_ROWS) parts.push(MOST_ROWS + " are listed; search finds the others");
    return parts.join(" · ");
  }

  entityRow(entity, events) {
    const row = this.row(entity.id, () => [
      kindSign(entity.kind),
      element("bdi", {}, entity.name),
      element("span", { class: "count" }),
    ]);
    row.button.lastChild.textContent = events || "";
    row.button.setAttribute("aria-label", entity.name + ", " + entity.kind + ", " + counted(events, "event"));
    return row.item;
  }

  eventRow(event) {
    const time = element("time", { class: "count" }, shortDate(event));
    return this.row(event.id, () => [quadSign(event.quad), element("bdi", {}, undated(event)), time]).item;
  }

  row(id, parts) {
    if (!this.rows.has(id)) {
      const button = element("button", { type: "button", onclick: () => this.choose(id, true) }, ...parts());
      this.rows.set(id, { button, item: element("li", {}, button) });
    }
    return this.rows.get(id);
  }

  /* What the arrow keys go through. */
  buttons() {
    return [...document.querySelectorAll("#entities button, #events button")];
  }
}

/* Only when it has changed: what is put in anew loses the keyboard. */
function fill(list, items) {
  if (items.length === list.children.length && items.every((item, index) => item === list.children[index])) return;
  list.replaceChildren(...items);
}
