"use strict";

/* The picture: entities as nodes, relations between them as edges. */

const MARGIN = 14; // pixels between the outermost signs' rooms and the picture's edge
const LEADING = 12; // so many names may stand over signs, if there is no other room
const FEW = 24; // so many relations are drawn with their words from the start
const [MOST_NAMES, MOST_WORDS] = [400, 300]; // placed at once, of entities and of relations
const REST = 140; // milliseconds without a movement
const MANY = 600; // more elements than can be drawn anew in every frame

class Picture {
  constructor(container, facts, choose) {
    this.facts = facts;
    this.container = container;
    this.scale = scaleAt(1);
    this.pen = new Pen();
    this.unconnected = false;
    this.drawn = elementsOf(facts, mostConnected(facts));
    this.crowd = this.drawn.entities.length > CROWD;
    cytoscape.warnings(false); // it warns of each line between two signs that touch, as in a crowd from afar
    this.cy = cytoscape({
      container,
      elements: this.drawn.elements,
      layout: { name: "preset" },
      minZoom: 0.05,
      maxZoom: 4,
      autounselectify: true,
      boxSelectionEnabled: false,
      textureOnViewport: this.drawn.elements.length > MANY, // while it is moved it is one image, drawn anew at rest
    });
    this.style();
    this.listen(choose);
  }

  listen(choose) {
    const hover = (event, on) => {
      this.container.classList.toggle("over", on);
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
    this.cy.style(pictureStyle((name) => values.getPropertyValue("--" + name).trim(), this.scale));
  }

  /* Once it rests, however often the wheel turns: to place thousands of names takes longer than a frame. */
  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.rescale(), REST);
  }

  rescale() {
    const scale = scaleAt(this.cy.zoom(), this.crowd);
    if (scale.text !== this.scale.text) {
      this.scale = scale;
      this.style();
    }
    this.name();
  }

  /* Positions follow from the graph and the picture's proportions, in steps, so that a small change moves nothing; a
     crowd is placed once, as that takes seconds. Whether they are in place, and not given up for others. */
  place() {
    const { clientWidth, clientHeight } = this.container;
    const step = Math.round(8 * Math.log2(clientWidth / clientHeight || 1));
    const wish = this.crowd ? "crowd" : step + " " + this.unconnected;
    if (wish !== this.wish) this.placing = this.settle(wish, 2 ** (step / 8));
    return this.placing;
  }

  async settle(wish, proportion) {
    this.wish = wish;
    const sizes = new Map(this.cy.nodes().map((node) => [node.id(), node.data("size")]));
    const steps = positionsOf(this.drawn.entities, this.drawn.relations, sizes, proportion, this.unconnected);
    const positions = await inSlices(steps, () => wish === this.wish);
    if (!positions) return false;
    this.cy.batch(() => positions.forEach((position, id) => this.cy.getElementById(id).position(position)));
    this.style(); // the bends follow the positions
    return true;
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
     to be drawn how many events stand behind it; `chosen` is an entity, a relation or an event. */
  show({ relations, unconnected, chosen, matching }) {
    this.unconnected = unconnected;
    this.join(chosen);
    this.cy.batch(() => {
      this.cy.elements().removeClass("hidden faint near chosen");
      this.cy.edges().forEach((edge) => this.showEdge(edge, relations.get(edge.id())));
      const lone = (node) => !node.connectedEdges().some((edge) => !edge.hasClass("hidden"));
      this.cy
        .nodes()
        .filter((node) => !unconnected && node.id() !== chosen && lone(node))
        .addClass("hidden");
      if (matching) this.search(matching);
      this.emphasise(chosen);
    });
    this.name();
    return this.cy.nodes().not(".hidden").length;
  }

  showEdge(edge, count) {
    if (!count) return edge.addClass("hidden");
    const relation = this.facts.relationById.get(edge.id());
    const label = edgeLabel(relation, relation.eventIds ? count : 1);
    if (label !== edge.data("label")) edge.data("label", label);
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

  search(matching) {
    const found = this.cy.nodes().filter((node) => matching.has(node.id()));
    this.cy.nodes().not(found).addClass("faint");
    found.addClass("near");
  }

  emphasise(id) {
    const event = this.facts.get(id)?.quad && this.facts.get(id);
    const chosen = event ? this.partsOf(event) : this.cy.getElementById(id || "");
    if (chosen.empty()) return;
    const near = event || chosen.isEdge() ? chosen.union(chosen.connectedNodes()) : chosen.closedNeighborhood();
    this.cy.elements().not(near).addClass("faint").removeClass("near");
    near.removeClass("faint").addClass("near");
    chosen.addClass("chosen");
  }

  /* Who took part in an event, and the relations that it stands behind. */
  partsOf(event) {
    const parties = [event.actors, event.targets, event.places].flatMap((ids) => ids || []);
    const stands = ({ id }) => this.facts.relationById.get(id).eventIds?.includes(event.id);
    const nodes = this.cy.nodes().filter((node) => parties.includes(node.id()));
    return nodes.union(this.cy.edges().filter((edge) => stands(edge.data())));
  }

  /* Give each name its place, or silence it: what is asked for comes first, then what has the most relations. Of a crowd
     only what is in sight is named. */
  name() {
    if (!this.fitted) return;
    const zoom = this.cy.zoom();
    const names = new Names(this.frame(zoom), this.pen);
    const drawn = this.cy.elements().not(".hidden");
    const nodes = this.crowd ? drawn.nodes().filter((node) => this.inSight(node)) : drawn.nodes();
    const words = drawn.edges().length <= FEW || zoom > 1.7 * this.fitted.zoom;
    const asked = drawn.edges().filter((edge) => edge.hasClass("near") || (words && !edge.hasClass("faint")));
    const edges = this.crowd ? asked.filter((edge) => edge.connectedNodes().some((node) => this.inSight(node))) : asked;
    this.cy.batch(() => {
      nodes.forEach((node) => names.addSign(this.spot(node)));
      byUrgency(nodes).forEach((node, rank) => this.nameNode(node, names, rank));
      drawn.edges().not(edges).not(".silent").addClass("silent");
      byUrgency(edges)
        .slice(0, MOST_WORDS)
        .forEach((edge) => this.nameEdge(edge, names));
    });
  }

  /* No name leaves the picture as it is when it fits. */
  frame(zoom) {
    const { x1, y1, x2, y2 } = this.fitted;
    const space = MARGIN / this.fitted.zoom - 4 / zoom;
    return { x1: (x1 - space) * zoom, y1: (y1 - space) * zoom, x2: (x2 + space) * zoom, y2: (y2 + space) * zoom };
  }

  inSight(node) {
    const { x, y } = node.renderedPosition();
    return x > -80 && y > -40 && x < this.cy.width() + 80 && y < this.cy.height() + 40;
  }

  /* A sign on the screen, but for where the picture has been moved to. */
  spot(node) {
    const [zoom, { x, y }] = [this.cy.zoom(), node.position()];
    return { id: node.id(), x: x * zoom, y: y * zoom, radius: (node.data("size") / 2) * this.scale.sign * zoom };
  }

  nameNode(node, names, rank) {
    const zoom = this.cy.zoom();
    const [{ size, weight }, grown] = [fontOf(node), this.scale.text * zoom];
    const text = { lines: node.data("label").split("\n"), size: size * grown, weight, line: size * grown * 1.2 };
    const asked = { needed: node.hasClass("near"), tolerable: rank < LEADING ? Infinity : weight === BOLD ? 0.2 : 0 };
    const spot = this.spot(node);
    const wanted = !node.hasClass("faint") && (rank < MOST_NAMES || asked.needed);
    const place = wanted ? names.place({ ...spot, ...text, ...asked }) : null;
    node.toggleClass("silent", !place);
    const { dx, dy, side } = place || { dx: 0, dy: spot.radius + 8 * grown, side: 0 };
    const justify = side === -1 ? "right" : side === 1 ? "left" : "center";
    if (place || node.data("dx") === 0) node.data({ dx: dx / zoom, dy: dy / zoom, justify });
  }

  nameEdge(edge, names) {
    const zoom = this.cy.zoom();
    const [from, to] = [this.spot(edge.source()), this.spot(edge.target())];
    const spare = from.radius + to.radius + 20;
    const { x, y } = middleOf(edge, this.scale.sign);
    const size = EDGE_FONT * this.scale.text * zoom;
    const text = { words: edge.data("label"), size, line: size * 1.15 };
    const line = { from, to, middle: { x: x * zoom, y: y * zoom }, spare, ...text, needed: edge.hasClass("chosen") };
    edge.toggleClass("silent", !names.placeAlong(line));
  }

  /* Bring what is chosen into sight, if it is not; `covered` pixels at the foot are under the panel. */
  reveal(id, covered) {
    const event = this.facts.get(id)?.quad && this.facts.get(id);
    const found = event ? this.partsOf(event) : this.cy.getElementById(id);
    if (found.empty() || !this.fitted) return;
    const box = found.renderedBoundingBox();
    const [width, height] = [this.cy.width(), this.cy.height() - covered];
    if (box.x1 >= 0 && box.x2 <= width && box.y1 >= 0 && box.y2 <= height) return;
    this.cy.panBy({ x: width / 2 - (box.x1 + box.x2) / 2, y: height / 2 - (box.y1 + box.y2) / 2 });
  }
}

/* Far away, names keep their size on the screen and signs nearly so, in a crowd less; near, both grow, but slower than
   the picture. */
function scaleAt(zoom, crowd) {
  const stepped = 2 ** (Math.round(8 * Math.log2(zoom)) / 8);
  const near = stepped ** -0.75;
  return stepped < 1 ? { text: 1 / stepped, sign: stepped ** (crowd ? -0.35 : -0.55) } : { text: near, sign: near };
}

/* What is asked for, then what has the most relations. */
function byUrgency(elements) {
  const keyed = elements.map((one) => ({
    one,
    asked: 2 * one.hasClass("chosen") + one.hasClass("near"),
    weight: one.data("weight"),
    id: one.id(),
  }));
  keyed.sort((a, b) => b.asked - a.asked || b.weight - a.weight || (a.id < b.id ? -1 : 1));
  return keyed.map(({ one }) => one);
}
