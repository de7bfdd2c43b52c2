"use strict";

/* The picture: entities as nodes, relations between them as edges. */

const REST = 140; // milliseconds without a movement
const MANY = 600; // more elements than can be drawn anew in every frame

class Picture {
  constructor(container, facts, choose) {
    this.facts = facts;
    this.container = container;
    this.drawn = elementsOf(facts, mostConnected(facts));
    this.crowd = this.drawn.entities.length > CROWD;
    this.scale = scaleAt(1, this.crowd);
    cytoscape.warnings(false); // it warns of each line between two signs that touch, as in a crowd from afar
    this.cy = cytoscape({
      container,
      layout: { name: "preset" },
      minZoom: 0.05,
      maxZoom: 4,
      autounselectify: true,
      boxSelectionEnabled: false,
      textureOnViewport: this.drawn.elements.length > MANY, // while it is moved it is one image, drawn anew at rest
    });
    this.naming = new Naming(this.cy);
    this.style();
    this.listen(choose);
  }

  listen(choose) {
    const hover = (event, on) => {
      this.container.classList.toggle("over", on);
      if (on) this.naming.alone(event.target);
      event.target.toggleClass("hover", on);
    };
    this.cy.on("viewport", () => this.later());
    this.cy.on("tap", (event) => choose(event.target === this.cy ? null : event.target.id()));
    this.cy.on("mouseover", "node, edge", (event) => hover(event, true));
    this.cy.on("mouseout", "node, edge", (event) => hover(event, false));
    this.cy.on("free", "node", () => this.name()); // a node was dragged
  }

  /* Colours come from the page's style, so that light and dark hold here too. */
  style() {
    const values = getComputedStyle(document.documentElement);
    this.cy.style(pictureStyle((name) => values.getPropertyValue("--" + name).trim(), this.scale.sign, this.crowd));
  }

  /* Once it rests, however often the wheel turns: to place thousands of names takes longer than a frame. */
  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.rescale(), REST);
  }

  rescale() {
    const { sign } = this.scale;
    this.scale = scaleAt(this.cy.zoom(), this.crowd);
    if (sign !== this.scale.sign) this.style();
    this.name();
  }

  name() {
    if (this.fitted) this.naming.place(this.scale, this.fitted, this.crowd);
  }

  /* Positions follow from the graph and the picture's proportions, in steps, so that a small change moves nothing; a
     crowd is placed once, as that takes seconds. Whether they are in place, and not given up for others. */
  place() {
    const { clientWidth, clientHeight } = this.container;
    const step = Math.round(8 * Math.log2(clientWidth / clientHeight || 1));
    const wish = this.crowd ? "crowd" : step + " " + Boolean(this.wanted.unconnected);
    if (wish !== this.wish) this.placing = this.settle(wish, 2 ** (step / 8));
    return this.placing;
  }

  async settle(wish, proportion) {
    this.wish = wish;
    const { entities, relations, elements } = this.drawn;
    const sizes = new Map(elements.map(({ data }) => [data.id, data.size]));
    const steps = positionsOf(entities, relations, sizes, proportion, this.wanted.unconnected);
    const positions = await inSlices(steps, () => wish === this.wish);
    if (positions) this.put(positions);
    return Boolean(positions);
  }

  /* Elements come in only once they have their places: to draw them before would be for nothing. */
  put(positions) {
    if (this.cy.elements().empty()) this.cy.add(this.drawn.elements);
    this.cy.batch(() => positions.forEach((position, id) => this.cy.getElementById(id).position(position)));
    this.style(); // the bends follow the positions
    this.show(this.wanted);
  }

  /* Place anew where the proportions have changed, and bring everything into sight. */
  async fit() {
    this.cy.resize();
    this.busy(true);
    if (!(await this.place())) return;
    this.view();
    this.busy(false);
  }

  busy(busy) {
    this.container.parentElement.setAttribute("aria-busy", String(busy));
  }

  view() {
    const { width, height, ...box } = this.extent();
    const zoom = Math.min((this.cy.width() - 2 * MARGIN) / width, (this.cy.height() - 2 * MARGIN) / height, 1.6);
    const middle = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
    const pan = { x: this.cy.width() / 2 - middle.x * zoom, y: this.cy.height() / 2 - middle.y * zoom };
    this.fitted = { zoom, ...box };
    this.cy.viewport({ zoom, pan });
    this.container.classList.remove("unplaced");
    this.rescale();
  }

  /* Only when the picture's own size has changed: a phone's browser resizes its window at every turn. */
  resized() {
    const { clientWidth, clientHeight } = this.container;
    if (clientWidth !== this.cy.width() || clientHeight !== this.cy.height()) this.fit();
  }

  /* The box around what is drawn, each with room for its name beneath. */
  extent() {
    const box = { x1: Infinity, y1: Infinity, x2: -Infinity, y2: -Infinity };
    for (const node of this.cy.nodes().not(".hidden").toArray()) {
      const { x, y } = node.position();
      const { size, room } = node.data();
      box.x1 = Math.min(box.x1, x - room.w / 2);
      box.x2 = Math.max(box.x2, x + room.w / 2);
      box.y1 = Math.min(box.y1, y - size / 2 - GAP.y / 2);
      box.y2 = Math.max(box.y2, y - size / 2 + room.h);
    }
    if (box.x1 > box.x2) Object.assign(box, { x1: -100, y1: -100, x2: 100, y2: 100 });
    return { ...box, width: box.x2 - box.x1, height: box.y2 - box.y1 };
  }

  zoomBy(factor) {
    const { clientWidth, clientHeight } = this.container;
    const middle = { x: clientWidth / 2, y: clientHeight / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle });
  }

  panBy(x, y) {
    this.cy.panBy({ x, y });
  }

  /* Draw what is to be seen, faint what is not asked for, and ring what is chosen. `relations` gives for each relation
     to be drawn how many events stand behind it; `chosen` is an entity, a relation or an event; `matching` are the
     entities that a search finds. */
  show(wanted) {
    this.wanted = wanted;
    if (this.cy.elements().empty()) return;
    this.join(wanted.chosen);
    const [tied, parts] = [this.tied(wanted.relations), partsOf(this.facts, wanted.chosen, wanted.relations)];
    this.cy.batch(() => {
      this.cy.edges().forEach((edge) => this.showEdge(edge, wanted.relations.get(edge.id())));
      for (const node of this.cy.nodes().toArray()) {
        const [id, { matching }] = [node.id(), wanted];
        mark(node, "hidden", !tied.has(id) && !wanted.unconnected && id !== wanted.chosen);
        mark(node, "faint", parts ? !parts.near.has(id) : matching && !matching.has(id));
        mark(node, "near", parts ? parts.near.has(id) : matching?.has(id));
        mark(node, "chosen", parts?.chosen.has(id));
      }
      for (const edge of this.cy.edges().toArray()) {
        mark(edge, "faint", parts && !parts.near.has(edge.id()));
        mark(edge, "near", parts?.near.has(edge.id()));
        mark(edge, "chosen", parts?.chosen.has(edge.id()));
      }
    });
    this.name();
  }

  /* Who has a relation that is to be seen, and that is drawn. */
  tied(relations) {
    const seen = this.cy.edges().filter((edge) => relations.has(edge.id()));
    return new Set(seen.map((edge) => [edge.data("source"), edge.data("target")]).flat());
  }

  showEdge(edge, count) {
    mark(edge, "hidden", !count);
    const relation = this.facts.relationById.get(edge.id());
    const label = edgeLabel(relation, relation.eventIds ? count : 1);
    if (count && label !== edge.data("label")) edge.data("label", label);
  }

  /* An entity outside the most connected comes into the picture once it is chosen, beside those that it is tied to. */
  join(id) {
    const entity = this.facts.get(id);
    if (!entity?.kind || this.cy.getElementById(id).nonempty()) return;
    const added = this.cy.add(elementsJoining(this.facts, entity, (other) => this.cy.getElementById(other).nonempty()));
    const beside = added.edges().connectedNodes().not(added.nodes());
    const mean = (axis) => beside.reduce((sum, node) => sum + node.position(axis), 0) / Math.max(beside.length, 1);
    added.nodes().position({ x: mean("x") + 30, y: mean("y") + 30 });
  }

  /* Bring what is chosen into sight, if it is not; `covered` pixels at the foot are under the panel. */
  reveal(id, covered) {
    const parts = partsOf(this.facts, id, this.wanted.relations);
    if (!parts || !this.fitted) return;
    const found = this.cy.elements().filter((one) => parts.chosen.has(one.id()));
    if (found.empty()) return;
    const box = found.renderedBoundingBox();
    const [width, height] = [this.cy.width(), this.cy.height() - covered];
    if (box.x1 >= 0 && box.x2 <= width && box.y1 >= 0 && box.y2 <= height) return;
    this.cy.panBy({ x: width / 2 - (box.x1 + box.x2) / 2, y: height / 2 - (box.y1 + box.y2) / 2 });
  }
}

/* Far away, names keep their size on the screen and signs nearly so, in a crowd less; near, both grow, but slower than
   the picture. A new size of signs has every style worked out anew, so that a crowd takes
   long steps: one for each fourfold zoom. */
function scaleAt(zoom, crowd) {
  const steps = crowd ? 0.5 : 8;
  const [text, sign] = [8, steps].map((fine) => 2 ** (Math.round(fine * Math.log2(zoom)) / fine));
  return {
    text: text < 1 ? 1 / text : text ** -0.75,
    sign: sign < 1 ? sign ** (crowd ? -0.35 : -0.55) : sign ** -0.75,
  };
}
